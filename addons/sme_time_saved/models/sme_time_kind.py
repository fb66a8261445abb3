# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

JOBS = [
    ("entry", "Entering the data"),
    ("drawing", "Drawing it up"),
    ("sending", "Sending it"),
    ("matching", "Matching it"),
]


class SmeTimeKind(models.Model):
    """A way in which digital work saves time. Another module adds one as a record with a method _claim_<code> on
    ``sme.time.counter``.

    Two kinds with the same model and job are two proofs of one saving: the first in the sequence has it.
    """

    _name = "sme.time.kind"
    _description = "Kind of Time Saved"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(default=10, readonly=True)
    active = fields.Boolean(default=True, help="What is archived is not counted in the hours.")
    about = fields.Text(string="What is counted", translate=True, readonly=True)
    how = fields.Text(string="How to get it", translate=True, readonly=True)
    subject = fields.Char(string="Counted record", required=True, readonly=True)
    date_field = fields.Char(string="Date of the record", required=True, readonly=True)
    job = fields.Selection(JOBS, required=True, readonly=True)
    role_id = fields.Many2one("sme.time.role", string="Whose work it saves", required=True, ondelete="restrict")
    rate_ids = fields.One2many("sme.time.rate", "kind_id", string="Minutes for one")

    _code_unique = models.Constraint("unique(code)", "The code of a kind is unique.")

    def write(self, values):
        res = super().write(values)
        if {"role_id", "active"} & set(values):
            self.env["sme.time.line"]._rebuild_all()
        return res
