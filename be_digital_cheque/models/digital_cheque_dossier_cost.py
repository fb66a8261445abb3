# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DigitalChequeDossierCost(models.Model):
    """A cost of a dossier's project: planned, ordered, billed or paid, and how much of it counts for the aid."""

    _name = "digital.cheque.dossier.cost"
    _description = "Cost of a Subsidy Dossier"
    _order = "dossier_id, date, id"

    dossier_id = fields.Many2one("digital.cheque.dossier", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="dossier_id.company_id", store=True)
    currency_id = fields.Many2one(related="dossier_id.currency_id")
    name = fields.Char(string="Description", required=True)
    partner_id = fields.Many2one("res.partner", string="Provider")
    move_line_id = fields.Many2one(
        "account.move.line", string="Line of a Vendor Bill", ondelete="restrict", index="btree_not_null"
    )
    move_id = fields.Many2one(related="move_line_id.move_id", store=True, index="btree_not_null")
    date = fields.Date()
    amount = fields.Monetary(string="Amount (excl. VAT)", required=True)
    eligible_amount = fields.Monetary(string="Counts for the Aid")
    excluded_reason = fields.Char(string="Why the Rest Is Excluded")
    state = fields.Selection(
        [("planned", "Planned"), ("committed", "Ordered"), ("invoiced", "Billed"), ("paid", "Paid")],
        required=True,
        default="planned",
        index=True,
    )
