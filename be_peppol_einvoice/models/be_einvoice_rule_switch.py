# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models, tools
from odoo.tools import SQL

from ..belgian import RULES
from ..belgian.texts import source, title
from ..checking.verdict import language_of


class BeEinvoiceRuleSwitch(models.Model):
    """Whether a company wants a Belgian check: one row per company and rule, on unless somebody switches it off."""

    _name = "be.einvoice.rule.switch"
    _description = "Belgian check of e-invoices"
    _rec_name = "code"
    _order = "company_id, code"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    code = fields.Char(string="Rule", required=True, readonly=True)
    enabled = fields.Boolean(string="On", default=True)
    title = fields.Char(string="What is checked", compute="_compute_texts")
    severity = fields.Selection(
        [("fatal", "Blocks sending"), ("warning", "Warning")], compute="_compute_texts", string="Effect"
    )
    source = fields.Char(string="Legal source", compute="_compute_texts")

    _rule_unique = models.UniqueIndex("(company_id, code)")

    def init(self):
        self._complete()

    @api.model
    def _complete(self):
        """Give each company a row for each rule. In SQL: this also runs before the registry is ready."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO be_einvoice_rule_switch (company_id, code, enabled)
                     SELECT company.id, rule.code, TRUE
                       FROM res_company AS company, unnest(%(codes)s) AS rule (code)
                      WHERE NOT EXISTS (
                            SELECT 1 FROM be_einvoice_rule_switch AS known
                             WHERE known.company_id = company.id AND known.code = rule.code
                      )
                """,
                codes=sorted(RULES),
            )
        )
        self.env.cr.execute(SQL("DELETE FROM be_einvoice_rule_switch WHERE code <> ALL(%s)", sorted(RULES)))

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_texts(self):
        language = language_of(self.env.lang)
        for switch in self:
            switch.title = title(switch.code, language)
            switch.severity = RULES[switch.code].severity
            switch.source = source(switch.code, language)

    @api.model
    def _off(self, company):
        """The ids of the rules that a company has switched off."""
        return self._off_of(company.id)

    @api.model
    @tools.ormcache("company_id")
    def _off_of(self, company_id):
        # sudo: the checks run for whoever sends an invoice, whatever they may read
        switches = self.sudo().search([("company_id", "=", company_id), ("enabled", "=", False)])
        return frozenset(switches.mapped("code"))

    def write(self, vals):
        """What was found by other rules is out of date: the company's invoices are checked again."""
        result = super().write(vals)
        if "enabled" in vals:
            self.env.registry.clear_cache()
            # sudo: nobody may write verdicts by hand; this only says that they are old
            checks = self.env["be.einvoice.check"].sudo().search([("company_id", "in", self.company_id.ids)])
            checks.fingerprint = False
        return result
