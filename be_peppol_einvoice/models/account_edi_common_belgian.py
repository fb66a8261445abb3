# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..belgian.texts import reason
from .account_tax_belgian import EXEMPT


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
        joint = (self.env.context.get("be_exemption_reasons") or {}).get(category)
        if joint:
            return {"tax_exemption_reason_code": joint[0], "tax_exemption_reason": joint[1]}
        code = result["tax_exemption_reason_code"] or ("VATEX-EU-AE" if category == "AE" else None)
        text = tax.be_exemption_reason or reason(code, tax.env.lang) or result["tax_exemption_reason"]
        return {**result, "tax_exemption_reason_code": code, "tax_exemption_reason": text}
