# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Benchmark of the subsidies' first page with many dossiers, and of the de minimis room with many grants.

``./dev bench subsidies_pages`` makes the dossiers in a copy of the prepared database, which is dropped at the end.
"""

import argparse
import json
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from _prepared import prepared

DOSSIERS = 5_000
COSTS = 50_000
GRANTS = 1_000
ROUNDS = 7
#: Seconds.
PAGE_GOAL = 0.5
ROOM_GOAL = 0.01

IN_ODOO = """
import json, time
programmes = env["digital.cheque.programme"].search([]).ids
company = env.company
# known facts, so that the page works out what may still be claimed
company.partner_id.write({
    "country_id": env.ref("base.be").id, "be_legal_form": "SRL", "be_public_body": "no", "be_group_member": "no",
    "be_establishment_ids": [(0, 0, {"name": "Seat", "zip": "1000", "is_principal": True})],
    "be_size_year_ids": [(0, 0, {"closed_on": f"{year}-12-31", "staff": 8, "turnover": 900_000, "balance": 400_000})
                         for year in (2023, 2024, 2025)],
})
env.cr.execute(
    '''
    INSERT INTO digital_cheque_dossier (name, reference, active, company_id, programme_id, state, currency_id,
                                        planned_cost, expected_aid, granted_amount, paid_amount, decided_on, paid_on,
                                        next_deadline, aid_nature, create_date)
    SELECT 'Project ' || i, 'B' || i, true, %(company)s, (%(programmes)s)[1 + i %% %(count)s],
           (ARRAY['idea', 'prepared', 'submitted', 'info_asked', 'granted', 'in_execution', 'claimed', 'paid',
                  'closed', 'refused'])[1 + i %% 10],
           %(euro)s, 1000 + i, 500, CASE WHEN i %% 10 BETWEEN 4 AND 8 THEN 500 ELSE 0 END,
           CASE WHEN i %% 10 IN (7, 8) THEN 500 ELSE 0 END,
           CASE WHEN i %% 10 BETWEEN 4 AND 8 THEN current_date - i %% 700 END,
           CASE WHEN i %% 10 IN (7, 8) THEN current_date - i %% 600 END,
           CASE WHEN i %% 3 > 0 THEN current_date - 100 + i %% 300 END,
           CASE WHEN i %% 20 IN (4, 5) THEN 'capital' ELSE 'operating' END, now()
      FROM generate_series(1, %(dossiers)s) AS i
 RETURNING id
    ''',
    {"company": company.id, "programmes": programmes, "count": len(programmes), "dossiers": DOSSIERS,
     "euro": env.ref("base.EUR").id},
)
dossiers = [row[0] for row in env.cr.fetchall()]
env.cr.execute(
    '''
    INSERT INTO digital_cheque_dossier_cost (dossier_id, company_id, name, amount, eligible_amount, state, date)
    SELECT (%(dossiers)s)[1 + i %% %(count)s], %(company)s, 'Cost ' || i, 100, 90,
           (ARRAY['planned', 'committed', 'invoiced', 'paid'])[1 + i %% 4], current_date
      FROM generate_series(1, %(costs)s) AS i
    ''',
    {"dossiers": dossiers, "count": len(dossiers), "company": company.id, "costs": COSTS},
)
env.cr.execute(
    '''
    INSERT INTO digital_cheque_depreciation (dossier_id, company_id, date, amount)
    SELECT id, company_id, current_date - 200 + 365 * year, 1000
      FROM digital_cheque_dossier, generate_series(0, 3) AS year WHERE aid_nature = 'capital'
    '''
)
env.cr.execute("ANALYZE digital_cheque_dossier; ANALYZE digital_cheque_dossier_cost; ANALYZE account_move")
seconds = []
for _round in range(ROUNDS):
    env.invalidate_all()
    began = time.perf_counter()
    page = env["digital.cheque.overview"].get_overview()
    seconds.append(time.perf_counter() - began)
assert sum(row["count"] for row in page["stages"]) == DOSSIERS * 7 // 10, page["stages"]
assert page["claimable"]
print(json.dumps({"dossiers": len(dossiers), "seconds": sorted(seconds)}))
env.cr.rollback()
"""


def page(config, dossiers, costs, rounds):
    """Return the seconds of each call of the first page, sorted; the dossiers are not kept."""
    with prepared(config, "subsidies_pages") as (workshop, database):
        source = f"DOSSIERS, COSTS, ROUNDS = {dossiers}, {costs}, {rounds}\n{IN_ODOO}"
        return json.loads(workshop.shell(database, source).strip().splitlines()[-1])["seconds"]


def room(grants, rounds):
    """Return the seconds of reading a register of many grants and asking it for the room, sorted."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "be_digital_cheque"))
    from engine.de_minimis import Grant, Register

    start = date(2024, 1, 1)
    received = [Grant(start + timedelta(days=number % 1_000), Decimal(200)) for number in range(grants)]
    seconds = []
    for _round in range(rounds):
        began = time.perf_counter()
        Register(received).room(date(2026, 11, 24))
        seconds.append(time.perf_counter() - began)
    return sorted(seconds)


def report(name, seconds, goal, about):
    median = seconds[len(seconds) // 2]
    verdict = "within" if median <= goal else "OVER"
    print(
        f"{name:<16} {1000 * median:10.1f} ms  goal {1000 * goal:8.1f}  ratio {median / goal:.2f}  {verdict}"
        f" ({about}; {1000 * seconds[0]:.1f} to {1000 * seconds[-1]:.1f} ms)"
    )


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--config", required=True, help="Odoo configuration file")
    parser.add_argument("--dossiers", type=int, default=DOSSIERS, metavar="N")
    parser.add_argument("--costs", type=int, default=COSTS, metavar="N")
    parser.add_argument("--grants", type=int, default=GRANTS, metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    options = parser.parse_args(argv)
    report("de minimis room", room(options.grants, options.rounds), ROOM_GOAL, f"{options.grants:,} grants")
    seconds = page(options.config, options.dossiers, options.costs, options.rounds)
    report("first page", seconds, PAGE_GOAL, f"{options.dossiers:,} dossiers, {options.costs:,} cost lines")


if __name__ == "__main__":
    main()
