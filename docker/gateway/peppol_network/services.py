"""The process that holds locator, publisher, the fronts of the access points and the control interface."""

import asyncio
import logging
import signal

from .control import Control
from .drills import SMP, Drills
from .front import Front
from .listener import Listener
from .serving import Gateways
from .settings import LOOPBACK
from .sml import Locator
from .smp import MetadataPublisher
from .store import Store

log = logging.getLogger(__name__)


class Services:
    """layout: a ``settings.Layout`` whose settings, certificates and clients' files are written; gateways: whether
    there are access points behind the fronts.
    """

    def __init__(self, layout, *, gateways):
        self.settings = settings = layout.read_settings()
        self.authority = authority = layout.authority
        self.store = Store(layout.database, settings.zone)
        self.drills = Drills(self.store, [point.name for point in settings.access_points])
        self.drills.changed = self.apply_drills
        self.locator = Locator(settings.zone, self.store.is_in_locator, lambda: settings.smp_url, self.drills)
        publisher = MetadataPublisher(settings, self.store, authority, self.drills)
        self.fronts = {point.name: Front(point, authority, self.drills) for point in settings.access_points}
        tls = authority.pair("tls")
        self.publisher = Listener(publisher.app, settings.smp, tls)
        self.access_points = {
            point.name: Listener(self.fronts[point.name], point.port, tls) for point in settings.access_points
        }
        self.gateways = Gateways(layout, settings) if gateways else None
        token = layout.read_connection()["token"]
        control = Control(token, settings, self.store, self.drills, self.gateways, self.health)
        self.control = Listener(control.app, settings.control)

    async def start(self):
        await self.locator.start(LOOPBACK, self.settings.sml)
        await self.apply_drills()
        # the last: who reaches it finds the rest there
        await self.control.start()
        log.info("The local Peppol network answers: zone %s, control %s", self.settings.zone, self.settings.control_url)

    async def stop(self):
        await self.locator.stop()
        listeners = (self.publisher, *self.access_points.values(), self.control)
        await asyncio.gather(*(listener.close() for listener in listeners))
        for front in self.fronts.values():
            await front.close()
        if self.gateways:
            await self.gateways.close()
        self.store.close()

    async def apply_drills(self):
        """Open or close each port, and show the certificate, as the drills want."""
        await _open(self.publisher, not self.drills.is_on("down", SMP))
        for name, listener in self.access_points.items():
            expired = self.drills.is_on("expired_tls", name)
            listener.show(self.authority.pair("tls-expired" if expired else "tls"))
            await _open(listener, not self.drills.is_on("down", name))

    async def health(self):
        """A part that a drill has switched off is not ill."""
        parts = {"sml": bool(self.locator.servers), "smp": self._is_well(self.publisher, SMP)}
        parts |= {name: self._is_well(listener, name) for name, listener in self.access_points.items()}
        if self.gateways:
            for name in self.access_points:
                parts[name] = parts[name] and await self.gateways.is_healthy(name)
        return {
            "healthy": all(parts.values()),
            "parts": parts,
            "zone": self.settings.zone,
            "smp": self.settings.smp_url,
            "access_points": {point.name: point.url for point in self.settings.access_points},
            "participants": self.store.count(),
            "drills": len(self.drills.on),
        }

    def _is_well(self, listener, target):
        return self.drills.is_on("down", target) or listener.server is not None


async def _open(listener, wanted):
    await (listener.start() if wanted else listener.stop())


async def serve(layout, *, gateways):
    """Run until SIGTERM or SIGINT."""
    services = Services(layout, gateways=gateways)
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    try:
        await services.start()
        await ended.wait()
    finally:
        await services.stop()
