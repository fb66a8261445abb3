# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command

from .. import identifiers
from ..tables.companies import COMPANIES
from ..tables.partners import PARTNERS
from ..tables.trade import COSTS
from .demo import MONTHS

SERIALS = {row.key: row.serial for row in PARTNERS}


def build(demo):
    """Create the bills that suppliers sent on paper or by mail; most are posted, this month's wait to be checked."""
    for company in COMPANIES:
        env = demo.env_of(company.key)
        rows = {}
        for (buyer, supplier), cost in COSTS.items():
            if buyer != company.key:
                continue
            for month in range(MONTHS - 1, -1, -cost.every):
                rows[f"bill_{buyer}_{supplier}_{month}"] = _values(demo, env, supplier, cost, month)
        bills = demo.ensure(env["account.move"], rows)
        bills.filtered(lambda bill: bill.invoice_date < demo.day(0, 1)).action_post()
        _credit(demo, env, company.key)


def _values(demo, env, supplier, cost, month):
    partner = demo.get(f"partner_{supplier}")
    date = demo.day(month, 4 + SERIALS[supplier] % 20)
    number = (date.year % 100) * 10000 + SERIALS[supplier] * 20 + MONTHS - month
    return {
        "move_type": "in_invoice",
        "partner_id": partner.id,
        "invoice_date": date,
        "date": date,
        "ref": f"{partner.name[:3].upper()}-{number}",
        "payment_reference": identifiers.structured_communication(number * 10 + env.company.id % 10),
        "invoice_line_ids": [Command.create(_line(demo, env, cost, cost.amounts[month % len(cost.amounts)]))],
    }


def _line(demo, env, cost, amount):
    return {
        "name": cost.label,
        "quantity": 1,
        "price_unit": amount,
        "account_id": demo.chart(env, cost.account).id,
        "tax_ids": [Command.set(demo.chart(env, cost.tax).ids)],
    }


def _credit(demo, env, company):
    """One supplier takes goods back."""
    supplier, cost = next((key[1], cost) for key, cost in COSTS.items() if key[0] == company)
    vals = _values(demo, env, supplier, cost, 5)
    vals |= {
        "move_type": "in_refund",
        "ref": f"{vals['ref']}-CN",
        "invoice_date": demo.day(5, 27),
        "date": demo.day(5, 27),
        "invoice_line_ids": [Command.create(_line(demo, env, cost, round(cost.amounts[0] / 5, 2)))],
    }
    demo.ensure(env["account.move"], {f"refund_{company}": vals}).action_post()
