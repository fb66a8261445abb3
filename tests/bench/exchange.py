# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Benchmark of the exchange: ``./dev bench exchange [--documents 200]``.

Two companies in two databases send each other invoices over two access points of a local network, all on this machine:
documents a minute from the confirmed invoice to the other company's bill, with one and with two workers in each Odoo,
and where the processor time goes. Then the same received files are made into bills by our import and by core's, in
turns, in one process. An invoice's PDF is the same small one for all: rendering takes longer than all that is measured
here, on every path. The waits between questions to the access point pass a hundred times faster than in life.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("tests/exchange", "docker/gateway", "docker/dev", "be_peppol_einvoice")
sys.path[:0] = [str(ROOT / folder) for folder in FOLDERS]

from databases import Workshop
from drill_world import World
from peppol_network.supervisor import read_status

JOBS = {
    "_cron_account_move_send": "Odoo: XML of the invoices",
    "_cron_submit": "Odoo: handing over",
    "_cron_status": "Odoo: what became of it",
    "_cron_fetch": "Odoo: storing what arrived",
    "_cron_import": "Odoo: making bills",
}
VALIDATION, DATABASE, AS4, LOOKUP = "validation", "PostgreSQL", "AS4 (both access points)", "look-up and network"
PATIENCE = 3600


def used(process, *, children=False):
    """Seconds of processor time of a process; with those of its children that have ended."""
    times = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[11:15]
    return sum(map(int, times if children else times[:2])) / os.sysconf("SC_CLK_TCK")


def used_or_ended(process):
    """Seconds of processor time of a process; none of one that has ended, which counts with its parent's children."""
    try:
        return used(process)
    except (FileNotFoundError, ProcessLookupError):
        return 0


def outside(world):
    """Seconds of processor time so far of all that is not Odoo."""
    network = read_status(world.network.layout)
    ((data,),) = world.workshop.sql("postgres", "SHOW data_directory")
    postmaster = int((Path(data) / "postmaster.pid").read_text().split()[0])
    servers = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    return Counter(
        {
            AS4: sum(used(network[point]["pid"]) for point in ("ap1", "ap2")),
            LOOKUP: used(network["services"]["pid"]),
            DATABASE: sum(map(used_or_ended, servers)) + used(postmaster, children=True),
        }
    )


def measure(world, workers, count):
    """Documents a minute, and seconds of processor time by what they were for."""
    for side in world.sides.values():
        side.log.unlink(missing_ok=True)
        side.in_odoo(f"drill_odoo.more_invoices(env, {count}, {f'{side.prefix}{workers}'!r})")
    before, began = outside(world), time.monotonic()
    world.start(workers)
    if not world.wait(PATIENCE):
        raise SystemExit("The documents did not arrive.")
    seconds, spent = time.monotonic() - began, outside(world) - before
    for side in world.sides.values():
        side.stop()
        for line in side.done():
            spent[JOBS[line["job"]]] += line["processor"] - line["validation"]
            spent[VALIDATION] += line["validation"]
    return 2 * count * 60 / seconds, spent


def main() -> int:
    parser = argparse.ArgumentParser(description="Documents a minute, end to end.")
    parser.add_argument("--config", required=True)
    parser.add_argument("--documents", type=int, default=200, help="per run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench_exchange_") as folder:
        workshop = Workshop(options.config, folder)
        with World(workshop, folder, 0) as world:
            runs = {workers: measure(world, workers, options.documents // 2) for workers in (1, 2)}
            receipt = world.sides["b"].in_odoo(f"drill_odoo.compare_imports(env, {options.documents // 2})")
    report(runs, receipt, options.documents)
    return 0


def report(runs, receipt, documents):
    print(f"{documents} documents both ways per run; milliseconds of processor time a document:")
    print(f"{'workers in each Odoo':32} " + " ".join(f"{workers:>14}" for workers in runs))
    print(f"{'documents a minute':32} " + " ".join(f"{rate:14.0f}" for rate, _spent in runs.values()))
    for part in (*JOBS.values(), VALIDATION, DATABASE, AS4, LOOKUP):
        cells = [
            f"{1000 * spent[part] / documents:7.1f} {100 * spent[part] / sum(spent.values()):5.1f}%"
            for _rate, spent in runs.values()
        ]
        print(f"{part:32} " + " ".join(cells))
    ours, core = receipt["ours"], receipt["core"]
    print(f"making a bill of the same {receipt['documents']} files, in turns, milliseconds of processor time (median):")
    print(f"  core's import {1000 * core:.0f}, ours {1000 * ours:.0f}: {ours / core:.2f} times core's")
    print(f"  ours with storing the document before it: {receipt['stored'] / core:.2f} times core's with its own")


if __name__ == "__main__":
    sys.exit(main())
