# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command

from ..tables.trade import TAKINGS
from .demo import MONTHS


def build(demo):
    """Book what consumers bought in the web shop: Belgian shops need no invoice for that, only their daily takings."""
    env = demo.env_of("gent")
    account, tax = demo.chart(env, "a7000"), demo.chart(env, "attn_VAT-OUT-21-L")
    rows = {}
    for month in range(MONTHS - 1, 0, -1):
        date = demo.day(month, 28)
        line = {
            "name": "Dagontvangsten webshop",
            "quantity": 1,
            "price_unit": TAKINGS[date.month - 1] * 1000,
            "account_id": account.id,
            "tax_ids": [Command.set(tax.ids)],
        }
        rows[f"takings_{month}"] = {
            "move_type": "out_receipt",
            "partner_id": demo.get("partner_consumers").id,
            "invoice_date": date,
            "invoice_line_ids": [Command.create(line)],
        }
    demo.ensure(env["account.move"], rows).action_post()
