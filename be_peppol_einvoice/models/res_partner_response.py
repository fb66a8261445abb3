# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    peppol_takes_responses = fields.Selection(
        [("yes", "Yes"), ("no", "No")],
        string="Takes answers to e-invoices",
        company_dependent=True,
        copy=False,
        help="Whether its access point lists the Invoice Response. Empty: not known yet.",
    )
    peppol_takes_responses_date = fields.Datetime(string="Known since", company_dependent=True, copy=False)
