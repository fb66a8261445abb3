# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import Command

from ..tables.subsidies import DOSSIERS

MODEL = "digital.cheque.dossier"
AFTER_AWARD = ("granted", "in_execution", "claimed", "paid", "closed")


def build(demo):
    """Create a few subsidy dossiers in different stages; the award of some is in the books."""
    _register(demo)
    for row in DOSSIERS:
        key = f"dossier_{row.company}_{row.key}"
        if demo.find(key):
            continue
        env = demo.env_of(row.company)
        dossier = env[MODEL].create(_values(demo, env, row))
        demo.remember({key: dossier})
        if row.state in AFTER_AWARD and row.booked:
            dossier.action_book_award()
            dossier.entry_ids.action_post()


def _values(demo, env, row):
    def day(months_ago):
        return months_ago is not None and demo.today - relativedelta(months=months_ago)

    programme = env.ref(f"be_digital_cheque.programme_{row.programme}")
    granted = row.state in AFTER_AWARD
    user = next(
        (user for user in demo.made("res.users") if user.company_id == env.company),
        env["res.users"].search([("company_id", "=", env.company.id)], limit=1),
    )
    applied, decided, paid = day(row.applied), day(row.decided), day(row.paid)
    return {
        "name": row.name,
        "company_id": env.company.id,
        "programme_id": programme.id,
        "version_id": programme.with_context(
            digital_cheque_date=(applied or demo.today).isoformat()
        ).current_version_id.id,
        "user_id": user.id,
        "state": row.state,
        "planned_cost": row.cost,
        "expected_aid": row.aid,
        "planned_start": (applied or demo.today) + relativedelta(months=1),
        "applied_on": applied,
        "decided_on": decided,
        "granted_amount": row.aid if granted else 0,
        "claimed_on": row.state in ("claimed", "paid", "closed") and decided + relativedelta(months=1),
        "paid_on": paid,
        "paid_amount": row.aid if paid else 0,
        "cost_ids": [
            Command.create(
                {
                    "name": row.name,
                    "amount": row.cost,
                    "eligible_amount": row.cost,
                    "date": applied or demo.today,
                    "state": "paid" if paid else "committed" if granted else "planned",
                }
            )
        ],
    }


def _register(demo):
    """Each company with a dossier keeps a register of de minimis aid."""
    rows = {}
    for company in dict.fromkeys(row.company for row in DOSSIERS):
        record = demo.company(company)
        rows[f"undertaking_{company}"] = {"name": record.name, "company_ids": [Command.set(record.ids)]}
    demo.ensure(demo.env["digital.cheque.undertaking"], rows)
