# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

# Of what happens to a bill, the supplier is told this much
ANSWERS = {"none": (), "decisions": ("AP", "RE"), "all": ("AB", "AP", "RE", "PD")}


class ResCompany(models.Model):
    _inherit = "res.company"

    einvoice_answers = fields.Selection(
        [
            ("none", "Nothing by itself"),
            ("decisions", "When a bill is accepted"),
            ("all", "When a bill is received, accepted and paid"),
        ],
        string="Tell suppliers over Peppol",
        default="all",
        required=True,
        help="Only suppliers whose access point takes answers to e-invoices get them. Refusals and questions are "
        "always sent by hand.",
    )

    def _einvoice_answers(self, code):
        """Whether a supplier is told a status that follows from what happens to a bill."""
        return code in ANSWERS[self.einvoice_answers]
