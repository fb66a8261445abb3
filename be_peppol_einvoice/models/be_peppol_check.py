# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..transport import outcome

#: Customers per transaction: what a kill of the server can cost.
BATCH = 200
#: How long a nightly check leaves a customer alone: those who can receive seldom stop, the others may join any day.
REST = {outcome.CAN_RECEIVE: timedelta(days=7), outcome.OTHER_DOCUMENTS: timedelta(days=1)}
OTHER_REST = timedelta(days=1)
MANY_UNKNOWN = 20


class BePeppolCheck(models.Model):
    """One look-up of all customers of a company, in the background: it can be left, and goes on after a restart."""

    _name = "be.peppol.check"
    _description = "Check of customers in the Peppol network"
    _order = "id desc"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    state = fields.Selection(
        [
            ("queued", "Waiting"),
            ("running", "Running"),
            ("interrupted", "Interrupted: no answer from the network"),
            ("done", "Done"),
            ("stopped", "Stopped"),
        ],
        default="queued",
        required=True,
        readonly=True,
        index=True,
    )
    only_stale = fields.Boolean(readonly=True, help="Only the customers who have not been looked up lately.")
    last_partner_id = fields.Integer(readonly=True, help="The check goes through the customers in this order.")
    total = fields.Integer(string="Customers", readonly=True)
    done = fields.Integer(string="Checked", readonly=True)
    can_receive = fields.Integer(readonly=True)
    other_documents = fields.Integer(readonly=True)
    not_registered = fields.Integer(readonly=True)
    unknown = fields.Integer(readonly=True)
    skipped = fields.Integer(string="Without a usable number", readonly=True)
    finished_at = fields.Datetime(readonly=True)

    _one_at_a_time = models.UniqueIndex(
        "(company_id) WHERE state IN ('queued', 'running', 'interrupted')",
        "Customers are being checked already.",
    )

    # ------------------------------------------------------------------------------------------------------------------
    # Beginning and ending
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _start(self, company, only_stale=False):
        """Queue a check of a company's customers, or return the one under way; an interrupted one goes on.

        :raises UserError: if there is no network to ask
        """
        if company._peppol_lookup_network() is None:
            raise UserError(
                self.env._(
                    "No Peppol network is chosen for %s, so there is nothing to ask. Choose one in the settings.",
                    company.name,
                )
            )
        check = self.search([("company_id", "=", company.id), ("state", "not in", ("done", "stopped"))], limit=1)
        if not check:
            check = self.create({"company_id": company.id, "only_stale": only_stale})
            check.total = self.env["res.partner"].search_count(check._domain())
        elif check.state == "interrupted":
            check.state = "queued"
        self.env.ref("be_peppol_einvoice.ir_cron_peppol_check")._trigger()
        return check

    def _stop(self):
        self.filtered(lambda check: check.state not in ("done", "stopped")).write(
            {"state": "stopped", "finished_at": fields.Datetime.now()}
        )

    # ------------------------------------------------------------------------------------------------------------------
    # Working
    # ------------------------------------------------------------------------------------------------------------------

    def _domain(self):
        """The customers that this check still has to look up."""
        self.ensure_one()
        domain = self.env["res.partner"]._peppol_lookup_domain(self.company_id)
        domain &= Domain("id", ">", self.last_partner_id)
        if self.only_stale:
            now = fields.Datetime.now()
            rested = Domain.FALSE
            for kind, rest in REST.items():
                rested |= Domain("peppol_lookup_outcome", "=", kind) & Domain("peppol_lookup_date", ">", now - rest)
            rested |= Domain("peppol_lookup_outcome", "=", outcome.NOT_REGISTERED) & Domain(
                "peppol_lookup_date", ">", now - OTHER_REST
            )
            domain &= ~rested
        return domain

    def _work(self):
        """Look up the next customers; return how many are left after them."""
        self.ensure_one()
        # the network's answers are for the company, whatever the user who started the check may see
        check = self.sudo().with_company(self.company_id)
        partners = check.env["res.partner"].with_context(active_test=True)
        domain = check._domain()
        batch = partners.search(domain, order="id", limit=BATCH)
        counts = batch._peppol_look_up_many(check.company_id)
        asked = len(batch) - counts["skipped"]
        if asked >= min(MANY_UNKNOWN, check.total) and counts[outcome.UNKNOWN] == asked:
            # not one answer: the network is out of reach, and the other customers would only wait for nothing
            check.state = "interrupted"
            return 0
        for kind, count in counts.items():
            check[kind] += count
        check.done += len(batch)
        check.last_partner_id = batch[-1:].id or check.last_partner_id
        left = partners.search_count(check._domain()) if len(batch) == BATCH else 0
        check.total = check.done + left
        check.state = "running" if left else "done"
        if not left:
            check.finished_at = fields.Datetime.now()
            check.env["be.peppol.readiness.day"]._take(check.company_id)
        return left

    @api.model
    def _cron_work(self):
        """Work on the checks that are waiting, one batch for each transaction."""
        cron = self.env["ir.cron"]
        time_left = 1
        while time_left > 0:
            check = self.search([("state", "in", ("queued", "running"))], order="id", limit=1)
            if not check:
                return
            before = check.done
            left = check._work()
            time_left = cron._commit_progress(max(0, check.done - before), remaining=left)

    @api.model
    def _cron_nightly(self):
        """Every night: look up again those whose answer has grown old, and note where each company stands."""
        companies = self.env["res.company"].search([]).filtered(lambda one: one.country_code == "BE")
        interrupted = self.search([("state", "=", "interrupted")])
        interrupted.state = "queued"
        for company in companies:
            if company._peppol_lookup_network() is not None:
                self._start(company, only_stale=True)
            self.env["be.peppol.readiness.day"]._take(company)
            self.env["ir.cron"]._commit_progress(1)

    @api.autovacuum
    def _gc_checks(self):
        """Finished checks are history after three months; where the company stood is kept for each day."""
        limit = fields.Datetime.now() - timedelta(days=90)
        self.search([("state", "in", ("done", "stopped")), ("finished_at", "<", limit)]).unlink()
