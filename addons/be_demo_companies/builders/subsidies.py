# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import Command

from .. import identifiers
from ..tables.subsidies import AIDS, DOSSIERS
from ..tables.trade import SERVICES

AFTER_AWARD = ("granted", "in_execution", "claimed", "paid", "closed")
ADVISER = "adviser"


def build(demo):
    """Create the registers of aid, and dossiers in many stages; the award of some is in the books."""
    _register(demo)
    _outsider(demo)
    for number, row in enumerate(DOSSIERS):
        key = f"dossier_{row.company}_{row.key}"
        if demo.find(key):
            continue
        env = demo.env_of(row.company)
        dossier = env["digital.cheque.dossier"].create(_values(demo, env, row))
        demo.remember({key: dossier})
        dossier.action_judge()
        dossier.expected_aid = row.aid
        bill = _bill(demo, env, row, number) if row.billed else env["account.move"]
        dossier.cost_ids = [Command.create(values) for values in _costs(demo, row, bill)]
        # with its line in the dossier, so that the adviser's other dossiers are none of its business
        bill.action_post()
        if row.booked:
            dossier.action_book_award()
            dossier.entry_ids.action_post()
        if row.asset:
            dossier.action_fill_plan()


def _day(demo, days):
    return days is not None and demo.today - timedelta(days=days)


def _values(demo, env, row):
    programme = env.ref(f"be_digital_cheque.programme_{row.programme}")
    applied, decided = _day(demo, row.applied), _day(demo, row.decided)
    started, claimed, paid = _day(demo, row.started), _day(demo, row.claimed), _day(demo, row.paid)
    adviser = demo.get(f"partner_{ADVISER}")
    values = {
        "name": row.name,
        "company_id": env.company.id,
        "programme_id": programme.id,
        "version_id": programme._version_on(applied or demo.today).id,
        "cost_kind_id": env.ref(f"be_digital_cheque.cost_{row.kind}").id,
        "provider_id": adviser.id,
        "user_id": demo.get(f"user_{row.company}").id,
        "state": row.state,
        "planned_cost": row.cost,
        "planned_start": started or demo.today + timedelta(days=20),
        "agreement_on": applied and applied - timedelta(days=3),
        "applied_on": applied,
        "decided_on": decided,
        "granted_amount": row.aid if row.state in AFTER_AWARD else 0,
        "share_paid_on": started,
        "ordered_on": started,
        "started_on": started,
        "ended_on": claimed,
        "claimed_on": claimed,
        "paid_on": paid,
        "paid_amount": row.aid if paid else 0,
        "shared_partner_ids": [Command.set(adviser.ids if row.shared else [])],
    }
    if row.asset:
        values |= {"asset_cost": row.cost, "depreciation_start": started, "depreciation_years": 3}
    return values


def _costs(demo, row, bill):
    """Return the costs of a dossier: the line of the adviser's bill, and what is not billed."""
    costs = [{"move_line_id": line.id} for line in bill.invoice_line_ids]
    if row.cost > row.billed:
        costs.append(
            {
                "name": row.name,
                "amount": row.cost - row.billed,
                "date": _day(demo, row.started),
                "state": "paid" if row.paid else "committed" if row.started else "planned",
            }
        )
    return costs


def _bill(demo, env, row, number):
    date = _day(demo, row.started - 10)
    line = {
        "name": row.name,
        "quantity": 1,
        "price_unit": row.billed,
        "account_id": demo.chart(env, "a613310").id,
        "tax_ids": [Command.set(demo.chart(env, SERVICES).ids)],
    }
    vals = {
        "move_type": "in_invoice",
        "partner_id": demo.get(f"partner_{ADVISER}").id,
        "invoice_date": date,
        "date": date,
        "ref": f"NUM-{date.year}-{number:03d}",
        "payment_reference": identifiers.structured_communication(7_000_000 + number),
        "invoice_line_ids": [Command.create(line)],
    }
    return demo.ensure(env["account.move"], {f"bill_dossier_{row.company}_{row.key}": vals})


def _register(demo):
    """Each company keeps a register of de minimis aid, with what it received before the dossiers."""
    companies = dict.fromkeys(row.company for row in DOSSIERS)
    rows = {}
    for company in companies:
        record = demo.company(company)
        rows[f"undertaking_{company}"] = {
            "name": record.name,
            "company_ids": [Command.set(record.ids)],
            "lang": record.partner_id.lang,
        }
    demo.ensure(demo.env["digital.cheque.undertaking"], rows)
    demo.ensure(
        demo.env["digital.cheque.aid"],
        {
            f"aid_{row.company}_{row.key}": {
                "name": row.name,
                "undertaking_id": demo.get(f"undertaking_{row.company}").id,
                "amount": row.amount,
                "granted_on": _day(demo, row.days),
            }
            for row in AIDS
        },
    )


def _outsider(demo):
    """The adviser logs in to the portal and sees the dossiers that are shared with him."""
    adviser = demo.get(f"partner_{ADVISER}")
    with demo.any_password():
        demo.ensure(
            demo.env["res.users"],
            {
                "user_conseil": {
                    "partner_id": adviser.id,
                    "login": "conseil",
                    "password": "conseil",
                    "lang": adviser.lang,
                    "tz": "Europe/Brussels",
                    "company_id": demo.company("liege").id,
                    "company_ids": [Command.set([demo.company(key).id for key in ("liege", "gent")])],
                    "group_ids": [Command.set(demo.env.ref("base.group_portal").ids)],
                }
            },
        )
