# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random lawful Belgian invoices, made in Odoo, exported with our mends and judged by the official rules.

    ./dev fuzz invoices [--count 2000] [--seed 1] [--start 0] [--core]

Works in a database of its own, which is dropped at the end. It names each invoice that is refused (or whose document
does not have the ledger's amounts), leaves its XML in a folder that it names, and ends with 1 if there was any. An
invoice that Odoo itself cannot record is named and not counted.
"""

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docker" / "dev"))

from databases import Workshop


@contextmanager
def scratch_world(config):
    """The records that random invoices name, in a Belgian company of a new database with the add-on for debit notes."""
    with tempfile.TemporaryDirectory() as logs:
        workshop = Workshop(config, logs)
        database = f"random_invoices_{os.getpid()}"
        tell = lambda message: print(f"  {message}", file=sys.stderr, flush=True)
        workshop.clone(workshop.template("apps", tell), database)
        try:
            workshop.install(database, ["account_debit_note"])
            with _environment(config, database) as env:
                from odoo.addons.be_peppol_einvoice.tests.random_invoices.world import World

                yield World(_company(env))
        finally:
            workshop.drop(database)


@contextmanager
def _environment(config, database):
    import odoo.api
    import odoo.modules.registry
    from odoo.tools import config as options

    options.parse_config(["--config", config, "--database", database, "--no-http"], setup_logging=True)
    registry = odoo.modules.registry.Registry(database)
    with registry.cursor() as cursor:
        try:
            yield odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})
        finally:
            cursor.rollback()
    import odoo.sql_db

    odoo.sql_db.close_db(database)


def _company(env):
    # in core's demonstration mode nothing is looked up on the network
    env["ir.config_parameter"].set_param("account_peppol.edi.mode", "demo")
    company = env["res.company"].create({"name": "Random BV", "country_id": env.ref("base.be").id})
    env.user.company_ids |= company
    env["account.chart.template"].try_loading("be_comp", company=company, install_demo=False)
    return company.with_context(allowed_company_ids=company.ids)


def arguments(description, count):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--config", default=os.environ.get("ODOO_RC"), help="Odoo configuration file ($ODOO_RC)")
    parser.add_argument("--count", type=int, default=count, metavar="N")
    parser.add_argument("--start", type=int, default=0, metavar="N", help="number of the first invoice")
    parser.add_argument("--seed", type=int, help="repeat a run")
    return parser


def main() -> int:
    parser = arguments("Random invoices against the official rules.", 500)
    parser.add_argument("--core", action="store_true", help="count what core alone gets wrong as well")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1 << 32)
    tried, refused, core, unrecorded = 0, 0, Counter(), Counter()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-invoices-"))
    with scratch_world(options.config) as world:
        from odoo.addons.be_peppol_einvoice.tests.random_invoices.judge import judge

        for number in range(options.start, options.start + options.count):
            result = judge(world, seed, number, core=options.core)
            if result.unrecorded:
                unrecorded[result.unrecorded] += 1
                print(f"{number}: {sorted(result.spec.features)}: Odoo records no such invoice", flush=True)
                continue
            tried += 1
            core.update(result.core_faults)
            core["any"] += bool(result.core_faults)
            if result.faults or result.wrong_totals:
                refused += 1
                (folder / f"{number}.xml").write_bytes(result.xml)
                print(f"{number}: {sorted(result.spec.features)}: {result.faults} {result.wrong_totals}", flush=True)
            if tried % 100 == 0:
                print(f"  {tried} invoices, {refused} refused", file=sys.stderr, flush=True)
    print(f"{tried} invoices, {refused} refused, seed {seed}" + (f"; see {folder}" if refused else ""))
    if not refused:
        folder.rmdir()
    if unrecorded:
        print(f"besides, invoices that Odoo itself could not record: {dict(unrecorded)}")
    if options.core:
        print(f"core alone: {core.pop('any')} refused: {dict(core.most_common())}")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
