# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    einvoice_hold_up = fields.Boolean(
        string="Hold back e-invoices with problems",
        default=True,
        help="An e-invoice that breaks the rules of Peppol is not sent until it has been corrected. Without this, "
        "problems are shown and the e-invoice is sent all the same; the access point or the customer may refuse it.",
    )
