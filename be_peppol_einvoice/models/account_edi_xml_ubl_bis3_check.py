# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountEdiXmlUblBis3(models.AbstractModel):
    _inherit = "account.edi.xml.ubl_bis3"

    def _export_invoice_constraints(self, invoice, vals):
        """Leave what core objects to, by its keys, with a check that asks for it: core hands on only the sentences."""
        constraints = super()._export_invoice_constraints(invoice, vals)
        asked = self.env.context.get("einvoice_objections")
        if asked is not None:
            asked.update({key: text for key, text in constraints.items() if text})
        return constraints
