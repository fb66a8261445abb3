# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Benchmark of the mends: the share of random lawful invoices that the official rules accept, and the time it takes.

    ./dev bench invoices [--count 300] [--seed 1]

For each feature: how many invoices have it, and how many of them have no fatal finding as core writes them and with the
mends. Works in a database of its own, which is dropped at the end.
"""

import sys
from collections import Counter
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fuzz"))

from invoices import arguments, scratch_world


def main() -> int:
    options = arguments("Core's e-invoices and ours, judged by the official rules.", 300).parse_args()
    seed = options.seed if options.seed is not None else 1
    results = []
    with scratch_world(options.config) as world:
        from odoo.addons.be_peppol_einvoice.tests.random_invoices.judge import judge

        for number in range(options.start, options.start + options.count):
            results.append(judge(world, seed, number))
            if len(results) % 100 == 0:
                print(f"  {len(results)} invoices", file=sys.stderr, flush=True)
    report(results, seed)
    return 0


def report(results, seed):
    print(f"{len(results)} random invoices, seed {seed}; without a fatal finding:")
    print(f"{'':32} {'invoices':>8} {'core':>8} {'ours':>8}")
    counts, core, ours = Counter(), Counter(), Counter()
    for result in results:
        for feature in ("all", *result.spec.features):
            counts[feature] += 1
            core[feature] += not result.core_faults
            ours[feature] += not result.faults
    for feature in sorted(counts, key=lambda name: (name != "all", name)):
        shares = [f"{100 * good[feature] / counts[feature]:.1f}%" for good in (core, ours)]
        print(f"{feature:32} {counts[feature]:8} {shares[0]:>8} {shares[1]:>8}")
    faults = Counter(fault for result in results for fault in result.core_faults)
    print("core's faults:", ", ".join(f"{fault} {count}" for fault, count in faults.most_common()))
    print("ledger's amounts kept:", sum(not result.wrong_totals for result in results), "of", len(results))
    exported = [result for result in results if result.core_xml]
    right = [result for result in exported if not result.core_faults]
    for name, chosen in (("right documents", right), ("all", exported)):
        if not chosen:
            continue
        added, whole = (
            sum(result.mend_seconds for result in chosen),
            sum(result.core_seconds for result in chosen),
        )
        typical = 1000 * median(result.mend_seconds for result in chosen)
        print(f"time of the mends, {name}: median {typical:.2f} ms, {100 * added / whole:.1f}% of core's export")


if __name__ == "__main__":
    sys.exit(main())
