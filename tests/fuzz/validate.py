# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mutation fuzzer for the engine: whatever is done to a document, a verdict comes, in time, and can be explained.

    python tests/fuzz/validate.py [--seconds 60] [--seed 1] [FILE…]

Without files it starts from invoices of our own. It prints what it tried and ends with 1 at the first failure, which
it leaves in the file fuzz-failure.xml.
"""

import argparse
import copy
import json
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "en16931"))
sys.path.insert(0, str(Path(__file__).parents[2] / "be_peppol_einvoice"))

from en16931 import RULE_SETS, validate
from lxml import etree
from sample_invoices import invoice

VALUES = (
    "S", "Z", "E", "AE", "K", "G", "O", "L", "M", "B", "VAT", "TAX", "EUR", "USD", "true", "false", "1", "0", "-1",
    "21", "1e9", "NaN", "INF", "0.005", "1.005", "9" * 40, "9" * 4000, "2026-02-30", "BE", "GR", "SE", "DE", "DK",
    "NO", "IT", "NL", "IS", "30", "58", "59", "130", "", " ", "\u00a0", "\u0660", "x" * 100_000, "0208", "9925",
)  # fmt: skip
SECONDS_PER_MEGABYTE = 20  # far above the usual, to be sure that only a hang fails


def mutate(root, rng, others) -> None:
    """Change a tree in one random way."""
    elements = [element for element in root.iter() if element is not root]
    if not elements:
        return
    element = rng.choice(elements)
    parent = element.getparent()
    choice = rng.randrange(10)
    if choice == 0:
        parent.remove(element)
    elif choice == 1:
        for _copy in range(rng.choice((1, 1, 2, 50))):
            parent.insert(parent.index(element), copy.deepcopy(element))
    elif choice <= 4:
        element.text = rng.choice(VALUES)
    elif choice == 5:
        name = rng.choice(("schemeID", "currencyID", "unitCode", "listID", "name", "x", "mimeCode", "filename"))
        element.set(name, rng.choice(VALUES)[:50])
    elif choice == 6:
        for name in list(element.attrib)[:1]:
            del element.attrib[name]
    elif choice == 7:
        other = rng.choice(list(rng.choice(others).iter()))
        parent.append(copy.deepcopy(other) if len(other) < 200 else etree.Element("x"))
    elif choice == 8:
        element.tag = rng.choice(elements).tag
    else:
        element.tail = rng.choice(VALUES)[:50]


def damage(data: bytes, rng) -> bytes:
    """Change the bytes themselves: cut, flip, repeat, another encoding."""
    choice = rng.randrange(5)
    place = rng.randrange(len(data))
    if choice == 0:
        return data[:place]
    if choice == 1:
        return data[:place] + bytes([rng.randrange(256)]) + data[place + 1 :]
    if choice == 2:
        return data[:place] + data[place : place + 200] * rng.randrange(1, 20) + data[place:]
    if choice == 3:
        text = data.decode("utf-8", "replace").replace('encoding="UTF-8"', "")
        return text.encode(rng.choice(("utf-16", "utf-16-le", "utf-32", "latin-1", "cp037")), "replace")
    return (
        data[:place]
        + rng.choice((b"<!DOCTYPE a>", b"&x;", b"<![CDATA[", b"\x00", b"<!--", b"<a>" * 500))
        + data[place:]
    )


def judge(data: bytes, rules: str) -> None:
    """Validate and write out everything; raises where something is wrong with the engine."""
    started = time.perf_counter()
    report = validate(data, rules)
    for language in ("en", "nl"):
        json.dumps(report.as_dict(language))
    report.model()
    took = time.perf_counter() - started
    if took > 2 + SECONDS_PER_MEGABYTE * len(data) / 1e6:
        raise AssertionError(f"{took:.1f} s for {len(data)} bytes")


def run(seconds: float, seed: int, files=()) -> int:
    """Fuzz for some seconds; returns the number of documents tried."""
    rng = random.Random(seed)
    sources = [Path(file).read_bytes() for file in files] or [invoice(1), invoice(4), invoice(4, broken=True)]
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True)
    trees = [etree.fromstring(source, parser) for source in sources if b"<" in source[:10]]
    end = time.monotonic() + seconds
    tried = 0
    while time.monotonic() < end:
        root = copy.deepcopy(rng.choice(trees))
        for _change in range(rng.choice((1, 1, 2, 3, 8, 30))):
            mutate(root, rng, trees)
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        if rng.random() < 0.2:
            data = damage(data, rng)
        rules = rng.choice(("auto", *RULE_SETS))
        try:
            judge(data, rules)
        except Exception:
            Path("fuzz-failure.xml").write_bytes(data)
            print(f"failed under {rules}, seed {seed}, document {tried}: see fuzz-failure.xml", file=sys.stderr)
            raise
        tried += 1
    return tried


def main() -> int:
    parser = argparse.ArgumentParser(description="Fuzz the e-invoice engine.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None, help="repeat a run")
    parser.add_argument("files", nargs="*", metavar="FILE", help="documents to start from")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"{run(options.seconds, seed, options.files)} documents judged without a fault, seed {seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
