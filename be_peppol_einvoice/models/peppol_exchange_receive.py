# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from contextlib import suppress

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.tools import mute_logger

from ..en16931.source import Unreadable
from ..exchange import envelope
from ..providers.errors import NotOffered, ProviderError, Temporary, Unauthorised

_logger = logging.getLogger(__name__)

# Pages of the inbox in one run for one company; the next run goes on
PAGES = 20
# Documents of which it is not known whether the access point heard that we have them, in one run for one company
AGAIN = 100


class PeppolExchange(models.Model):
    """Receiving: stored as it came, committed, acknowledged, and only then made into a bill by another job."""

    _inherit = "peppol.exchange"

    @api.model
    def _cron_fetch(self):
        """Store and acknowledge all that waits at the access points."""
        connections = self.env["peppol.connection"].search([("state", "=", "connected"), ("receives", "=", True)])
        for connection in connections:
            self._fetch(connection)
        self.env.ref("be_peppol_einvoice.ir_cron_exchange_import")._trigger()

    @api.model
    def _fetch(self, connection):
        """Fetch one company's inbox.

        :return: number of documents that were new
        """
        provider, new = connection._provider(), 0
        cursor = "" if provider.inbox_remembers else connection.inbox_cursor or ""
        try:
            self._acknowledge_again(connection, provider)
            for _page in range(PAGES):
                page = provider.inbox(cursor)
                new_here = sum(self._take_in(connection, provider, waiting) for waiting in page.items)
                new += new_here
                # what was acknowledged is gone from the inbox, so that the rest has moved to its start
                cursor = "" if provider.inbox_remembers and new_here else page.cursor
                if not provider.inbox_remembers:
                    connection.inbox_cursor = cursor
                connection.fetched_at = fields.Datetime.now()
                self._end_transaction()
                if not page.more:
                    break
        except Unauthorised as error:
            connection._pause(error)
        except ProviderError as error:
            connection.reason = connection._explain(error)
        else:
            connection.reason = False
        self._end_transaction()
        return new

    @api.model
    def _take_in(self, connection, provider, waiting):
        """Store one document for good, then tell the access point that we have it.

        :return: whether it was new
        """
        known = self._known(connection.provider, waiting.message_id)
        if not known:
            try:
                raw = provider.download(waiting)
            except (Temporary, Unauthorised):
                raise
            except ProviderError as error:
                # one that the access point cannot give must not keep back those behind it; it stays in the inbox
                _logger.warning("Peppol message %s cannot be fetched: %s", waiting.message_id, error.detail)
                return False
            values = self._incoming_values(connection, waiting, raw)
            try:
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    exchange = self._begin(values, raw)
            except UniqueViolation:
                # another worker stores it at this very moment, and acknowledges it
                return False
            # on disk before the access point may forget it
            self._end_transaction()
        else:
            exchange = known
        if not exchange.acknowledged:
            exchange._acknowledge(provider)
        return not known

    def _acknowledge(self, provider):
        """Tell the access point that we have it, and remember that for good."""
        with suppress(NotOffered):
            provider.acknowledge(self.message_id)
        self.acknowledged = True
        self._record("acknowledged")
        self._end_transaction()

    @api.model
    def _acknowledge_again(self, connection, provider):
        """A crash can come between the access point's yes and our note of it.

        The access point then no longer shows the document, so that the inbox would never bring it up.
        """
        # sudo: see _begin
        unsure = self.sudo().search(
            [
                ("connection_id", "=", connection.id),
                ("provider", "=", connection.provider),
                ("direction", "=", "in"),
                ("acknowledged", "=", False),
            ],
            order="id desc",
            limit=AGAIN,
        )
        for exchange in unsure:
            try:
                exchange._acknowledge(provider)
            except (Temporary, Unauthorised):
                raise
            except ProviderError as error:
                # the inbox still shows it, or the access point has forgotten it: the others go on
                _logger.info("Peppol message %s cannot be acknowledged: %s", exchange.message_id, error.detail)

    @api.model
    def _known(self, provider, message_id):
        # sudo: a message is known whoever's it is
        return self.sudo().search(
            [("provider", "=", provider), ("direction", "=", "in"), ("message_id", "=", message_id)], limit=1
        )

    @api.model
    def _incoming_values(self, connection, waiting, raw):
        try:
            read = envelope.read(raw)
        except Unreadable:
            # it is kept, and the import says why it stays
            read = envelope.Envelope("other")
        currency = self.env["res.currency"].with_context(active_test=False).search([("name", "=", read.currency)])
        return {
            "direction": "in",
            "state": "received",
            "company_id": connection.company_id.id,
            "connection_id": connection.id,
            "provider": connection.provider,
            "message_id": waiting.message_id,
            "kind": read.kind,
            "document_type": waiting.document_type or read.document_type,
            "process": waiting.process or read.process,
            "sender": waiting.sender or read.sender,
            "receiver": waiting.receiver or read.receiver,
            "instance": waiting.instance or read.instance,
            "number": read.number,
            "issue_date": self._as_date(read.issue_date),
            "amount": self._as_amount(read.amount),
            "currency_id": currency.id,
            "sha256": envelope.digest(raw),
        }

    @api.model
    def _as_date(self, text):
        try:
            return fields.Date.to_date(text[:10])
        except ValueError:
            return False

    @api.model
    def _as_amount(self, text):
        try:
            return float(text)
        except ValueError:
            return 0.0
