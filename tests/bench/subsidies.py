# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Benchmark of the subsidies' engine: 300 companies judged under the rules of all programmes.

``./dev bench subsidies`` reads the supplied rules in a copy of the prepared database, makes companies of all kinds, and
times the judging alone: what the engine does with facts and rules that are in memory. Processor time is measured, so
that a machine at work on other things tells the same.
"""

import argparse
import json

from _prepared import prepared

COMPANIES = 300
ROUNDS = 7
#: Seconds, for COMPANIES companies.
GOAL = 1.0

ENGINE = """
import json, time
from datetime import date
from decimal import Decimal
from odoo.addons.be_digital_cheque.engine import eligibility
from odoo.addons.be_digital_cheque.engine.facts import Activity, Earlier, Facts, Seat

on = date(2026, 11, 24)
programmes = env["digital.cheque.programme"].search([])
versions = programmes.version_ids
all_rules = [version._rules() for version in versions]
kinds = env["digital.cheque.cost.kind"].search([]).mapped("code")
questions = env["digital.cheque.question"].search([]).mapped("code")

def pick(options, number):
    return options[number % len(options)]

companies = []
for number in range(COMPANIES):
    region = pick(("wallonia", "brussels", "flanders"), number)
    size = pick(("micro", "small", "small", "medium", "large", None), number // 3)
    facts = Facts(
        (Seat(region, True, date(2015, 1, 1)), Seat(pick(("wallonia", "flanders"), number), False, None)),
        region, False, size, size, Decimal(number), pick(("company", "association", None), number // 7),
        date(2000 + number % 25, 1, 1),
        (Activity({"2008": (pick(("4711", "6201", "4120"), number),), "2025": ("4711",)}, True),),
        pick(("no", "yes", None), number // 5), Decimal(300000),
        {code: bool((number + place) % 3) for place, code in enumerate(questions) if (number + place) % 4},
    )
    earlier = [
        Earlier(pick(programmes.ids, number + place), date(2024 + place % 3, 1 + place, 5), Decimal(500 * place),
                pools=pick(versions, number + place)._pools())
        for place in range(4)
    ]
    companies.append((facts, earlier, pick(kinds, number)))

seconds = []
for _round in range(ROUNDS):
    began = time.process_time()
    verdicts = [
        eligibility.judge(rules, facts, eligibility.project_for(rules, Decimal(20000), kind, on, earlier)).verdict
        for facts, earlier, kind in companies
        for rules in all_rules
    ]
    seconds.append(time.process_time() - began)
print(json.dumps({"programmes": len(programmes), "judgements": len(verdicts), "seconds": sorted(seconds)}))
env.cr.rollback()
"""


def measure_engine(workshop, database, companies=COMPANIES, rounds=ROUNDS):
    """Return ``{"programmes": number, "judgements": number, "seconds": [sorted]}``."""
    source = f"COMPANIES, ROUNDS = {companies}, {rounds}\n{ENGINE}"
    return json.loads(workshop.shell(database, source).strip().splitlines()[-1])


def report_engine(figures, companies):
    seconds = figures["seconds"]
    median = seconds[len(seconds) // 2]
    goal = GOAL * companies / COMPANIES
    print(
        f"judging          {median:10.2f} s   goal {goal:8.1f}  ratio {median / goal:.2f}"
        f"  {'within' if median <= goal else 'OVER'} ({companies} companies, {figures['programmes']} programmes with"
        f" past rules too: {figures['judgements']:,} judgements; {seconds[0]:.2f} to {seconds[-1]:.2f} s)"
    )


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--config", required=True, help="Odoo configuration file")
    parser.add_argument("--companies", type=int, default=COMPANIES, metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    options = parser.parse_args(argv)
    with prepared(options.config, "subsidies") as (workshop, database):
        report_engine(measure_engine(workshop, database, options.companies, options.rounds), options.companies)


if __name__ == "__main__":
    main()
