# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .. import identifiers
from ..tables.companies import COMPANIES
from ..tables.trade import EXEMPT, SMALL
from .drawings import tile


def build(demo):
    """Create the four companies with chart, bank account and warehouse; the main company becomes the first one."""
    country = demo.env.ref("base.be")
    main = demo.env.ref("base.main_company")
    for row in COMPANIES:
        key = f"company_{row.key}"
        if demo.find(key):
            continue
        vals = _values(row, country)
        if row is COMPANIES[0]:
            main.write(vals)
            company = main
        else:
            company = demo.env["res.company"].create(vals)
        demo.remember({key: company})
        _chart(demo, row, company)
        demo.remember({f"partner_{row.key}": company.partner_id})
        _bank(demo, row)
        _warehouse(demo, row)
    # Core guesses a chart for a company without country while accounting is installed, and would load that guess over
    # ours once every add-on is there.
    vars(demo.env.registry).pop("_auto_install_template", None)


def _values(row, country):
    return {
        "name": row.name,
        "street": row.street,
        "zip": row.zip,
        "city": row.city,
        "country_id": country.id,
        "vat": identifiers.vat_number(row.serial),
        "phone": identifiers.phone_number(row.zone, row.serial),
        "email": f"info@{row.domain}",
        "logo": tile(row.letter, row.colour),
        "currency_id": country.currency_id.id,
        # Core looks a new company's domain up on the internet otherwise.
        "iap_enrich_auto_done": True,
    }


def _chart(demo, row, company):
    company.partner_id.lang = row.lang
    demo.env["account.chart.template"].try_loading("be_comp", company, install_demo=False)
    for xmlid in (EXEMPT, SMALL):  # the chart archives these two
        demo.chart(demo.env_of(row.key), xmlid).active = True


def _bank(demo, row):
    env = demo.env_of(row.key)
    journal = env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", env.company.id)], limit=1)
    journal.set_bank_account(identifiers.iban(row.serial))
    account = journal.bank_account_id
    account.allow_out_payment = True
    demo.remember({f"bank_{row.key}": account})


def _warehouse(demo, row):
    env = demo.env_of(row.key)
    # Core makes one for the first company only, as long as nobody uses several warehouses.
    warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
    vals = {
        "name": row.city.split(" / ")[0],
        "code": row.key[:5].upper(),
        "company_id": env.company.id,
        "partner_id": env.company.partner_id.id,
    }
    if warehouse:
        warehouse.write(vals)
    else:
        warehouse = warehouse.create(vals)
    demo.remember({f"warehouse_{row.key}": warehouse})
