# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command

from ..tables.companies import COMPANIES
from ..tables.trade import PRODUCTS
from .drawings import tile

#: Parts of the sales price that stock costs its owner.
COST_RATIO = 0.55


def build(demo):
    """Create what each company sells, with its taxes; the web shop's goods are kept in stock and published."""
    colours = {row.key: row.colour for row in COMPANIES}
    for company, products in PRODUCTS.items():
        env = demo.env_of(company)
        rows = {f"product_{company}_{row.key}": _values(demo, env, company, row) for row in products}
        created = demo.ensure(env["product.product"], rows)
        for row in products:
            product = demo.get(f"product_{company}_{row.key}")
            if company == "gent" and product in created:
                # On the template, one by one: core keeps only the first picture of several created together.
                product.product_tmpl_id.image_1920 = tile(row.name[:2], colours[company])
            if row.name_nl and product.with_context(lang="nl_BE").name != row.name_nl:
                product.with_context(lang="nl_BE").name = row.name_nl


def _values(demo, env, company, row):
    vals = {
        "name": row.name,
        "company_id": env.company.id,
        "default_code": f"{company[:2].upper()}-{row.key[:8].upper()}",
        "type": "consu" if row.kind == "goods" else "service",
        "list_price": row.price,
        "taxes_id": [Command.set(demo.chart(env, f"attn_VAT-OUT-{row.vat:02d}-L").ids)],
        "supplier_taxes_id": [Command.set(demo.chart(env, "attn_VAT-IN-V81-21").ids)],
    }
    if company == "gent":
        vals |= {
            "is_storable": True,
            "standard_price": round(row.price * COST_RATIO, 2),
            "purchase_ok": True,
            "is_published": True,
        }
    return vals
