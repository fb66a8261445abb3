# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The part of the benchmark ``sme`` that runs inside Odoo. Nothing of what it makes is kept."""

import time
from datetime import timedelta

from odoo import Command, fields
from odoo.tools import SQL

#: A firm of 20 people: invoices and bills of three years, events of time saved, customers.
MOVES, EVENTS_OF_FIRM, CUSTOMERS_OF_FIRM, PEOPLE = 6000, 50_000, 600, 20
TOUCHED = 50
DAYS = 3 * 365


def measure(env, *, events, customers, rounds, parts=("ledger", "funnel", "page")):
    """
    :return: dict: ``ledger`` (valued, seconds by reading), ``funnel`` (whole, part, first; seconds), ``page`` (seconds)
    """
    found = {}
    jobs = {"ledger": (ledger, events), "funnel": (funnel, customers), "page": (first_page, None)}
    for name in parts:
        job, size = jobs[name]
        found[name] = job(env(context={"lang": "en_US"}), size, rounds)
        env.cr.rollback()
        env.transaction.reset()
    return found


def times(env, job, rounds):
    """Sorted seconds of a job, each time with an empty cache."""
    seconds = []
    for _round in range(rounds):
        env.invalidate_all()
        began = time.perf_counter()
        job()
        seconds.append(time.perf_counter() - began)
    return sorted(seconds)


def make_company(env):
    company = env["res.company"].create({"name": "Bench BV", "country_id": env.ref("base.be").id})
    return company, env(context={**env.context, "allowed_company_ids": company.ids})


def fill_ledger(env, company, events):
    kinds = env["sme.time.kind"].search([])
    env.cr.execute(
        """
        INSERT INTO sme_time_event (company_id, kind_id, date, res_model, res_id, job)
        SELECT %(company)s, (%(kinds)s)[1 + i %% %(count)s], current_date - i %% %(days)s, 'account.move',
               1000000000 + i, 'entry'
          FROM generate_series(1, %(events)s) AS i
        """,
        {"company": company.id, "kinds": kinds.ids, "count": len(kinds), "events": events, "days": DAYS},
    )
    env.cr.execute("ANALYZE sme_time_event")
    began = time.perf_counter()
    env["sme.time.line"]._rebuild(company, None)
    valued = time.perf_counter() - began
    env.cr.execute("ANALYZE sme_time_line")
    return valued


def ledger(env, count, rounds):
    """Read a ledger of ``count`` events: the page, an analysis of all of it, the records behind a figure."""
    company, env = make_company(env)
    valued = fill_ledger(env, company, count)
    month = env["sme.time.line"].search([("company_id", "=", company.id)], limit=1, offset=20)

    def page():
        found = env["sme.time.page"].get_page()
        assert found["lines"]
        assert found["year"]["count"] > count // 4, found["year"]

    def analysis():
        groups = env["sme.time.line"].formatted_read_group(
            [("company_id", "=", company.id)],
            ["role_id", "kind_id", "month:month"],
            ["hours:sum", "amount:sum", "count:sum"],
        )
        assert sum(group["count:sum"] for group in groups) == count

    def records():
        action = month.action_open_events()
        shown = {"date": {}, "kind_id": {}, "job": {}, "record_name": {}}
        found = env["sme.time.event"].web_search_read(action["domain"], shown, limit=80)
        assert len(found["records"]) == 80
        assert found["length"] == month.count, found["length"]

    return {"valued": valued, "seconds": {job.__name__: times(env, job, rounds) for job in (page, analysis, records)}}


def make_books(env, company, partners, moves, with_lines=True):
    """Invoices and bills of three years: one of each is posted by Odoo, the others are copies of its rows."""
    env["account.chart.template"].try_loading("be_comp", company=company, install_demo=False)
    for kind in ("out_invoice", "in_invoice"):
        move = env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": partners[0],
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [Command.create({"name": "Work", "price_unit": 100}) for _line in range(2)],
            }
        )
        move.action_post()
        env.flush_all()
        env.cr.execute("SELECT setval('account_move_id_seq', nextval('account_move_id_seq') + %s)", (moves + 1,))
        first = env.cr.fetchone()[0] - moves
        old = SQL("now() - interval '2 days'")
        day = SQL("current_date - i %% %s", DAYS)
        customer = SQL("(%s::int[])[1 + i %% %s]", partners, len(partners))
        ours = {
            "id": SQL("%s + i", first),
            "name": SQL("'B/' || %s || i", kind),
            "sequence_number": SQL("i"),
            "partner_id": customer,
            "commercial_partner_id": customer,
            "date": day,
            "invoice_date": day,
            "write_date": old,
            "create_date": old,
        }
        if "peppol_move_state" in env["account.move"]._fields:
            ours["peppol_move_state"] = SQL("CASE WHEN i %% 2 = 0 THEN 'done' END")
        copy_rows(env, move, ours, moves)
        if not with_lines:
            continue
        lines = {"move_id": SQL("%s + i", first), "partner_id": customer, "date": day}
        copy_rows(env, move.line_ids, lines, moves)
    env.cr.execute("ANALYZE account_move")
    env.cr.execute("ANALYZE account_move_line")


def copy_rows(env, records, values, count):
    """Copy the rows of records ``count`` times, with other values in some columns; ``i`` is the number of the copy."""
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
        (records._table,),
    )
    columns = [name for (name,) in env.cr.fetchall() if name != "id" or "id" in values]
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s AS source, generate_series(1, %s) AS i WHERE source.id IN %s",
            SQL.identifier(records._table),
            SQL(", ").join(SQL.identifier(name) for name in columns),
            SQL(", ").join(values.get(name, SQL.identifier("source", name)) for name in columns),
            SQL.identifier(records._table),
            count,
            tuple(records.ids),
        )
    )


def make_customers(env, company, count):
    """:return: list of the ids of new customers, three in four firms, nine in ten with an e-mail address"""
    partner = env["res.partner"].create({"name": "Customer", "customer_rank": 1, "company_id": company.id})
    env.flush_all()
    old = SQL("now() - interval '2 days'")
    values = {
        "name": SQL("'Customer ' || i"),
        "complete_name": SQL("'Customer ' || i"),
        "is_company": SQL("i %% 4 <> 0"),
        "email": SQL("CASE WHEN i %% 10 <> 0 THEN 'customer' || i || '@customer.example' END"),
        "create_date": old,
        "write_date": old,
    }
    copy_rows(env, partner, values, count - 1)
    env.cr.execute(
        "UPDATE res_partner SET commercial_partner_id = id WHERE company_id = %s RETURNING id", (company.id,)
    )
    ids = [id_ for (id_,) in env.cr.fetchall()]
    env.cr.execute("ANALYZE res_partner")
    env.invalidate_all()
    return ids


def count_funnel(env):
    """One pass of the counter, as its scheduled action makes it."""
    counter = env["sme.adoption.counter"]
    began = time.perf_counter()
    while counter._count_batch():
        env.flush_all()
    env.flush_all()
    return time.perf_counter() - began


def funnel(env, count, _rounds):
    """Measure ``count`` customers with as many invoices and bills: all of them first, all again, then those touched."""
    company, env = make_company(env)
    ids = make_customers(env, company, count)
    make_books(env, company, ids, count, with_lines=False)
    first = count_funnel(env)
    rows = env["sme.adoption.customer"]
    assert rows.search_count([("company_id", "=", company.id), ("stage", "=", "used")]) >= count // 4
    mark = env["sme.adoption.mark"].search([("company_id", "=", company.id)])
    mark.since = False
    whole = count_funnel(env)
    # as if the passes before had been an hour apart and longer ago than the overlap of two passes
    mark.since = fields.Datetime.now() - timedelta(hours=7)
    env.cr.execute("UPDATE res_partner SET write_date = now() WHERE id = ANY(%s)", (ids[:TOUCHED],))
    env.cr.execute(
        "UPDATE account_move SET write_date = now() WHERE partner_id = ANY(%s)", (ids[TOUCHED : 2 * TOUCHED],)
    )
    tools = env["sme.adoption.measure"]._tools()
    touched = len(env["sme.adoption.counter"]._next_ids(company, mark, tools))
    assert TOUCHED < touched <= 2 * TOUCHED + 1, touched
    return {"first": first, "whole": whole, "part": count_funnel(env), "touched": touched}


def first_page(env, _count, rounds):
    """Open the first page of a firm of 20 people with three years of records, with all its tiles."""
    company, env = make_company(env)
    owner = env["res.users"].create(
        [
            {
                "name": f"Bench {number}",
                "login": f"bench{number}",
                "email": f"bench{number}@bench.example",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
            }
            for number in range(PEOPLE)
        ]
    )[0]
    groups = ("base.group_system", "account.group_account_manager", "be_digital_cheque.group_digital_cheque_user")
    owner.group_ids = [Command.link(env.ref(group).id) for group in groups]
    make_books(env, company, make_customers(env, company, CUSTOMERS_OF_FIRM), MOVES)
    fill_ledger(env, company, EVENTS_OF_FIRM)
    count_funnel(env)
    env["sme.cyber.finding"]._measure()
    mine = env(user=owner.id)
    plan = mine["sme.plan"]._of_company(mine.company)
    for answer in plan.answer_ids:
        answer.value = "yes"
    plan.action_make()
    assessment = mine["sme.maturity.assessment"].create(
        {"instrument_id": env.ref("sme_onboarding.maturity_micro").id, "company_id": company.id, "user_id": owner.id}
    )
    for question in assessment.instrument_id._questions():
        if question in assessment.answer_ids.filtered(lambda one: one.source != "measured").question_id:
            parts = question.option_ids.mapped("code")
            assessment._answer(question.code, dict.fromkeys(parts, 1) if parts else 1, "Bench")
    assessment.action_finish()

    def page():
        found = mine["sme.onboarding.status"].get_page()
        mine.flush_all()
        tiles = {tile["name"]: tile["value"] for tile in found["tiles"]}
        assert len(tiles) == 5, tiles
        assert all(tiles.values()), tiles

    # the first opening makes the statuses of the steps
    page()
    return {"seconds": times(env, page, rounds)}
