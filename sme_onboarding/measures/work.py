# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ipaddress import ip_address
from urllib.parse import urlsplit

from odoo import models

from ..engine.maturity import by_share
from ..engine.outcome import LazyText, failed, passed, unmeasured

_lt = LazyText(__name__)

# Areas of a firm, each with the records that show that Odoo is used for it: (model, field of the day, other conditions)
AREAS = (
    ("account.move", "invoice_date", [("state", "=", "posted"), ("move_type", "in", ("out_invoice", "in_invoice"))]),
    ("sale.order", "date_order", [("state", "=", "sale")]),
    ("purchase.order", "date_order", [("state", "=", "purchase")]),
    ("stock.picking", "date_done", [("state", "=", "done")]),
    ("pos.order", "date_order", []),
    ("mrp.production", "date_finished", [("state", "=", "done")]),
    ("project.task", "create_date", [("project_id", "!=", False)]),
)


class SmeMaturityMeasure(models.AbstractModel):
    _inherit = "sme.maturity.measure"

    def _measure_erp(self, company):
        used = [
            self.env["ir.model"]._get(model).name
            for model, day, conditions in AREAS
            if model in self.env
            and self.env[model].search_count(
                [("company_id", "=", company.id), (day, ">=", self._since()), *conditions], limit=1
            )
        ]
        if len(used) < 2:
            return None, unmeasured(_lt("Odoo is used for fewer than two areas; you may use another system"))
        return 1, passed(_lt("Odoo is used for: %(areas)s", areas=used))

    def _measure_stock(self, company):
        moved = _lt("Stock moves are recorded")
        timed = _lt("Hours are recorded")
        moves = [("state", "=", "done")]
        hours = [("project_id", "!=", False)]
        for model, conditions, found in (("stock.move", moves, moved), ("account.analytic.line", hours, timed)):
            if model not in self.env or any(leaf[0] not in self.env[model]._fields for leaf in conditions):
                continue
            domain = [("company_id", "=", company.id), ("date", ">=", self._since()), *conditions]
            if self.env[model].search_count(domain, limit=1):
                return 1, passed(found, model=model, domain=domain)
        return None, unmeasured(_lt("Odoo has no stock moves and no hours; you may record them elsewhere"))

    def _measure_remote_access(self, company):
        address = urlsplit(self.env["ir.config_parameter"].get_param("web.base.url") or "")
        if address.scheme == "https" and self._is_public(address.hostname):
            return 1, passed(_lt("Odoo answers at %(address)s", address=address.geturl()))
        return None, unmeasured(_lt("Odoo has no public https address; other tools may be reachable"))

    def _is_public(self, host):
        """Whether a name or address can be meant for the outside; nothing is asked in the network."""
        try:
            return ip_address(host or "").is_global
        except ValueError:
            return "." in (host or "") and not host.endswith((".local", ".localhost", ".lan", ".internal", ".test"))

    def _measure_two_factor(self, company):
        users = self._internal_users(company)
        protected = users.filtered(lambda user: user._mfa_type())
        found = _lt("%(part)s of %(total)s users: second factor at login", part=len(protected), total=len(users))
        outcome = passed if protected else failed
        return by_share(len(protected), len(users), enough=100), outcome(
            found, model="res.users", domain=[["id", "in", users.ids]]
        )
