# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

from ..checking.verdict import OwnFinding
from ..mend import explain


class AccountMove(models.Model):
    _inherit = "account.move"

    def _einvoice_extra_findings(self, xml, report):
        """Say what to do where no lawful e-invoice can be made of the invoice as it stands."""
        found = super()._einvoice_extra_findings(xml, report)
        unit = Decimal(1).scaleb(-self.currency_id.decimal_places)
        return found + [
            OwnFinding(explanation.id, "fatal", explanation.terms, explanation.messages)
            for explanation in explain(report.ids[0], unit)
        ]
