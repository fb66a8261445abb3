# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
import unicodedata

from .. import identifiers
from ..tables.companies import COMPANIES
from ..tables.partners import PARTNERS, zone

CLIENT_FILE = "Dossier client / Klantendossier"


def build(demo):
    """Create customers and suppliers, what each company knows of them, and the companies' Peppol connection."""
    created = demo.ensure(demo.env["res.partner"], {f"partner_{row.key}": _values(demo, row) for row in PARTNERS})
    suppliers = [row for row in PARTNERS if row.supplier_of and row.serial]
    demo.ensure(
        demo.env["res.partner.bank"],
        {
            f"bank_{row.key}": {
                "acc_number": identifiers.iban(row.serial),
                "partner_id": demo.get(f"partner_{row.key}").id,
                "allow_out_payment": True,
            }
            for row in suppliers
            if "german" not in row.traits
        },
    )
    _connect_to_peppol(demo)
    if created:
        for company in COMPANIES:
            _settle(demo, company)
        _file_clients(demo)


def _values(demo, row):
    traits = row.traits.split()
    users = {*row.customer_of.split(), *row.supplier_of.split()}
    german = "german" in traits
    country = demo.env.ref("base.de" if german else "base.be")
    vals = {
        "name": row.name,
        "is_company": "person" not in traits,
        "street": row.street,
        "zip": row.zip,
        "city": row.city,
        "country_id": country.id,
        "lang": row.lang,
        # What several companies know is shared, the rest belongs to the one that knows it.
        "company_id": demo.company(*users).id if len(users) == 1 else False,
    }
    if row.serial:
        number = identifiers.german_vat_number if german else identifiers.vat_number
        vals["vat"] = number(row.serial)
    if "no_email" not in traits:
        vals["email"] = _email(row, traits)
    if not german:
        serial = row.serial or 900 + PARTNERS.index(row)
        vals["phone"] = identifiers.phone_number(zone(row.zip), serial % 100)
    return vals


def _email(row, traits):
    ascii_name = unicodedata.normalize("NFKD", row.name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z]+", ascii_name)
    if "person" in traits:
        return f"{'.'.join(words)}@post.example"
    long_words = [word for word in words if len(word) > 4]
    return f"{'factures' if row.lang == 'fr_BE' else 'info'}@{long_words[-1]}.example"


def _connect_to_peppol(demo):
    for row in COMPANIES:
        env = demo.env_of(row.key)
        if not row.on_peppol or env.company.account_peppol_proxy_state != "not_registered":
            continue
        wizard = env["peppol.registration"].create(
            {
                "contact_email": f"peppol@{row.domain}",
                # Core accepts numbers of a form that exists only; this one still cannot be dialled.
                "phone_number": identifiers.phone_number("87", row.serial).replace(" ", ""),
            }
        )
        wizard.button_register_peppol_participant()


def _settle(demo, company):
    """Note how one company sends to each partner, and on which terms."""
    env = demo.env_of(company.key)
    term = env.ref("account.account_payment_term_30days")
    cocontractor = demo.chart(env, "fiscal_position_template_4")
    everyone = [(f"partner_{row.key}", row.traits.split(), bool(row.serial)) for row in PARTNERS]
    everyone += [
        (f"partner_{row.key}", [] if row.on_peppol else ["off_peppol"], True)
        for row in COMPANIES
        if row.key != company.key
    ]
    for key, traits, has_number in everyone:
        partner = demo.get(key).with_env(env)
        if partner.company_id and partner.company_id != env.company:
            continue
        reachable = has_number and not {"off_peppol", "german"} & set(traits)
        partner.write(
            {
                "property_payment_term_id": term.id,
                "property_supplier_payment_term_id": term.id,
                "peppol_verification_state": "valid" if reachable else "not_valid" if has_number else "not_verified",
                "invoice_sending_method": "peppol" if reachable else "email" if partner.email else "manual",
                "invoice_edi_format": "ubl_bis3" if reachable else False,
                "property_account_position_id": cocontractor.id if "cocontractor" in traits else False,
            }
        )


def _file_clients(demo):
    """Mark the clients of the bookkeeping office, two of the demo companies among them."""
    demo.ensure(demo.env["res.partner.category"], {"tag_client": {"name": CLIENT_FILE, "color": 4}})
    keys = [row.key for row in PARTNERS if "brussel" in row.customer_of.split()] + ["liege", "eupen"]
    demo.get("tag_client").partner_ids = [demo.get(f"partner_{key}").id for key in keys]
