# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""500 documents both ways while workers and access points are killed and the network misbehaves.

None is lost, none comes twice.

Two companies in two databases, two real access points, a real network; each Odoo has two workers. The kills are
SIGKILLs at moments that a seeded generator chooses. ``EXCHANGE_DRILL_SEED`` and ``EXCHANGE_DRILL_DOCUMENTS`` change the
drill; ``./dev bench drill`` runs a longer one.
"""

import os

from drill_chaos import FAULTS, Chaos, faults_of
from drill_world import World

SEED = int(os.environ.get("EXCHANGE_DRILL_SEED", "20261124"))
DOCUMENTS = int(os.environ.get("EXCHANGE_DRILL_DOCUMENTS", "500"))
#: Seconds: a limit, not a goal; the machine may be busy with other tests.
PATIENCE = 1800


def test_nothing_is_lost_and_nothing_comes_twice(workshop, tmp_path):
    with World(workshop, tmp_path, DOCUMENTS // 2) as world:
        world.start()
        chaos = Chaos(world, SEED)
        chaos.start()
        try:
            # the last few go through in peace: something has to be under way for each fault
            world.wait(PATIENCE, until=DOCUMENTS // 20, while_=chaos.is_alive)
        finally:
            chaos.stop()
        assert world.wait(PATIENCE), f"{world.waiting()} documents are still under way"
        accounts = world.accounts()
        assert faults_of(world, accounts, everything=False) == []

        # what needs attention says why, and goes through when someone tries again
        stuck = sum(side.in_odoo("drill_odoo.try_again(env)") for side in world.sides.values())
        assert world.wait(PATIENCE), f"{world.waiting()} documents are still under way"
        assert faults_of(world, world.accounts(), everything=True) == []

    # a drill in which nothing went wrong proves nothing
    assert chaos.done["worker"] >= DOCUMENTS // 50 and chaos.done["gateway"], chaos.done
    if DOCUMENTS >= 500:
        assert set(FAULTS) <= set(chaos.done) and stuck, chaos.done
