# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine.outcome import LazyText, failed, passed

_lt = LazyText(__name__)


class SmeOnboardingCheck(models.AbstractModel):
    _inherit = "sme.onboarding.check"

    def _check_first_bill(self, company):
        moves = self.env["account.move"]
        bills = [("company_id", "=", company.id), ("move_type", "=", "in_invoice")]
        confirmed = [*bills, ("state", "=", "posted"), ("amount_total", ">", 0)]
        first = moves.search(confirmed, limit=1, order="id")
        if first:
            return passed(
                _lt("First confirmed bill: %(name)s", name=first.name), model="account.move", domain=confirmed
            )
        drafts = [*bills, ("state", "=", "draft")]
        count = moves.search_count(drafts)
        if count:
            return failed(
                _lt("Vendor bills that are still drafts: %(count)s", count=count),
                started=True,
                model="account.move",
                domain=drafts,
            )
        return failed(_lt("There is no vendor bill yet"))

    def _check_payment_matched(self, company):
        moves = self.env["account.move"]
        invoices = [
            ("company_id", "=", company.id),
            ("move_type", "in", ("out_invoice", "in_invoice")),
            ("state", "=", "posted"),
        ]
        # "Paid" alone is no proof: an invoice of 0.00 is born paid, and a credit note settles one without any money.
        # Money is a bank statement line or a payment, the latter with or without a journal entry of its own.
        paid = [*invoices, ("payment_state", "in", ("paid", "in_payment", "partial")), ("amount_total", ">", 0)]
        by_money = [
            "|",
            ("matched_payment_ids.state", "in", ("in_process", "paid")),
            "|",
            "|",
            ("line_ids.matched_credit_ids.credit_move_id.move_id.statement_line_id", "!=", False),
            ("line_ids.matched_debit_ids.debit_move_id.move_id.statement_line_id", "!=", False),
            "|",
            ("line_ids.matched_credit_ids.credit_move_id.move_id.origin_payment_id", "!=", False),
            ("line_ids.matched_debit_ids.debit_move_id.move_id.origin_payment_id", "!=", False),
        ]
        matched = moves.search([*paid, *by_money], limit=1)
        if matched:
            return passed(
                _lt("%(name)s is matched with a payment", name=matched.name),
                model="account.move",
                domain=[("id", "=", matched.id)],
            )
        count = moves.search_count([*invoices, ("amount_residual", ">", 0)])
        if not count:
            return failed(_lt("No payment is matched with an invoice or bill"))
        return failed(
            _lt("No payment is matched yet; invoices and bills to be paid: %(count)s", count=count),
            started=True,
            model="account.move",
            domain=[*invoices, ("amount_residual", ">", 0)],
        )
