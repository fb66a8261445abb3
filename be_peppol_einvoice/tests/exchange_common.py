# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from freezegun import freeze_time

from .einvoice_common import EinvoiceCommon
from .provider_memory import MemoryPeer, MemoryProvider


class ExchangeCommon(EinvoiceCommon):
    """A company whose documents go over an access point in memory."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-11-24 10:00:00", tick=False))
        cls.peer = MemoryPeer(page_size=2)
        cls.memory = MemoryProvider(cls.peer)
        cls.startClassPatcher(
            patch.object(
                type(cls.env["peppol.connection"]),
                "_providers",
                lambda self: {"memory": {"name": "Memory", "about": "", "make": lambda _connection: cls.memory}},
            )
        )
        cls.connection = cls.env["peppol.connection"].create(
            {"company_id": cls.company.id, "provider": "memory", "token": "a secret", "receives": True}
        )
        cls.connection.state = "connected"
        cls.exchanges = cls.env["peppol.exchange"]

    def setUp(self):
        super().setUp()
        self.peer.__init__(page_size=2)
        self.memory._acknowledged.clear()

    def _send(self, move):
        self._send_window(move).action_send_and_print()
        return move._last_exchange()

    def _history(self, exchange):
        return exchange.event_ids.mapped("step")
