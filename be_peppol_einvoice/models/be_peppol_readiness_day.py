# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .be_peppol_overview import CUSTOMER_FIGURES


class BePeppolReadinessDay(models.Model):
    """How many customers could receive e-invoices, day by day: the past cannot be looked up afterwards."""

    _name = "be.peppol.readiness.day"
    _description = "Customers who can receive e-invoices, by day"
    _order = "date desc"
    _rec_name = "date"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    date = fields.Date(required=True, readonly=True)
    can_receive = fields.Integer(readonly=True)
    other_documents = fields.Integer(string="Not for e-invoices", readonly=True)
    cannot_receive = fields.Integer(string="Not on Peppol", readonly=True)
    unchecked = fields.Integer(string="Not checked yet", readonly=True)
    no_number = fields.Integer(string="Without a number", readonly=True)

    _once_a_day = models.Constraint("UNIQUE (company_id, date)", "This day has been noted already.")

    @api.model
    def _take(self, company):
        """Note where a company stands today, in place of what was noted earlier today."""
        counts = self.env["be.peppol.overview"].with_company(company)._count_customers()
        values = {figure: counts[figure] for figure in CUSTOMER_FIGURES}
        today = fields.Date.today()
        day = self.search([("company_id", "=", company.id), ("date", "=", today)])
        if day:
            day.write(values)
        else:
            day = self.create({"company_id": company.id, "date": today, **values})
        return day
