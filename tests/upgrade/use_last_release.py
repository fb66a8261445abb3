"""What users do with the last release (19.0.1.0.0): run in its shell, prints the records that they entered or changed.

The records are named by table and id; the test compares their rows before and after the upgrade.
"""

import json

touched = {}


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

env.cr.commit()
print(json.dumps(touched))
