# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .sme_time_kind import JOBS


class SmeTimeEvent(models.Model):
    """The ledger: one row for each piece of work that was saved, with the record that proves it.

    Nobody writes it but the counter. The unique index is what makes counting twice impossible.
    """

    _name = "sme.time.event"
    _description = "Work Saved"
    _order = "date DESC, id DESC"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    kind_id = fields.Many2one("sme.time.kind", required=True, readonly=True, ondelete="cascade", index=True)
    date = fields.Date(required=True, readonly=True)
    res_model = fields.Char(string="Model of the record", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Number of the record", model_field="res_model", required=True, readonly=True
    )
    job = fields.Selection(JOBS, required=True, readonly=True)
    record_name = fields.Char(string="Record", compute="_compute_record_name")

    _once = models.UniqueIndex("(res_model, res_id, job)", "This piece of work is counted already.")
    _of_company = models.Index("(company_id, date DESC, id DESC)")

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_record_name(self):
        """The name of the record, for those who may read it."""
        self.record_name = False
        for model, events in self.grouped("res_model").items():
            if model not in self.env:
                continue
            records = self.env[model].browse(events.mapped("res_id")).exists()
            names = {record.id: record.display_name for record in records._filtered_access("read")}
            for event in events:
                event.record_name = names.get(event.res_id)

    def action_open_record(self):
        """
        :return: dict, the action that opens the record that proves it, within the user's own rights
        """
        self.ensure_one()
        record = self.env[self.res_model].browse(self.res_id).exists() if self.res_model in self.env else None
        if not record:
            raise UserError(self.env._("The record is no longer there: the next count takes this line away."))
        record.check_access("read")
        return record.get_formview_action()
