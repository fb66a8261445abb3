# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class SmeTimeRate(models.Model):
    """A dated figure with its source: the minutes of one event, or what an hour of a role costs."""

    _name = "sme.time.rate"
    _description = "Dated Figure of the Time Saved"
    _order = "kind_id, role_id, company_id NULLS FIRST, start DESC NULLS LAST, id DESC"
    _rec_name = "value"

    kind_id = fields.Many2one("sme.time.kind", ondelete="cascade", index="btree_not_null", string="Kind of work")
    role_id = fields.Many2one("sme.time.role", ondelete="cascade", index="btree_not_null")
    company_id = fields.Many2one(
        "res.company",
        ondelete="cascade",
        default=lambda self: self.env.company,
        help="The firm's own figure goes before the one that came with the add-on, which has no company.",
    )
    start = fields.Date(string="From", help="Empty: it holds for all time.")
    value = fields.Float(digits=(10, 2), required=True, help="Minutes for one event, or euros for one hour.")
    source = fields.Char(required=True, translate=True, help="Where the figure comes from.")
    source_date = fields.Date(string="Date of the source")

    _one_thing = models.Constraint(
        "CHECK ((kind_id IS NULL) <> (role_id IS NULL))", "A figure is of a kind of work or of a role."
    )
    _not_negative = models.Constraint("CHECK (value >= 0)", "Minutes and costs cannot be negative.")
    _one_a_day = models.UniqueIndex(
        "(COALESCE(kind_id, 0), COALESCE(role_id, 0), COALESCE(company_id, 0), COALESCE(start, '0001-01-01'))",
        "There is a figure from that day already: change it instead.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        rates = super().create(vals_list)
        self.env["sme.time.line"]._rebuild_all()
        return rates

    def write(self, values):
        res = super().write(values)
        if set(values) - {"source", "source_date"}:
            self.env["sme.time.line"]._rebuild_all()
        return res

    def unlink(self):
        res = super().unlink()
        self.env["sme.time.line"]._rebuild_all()
        return res
