# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The fault drill of tests/exchange with 5,000 documents: ``./dev bench drill [--documents 5000] [--seed 1]``.

Ends with 1 where a document is lost, comes twice or stands without a reason.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("tests/exchange", "docker/gateway", "docker/dev", "be_peppol_einvoice")
sys.path[:0] = [str(ROOT / folder) for folder in FOLDERS]

from databases import Workshop
from drill_chaos import Chaos, faults_of
from drill_world import World

#: Seconds per document that the drill is given before it counts as stuck.
PATIENCE = 10


def main() -> int:
    parser = argparse.ArgumentParser(description="Faults without end, and what is left of the documents.")
    parser.add_argument("--config", required=True)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench_drill_") as folder:
        workshop = Workshop(options.config, folder)
        with World(workshop, folder, options.documents // 2) as world:
            return drill(world, options)


def drill(world, options):
    began, patience = time.monotonic(), options.documents * PATIENCE
    world.start()
    chaos = Chaos(world, options.seed)
    chaos.start()
    world.wait(patience, until=options.documents // 50)
    chaos.stop()
    calm = world.wait(patience)
    faults = faults_of(world, world.accounts(), everything=False)
    stuck = sum(side.in_odoo("drill_odoo.try_again(env)") for side in world.sides.values())
    calm = world.wait(patience) and calm
    faults += faults_of(world, world.accounts(), everything=True)
    print(f"{options.documents} documents both ways in {time.monotonic() - began:.0f} s, seed {options.seed}")
    print("what went wrong:", ", ".join(f"{name} {count}" for name, count in chaos.done.most_common()))
    print(f"{stuck} documents needed attention, said why, and went through when tried again")
    print("\n".join(faults) or "each document was delivered once and is one bill")
    return 0 if calm and not faults else 1


if __name__ == "__main__":
    sys.exit(main())
