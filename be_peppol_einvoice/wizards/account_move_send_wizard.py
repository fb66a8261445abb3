# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountMoveSendWizard(models.TransientModel):
    _inherit = "account.move.send.wizard"

    def _compute_sending_method_checkboxes(self):
        """Say by which access point the invoice goes where it is not Odoo's: core's “(Demo)” is not true then."""
        marked = self.with_context(einvoice_own_access_point=True)
        result = super(AccountMoveSendWizard, marked)._compute_sending_method_checkboxes()
        for wizard in self:
            boxes = wizard.sending_method_checkboxes or {}
            connection = wizard.env["peppol.connection"]._of(wizard.company_id)
            if connection and (peppol := boxes.get("peppol")):
                wizard.sending_method_checkboxes = {
                    **boxes,
                    "peppol": {**peppol, "label": f"{peppol['label']} ({connection._provider_name()})"},
                }
        return result
