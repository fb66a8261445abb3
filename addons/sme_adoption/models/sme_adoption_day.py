# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .sme_adoption_customer import STAGES


class SmeAdoptionDay(models.Model):
    """How many customers stood in each stage on a day: the chart over time."""

    _name = "sme.adoption.day"
    _description = "Customers on Board on a Day"
    _order = "date DESC, id DESC"
    _rec_name = "date"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    tool_id = fields.Many2one("sme.adoption.tool", required=True, readonly=True, ondelete="cascade", index=True)
    date = fields.Date(required=True, readonly=True)
    stage = fields.Selection(STAGES, required=True, readonly=True)
    count = fields.Integer(string="Customers", required=True, readonly=True)

    _one_a_day = models.UniqueIndex("(company_id, date, tool_id, stage)", "There is a figure of that day already.")

    @api.model
    def _keep(self, company, today):
        """Keep today's figures, in place of earlier ones of today."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            DELETE FROM sme_adoption_day WHERE company_id = %(company)s AND date = %(today)s;
            INSERT INTO sme_adoption_day (company_id, tool_id, date, stage, count)
            SELECT company_id, tool_id, %(today)s, stage, count(*) FROM sme_adoption_customer
             WHERE company_id = %(company)s AND active GROUP BY company_id, tool_id, stage
            """,
            {"company": company.id, "today": today},
        )
        self.invalidate_model()
