# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..engine.maturity import by_share
from ..engine.outcome import LazyText, passed, unmeasured

_lt = LazyText(__name__)

PERIOD = timedelta(days=365)


class SmeMaturityMeasure(models.AbstractModel):
    _inherit = "sme.maturity.measure"

    def _since(self):
        return fields.Date.context_today(self) - PERIOD

    def _posted(self, company, *move_types):
        return [
            ("company_id", "=", company.id),
            ("state", "=", "posted"),
            ("move_type", "in", move_types),
            ("invoice_date", ">=", self._since()),
        ]

    def _measure_structured_invoices(self, company):
        """Sent over Peppol, of the invoices and credit notes of a year to Belgian customers with a VAT number."""
        moves = self.env["account.move"]
        if "peppol_move_state" not in moves._fields:
            return None, unmeasured(_lt("Sending over Peppol is not installed"))
        domain = [
            *self._posted(company, "out_invoice", "out_refund"),
            ("commercial_partner_id.country_id.code", "=", "BE"),
            ("commercial_partner_id.vat", "not in", (False, "", "/")),
        ]
        total = moves.search_count(domain)
        if not total:
            return None, unmeasured(_lt("No invoice to a Belgian business in the past year"))
        sent = moves.search_count([*domain, ("peppol_move_state", "in", ("processing", "done"))])
        found = _lt("%(part)s of %(total)s invoices to Belgian businesses left over Peppol", part=sent, total=total)
        return by_share(sent, total), passed(found, model="account.move", domain=domain)

    def _measure_imported_bills(self, company):
        """Came in over Peppol or from a structured file, of the bills and credit notes of a year."""
        moves = self.env["account.move"]
        domain = self._posted(company, "in_invoice", "in_refund")
        total = moves.search_count(domain)
        if not total:
            return None, unmeasured(_lt("No vendor bill in the past year"))
        imported = self._bills_with_a_structured_file(domain)
        found = _lt("%(part)s of %(total)s bills came in as structured files", part=imported, total=total)
        return by_share(imported, total), passed(found, model="account.move", domain=domain)

    def _bills_with_a_structured_file(self, domain):
        # Core keeps the file of a bill that it imported as an attachment; no stored field tells that it was structured.
        bills = self.env["account.move"]._search(domain)
        [(count,)] = self.env.execute_query(
            SQL(
                "SELECT count(DISTINCT res_id) FROM ir_attachment"
                " WHERE res_model = 'account.move' AND mimetype IN ('application/xml', 'text/xml') AND res_id IN %s",
                bills.subselect(),
            )
        )
        return count

    def _measure_bank_statements(self, company):
        lines = self.env["account.bank.statement.line"]
        domain = [("company_id", "=", company.id), ("date", ">=", self._since())]
        total = lines.search_count(domain)
        if not total:
            return None, unmeasured(_lt("No bank movement in the past year"))
        matched = lines.search_count([*domain, ("is_reconciled", "=", True)])
        found = _lt("%(part)s of %(total)s bank movements are matched", part=matched, total=total)
        return by_share(matched, total), passed(found, model="account.bank.statement.line", domain=domain)

    def _measure_online_payment(self, company):
        if company.qr_code:
            return 1, passed(
                _lt("Invoices carry a code to pay by phone"), model="res.company", domain=[("id", "=", company.id)]
            )
        if "payment.provider" in self.env:
            domain = [("company_id", "=", company.id), ("state", "=", "enabled")]
            count = self.env["payment.provider"].search_count(domain)
            if count:
                return 1, passed(
                    _lt("Ways to pay online that are switched on: %(count)s", count=count),
                    model="payment.provider",
                    domain=domain,
                )
        return None, unmeasured(_lt("Odoo has no code on invoices and no online payment; you may use something else"))
