# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api, fields, models


class DigitalChequeCostSuggest(models.TransientModel):
    """Shows the bill lines that may belong to a dossier and links those that the user keeps."""

    _name = "digital.cheque.cost.suggest"
    _description = "Bills that May Belong to a Dossier"

    dossier_id = fields.Many2one("digital.cheque.dossier", required=True, ondelete="cascade")
    line_ids = fields.One2many("digital.cheque.cost.suggest.line", "suggest_id")
    found_none = fields.Boolean(compute="_compute_found_none")

    @api.depends("line_ids")
    def _compute_found_none(self):
        for wizard in self:
            wizard.found_none = not wizard.line_ids

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        dossier = self.env["digital.cheque.dossier"].browse(values.get("dossier_id"))
        if dossier and "line_ids" in fields_list:
            values["line_ids"] = [
                Command.create(
                    {"move_line_id": line.id, "reasons": " ".join(sorted(reasons)), "take": "provider" in reasons}
                )
                for line, reasons in dossier._suggested_lines()
            ]
        return values

    def action_link(self):
        self.ensure_one()
        self.env["digital.cheque.dossier.cost"].create(
            [
                {"dossier_id": self.dossier_id.id, "move_line_id": line.move_line_id.id}
                for line in self.line_ids.filtered("take")
            ]
        )
        return {"type": "ir.actions.act_window_close"}


class DigitalChequeCostSuggestLine(models.TransientModel):
    _name = "digital.cheque.cost.suggest.line"
    _description = "Bill Line that May Belong to a Dossier"

    suggest_id = fields.Many2one("digital.cheque.cost.suggest", required=True, ondelete="cascade")
    take = fields.Boolean(string="Link")
    move_line_id = fields.Many2one("account.move.line", required=True, readonly=True, ondelete="cascade")
    move_id = fields.Many2one(related="move_line_id.move_id", string="Bill")
    partner_id = fields.Many2one(related="move_line_id.partner_id", string="Provider")
    date = fields.Date(related="move_line_id.date")
    name = fields.Char(related="move_line_id.name", string="Description")
    currency_id = fields.Many2one(related="move_line_id.currency_id")
    price_subtotal = fields.Monetary(related="move_line_id.price_subtotal", string="Amount (excl. VAT)")
    reasons = fields.Char(readonly=True)
    why = fields.Char(compute="_compute_why")

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_why(self):
        texts = {"provider": self.env._("the provider"), "product": self.env._("the product")}
        for line in self:
            line.why = ", ".join(texts[reason] for reason in (line.reasons or "").split())
