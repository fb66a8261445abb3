# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError
from odoo.tools import config

from ..engine.outcome import LazyText, deferred, failed, passed, unmeasured

_lt = LazyText(__name__)

# Each test of a server can take as long as its connection: a firm with more than these is no small firm.
MOST_SERVERS = 10


class SmeOnboardingCheck(models.AbstractModel):
    _inherit = "sme.onboarding.check"

    def _check_outgoing_mail(self, company):
        servers = self.env["ir.mail_server"].search([], limit=MOST_SERVERS)
        if not servers:
            host = config.get("smtp_server") or ""
            if host and host != "localhost":
                return unmeasured(
                    _lt("E-mails leave through %(host)s, set up by your host: only they can test it", host=host)
                )
            return failed(_lt("No outgoing mail server is set up"))
        behind = {"model": "ir.mail_server", "domain": [["id", "in", servers.ids]]}
        tested = ",".join(f"{server.id}@{server.write_date}" for server in servers)
        if not self._may_ask_other_machines():
            return deferred(_lt("Set up, but not tested yet: press “Test now”"), tested=tested, **behind)
        for server in servers:
            try:
                # Core's own test: log in, announce sender and recipient, begin the message, send nothing.
                server.test_smtp_connection()
            except UserError as error:
                # The first line is what the user can act on; the rest is the protocol.
                reason = " ".join(str(error).split())[:200]
                return failed(
                    _lt("%(server)s does not accept e-mails: %(reason)s", server=server.name, reason=reason),
                    started=True,
                    tested=tested,
                    **behind,
                )
        return passed(
            _lt(
                "%(servers)s: login and sender accepted; no e-mail was sent in this test",
                servers=servers.mapped("name"),
            ),
            tested=tested,
            **behind,
        )

    def _check_bill_alias(self, company):
        journals = self.env["account.journal"].search(
            [*self.env["account.journal"]._check_company_domain(company), ("type", "=", "purchase")]
        )
        behind = {"model": "account.journal", "domain": [["id", "in", journals.ids]]}
        addresses = [journal.alias_email for journal in journals if journal.alias_email]
        if not company.alias_domain_id and not addresses:
            return failed(_lt("No e-mail domain is set for your firm, so no address can exist"), **behind)
        if not addresses:
            return failed(_lt("No purchase journal has an e-mail address"), started=True, **behind)
        address = addresses[0]
        # A bill that came in by mail is the best proof, whatever way the mails take.
        came_in = self.env["account.move"].search(
            [
                ("company_id", "=", company.id),
                ("move_type", "in", ("in_invoice", "in_refund")),
                ("message_ids.message_type", "=", "email"),
            ],
            limit=1,
            order="id DESC",
        )
        if came_in:
            return passed(
                _lt("%(address)s works: a bill came in by e-mail", address=address),
                model="account.move",
                domain=[["id", "=", came_in.id]],
            )
        servers = self.env["fetchmail.server"].search([("state", "=", "done")])
        if not servers:
            return failed(
                _lt("%(address)s exists, but no incoming mail server brings its e-mails into Odoo", address=address),
                started=True,
                **behind,
            )
        broken = servers.filtered("error_date")
        if broken == servers:
            return failed(
                _lt("%(servers)s: the last attempt to fetch e-mails failed", servers=broken.mapped("name")),
                started=True,
                model="fetchmail.server",
                domain=[["id", "in", broken.ids]],
            )
        return passed(
            _lt(
                "%(address)s is fetched by %(servers)s; no bill has come in yet",
                address=address,
                servers=(servers - broken).mapped("name"),
            ),
            **behind,
        )
