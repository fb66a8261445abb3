# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class SmeTimeMark(models.Model):
    """How far the counter has come in one model. A pass goes through the records by id, from ``last_id`` on."""

    _name = "sme.time.mark"
    _description = "How Far Time Saved is Counted"
    _rec_name = "subject"

    subject = fields.Char(string="Model", required=True)
    since = fields.Datetime(help="Only what was written since then is looked at; empty: everything.")
    began = fields.Datetime(string="Pass began on", help="Empty: no pass is under way.")
    last_id = fields.Integer(string="Last record looked at")
    counted_on = fields.Datetime(string="Counted until")

    _subject_unique = models.Constraint("unique(subject)", "A model has one mark.")
