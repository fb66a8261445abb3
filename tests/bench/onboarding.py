# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The part of the benchmark ``sme`` about the first page: three years of a firm of 20 people, with all tiles.

``./dev bench onboarding`` makes the records in a copy of the prepared database, which is dropped at the end.
"""

import argparse

from _prepared import prepared
from sme import CUSTOMERS, EVENTS, ROUNDS, measure, report_load, report_page


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--config", required=True, help="Odoo configuration file")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    options = parser.parse_args(argv)
    with prepared(options.config, "onboarding") as (workshop, database):
        values = {"events": EVENTS, "customers": CUSTOMERS, "rounds": options.rounds, "parts": ("page",)}
        report_page(measure(workshop, database, **values))
        report_load()


if __name__ == "__main__":
    main()
