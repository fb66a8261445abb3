# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What goes wrong in the drill, and the verdict on what is left when it is over."""

import os
import random
import signal
import threading
import time
from collections import Counter
from contextlib import suppress

from peppol_network.client import NetworkError

#: Drills of an access point's network, with the number of messages that one of them takes.
FAULTS = {"late": 3, "lost": 3, "receipt_lost": 3, "duplicated": 4, "refused": 1, "corrupted": 1}
#: Events that a document has on its whole way, at both ends; and after how many documents something goes wrong.
EVENTS, DOCUMENTS = 6, 5
#: Seconds after which it strikes though nothing has moved.
STANDSTILL = (4, 10)


class Chaos(threading.Thread):
    """Kills and misbehaves until it is told to stop; ``done`` counts what it did.

    It strikes once for every few documents that go through, however fast the machine is. The moments and the choices
    come from the seed; which document each of them hits depends on the machine.
    """

    def __init__(self, world, seed):
        super().__init__(daemon=True)
        self.world, self.chance = world, random.Random(seed)
        self.done = Counter()
        self.over = threading.Event()
        self.failure = None

    def run(self):
        try:
            while self._wait():
                self._strike()
        except Exception as error:  # noqa: BLE001 (it is raised again in the test's own thread)
            self.failure = error

    def _wait(self):
        """Until the documents have moved on by a share, or nothing moves any more; whether to go on."""
        goal = self._events() + self.chance.uniform(0.5, 1.5) * EVENTS * DOCUMENTS
        patience = time.monotonic() + self.chance.uniform(*STANDSTILL)
        while not self.over.wait(self.chance.uniform(0.1, 0.5)):
            if self._events() >= goal or time.monotonic() > patience:
                return True
        return False

    def _events(self):
        return sum(side.events() for side in self.world.sides.values())

    def stop(self):
        """Calm: the network is well again."""
        self.over.set()
        self.join()
        self.world.network.end_drills()
        if self.failure:
            raise self.failure

    def _strike(self):
        side = self.chance.choice(list(self.world.sides.values()))
        name = self.chance.choices(
            ["worker", "gateway", "server down", "look-up down", *FAULTS], [10, 4, 1, 1, *([2] * len(FAULTS))]
        )[0]
        if name == "worker":
            self._kill(name, self.chance.choice(side.workers() or [None]))
        elif name == "gateway":
            self._kill(name, self.world.gateway_process(side.access_point))
        elif name == "server down":
            self._for_a_while(name, "down", side.access_point)
        elif name == "look-up down":
            self._for_a_while(name, "dns_down", "sml")
        else:
            # one that is late is so for longer than the others take
            self._drill(name, name, side.access_point, seconds=2, times=FAULTS[name])

    def _kill(self, what, process):
        if process:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
                self.done[what] += 1

    def _for_a_while(self, what, drill, target):
        if self._drill(what, drill, target):
            time.sleep(self.chance.uniform(1, 3))
            self.world.network.ask("DELETE", f"/drills/{drill}/{target}")

    def _drill(self, what, drill, target, **values):
        # a gateway that is just starting is no reason to stop
        with suppress(NetworkError, OSError):
            self.world.network.drill(drill, target, **values)
            self.done[what] += 1
            return True
        return False


def faults_of(world, accounts, *, everything):
    """What is wrong at the end, as texts; nothing is where it is empty.

    :param everything: nothing may need attention either
    """
    faults = []
    pairs = (("a", "b"), ("b", "a"))
    for here, there in pairs:
        sender, receiver = accounts[here], accounts[there]
        if len(sender["invoices"]) != world.count:
            faults.append(f"{here} has {len(sender['invoices'])} invoices")
        for number, total in sender["invoices"].items():
            faults += [
                f"{number}: {fault}" for fault in _of_document(number, total, sender, receiver, everything=everything)
            ]
        unknown = {*receiver["received"], *receiver["bills"]} - set(sender["invoices"])
        faults += [f"{there} has {number!r}, which nobody sent" for number in sorted(unknown)]
    return faults


def _of_document(number, total, sender, receiver, *, everything):
    exchanges, arrived = sender["sent"].get(number, []), receiver["received"].get(number, [])
    bills = receiver["bills"].get(number, [])
    if len(exchanges) != 1:
        yield f"went out {len(exchanges)} times"
        return
    (exchange,) = exchanges
    if exchange["state"] == "attention":
        if everything or not exchange["reason_kind"]:
            yield f"needs attention: {exchange['reason_kind']} {exchange['reason']}"
    elif exchange["state"] != "delivered":
        yield f"is {exchange['state']}"
    elif not arrived:
        yield "was delivered and did not arrive"
    wanted = {"delivered": "done", "attention": "error"}.get(exchange["state"])
    if sender["core_states"][number] != wanted:
        yield f"is {sender['core_states'][number]} to core and {exchange['state']} to us"
    if len(arrived) > 1:
        yield f"arrived {len(arrived)} times"
    if len(bills) > 1:
        yield f"is {len(bills)} bills"
    for one in arrived:
        yield from _of_arrival(one, total, bills, everything=everything)
    if bills and not arrived:
        yield "is a bill and did not arrive"


def _of_arrival(one, total, bills, *, everything):
    if not one["whole"] or not one["acknowledged"]:
        yield f"is not whole or not acknowledged: {one}"
    if one["state"] == "imported":
        if not bills or bills[0]["id"] != one["move"]:
            yield "was imported and its bill is another one"
        elif not bills[0]["lines"] or round(bills[0]["total"] - total, 2):
            yield f"has a bill that says something else: {bills[0]}"
        elif {"application/pdf", "application/xml"} - {
            kind.replace("text/", "application/") for kind in bills[0]["files"]
        }:
            yield f"has a bill without its files: {bills[0]['files']}"
    elif one["state"] != "attention" or everything or not one["reason_kind"]:
        yield f"arrived and is {one['state']}: {one['reason_kind']} {one['reason']}"
