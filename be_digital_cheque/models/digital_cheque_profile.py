# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import facts as engine_facts


class DigitalChequeProfile(models.Model):
    """What subsidies depend on and a company's contact does not tell, one record per company."""

    _name = "digital.cheque.profile"
    _description = "Facts of a Company for Subsidies"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", index=True, default=lambda self: self.env.company
    )
    legal_kind = fields.Selection(
        [
            (engine_facts.COMPANY, "Company"),
            (engine_facts.SELF_EMPLOYED, "Self-employed person"),
            (engine_facts.ASSOCIATION, "Non-profit association or foundation"),
            (engine_facts.PUBLIC, "Public body"),
            (engine_facts.OTHER, "Other"),
        ],
        string="Kind of Enterprise",
        compute="_compute_legal_kind",
        store=True,
        readonly=False,
        precompute=True,
        help="Taken from the legal form of the company's contact where that is known.",
    )
    founded_on = fields.Date(string="Founded On", help="The first day in the Crossroads Bank for Enterprises.")
    income_tax_known = fields.Boolean(string="Reckon with Income Tax")
    income_tax = fields.Float(
        string="Rate of Income Tax",
        digits=(6, 4),
        help="At which the last euro of profit is taxed. Only for the estimate of what a deduction saves.",
    )
    vat_recovered = fields.Float(
        string="VAT Recovered", digits=(6, 4), default=1.0, help="Share of the VAT on costs that the company recovers."
    )
    answer_ids = fields.One2many(related="company_id.digital_cheque_answer_ids")

    _company_unique = models.Constraint("UNIQUE (company_id)", "This company has its facts already.")
    _shares = models.Constraint(
        "CHECK (income_tax BETWEEN 0 AND 1 AND vat_recovered BETWEEN 0 AND 1)", "A rate lies between 0% and 100%."
    )

    @api.depends("company_id.partner_id.be_legal_form")
    def _compute_legal_kind(self):
        for profile in self:
            profile.legal_kind = (
                engine_facts.legal_kind(profile.company_id.partner_id.be_legal_form) or profile.legal_kind
            )

    @api.model
    def _of_company(self, company):
        """Return the profile of a company, made where there is none."""
        return self.search([("company_id", "=", company.id)], limit=1) or self.create({"company_id": company.id})

    @api.model
    def action_open_mine(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Facts for Subsidies"),
            "res_model": self._name,
            "res_id": self._of_company(self.env.company).id,
            "views": [(False, "form")],
        }

    def action_open_answers(self):
        """Open the answers of the company, to be changed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answers"),
            "res_model": "digital.cheque.answer",
            "views": [(False, "list")],
            "domain": [("company_id", "=", self.company_id.id)],
            "context": {"default_company_id": self.company_id.id},
        }
