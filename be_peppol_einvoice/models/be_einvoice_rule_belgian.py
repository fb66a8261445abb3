# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..belgian import RULES
from ..belgian.texts import title


class BeEinvoiceRule(models.Model):
    _inherit = "be.einvoice.rule"

    def _title(self, language):
        """The Belgian rules have titles of their own."""
        self.ensure_one()
        return title(self.code, language) if self.code in RULES else super()._title(language)
