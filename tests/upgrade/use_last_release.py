"""What users do with the last release (19.0.1.0.0): run in its shell, prints the records that they entered or changed.

The records are named by table and id; the test compares their rows before and after the upgrade.
"""

import json
import os
import tempfile
from datetime import date

from odoo.addons.be_enterprise.register import load, sample

touched = {}
# What users do, not what the installation does.
env = env(user=env.ref("base.user_admin"))


def keep(records):
    touched.setdefault(records._table, []).extend(records.ids)
    return records


company = env.company
company.country_id = env.ref("base.be")
company.vat = "BE0477472701"
keep(company)
customer = keep(
    env["res.partner"].create(
        {"name": "Bakkerij De Voorbeeldkorst BV", "country_id": env.ref("base.be").id, "vat": "BE0202239951"}
    )
)

# a user corrected a seeded rate, closed a seeded programme and added one
rate = keep(env.ref("be_digital_cheque.rate_wal_cyber_2023_1"))
rate.write({"rate": 0.6, "rate_max": 0.6})
programme = keep(env.ref("be_digital_cheque.rate_wal_maturity_2023_1").version_id.programme_id)
programme.write({"name": "Chèque corrigé par l’utilisateur", "active": False})
own = keep(
    env["digital.cheque.programme"].create(
        {"name": "Provincial aid", "code": "own-aid", "region": "wallonia", "authority_id": programme.authority_id.id}
    )
)
keep(
    env["digital.cheque.programme.version"].create(
        {"programme_id": own.id, "date_from": "2026-01-01", "status": "open"}
    )
)

# a user set a first step aside, with a reason
env["sme.onboarding.status"].get_page()
status = env["sme.onboarding.status"].search([("company_id", "=", company.id), ("state", "!=", "done")], limit=1)
status.action_set_aside("We are two brothers and share one login")
keep(status)
keep(env.ref("base.user_admin"))

# facts of a company: seats, activities, closed years, shareholders, and a corrected activity code
nace = {code.code: code for code in env["be.nace.code"].search([("version", "=", "2008")])}
nace["6202"].name = "Our consultancy"
nace["6203"].successor_ids = env["be.nace.code"].search([("version", "=", "2025"), ("code", "=", "6290")])
nace["6209"].update_field_translations("name", {"fr_BE": "Notre informatique"})
keep(nace["6202"] + nace["6203"] + nace["6209"])
own_code = keep(env["be.nace.code"].create({"version": "2008", "code": "47.114", "name": "A shop of ours"}))
seat, chosen, new_code = env["be.establishment"].create(
    [
        {
            "partner_id": customer.id,
            "name": "Bakery",
            "number": "2.000.000.042",
            "zip": "4700",
            "is_principal": True,
            "nace_ids": [(6, 0, (nace["5610"] + own_code).ids)],
            "main_nace_id": nace["5610"].id,
            "staff": 4.5,
        },
        {"partner_id": customer.id, "name": "Depot", "zip": "1804", "region": "flanders", "language_area": "nl"},
        {"partner_id": customer.id, "name": "Store", "zip": "5352"},
    ]
)
keep(seat + chosen)
keep(
    env["be.size.year"].create(
        {"partner_id": customer.id, "closed_on": "2025-12-31", "staff": 4.5, "turnover": 300_000, "balance": 0}
    )
)
mother = keep(env["res.partner"].create({"name": "Holding", "is_company": True, "country_id": env.ref("base.be").id}))
keep(env["be.holding"].create({"owner_id": mother.id, "owned_id": customer.id, "share": 60}))

# an admin imported the company register and took an enterprise over
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "register.zip")
    sample.Sample(60, snapshot=date(2026, 1, 3)).save(path)
    load.Import(env.cr, path).run()
env["be.register.import"]._accept_licence()
env.cr.execute("SELECT min(number) FROM be_register.enterprise WHERE kind = '2'")
(number,) = env.cr.fetchone()
taken = env["res.partner"].create({"name": "Taken over", "is_company": True, "be_register_number": f"{number:010d}"})
keep(taken)

env.cr.commit()
print(json.dumps(touched))
