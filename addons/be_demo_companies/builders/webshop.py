# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random
from datetime import datetime, time

from odoo import Command

from ..tables.companies import LANGUAGES
from ..tables.partners import PARTNERS
from ..tables.trade import PRODUCTS
from .demo import MONTHS
from .stock import transfer

PER_MONTH = 3
USER_VALUES = "/website/static/src/scss/options/user_values.scss"


def build(demo):
    """Give the website to the Ghent web shop and let customers order; this month's orders are not delivered yet."""
    env = demo.env_of("gent")
    website = _website(demo, env)
    customers = [row for row in PARTNERS if "gent" in row.customer_of.split() and "takings" not in row.traits]
    rows, moments = {}, {}
    for month in reversed(range(MONTHS)):
        for number in range(PER_MONTH):
            key = f"order_{month}_{number}"
            customer = customers[(month * PER_MONTH + number) % len(customers)]
            moments[key] = datetime.combine(demo.day(month, 3 + 9 * number), time(8 + 5 * number, 17))
            rows[key] = _values(demo, website, customer, moments[key], key)
    orders = demo.ensure(env["sale.order"], rows)
    if not orders:
        return
    orders.action_confirm()
    for key, moment in moments.items():
        demo.get(key).date_order = moment
    env.flush_all()
    # The list of quotations shows the day of creation, which the ORM lets nobody choose.
    env.cr.execute("UPDATE sale_order SET create_date = date_order WHERE id = ANY(%s)", [orders.ids])
    orders.invalidate_recordset(["create_date"])
    finished = [key for key in rows if not key.startswith("order_0_")]
    for key in finished:
        transfer(demo.get(key).with_env(env).picking_ids, moments[key])
    _invoice(demo, env, finished, moments)


def _website(demo, env):
    website = demo.find("website")
    if website:
        return website
    website = env.ref("website.default_website")
    languages = demo.env["res.lang"].search([("code", "in", ["en_US", *LANGUAGES])])
    website.write(
        {
            "name": "Zilverpluim",
            "company_id": env.company.id,
            "language_ids": [Command.set(languages.ids)],
            "default_lang_id": languages.filtered(lambda lang: lang.code == "nl_BE").id,
            "logo": env.company.logo,
            # The home page is an empty page until somebody designs it.
            "homepage_url": "/shop",
            # The configurator asks a service on the internet.
            "configurator_done": True,
        }
    )
    demo.remember({"website": website})
    # The number there is an American example; fonts of the machine need no font service.
    env.ref("website.header_text_element").active = False
    fonts = dict.fromkeys(("font", "headings-font", "navbar-font", "buttons-font"), "'SYSTEM_FONTS'")
    env["website.assets"].with_context(website_id=website.id).make_scss_customization(USER_VALUES, fonts)
    return website


def _values(demo, website, customer, moment, seed):
    chance = random.Random(seed)
    business = "person" not in customer.traits
    products = chance.sample(PRODUCTS["gent"], chance.choice((1, 2, 3)))
    return {
        "partner_id": demo.get(f"partner_{customer.key}").id,
        "website_id": website.id,
        "date_order": moment,
        "user_id": demo.get("user_gent").id,
        "order_line": [
            Command.create(
                {
                    "product_id": demo.get(f"product_gent_{row.key}").id,
                    "product_uom_qty": chance.choice((5, 6, 8)) if business else chance.choice((1, 1, 2)),
                }
            )
            for row in products
        ],
    }


def _invoice(demo, env, keys, moments):
    orders = env["sale.order"].union(*(demo.get(key).with_env(env) for key in keys))
    invoices = orders._create_invoices(grouped=True)
    for key in keys:
        demo.get(key).with_env(env).invoice_ids.invoice_date = moments[key].date()
    demo.remember({f"invoice_{key}": demo.get(key).with_env(env).invoice_ids for key in keys})
    invoices.action_post()
