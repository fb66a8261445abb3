# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The command: ``python -m en16931 [--json] [--rules SET] [--on DATE] [--language LANGUAGE] FILE…``."""

import sys
from argparse import ArgumentParser
from datetime import date

from .command import run

SETS = ("auto", "en16931", "peppol-only", "peppol", "peppol-sb", "ublbe", "pint-eu")


def main(arguments=None) -> int:
    """Judge the files named; return 0 if all are valid, 1 for fatal findings, 2 where a file cannot be read."""
    parser = ArgumentParser(
        prog="validate",
        description="Judge e-invoices (UBL 2.1, CII, Factur-X PDF) by EN 16931, Peppol, UBL.BE or PINT-EU.",
        epilog="Exit code: 0 valid, 1 fatal findings, 2 a file cannot be read.",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per line and file")
    parser.add_argument("--rules", choices=SETS, default="auto", help="the rule set (auto: by the document)")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="judge by the rules in force on this day")
    parser.add_argument("--language", choices=("en", "fr", "nl", "de"), default="en", help="language of the messages")
    parser.add_argument("--warnings", action="store_true", help="show warnings in the text output as well")
    parser.add_argument("files", nargs="+", metavar="FILE", help="XML or PDF files, - for standard input")
    options = parser.parse_args(arguments)
    return run(options, sys.stdout)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(2)
