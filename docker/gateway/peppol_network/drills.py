"""The drills: what may be made to go wrong, where, and what one should then see.

A drill is on for a target (``sml``, ``smp`` or an access point's name), until it is switched off or has acted a number
of times. The parts of the network ask :meth:`Drills.act` whether to misbehave; what they then did is an event.
"""

from dataclasses import dataclass

SML, SMP, ACCESS_POINT = "sml", "smp", "access point"


@dataclass(frozen=True)
class Definition:
    """``at`` is the part that misbehaves; ``seconds`` the usual delay where the drill has one, else 0; ``event`` what
    is written down when it acts; ``counted`` whether it can act a number of times."""

    name: str
    at: str
    event: str
    seconds: float = 0
    counted: bool = True


DEFINITIONS = {
    (definition.name, definition.at): definition
    for definition in (
        Definition("dns_down", SML, "A query was left without an answer."),
        Definition("dns_slow", SML, "A query was answered late.", seconds=8),
        Definition("dns_fails", SML, "A query was answered with SERVFAIL."),
        Definition("not_registered", SML, "A participant was denied: NXDOMAIN."),
        Definition("down", SMP, "The SMP's port is closed.", counted=False),
        Definition("slow", SMP, "A request was answered late.", seconds=15),
        Definition("bad_signature", SMP, "Service metadata was changed after it was signed."),
        Definition("expired_certificate", SMP, "Service metadata was signed with an expired certificate."),
        Definition("not_registered", SMP, "A participant was denied: 404."),
        Definition("redirected", SMP, "Who asked for service metadata was sent on to another publisher."),
        Definition(
            "redirected_twice", SMP, "Who asked for service metadata was sent on, and from there sent on again."
        ),
        Definition("late", ACCESS_POINT, "A message was held back.", seconds=20),
        Definition("lost", ACCESS_POINT, "A message was dropped before it reached the access point."),
        Definition("receipt_lost", ACCESS_POINT, "A message was delivered, its receipt was dropped."),
        Definition("duplicated", ACCESS_POINT, "A message was delivered twice."),
        Definition("corrupted", ACCESS_POINT, "A message was damaged on its way."),
        Definition("refused", ACCESS_POINT, "A message was refused: the receiver is not serviced."),
        Definition("expired_certificate", ACCESS_POINT, "The SMP names an expired certificate for the access point."),
        Definition("expired_tls", ACCESS_POINT, "The access point shows an expired TLS certificate.", counted=False),
        Definition("down", ACCESS_POINT, "The access point's port is closed.", counted=False),
    )
}
#: The longest delay that may be asked for, in seconds: an hour.
LONGEST = 3600


class InvalidDrill(ValueError):
    """There is no such drill, or not with these values; the text says why."""


@dataclass(frozen=True)
class Active:
    """A drill that is on: its delay in seconds, and how often it still acts (None: until it is switched off)."""

    seconds: float
    times: int | None


class Drills:
    """The drills of a network with these access points; ``changed`` is called when one was switched."""

    def __init__(self, store, access_points):
        self.store = store
        self.targets = {SML: (SML,), SMP: (SMP,), ACCESS_POINT: tuple(access_points)}
        self.changed = None
        self.on = {}
        self.read()

    def read(self):
        self.on = {key: Active(*values) for key, values in self.store.drills().items() if self.definition(*key)}

    def definition(self, name, target):
        """The definition of a drill at a target; None where there is none."""
        at = next((at for at, targets in self.targets.items() if target in targets), None)
        return DEFINITIONS.get((name, at))

    async def switch_on(self, name, target, *, seconds=None, times=None):
        """:raises InvalidDrill: if there is no such drill, or not with these values"""
        definition = self.definition(name, target)
        if definition is None:
            raise InvalidDrill(f"There is no drill “{name}” at “{target}”.")
        seconds = definition.seconds if seconds is None or not definition.seconds else seconds
        if not 0 <= seconds <= LONGEST:
            raise InvalidDrill(f"A delay is between 0 and {LONGEST} seconds.")
        if times is not None and times < 1:
            raise InvalidDrill("A drill acts at least once.")
        self.store.switch_on(name, target, seconds, times if definition.counted else None)
        if not definition.counted:
            self.store.add_event(target, name, definition.event)
        await self._switched()

    async def switch_off(self, name=None, target=None):
        """Switch one drill off; all of them without arguments."""
        self.store.switch_off(name, target)
        await self._switched()

    async def _switched(self):
        self.read()
        if self.changed:
            await self.changed()

    def is_on(self, name, target):
        return (name, target) in self.on

    def act(self, name, target):
        """The drill if it is on, else None; that it acted is counted and written down."""
        active = self.on.get((name, target))
        if active is None:
            return None
        self.store.add_event(target, name, self.definition(name, target).event)
        if active.times is not None:
            self.store.count_down(name, target)
            self.read()
        return active

    def overview(self):
        """All drills as JSON values: where they can be on, and how they are."""
        return [
            {
                "name": definition.name,
                "target": target,
                "at": definition.at,
                "delayed": bool(definition.seconds),
                "counted": definition.counted,
                "on": (definition.name, target) in self.on,
                "seconds": self.on.get((definition.name, target), Active(definition.seconds, None)).seconds,
                "times": self.on.get((definition.name, target), Active(0, None)).times,
            }
            for definition in DEFINITIONS.values()
            for target in self.targets[definition.at]
        ]
