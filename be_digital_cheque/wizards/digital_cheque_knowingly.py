# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.digital_cheque_dossier_stage import KNOWINGLY


class DigitalChequeKnowingly(models.TransientModel):
    """Asks to go on knowingly where a document of the books would cost a dossier its aid."""

    _name = "digital.cheque.knowingly"
    _description = "Go On although the Aid Is Lost"

    problems = fields.Text(readonly=True)
    reason = fields.Char(string="I Know, and Go On Because")
    res_model = fields.Char(readonly=True)
    res_ids = fields.Json(readonly=True)
    method = fields.Char(readonly=True)

    @api.model
    def _methods(self):
        """Return what may be called after the answer, no other: {(model, method)}."""
        return {
            ("account.move", "action_post"),
            ("validate.account.move", "validate_move"),
            ("account.payment.register", "action_create_payments"),
        }

    @api.model
    def _ask(self, records, method, problems):
        # sudo: whoever confirms bills gets the question, also without a role in the dossiers
        wizard = self.sudo().create(
            {
                "problems": "\n".join(dict.fromkeys(problems)),
                "res_model": records._name,
                "res_ids": records.ids,
                "method": method,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The Aid Would Be Lost"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {**self.env.context, "dialog_size": "medium"},
        }

    def action_proceed(self):
        self.ensure_one()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why you go on: it is kept in the history of the dossier."))
        if (self.res_model, self.method) not in self._methods():
            raise UserError(self.env._("This cannot be continued from here: start again from the document."))
        records = self.env[self.res_model].browse(self.res_ids).with_context(**{KNOWINGLY: self.reason})
        result = getattr(records, self.method)()
        return result if isinstance(result, dict) else {"type": "ir.actions.act_window_close"}
