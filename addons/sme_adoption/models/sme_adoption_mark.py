# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class SmeAdoptionMark(models.Model):
    """How far the customers of a company are measured. A pass goes through them by id, from ``last_id`` on."""

    _name = "sme.adoption.mark"
    _description = "How Far Customers are Measured"
    _rec_name = "company_id"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade", index=True)
    tools = fields.Char(string="Tools measured", help="Where another one can be measured, all customers are looked at.")
    since = fields.Datetime(help="Only customers touched since then are looked at; empty: all.")
    began = fields.Datetime(string="Pass began on", help="Empty: no pass is under way.")
    last_id = fields.Integer(string="Last customer looked at")
    counted_on = fields.Datetime(string="Measured until")

    _company_unique = models.Constraint("unique(company_id)", "A company has one mark.")
