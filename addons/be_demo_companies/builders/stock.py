# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, time

from odoo import Command

from ..tables.trade import PRODUCTS

#: (months ago, supplier, product keys, quantity of each); the last order has not arrived yet.
ORDERS = (
    (13, "paper", ("notebook", "sketchbook", "planner", "cards", "giftwrap"), 80),
    (13, "pens", ("fountainpen", "ink", "pencils"), 70),
    (7, "paper", ("notebook", "sketchbook", "cards"), 50),
    (5, "pens", ("fountainpen", "ink", "pencils"), 40),
    (2, "paper", ("planner", "giftwrap"), 40),
    (0, "pens", ("fountainpen", "ink"), 25),
)


def build(demo):
    """Order, receive and pay for the goods of the Ghent web shop."""
    env = demo.env_of("gent")
    orders = demo.ensure(
        env["purchase.order"],
        {f"purchase_{number}": _values(demo, env, *order) for number, order in enumerate(ORDERS)},
    )
    if not orders:
        return
    orders.button_confirm()
    for number, (month, *_rest) in enumerate(ORDERS):
        order = demo.get(f"purchase_{number}").with_env(env)
        order.date_approve = order.date_order
        if month:
            transfer(order.picking_ids, datetime.combine(demo.day(month, 6), time(10)))
            _bill(demo, env, order, number, demo.day(month, 7))


def _values(demo, env, month, supplier, products, quantity):
    moment = datetime.combine(demo.day(month, 2), time(9))
    costs = {f"product_gent_{row.key}": row for row in PRODUCTS["gent"]}
    return {
        "partner_id": demo.get(f"partner_{supplier}").id,
        "date_order": moment,
        "date_planned": datetime.combine(demo.day(month, 6), time(10)),
        "order_line": [
            Command.create(
                {
                    "product_id": demo.get(key).id,
                    "product_qty": quantity,
                    "price_unit": demo.get(key).with_env(env).standard_price,
                }
            )
            for key in costs
            if key.removeprefix("product_gent_") in products
        ],
    }


def _bill(demo, env, order, number, date):
    order.action_create_invoice()
    bill = order.invoice_ids
    bill.write({"invoice_date": date, "date": date, "ref": f"{order.partner_id.name[:3].upper()}-{order.name}"})
    demo.remember({f"bill_purchase_{number}": bill})
    bill.action_post()


def transfer(pickings, moment):
    """Carry transfers out in full, at that moment (a datetime in UTC)."""
    pickings.action_assign()
    for move in pickings.move_ids:
        move.quantity = move.product_uom_qty
    pickings.move_ids.picked = True
    pickings.with_context(skip_backorder=True).button_validate()
    pickings.write({"date_done": moment, "scheduled_date": moment})
    pickings.move_ids.write({"date": moment})
    pickings.move_line_ids.write({"date": moment})
