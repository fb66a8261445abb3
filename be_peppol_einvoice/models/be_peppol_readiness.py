# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..transport import outcome
from .be_peppol_overview import CUSTOMER_FIGURES

DAYS_SHOWN = 60
#: Stands among the reasons for those whom only core has looked up.
UNEXPLAINED = "unexplained"


class BePeppolReadiness(models.AbstractModel):
    """The page that says which customers can receive e-invoices, which cannot, why, and what to do."""

    _name = "be.peppol.readiness"
    _description = "Customers ready for e-invoices"

    @api.model
    @api.readonly
    def get_readiness(self):
        """All that the page shows, for the current company.

        :return: dict of JSON values: ``company``, ``network`` (name or False), ``figures`` (as on the overview),
            ``share`` (per cent of those checked, or None), ``reasons`` and ``failures`` (lists of ``code``, ``text``,
            ``count``), ``days`` (oldest first: ``date`` and the figures), ``check`` (the last one, or False),
            ``oldest`` (the oldest look-up's time, or False), ``may_check``, ``may_configure``
        """
        overview = self.env["be.peppol.overview"]
        overview._check_overview_access()
        company = self.env.company
        counts = overview._count_customers()
        family = overview._family(counts, "can_receive", CUSTOMER_FIGURES[:3], CUSTOMER_FIGURES[3:])
        network = company._peppol_lookup_network()
        return {
            "company": company.name,
            "network": network.name or network.zone if network else False,
            "figures": family["figures"],
            "checked": family["whole"],
            "share": family["share"],
            "reasons": self._count_reasons("peppol_lookup_reason") + self._count_unexplained(),
            "failures": self._count_reasons("peppol_lookup_failure"),
            "days": self._days(company),
            "check": self._last_check(company),
            "may_check": self._may_check(),
            "may_configure": self.env.user.has_group("base.group_system"),
        }

    @api.model
    def _customers(self):
        return self.env["be.peppol.overview"]._customer_domains()["customers"]

    @api.model
    def _count_reasons(self, field):
        texts = self.env["res.partner"]._peppol_lookup_reasons()
        groups = self.env["res.partner"]._read_group(
            self._customers() & Domain(field, "!=", False), [field], ["__count"]
        )
        groups = sorted(groups, key=lambda group: -group[1])
        return [{"code": code, "text": texts.get(code, code), "count": count} for code, count in groups if code]

    @api.model
    def _unexplained(self):
        """Those who cannot receive by core's own look-up, which gives no reason."""
        domains = self.env["be.peppol.overview"]._customer_domains()
        return (domains["cannot_receive"] | domains["other_documents"]) & Domain("peppol_lookup_reason", "=", False)

    @api.model
    def _unexplained_text(self):
        return self.env._("Odoo's own server found them unable to receive, and gives no reason")

    @api.model
    def _count_unexplained(self):
        count = self.env["res.partner"].search_count(self._unexplained())
        return [{"code": UNEXPLAINED, "text": self._unexplained_text(), "count": count}] if count else []

    @api.model
    def _days(self, company):
        # sudo: these are counts; the page itself is for those who work with invoices (_check_overview_access)
        days = self.env["be.peppol.readiness.day"].sudo()
        start = fields.Date.context_today(self) - timedelta(days=DAYS_SHOWN)
        found = days.search([("company_id", "=", company.id), ("date", ">", start)], order="date")
        return [
            {"date": fields.Date.to_string(day.date), **{figure: day[figure] for figure in CUSTOMER_FIGURES}}
            for day in found
        ]

    @api.model
    def _last_check(self, company):
        # sudo: as above
        check = self.env["be.peppol.check"].sudo().search([("company_id", "=", company.id)], limit=1)
        if not check:
            return False
        return {
            "id": check.id,
            "state": check.state,
            "total": check.total,
            "done": check.done,
            **{kind: check[kind] for kind in outcome.KINDS},
            "started_at": fields.Datetime.to_string(check.create_date),
            "finished_at": check.finished_at and fields.Datetime.to_string(check.finished_at),
        }

    # ------------------------------------------------------------------------------------------------------------------
    # What the page does
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def start_check(self):
        """Begin "Check my customers" for the current company, or go on with it; return what the page shows."""
        self._check_may_check()
        # sudo: only the server makes and changes these records
        self.env["be.peppol.check"].sudo()._start(self.env.company)
        return self.get_readiness()

    @api.model
    def stop_check(self):
        """End the check under way; what has been found stays."""
        self._check_may_check()
        checks = self.env["be.peppol.check"].sudo()
        checks.search([("company_id", "=", self.env.company.id)], limit=1)._stop()
        return self.get_readiness()

    @api.model
    def _may_check(self):
        return self.env.user.has_group("account.group_account_invoice")

    @api.model
    def _check_may_check(self):
        self.env["be.peppol.overview"]._check_overview_access()
        if not self._may_check():
            raise AccessError(self.env._("Only those who make invoices can check customers."))

    @api.model
    @api.readonly
    def get_list_action(self, field, code):
        """The window action with the customers of one reason.

        :raises UserError: if there is no such reason
        """
        texts = self.env["res.partner"]._peppol_lookup_reasons()
        self.env["be.peppol.overview"]._check_overview_access()
        if (field, code) == ("peppol_lookup_reason", UNEXPLAINED):
            name, domain = self._unexplained_text(), self._unexplained()
        elif field in ("peppol_lookup_reason", "peppol_lookup_failure") and code in texts:
            name, domain = texts[code], self._customers() & Domain(field, "=", code)
        else:
            raise UserError(self.env._("There is no reason “%s” on this page.", code))
        action = self.env["ir.actions.act_window"]._for_xml_id("be_peppol_einvoice.action_overview_customers")
        action.update(domain=list(domain), display_name=name, name=name)
        return action
