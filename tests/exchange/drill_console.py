# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers expressions over ``env`` and :mod:`drill_odoo`, one a line, each with one line of JSON.

An answer is ``{"value": …}`` or ``{"error": traceback}``. Loading Odoo takes longer than most questions, so that one
process answers them all.
"""

import argparse
import json
import sys
import traceback

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", required=True)
    parser.add_argument("--database", required=True)
    options = parser.parse_args()
    config.parse_config(["--config", options.config, "--database", options.database, "--no-http"], setup_logging=True)
    registry = Registry(options.database)
    # the add-ons can be imported from now on
    import drill_odoo

    for line in sys.stdin:
        try:
            with registry.cursor() as cursor:
                env = api.Environment(cursor, SUPERUSER_ID, {})
                # the expressions are the drill's own
                answer = {"value": eval(json.loads(line), {"env": env, "drill_odoo": drill_odoo})}
        except Exception:  # noqa: BLE001 (the one who asked gets it)
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
