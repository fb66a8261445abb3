# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Checks that prove by what really happened: a message that came back, an invoice by the official rules, an order."""

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..engine.outcome import LazyText, deferred, failed, passed, unmeasured
from ..models.sme_mail_probe import VALID_DAYS

_lt = LazyText(__name__)

# How long a message may take before it counts as lost.
PATIENCE = timedelta(hours=2)
LATEST = 20


class SmeOnboardingCheck(models.AbstractModel):
    _inherit = "sme.onboarding.check"

    def _check_mail_round_trip(self, company):
        probes, now = self.env["sme.mail.probe"], fields.Datetime.now()
        if not company.alias_domain_id:
            return failed(_lt("No e-mail domain is set for your firm, so no message can come in"))
        probe = probes.search([("company_id", "=", company.id)], limit=1)
        arrived = probe.arrived_on and probe.sent_on and probe.arrived_on >= probe.sent_on
        if arrived and now - probe.arrived_on < timedelta(days=VALID_DAYS):
            minutes = int((probe.arrived_on - probe.sent_on).total_seconds() // 60)
            return passed(_lt("The test message came back after %(minutes)s minutes", minutes=minutes))
        waiting = bool(probe.sent_on) and not arrived
        if waiting and now - probe.sent_on < PATIENCE:
            return unmeasured(_lt("A test message is under way; it may take two hours to come back"))
        if not self._may_ask_other_machines():
            if waiting:
                return failed(
                    _lt("The test message left, but did not come back: is incoming mail set up?"), started=True
                )
            return deferred(_lt("Not tested yet: press “Test now”"), tested=f"probe {company.alias_domain_id.name}")
        lost = waiting
        probe = probes._of_company(company)
        try:
            probe._send()
        except UserError as error:
            return failed(_lt("The test message did not leave: %(reason)s", reason=str(error)), started=True)
        if lost:
            return failed(
                _lt("The test message left, but did not come back: is incoming mail set up?"),
                _lt("A new one has just been sent"),
                started=True,
            )
        return unmeasured(_lt("A test message is under way; it may take two hours to come back"))

    def _check_invoice_valid(self, company):
        # Needs be_peppol_einvoice; the step names it in its required modules.
        posted = [("company_id", "=", company.id), ("move_type", "=", "out_invoice"), ("state", "=", "posted")]
        checked = self.env["account.move"].search(
            [*posted, ("einvoice_check_ids.state", "in", ("ready", "problems"))], limit=LATEST, order="id DESC"
        )
        if not checked:
            return failed(_lt("No confirmed invoice has been checked by the official rules yet"))
        latest = checked[0]
        behind = {"model": "account.move", "domain": [["id", "in", checked.ids]]}
        if "problems" in latest.einvoice_check_ids.mapped("state"):
            return failed(
                _lt("%(name)s breaks the official rules: open it to see what to mend", name=latest.name),
                started=True,
                **behind,
            )
        return passed(_lt("%(name)s is valid by the official rules", name=latest.name), **behind)

    def _check_peppol_found(self, company):
        # Needs be_peppol_einvoice; the step names it in its required modules.
        partner = company.partner_id.with_company(company)
        if not partner.peppol_endpoint:
            return failed(_lt("Your firm has no Peppol number yet"))
        number = f"{partner.peppol_eas}:{partner.peppol_endpoint}"
        if not company._peppol_lookup_network():
            return unmeasured(_lt("Looking up the network is switched off"))
        if not self._may_ask_other_machines():
            return deferred(_lt("Not looked up yet: press “Test now”"), tested=number)
        asked_on = fields.Datetime.now()
        partner._peppol_look_up(company, again=True)
        if partner.peppol_lookup_failure_date and partner.peppol_lookup_failure_date >= asked_on:
            return unmeasured(_lt("The Peppol network gave no answer just now"))
        if partner.peppol_lookup_outcome == "can_receive":
            return passed(
                _lt("%(number)s is found in the network and can receive invoices", number=number), tested=number
            )
        return failed(
            _lt("%(number)s is not found in the network as a receiver of invoices", number=number),
            started=True,
            tested=number,
        )

    def _check_web_order(self, company):
        # Needs website_sale; the step names it in its required modules.
        orders = [("company_id", "=", company.id), ("website_id", "!=", False)]
        placed = self.env["sale.order"].search([*orders, ("state", "=", "sale")], limit=LATEST, order="id DESC")
        if placed:
            return passed(
                _lt("Last order through the shop: %(name)s", name=placed[0].name),
                model="sale.order",
                domain=[["id", "in", placed.ids]],
            )
        carts = self.env["sale.order"].search_count(orders, limit=LATEST)
        if carts:
            return failed(_lt("Baskets were filled, but nobody has finished an order"), started=True)
        return failed(_lt("Nobody has ordered through the shop yet: order something yourself"))

    def _check_sale_order(self, company):
        orders = [("company_id", "=", company.id), ("state", "=", "sale")]
        return self._has_one("sale.order", orders, _lt("There is no confirmed order yet"))

    def _check_stock_move(self, company):
        moves = [("company_id", "=", company.id), ("state", "=", "done"), ("quantity", ">", 0)]
        return self._has_one("stock.move", moves, _lt("No goods have been received, delivered or counted yet"))

    def _has_one(self, model, domain, otherwise):
        found = self.env[model].search(domain, limit=1, order="id DESC")
        if not found:
            return failed(otherwise)
        return passed(_lt("Last one: %(name)s", name=found.display_name), model=model, domain=[["id", "=", found.id]])

    def _check_plan(self, company):
        plan = self.env["sme.plan"].search([("company_id", "=", company.id), ("made_on", "!=", False)], limit=1)
        behind = {"model": "sme.plan", "domain": [["id", "=", plan.id]]}
        if not plan:
            return failed(_lt("There is no plan yet"))
        broken = plan.line_ids.filtered(lambda line: line.state == "failed")
        if broken:
            return failed(
                _lt("Could not be installed: %(apps)s", apps=broken.app_id.mapped("name")), started=True, **behind
            )
        missing = plan._open_lines()
        if missing:
            return failed(
                _lt("Still to be installed: %(apps)s", apps=missing.app_id.mapped("name")), started=True, **behind
            )
        return passed(_lt("Everything in the plan is installed"), **behind)
