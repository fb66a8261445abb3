# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Benchmark of the first page, of the customers on board and of the time saved, with as many records as the goals name.

``./dev bench sme`` makes the records in a copy of the prepared database, which is dropped at the end.
"""

import argparse
import json
import os
from pathlib import Path

from _prepared import prepared

HERE = Path(__file__).parent
EVENTS, CUSTOMERS, ROUNDS = 500_000, 20_000, 7
#: Seconds: the first page of a firm of 20 people, a ledger of EVENTS, a funnel of CUSTOMERS.
GOALS = {"first page": 0.3, "page": 0.2, "analysis": 0.2, "records": 0.2, "whole": 20, "part": 1}


def measure(workshop, database, **values):
    """Return what ``_sme_odoo.measure`` found; the records are not kept."""
    values = ", ".join(f"{name}={value!r}" for name, value in values.items())
    source = f"import json, sys\nsys.path.insert(0, {str(HERE)!r})\nimport _sme_odoo\n"
    source += f"print(json.dumps(_sme_odoo.measure(env, {values})))\n"
    return json.loads(workshop.shell(database, source).strip().splitlines()[-1])


def say(what, name, seconds, of):
    median, goal = sorted(seconds)[len(seconds) // 2], GOALS[name]
    print(
        f"{what}: {name:<10} {1000 * median:10.1f} ms  goal {1000 * goal:8.1f}  ratio {median / goal:.2f}"
        f"  {'within' if median <= goal else 'OVER'} ({of}; {1000 * min(seconds):.1f} to {1000 * max(seconds):.1f} ms)"
    )


def report_page(found):
    say("onboarding", "first page", found["page"]["seconds"], "20 people, 12,000 invoices and bills, all tiles")


def report_load():
    print(f"load of the machine while measuring: {', '.join(f'{load:.1f}' for load in os.getloadavg())}")


def report(found, events, customers):
    report_page(found)
    for name, seconds in found["ledger"]["seconds"].items():
        say("time saved", name, seconds, f"{events:,} events")
    print(f"  all of it valued anew after a figure changed: {found['ledger']['valued']:.2f} s")
    funnel = found["funnel"]
    say("customers", "whole", [funnel["first"], funnel["whole"]], f"{customers:,} customers and as many invoices")
    say("customers", "part", [funnel["part"]], f"{funnel['touched']} of them touched")
    report_load()


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--config", required=True, help="Odoo configuration file")
    parser.add_argument("--events", type=int, default=EVENTS, metavar="N")
    parser.add_argument("--customers", type=int, default=CUSTOMERS, metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    options = parser.parse_args(argv)
    with prepared(options.config, "sme") as (workshop, database):
        values = {"events": options.events, "customers": options.customers}
        report(measure(workshop, database, rounds=options.rounds, **values), **values)


if __name__ == "__main__":
    main()
