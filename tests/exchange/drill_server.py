# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An Odoo whose workers can be killed: ``python drill_server.py --config FILE --database NAME [--workers 2]``.

As in Odoo's own server, the parent loads the registry and forks the workers, and forks another one where one died. A
worker does what the scheduled jobs do, one after the other and without their pauses. Odoo never runs one job twice at a
time: so here for core's job of sending invoices and that of fetching, which the first worker does; the others share the
documents, as those of several machines do. What a worker has done is written to the standard
output as lines of JSON: ``{"job", "processor", "validation", "error"}``, the times being seconds of processor time.
"""

import argparse
import ctypes
import json
import logging
import os
import random
import signal
import sys
import time

from psycopg2.extensions import TransactionRollbackError

import odoo.sql_db
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

PAUSE = 0.5
PR_SET_PDEATHSIG = 1
ALONE = [("account.move", "_cron_account_move_send"), ("peppol.exchange", "_cron_fetch")]
SHARED = [("peppol.exchange", f"_cron_{name}") for name in ("submit", "status", "import")]
log = logging.getLogger(__name__)


def work(registry, number, stopwatch):
    """A worker's life."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    chance = random.Random(number)
    jobs = SHARED + (ALONE if number == 0 else [])
    while True:
        chance.shuffle(jobs)
        for job in jobs:
            run(registry, stopwatch, *job)
        time.sleep(PAUSE)


def run(registry, stopwatch, model, method):
    began, validated, error = time.process_time(), stopwatch.seconds, None
    try:
        with registry.cursor() as cursor:
            getattr(api.Environment(cursor, SUPERUSER_ID, {})[model], method)()
    except TransactionRollbackError:
        # as Odoo's own jobs: what could not be written beside another transaction is done again later
        error = "concurrent"
    except Exception as failure:
        log.exception("%s failed", method)
        error = repr(failure)
    line = {
        "job": method,
        "processor": time.process_time() - began,
        "validation": stopwatch.seconds - validated,
        "error": error,
    }
    os.write(1, f"{json.dumps(line)}\n".encode())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    config.parse_config(["--config", options.config, "--database", options.database, "--no-http"], setup_logging=True)
    registry = Registry(options.database)
    # the add-ons can be imported from now on
    import drill_odoo

    drill_odoo.hurry()
    drill_odoo.without_rendering(registry)
    stopwatch = drill_odoo.Stopwatch()
    stopwatch.watch()
    workers = {}
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    while True:
        for number in range(options.workers):
            if number not in workers.values():
                odoo.sql_db.close_all()
                process = os.fork()
                if not process:
                    signal.signal(signal.SIGTERM, signal.SIG_DFL)
                    work(registry, number, stopwatch)
                workers[process] = number
        process, _status = os.wait()
        workers.pop(process, None)


if __name__ == "__main__":
    main()
