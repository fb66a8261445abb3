# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import email_normalize

from odoo.addons.be_enterprise.engine import number, region

from ..engine.outcome import LazyText, failed, missing_parts, passed

_lt = LazyText(__name__)

# Names that Odoo gives to a company before anybody chose one.
DEFAULT_NAMES = {"my company", "yourcompany", "your company", "ma société", "mijn bedrijf", "mein unternehmen"}


class SmeOnboardingCheck(models.AbstractModel):
    _inherit = "sme.onboarding.check"

    def _behind_company(self, company):
        return {"model": "res.company", "domain": [["id", "=", company.id]]}

    def _check_company_address(self, company):
        belgian = company.country_id.code == "BE"
        name = (company.name or "").strip()
        return missing_parts(
            (
                bool(name) and name.lower() not in DEFAULT_NAMES,
                _lt("The name “%(name)s” is not yet that of your firm", name=name),
            ),
            (bool((company.street or "").strip()), _lt("The street is missing")),
            (bool((company.zip or "").strip()), _lt("The postal code is missing")),
            (
                not belgian or not company.zip or region.normalise(company.zip) is not None,
                _lt("The postal code “%(zip)s” is not a Belgian one: four digits", zip=company.zip or ""),
            ),
            (bool((company.city or "").strip()), _lt("The city is missing")),
            (bool(company.country_id), _lt("The country is missing")),
            (
                belgian or not company.country_id,
                _lt("The country is not Belgium"),
            ),
            complete=(
                _lt(
                    "%(name)s, %(street)s, %(zip)s %(city)s",
                    name=name,
                    street=company.street or "",
                    zip=company.zip or "",
                    city=company.city or "",
                ),
            ),
            **self._behind_company(company),
        )

    def _check_company_number(self, company):
        behind = self._behind_company(company)
        registry = (company.company_registry or "").strip()
        if not registry:
            return failed(_lt("The enterprise number is missing"), **behind)
        if not number.is_enterprise(registry):
            return failed(
                _lt(
                    "The enterprise number %(number)s is not valid: ten digits with a check number",
                    number=company.company_registry,
                ),
                started=True,
                **behind,
            )
        if company.be_number_disagrees:
            return failed(
                _lt(
                    "The enterprise number %(number)s and the VAT number %(vat)s are not the same",
                    number=company.company_registry,
                    vat=company.vat,
                ),
                started=True,
                **behind,
            )
        shown = number.format_enterprise(registry)
        return passed(_lt("The enterprise number %(number)s is valid", number=shown), **behind)

    def _check_company_vat(self, company):
        behind = self._behind_company(company)
        vat = (company.vat or "").strip()
        if not vat or vat == "/":
            return failed(_lt("The VAT number is missing"), **behind)
        country = company.country_id or self.env.ref("base.be")
        # Core's own check, as on a contact; "setnull" empties a number that is not valid instead of raising.
        kept, _country_code = self.env["res.partner"]._run_vat_checks(country, vat, validation="setnull")
        if not kept:
            return failed(_lt("The VAT number %(vat)s is not valid: check the digits", vat=vat), started=True, **behind)
        if not vat.upper().startswith("BE"):
            return failed(_lt("The VAT number %(vat)s is not a Belgian one", vat=vat), started=True, **behind)
        return passed(_lt("The VAT number %(vat)s has valid digits", vat=vat), **behind)

    def _check_company_contact(self, company):
        return missing_parts(
            (bool(company.email), _lt("The e-mail address is missing")),
            (
                not company.email or bool(email_normalize(company.email)),
                _lt("The e-mail address “%(email)s” is not valid", email=company.email or ""),
            ),
            (bool((company.phone or "").strip()), _lt("The phone number is missing")),
            complete=(_lt("%(email)s, %(phone)s", email=company.email or "", phone=company.phone or ""),),
            **self._behind_company(company),
        )

    def _check_document_layout(self, company):
        return missing_parts(
            (not company.uses_default_logo, _lt("Your logo is missing")),
            (bool(company.external_report_layout_id), _lt("No layout is chosen for your invoices")),
            complete=(_lt("Your logo and a layout are set"),),
            **self._behind_company(company),
        )
