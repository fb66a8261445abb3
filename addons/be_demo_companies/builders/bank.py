# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from ..tables.companies import COMPANIES
from ..tables.trade import WAGES
from .demo import MONTHS

CAPITAL = 25000
#: Every so many documents stay open beyond their due date.
LATE = 6


def pay(demo):
    """Book the bank statements: the founders' money, then most documents, paid a few days around their due date."""
    for row in COMPANIES:
        key = f"statement_{row.key}"
        if demo.find(f"{key}_capital"):
            continue
        env = demo.env_of(row.key)
        journal = env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", env.company.id)], limit=1)
        capital = env["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "date": demo.day(MONTHS - 1, 1),
                "payment_ref": "Capital",
                "amount": CAPITAL,
                "counterpart_account_id": demo.chart(env, "a100").id,
            }
        )
        demo.remember({f"{key}_capital": capital})
        _pay_wages(demo, env, row.key, journal)
        _pay(demo, env, key, journal)


def _pay_wages(demo, env, company, journal):
    amount, label = WAGES.get(company, (0, ""))
    rows = {
        f"wages_{company}_{month}": {
            "journal_id": journal.id,
            "date": demo.day(month, 26),
            "payment_ref": label,
            "amount": -amount,
            "counterpart_account_id": demo.chart(env, "a6202").id,
        }
        for month in range(MONTHS - 1, 0, -1)
        if amount
    }
    demo.ensure(env["account.bank.statement.line"], rows)


def _pay(demo, env, key, journal):
    documents = env["account.move"].search(
        [
            ("company_id", "=", env.company.id),
            ("state", "=", "posted"),
            ("move_type", "in", ("out_invoice", "out_receipt", "in_invoice", "in_refund")),
            ("payment_state", "=", "not_paid"),
            ("invoice_date_due", "<", demo.today),
        ],
        order="invoice_date, id",
    )
    paid = [
        (document, document.invoice_date_due + timedelta(days=number % 9 - 6))
        for number, document in enumerate(documents)
        if number % LATE != LATE - 1 or document.invoice_date < demo.day(6, 1) or document.move_type == "out_receipt"
    ]
    rows = {
        f"{key}_{number}": _line(journal, document, min(date, demo.today))
        for number, (document, date) in enumerate(paid)
    }
    lines = demo.ensure(env["account.bank.statement.line"], rows)
    # In one plan: reconciling them one by one takes four times as long.
    plan = []
    for line, (document, _date) in zip(lines, paid, strict=True):
        open_lines = _open_lines(document)
        counterpart = line.line_ids.filtered_domain([("account_id", "=", open_lines.account_id.id)])
        plan.append(open_lines + counterpart)
    env["account.move.line"]._reconcile_plan(plan)


def _open_lines(document):
    return document.line_ids.filtered(
        lambda line: line.account_type in ("asset_receivable", "liability_payable") and not line.reconciled
    )


def _line(journal, document, date):
    return {
        "journal_id": journal.id,
        "date": date,
        "payment_ref": document.payment_reference or document.ref or document.name,
        "partner_id": document.commercial_partner_id.id,
        "amount": document.amount_total_signed,
        "counterpart_account_id": _open_lines(document).account_id.id,
    }
