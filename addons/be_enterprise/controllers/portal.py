# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..engine import number


class EnterpriseNumberPortal(CustomerPortal):
    """The enterprise number on the address forms of the portal and the web shop (which builds on these methods)."""

    def _prepare_address_form_values(self, *args, **kwargs):
        values = super()._prepare_address_form_values(*args, **kwargs)
        commercial = values["commercial_partner"]
        values["be_number_editable"] = values["is_commercial_address"] and (
            not commercial.company_registry or commercial.can_edit_vat()
        )
        return values

    def _validate_address_values(self, address_values, partner_sudo, *args, **kwargs):
        typed = address_values.pop("be_enterprise_number", None)
        result = super()._validate_address_values(address_values, partner_sudo, *args, **kwargs)
        if typed is None:
            return result
        invalid_fields, _missing_fields, error_messages = result
        error = self._read_be_enterprise_number(typed, address_values, partner_sudo, **kwargs)
        if error:
            invalid_fields.add("be_enterprise_number")
            error_messages.append(error)
        return result

    def _read_be_enterprise_number(self, typed, address_values, partner_sudo, **kwargs):
        """Put the typed number, normalised, into ``address_values``; return what is wrong with it, if anything."""
        current = partner_sudo or request.env["res.partner"]._get_current_partner(**kwargs)
        commercial = current.commercial_partner_id
        before = commercial.company_registry or ""
        code = number.problem(typed) if typed else None
        digits = number.enterprise(typed) if typed and not code else ""
        if not code and digits == before:
            return None
        if partner_sudo != commercial and commercial.active:
            return request.env._("The enterprise number is managed on your company account.")
        if before and not commercial.can_edit_vat():
            return request.env._(
                "The enterprise number cannot be changed any more because documents have been issued for your"
                " account. Please contact us directly."
            )
        if code:
            return request.env["res.partner"]._be_number_error(code, typed)
        address_values["be_enterprise_number"] = digits
        return None
