# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How fast the engine is: medians of one run, with lxml's bare parse of the same bytes as the unit.

    python tests/bench/validate.py [--json] [--rules peppol] [--repeat 15] [FILE…]

Times are processor times of this process, so that other work on the machine disturbs them little. Without files the
documents are invoices of our own, every line different; files are measured as they are.
"""

import argparse
import gc
import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "en16931"))
sys.path.insert(0, str(ROOT / "be_peppol_einvoice"))

IMPORT = """
import time
def rss():
    words = open("/proc/self/status").read().split()
    return int(words[words.index("VmRSS:") + 1]) / 1024
before, start = rss(), time.perf_counter()
from lxml import etree
lxml, middle = rss(), time.perf_counter()
from en16931 import engine
engine.validate(b"<a/>")
engine.profile("peppol", engine.version("peppol", None))
print(middle - start, time.perf_counter() - middle, lxml - before, rss() - lxml)
"""


def timed(function, repeat: int) -> float:
    """The median of some runs, in milliseconds of processor time."""
    times = []
    for _run in range(repeat):
        gc.collect()
        started = time.process_time()
        function()
        times.append(time.process_time() - started)
    return median(times) * 1000


def measure(name: str, data: bytes, rules: str, repeat: int) -> dict:
    """Bare parse and validation of one document."""
    from en16931 import validate
    from lxml import etree

    valid = validate(data, rules).valid
    parse = timed(lambda: etree.fromstring(data), repeat)
    full = timed(lambda: validate(data, rules), repeat)
    return {"document": name, "bytes": len(data), "valid": valid, "parse_ms": parse, "ms": full, "times": full / parse}


def imports() -> dict:
    """Time and memory of importing the engine and its Peppol rules, without lxml's own."""
    rows = []
    for _run in range(5):
        done = subprocess.run(
            [sys.executable, "-c", IMPORT],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONPATH": str(ROOT / "be_peppol_einvoice")},
        )
        rows.append([float(word) for word in done.stdout.split()])
    lxml_s, engine_s, lxml_mb, engine_mb = (median(column) for column in zip(*rows, strict=True))
    return {"lxml_s": lxml_s, "engine_s": engine_s, "lxml_mb": lxml_mb, "engine_mb": engine_mb}


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the e-invoice engine.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rules", default="peppol")
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("files", nargs="*", metavar="FILE")
    options = parser.parse_args()
    if options.files:
        documents = [(file, Path(file).read_bytes(), options.repeat) for file in options.files]
    else:
        from sample_invoices import invoice

        documents = [
            ("3 lines", invoice(3), options.repeat * 20),
            ("1,000 lines", invoice(1000), options.repeat),
            ("10,000 lines", invoice(10_000), max(3, options.repeat // 5)),
            ("8,000 lines", invoice(8000), max(3, options.repeat // 5)),
            ("8,000 lines, each breaks a rule", invoice(8000, broken=True), max(3, options.repeat // 5)),
        ]
    rows = [measure(name, data, options.rules, repeat) for name, data, repeat in documents]
    result = {"rules": options.rules, "python": sys.version.split()[0], "documents": rows, "import": imports()}
    if not options.files:
        by_name = {row["document"]: row for row in rows}
        result["growth_10000_to_1000"] = by_name["10,000 lines"]["ms"] / by_name["1,000 lines"]["ms"]
        result["broken_to_valid"] = rows[4]["ms"] / rows[3]["ms"]
    if options.json:
        print(json.dumps(result))
        return 0
    print(f"{'document':34}{'bytes':>11}{'parse ms':>10}{'judged ms':>11}{'× parse':>9}")
    for row in rows:
        print(
            f"{row['document'][-33:]:34}{row['bytes']:>11}{row['parse_ms']:>10.3f}{row['ms']:>11.3f}{row['times']:>9.1f}"
        )
    if not options.files:
        print(f"10,000 lines take {result['growth_10000_to_1000']:.1f} times as long as 1,000 (linear: 10)")
        print(f"8,000 broken lines take {result['broken_to_valid']:.2f} times as long as 8,000 valid ones (goal: 3)")
    used = result["import"]
    print(f"import: {used['engine_s']:.3f} s and {used['engine_mb']:.1f} MB, lxml itself {used['lxml_s']:.3f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
