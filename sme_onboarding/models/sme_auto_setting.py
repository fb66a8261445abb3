# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError, UserError

LANGUAGES = ("fr_BE", "nl_BE")
TIME_ZONE = "Europe/Brussels"
PAPER = "base.paperformat_euro"
# Charts of l10n_be: companies and associations.
CHART, CHART_OF_ASSOCIATION = "be_comp", "be_asso"
GENERIC = "generic_coa"


class SmeAutoSetting(models.AbstractModel):
    """The settings that a Belgian firm needs and that need no choice. Another add-on extends :meth:`_proposals`."""

    _name = "sme.auto.setting"
    _description = "Belgian Settings"

    @api.model
    def _proposals(self, company):
        """What would be changed now, in order; what is right already is not in it.

        :return: list of dict: ``name`` (str, what it is), ``record``, and either ``field`` and ``value``, or ``run``, a
            function without arguments that does what cannot be taken back
        """
        proposals = []

        def propose(name, record, field, value):
            if record and record[field] != value:
                proposals.append({"name": name, "record": record, "field": field, "value": value})

        if not company.country_id:
            propose(self.env._("Country of your firm"), company, "country_id", self.env.ref("base.be"))
        for code in LANGUAGES:
            language = self.env["res.lang"].with_context(active_test=False).search([("code", "=", code)], limit=1)
            propose(self.env._("Language: %s", language.name), language, "active", True)
        propose(self.env._("Paper format of your documents"), company, "paperformat_id", self.env.ref(PAPER))
        for user in self.env["res.users"].search([("share", "=", False), ("company_id", "=", company.id)]):
            if not user.tz:
                propose(self.env._("Time zone of %s", user.name), user, "tz", TIME_ZONE)
        if company.country_id.code in ("BE", False):
            proposals += self._accounting_proposals(company)
        return proposals

    def _accounting_proposals(self, company):
        root = company.root_id
        # A new database without a country has Odoo's chart of no country in particular: as long as nothing is booked,
        # the Belgian one takes its place.
        if not root.chart_template or (root.chart_template == GENERIC and not root._existing_accounting()):
            template = CHART_OF_ASSOCIATION if self._is_association(company) else CHART
            return [
                {
                    "name": self.env._("Belgian chart of accounts, VAT rates and journals"),
                    "record": root,
                    "run": lambda: self.env["account.chart.template"].try_loading(template, root, install_demo=False),
                }
            ]
        journals = self.env["account.journal"].search(
            [*self.env["account.journal"]._check_company_domain(company), ("type", "=", "sale")]
        )
        return [
            {
                "name": self.env._("Structured communication (+++…+++) on the invoices of %s", journal.name),
                "record": journal,
                "field": "invoice_reference_model",
                "value": "be",
            }
            for journal in journals
            if journal.invoice_reference_model == "odoo"
        ]

    def _is_association(self, company):
        plan = self.env["sme.plan"].search([("company_id", "=", company.id)], limit=1)
        return plan.trade_id.code == "nonprofit"

    # ------------------------------------------------------------------------------------------------- the page

    @api.model
    def _ensure_may_set(self):
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Only an administrator can change the settings."))

    @api.model
    def action_preview(self):
        """:return: dict, the action that shows what would be changed for the current company"""
        self._ensure_may_set()
        preview = self.env["sme.auto.preview"].create({"company_id": self.env.company.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Belgian settings"),
            "res_model": preview._name,
            "res_id": preview.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _apply_all(self, company):
        """Make all proposed changes, each for itself: one that Odoo refuses does not keep the others.

        :return: list of (name, reason in words) of those that were refused
        """
        self._ensure_may_set()
        refused = []
        for proposal in self._proposals(company):
            try:
                with self.env.cr.savepoint():
                    self.env["sme.auto.change"]._apply(company, proposal)
            except UserError as error:
                refused.append((proposal["name"], str(error).splitlines()[0]))
        return refused
