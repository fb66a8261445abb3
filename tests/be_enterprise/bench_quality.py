# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Measure the page "Customers and suppliers ready?" on many contacts; nothing is kept.

Run it in the shell of a database that has be_enterprise: ``odoo shell -d DATABASE < bench_quality.py``
"""

import time

CONTACTS = 100_000
ROUNDS = 5

env.cr.execute(  # noqa: F821 (env is given by the shell)
    """
    INSERT INTO res_partner (name, complete_name, active, is_company, country_id, company_registry, vat, email, lang,
                             customer_rank, type, partner_share, autopost_bills)
    SELECT 'Contact ' || i, 'Contact ' || i, true, true, %s,
           CASE WHEN i %% 10 < 8 THEN digits WHEN i %% 10 = 8 THEN left(digits, 4) || '.' || right(digits, 6) END,
           CASE WHEN i %% 3 > 0 THEN 'BE' || digits END, CASE WHEN i %% 5 > 0 THEN 'a@example.com' END,
           CASE WHEN i %% 4 > 0 THEN 'en_US' END, 1, 'contact', true, 'ask'
      FROM (SELECT i, base || lpad((97 - base::bigint %% 97)::text, 2, '0') AS digits
              FROM (SELECT i, lpad((10000000 + CASE WHEN i %% 50 = 0 THEN i - 1 ELSE i END)::text, 8, '0') AS base
                      FROM generate_series(1, %s) AS i) AS bases) AS numbers
    """,
    (env.ref("base.be").id, CONTACTS),  # noqa: F821
)
env.cr.execute("ANALYZE res_partner")  # noqa: F821
seconds = []
for _round in range(ROUNDS):
    started = time.perf_counter()
    overview = env["be.quality"].overview()  # noqa: F821
    seconds.append(time.perf_counter() - started)
print(f"{overview['total']} contacts, seconds: {', '.join(f'{value:.2f}' for value in sorted(seconds))}")
env.cr.rollback()  # noqa: F821
