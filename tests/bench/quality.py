# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Benchmark of the page "Customers and suppliers ready?": seconds to count the problems of many contacts.

``./dev bench quality`` makes the contacts in a copy of the prepared database, which is dropped at the end.
"""

import argparse
import json

from _prepared import prepared

CONTACTS = 100_000
ROUNDS = 7
#: Seconds, at CONTACTS contacts.
GOAL = 1.0

IN_ODOO = """
import json, os, time
env.cr.execute(
    '''
    INSERT INTO res_partner (name, complete_name, active, is_company, country_id, company_registry, vat, email, lang,
                             customer_rank, type, partner_share, autopost_bills)
    SELECT 'Contact ' || i, 'Contact ' || i, true, true, %(belgium)s,
           CASE WHEN i %% 10 < 8 THEN digits WHEN i %% 10 = 8 THEN left(digits, 4) || '.' || right(digits, 6) END,
           CASE WHEN i %% 3 > 0 THEN 'BE' || digits END, CASE WHEN i %% 5 > 0 THEN 'a@example.com' END,
           CASE WHEN i %% 4 > 0 THEN 'en_US' END, 1, 'contact', true, 'ask'
      FROM (SELECT i, base || lpad((97 - base::bigint %% 97)::text, 2, '0') AS digits
              FROM (SELECT i, lpad((10000000 + CASE WHEN i %% 50 = 0 THEN i - 1 ELSE i END)::text, 8, '0') AS base
                      FROM generate_series(1, %(contacts)s) AS i) AS bases) AS numbers
    ''',
    {"belgium": env.ref("base.be").id, "contacts": CONTACTS},
)
env.cr.execute("ANALYZE res_partner")
env.cr.execute("SELECT pg_backend_pid()")
(server,) = env.cr.fetchone()

def worked():
    # Seconds of processor time of Odoo and of PostgreSQL, which runs on this machine.
    user, system = open(f"/proc/{server}/stat").read().rsplit(")", 1)[1].split()[11:13]
    return time.process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

seconds, work = [], []
for _round in range(ROUNDS):
    began, before = time.perf_counter(), worked()
    overview = env["be.quality"].overview()
    seconds.append(time.perf_counter() - began)
    work.append(worked() - before)
print(json.dumps({"contacts": overview["total"], "seconds": sorted(seconds), "cpu": sorted(work)}))
env.cr.rollback()
"""


def measure(workshop, database, contacts=CONTACTS, rounds=ROUNDS):
    """Return ``{"contacts": number looked at, "seconds": [sorted], "cpu": [sorted]}``; the contacts are not kept."""
    source = f"CONTACTS, ROUNDS = {contacts}, {rounds}\n{IN_ODOO}"
    return json.loads(workshop.shell(database, source).strip().splitlines()[-1])


def report(figures):
    seconds = figures["seconds"]
    median = seconds[len(seconds) // 2]
    goal = GOAL * figures["contacts"] / CONTACTS
    verdict = "within" if median <= goal else "OVER"
    print(
        f"quality page     {median:10.2f} s   goal {goal:8.1f}  ratio {median / goal:.2f}  {verdict}"
        f" ({figures['contacts']:,} contacts; {seconds[0]:.2f} to {seconds[-1]:.2f} s,"
        f" of which {figures['cpu'][len(seconds) // 2]:.2f} s of processor time)"
    )


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--config", required=True, help="Odoo configuration file")
    parser.add_argument("--contacts", type=int, default=CONTACTS, metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    options = parser.parse_args(argv)
    with prepared(options.config, "quality") as (workshop, database):
        report(measure(workshop, database, options.contacts, options.rounds))


if __name__ == "__main__":
    main()
