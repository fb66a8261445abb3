# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class BeNaceConvert(models.TransientModel):
    """Asks to which codes of 2025 an establishment's activities of 2008 are to be moved."""

    _name = "be.nace.convert"
    _description = "Move activities to NACE-BEL 2025"

    establishment_id = fields.Many2one("be.establishment", required=True, readonly=True, ondelete="cascade")
    line_ids = fields.One2many("be.nace.convert.line", "convert_id", string="Activities of 2008")

    @api.model
    def _open(self, establishment):
        establishment.ensure_one()
        old = (establishment.nace_ids | establishment.main_nace_id).filtered(lambda code: code.version == "2008")
        if not old:
            raise UserError(self.env._("This establishment has no activity code of 2008."))
        convert = self.create(
            {
                "establishment_id": establishment.id,
                "line_ids": [
                    fields.Command.create(
                        {
                            "old_id": code.id,
                            # Several successors are a question; a single one is proposed, to be confirmed.
                            "new_id": code.successor_ids.id if len(code.successor_ids) == 1 else False,
                        }
                    )
                    for code in old
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move activities to NACE-BEL 2025"),
            "res_model": self._name,
            "res_id": convert.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_apply(self):
        """Replace each activity for which a code of 2025 was chosen; the others stay as they are."""
        self.ensure_one()
        establishment = self.establishment_id
        for line in self.line_ids.filtered("new_id"):
            establishment.nace_ids = (establishment.nace_ids - line.old_id) | line.new_id
            if establishment.main_nace_id == line.old_id:
                establishment.main_nace_id = line.new_id
        return {"type": "ir.actions.act_window_close"}
