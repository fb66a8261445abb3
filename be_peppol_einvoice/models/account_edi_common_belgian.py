# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..belgian.texts import LANGUAGES, reason
from .account_tax_belgian import EXEMPT, SEAT_LANGUAGES


class AccountEdiCommon(models.AbstractModel):
    _inherit = "account.edi.common"

    def _get_tax_exemption_reason(self, customer, supplier, tax):
        """State the exemption in the words of Belgian law, in the language of the document.

        Core's texts are English, and for an exemption without a code it gives the list of mentions of the Directive,
        which is no reason (RD nr 1, Art. 5 §1, 9° and 9°bis).
        """
        result = super()._get_tax_exemption_reason(customer, supplier, tax)
        if supplier.country_code != "BE":
            return result
        category = self._get_tax_category_code(customer, supplier, tax)
        if category not in EXEMPT:
            return result
        code = result["tax_exemption_reason_code"] or ("VATEX-EU-AE" if category == "AE" else None)
        text = (
            tax.be_exemption_reason or self._be_reason(code, customer, supplier, tax) or result["tax_exemption_reason"]
        )
        return {**result, "tax_exemption_reason_code": code, "tax_exemption_reason": text}

    def _be_reason(self, code, customer, supplier, tax):
        """The usual wording in the document's language; at home, English will not do: in those of the seat, or both."""
        language = (tax.env.lang or "")[:2]
        if customer.country_code != "BE" or language in LANGUAGES[1:]:
            return reason(code, language)
        languages = SEAT_LANGUAGES.get(supplier.be_seat_language_area, ("fr", "nl"))
        return " / ".join(filter(None, (reason(code, known) for known in languages))) or None
