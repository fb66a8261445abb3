# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Benchmark of the time saved: seconds to read a ledger of many events, and to value all of it anew.

``./dev bench sme`` makes the events in a copy of the prepared database, which is dropped at the end.
"""

import argparse
import json

from _prepared import prepared

EVENTS = 500_000
ROUNDS = 7
#: Seconds, at EVENTS events.
GOALS = {"page": 0.2, "analysis": 0.2, "records": 0.2}

IN_ODOO = """
import json, time
company = env["res.company"].create({"name": "Bench"})
env = env(context={**env.context, "allowed_company_ids": company.ids, "lang": "en_US"})
kinds = env["sme.time.kind"].search([])
env.cr.execute(
    '''
    INSERT INTO sme_time_event (company_id, kind_id, date, res_model, res_id, job)
    SELECT %(company)s, (%(kinds)s)[1 + i %% %(count)s], current_date - i %% 1095, 'account.move', 1000000000 + i,
           'entry'
      FROM generate_series(1, %(events)s) AS i
    ''',
    {"company": company.id, "kinds": kinds.ids, "count": len(kinds), "events": EVENTS},
)
env.cr.execute("ANALYZE sme_time_event")
began = time.perf_counter()
env["sme.time.line"]._rebuild(company, None)
valued = time.perf_counter() - began
env.cr.execute("ANALYZE sme_time_line")
month = env["sme.time.line"].search([("company_id", "=", company.id)], limit=1, offset=20)

def page():
    found = env["sme.time.page"].get_page()
    assert found["lines"] and found["year"]["count"] > EVENTS // 4, found["year"]

def analysis():
    groups = env["sme.time.line"].formatted_read_group(
        [("company_id", "=", company.id)],
        ["role_id", "kind_id", "month:month"],
        ["hours:sum", "amount:sum", "count:sum"],
    )
    assert sum(group["count:sum"] for group in groups) == EVENTS

def records():
    action = month.action_open_events()
    events = env["sme.time.event"]
    shown = {"date": {}, "kind_id": {}, "job": {}, "record_name": {}}
    found = events.web_search_read(action["domain"], shown, limit=80)
    assert len(found["records"]) == 80 and found["length"] == month.count, found["length"]

seconds = {}
for job in (page, analysis, records):
    seconds[job.__name__] = []
    for _round in range(ROUNDS):
        env.invalidate_all()
        began = time.perf_counter()
        job()
        seconds[job.__name__].append(time.perf_counter() - began)
print(json.dumps({"valued": valued, "seconds": {name: sorted(all_) for name, all_ in seconds.items()}}))
env.cr.rollback()
"""


def measure(workshop, database, events=EVENTS, rounds=ROUNDS):
    """Return ``{"valued": seconds, "seconds": {"page": [sorted], …}}``; the events are not kept."""
    source = f"EVENTS, ROUNDS = {events}, {rounds}\n{IN_ODOO}"
    return json.loads(workshop.shell(database, source).strip().splitlines()[-1])


def report(figures, events):
    for name, seconds in figures["seconds"].items():
        median = seconds[len(seconds) // 2]
        goal = GOALS[name]
        verdict = "within" if median <= goal else "OVER"
        print(
            f"time saved: {name:<9} {1000 * median:10.1f} ms  goal {1000 * goal:8.1f}  ratio {median / goal:.2f}"
            f"  {verdict} ({events:,} events; {1000 * seconds[0]:.1f} to {1000 * seconds[-1]:.1f} ms)"
        )
    print(f"all of it valued anew after a figure changed: {figures['valued']:.2f} s")


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--config", required=True, help="Odoo configuration file")
    parser.add_argument("--events", type=int, default=EVENTS, metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    options = parser.parse_args(argv)
    with prepared(options.config, "sme") as (workshop, database):
        report(measure(workshop, database, options.events, options.rounds), options.events)


if __name__ == "__main__":
    main()
