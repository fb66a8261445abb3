# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..checking.titles import title_of
from ..checking.verdict import language_of


class BeEinvoiceRule(models.Model):
    """A rule that a checked document has broken at least once: what findings are grouped and counted by."""

    _name = "be.einvoice.rule"
    _description = "Rule for e-invoices"
    _order = "code"
    _rec_names_search = ("code",)

    code = fields.Char(
        string="Rule", required=True, readonly=True, help="The rule's official id, or that of a check of this app."
    )
    title = fields.Char(compute="_compute_title", help="What the rule finds wrong, in the reader's language.")

    _code_unique = models.UniqueIndex("(code)")

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_title(self):
        language = language_of(self.env.lang)
        for rule in self:
            rule.title = rule._title(language)

    def _title(self, language):
        """One sentence in a language (``en``, ``fr``, ``nl``, ``de``); other checks override it for their own ids."""
        self.ensure_one()
        return title_of(self.code, language) or self.code

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = rule.title if rule.title == rule.code else f"{rule.title} ({rule.code})"

    @api.model
    def _for_codes(self, codes):
        """dict from code to the id of its rule; new rules are made on the way."""
        # sudo: rules are written down by the checks, whoever's invoice is checked; nobody may make them by hand
        rules = self.sudo().search([("code", "in", list(codes))])
        known = {rule.code: rule.id for rule in rules}
        missing = sorted(set(codes) - set(known))
        if missing:
            # in SQL: where another check writes down the same rule at this moment, the transaction can be tried again,
            # and that is no error in the log
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO be_einvoice_rule (code, create_uid, create_date, write_uid, write_date)
                         SELECT code, %(uid)s, %(now)s, %(uid)s, %(now)s FROM unnest(%(codes)s) AS code
                    ON CONFLICT (code) DO UPDATE SET code = EXCLUDED.code
                      RETURNING code, id
                    """,
                    uid=self.env.uid,
                    now=fields.Datetime.now(),
                    codes=missing,
                ),
                log_exceptions=False,
            )
            known.update(self.env.cr.fetchall())
        return known
