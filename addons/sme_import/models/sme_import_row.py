# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SmeImportRow(models.Model):
    """A row of the file: what is said of it before the import, and what became of it."""

    _name = "sme.import.row"
    _description = "Row of an Imported File"
    _order = "import_id, line, id"
    _rec_name = "label"

    import_id = fields.Many2one("sme.import", required=True, ondelete="cascade", index=True, readonly=True)
    company_id = fields.Many2one(related="import_id.company_id")
    import_state = fields.Selection(related="import_id.state")
    line = fields.Integer(required=True, readonly=True, aggregator=None)
    label = fields.Char(string="Row", readonly=True)
    verdict = fields.Selection(
        [
            ("ready", "Ready"),
            ("fixed", "Please look"),
            ("existing", "Already there"),
            ("refused", "Cannot go in"),
        ],
        required=True,
        readonly=True,
    )
    action = fields.Selection(
        [("create", "Bring in"), ("complete", "Complete"), ("skip", "Leave out")],
        string="What to Do",
        required=True,
        help="Complete: what is empty in the record that is already there is filled in; nothing is overwritten.",
    )
    state = fields.Selection(
        [("waiting", "Waiting"), ("in", "In"), ("out", "Not in"), ("undone", "Taken back")],
        string="Result",
        default="waiting",
        required=True,
        readonly=True,
    )
    notes = fields.Json(readonly=True)
    remarks = fields.Text(compute="_compute_remarks")
    values = fields.Json(readonly=True)
    raw = fields.Json(readonly=True, help="The row as it stands in the file.")
    match_id = fields.Many2oneReference(model_field="match_model", string="Already There", readonly=True)
    match_model = fields.Char(readonly=True)
    same_line = fields.Integer(readonly=True, help="The line of the file that is the same record.")
    created = fields.Json(readonly=True, help="What this row made: [[model, id]].")
    before = fields.Json(readonly=True, help="What completing changed: [[model, id, field, old value, new value]].")
    error = fields.Char(string="Odoo's Answer", readonly=True)

    _state_index = models.Index("(import_id, state, id)")

    @api.depends("notes", "error")
    @api.depends_context("lang")
    def _compute_remarks(self):
        note = self.env["sme.import.note"]
        for row in self:
            texts = [note._text(code, details) for code, details in row.notes or []]
            if row.error:
                texts.append(row.error)
            row.remarks = "\n".join(texts) or False

    def write(self, vals):
        """Only what to do with a row can be chosen, and only before the import; the rest is set by the import.

        Bringing in and taking back follow the rows with the rights of who presses the button: nobody may write there
        what somebody else's rights then do.
        """
        if set(vals) - {"action"} and not self.env.su:
            raise AccessError(self.env._("Of a row only what to do with it can be chosen."))
        if "action" in vals and not self.env.su:
            for row in self:
                if row.import_id.state != "review":
                    raise UserError(self.env._("What to do with a row is chosen before the import starts."))
                if row.verdict == "refused" and vals["action"] != "skip":
                    raise UserError(
                        self.env._(
                            "Line %s cannot go in as it is. Correct it in the file and read the file again.", row.line
                        )
                    )
                if vals["action"] == "complete" and not (row.match_id or row.same_line):
                    raise UserError(self.env._("Line %s: there is no record that could be completed.", row.line))
        result = super().write(vals)
        if "action" in vals and not self.env.su:
            self.import_id._count()
        return result

    def action_open_record(self):
        """Open what the row made, completed, or what was there already."""
        self.ensure_one()
        model, record_id = (self.created or [[self.match_model, self.match_id]])[0][:2]
        if not model or not self.env[model].browse(record_id).exists():
            raise UserError(self.env._("There is no record of this row."))
        return {"type": "ir.actions.act_window", "res_model": model, "res_id": record_id, "views": [(False, "form")]}

    def action_skip(self):
        """Leave the ticked rows out."""
        self.write({"action": "skip"})

    def action_bring_in(self):
        """Bring the ticked rows in as new records; what cannot go in stays out."""
        self.filtered(lambda row: row.verdict != "refused").write({"action": "create"})
