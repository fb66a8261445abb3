# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An access point in memory that keeps the contract, and whose faults can be chosen: for tests of what uses one."""

from dataclasses import replace
from datetime import UTC, datetime

from ..providers import contract, errors
from ..transport.identifiers import INVOICE_RESPONSE
from .provider_suite import RECEIVER, SENDER, STRANGER, Peer, document


class MemoryPeer(Peer):
    def __init__(self, page_size=2):
        self.network, self.messages, self.inbox, self.keys = [], {}, {}, {}
        self.page_size = page_size
        self.calls = 0
        # participants that take answers to their invoices
        self.takes_responses = set()
        self.fault = self.retry_after = None

    def sent(self):
        return self.network

    def finish(self, message_id, state, reason=""):
        self.messages[message_id] = contract.Status(state, reason)

    def confirm(self, message_id, code, text=""):
        known = self.messages[message_id]
        self.messages[message_id] = replace(known, confirmation=code, confirmation_text=text)

    def arrive(self, xml, sender, receiver):
        message_id = f"in-{len(self.inbox) + 1}"
        self.inbox[message_id] = (contract.Waiting(message_id, sender, receiver, received_at=datetime.now(UTC)), xml)
        return message_id

    def meet(self):
        """Raise what the chosen fault means."""
        self.calls += 1
        fault = {
            "temporary": errors.Temporary("busy", self.retry_after),
            "slow": errors.Temporary("no answer in time"),
            "malformed": errors.Temporary("no sense"),
            "unauthorised": errors.Unauthorised("wrong key"),
            "permanent": errors.Permanent("never"),
            "invalid": errors.Invalid("wrong", ["BR-01"]),
        }.get(self.fault)
        if fault:
            raise fault


class MemoryProvider(contract.Provider):
    name = "memory"
    confirms = True

    def __init__(self, peer):
        self._peer = peer
        self._acknowledged = set()

    def submit(self, document, reservation=""):
        self._peer.meet()
        if document.receiver == STRANGER:
            raise errors.ReceiverUnknown(document.receiver)
        known = self._peer.keys.get((document.key, document.attempt))
        if known:
            return contract.Submitted(known, duplicate=True)
        message_id = f"out-{len(self._peer.keys) + 1}"
        self._peer.keys[document.key, document.attempt] = message_id
        self._peer.messages[message_id] = contract.Status(contract.SUBMITTED)
        self._peer.network.append((document.sender, document.receiver, document.xml))
        if self._peer.fault == "lost_answer":
            raise errors.Temporary("the line went dead")
        return contract.Submitted(message_id)

    def respond(self, response, about):
        return self.submit(response)

    def status(self, message_id):
        self._peer.meet()
        return self._peer.messages[message_id]

    def inbox(self, cursor=""):
        self._peer.meet()
        waiting = [item for item, _xml in self._peer.inbox.values() if item.message_id not in self._acknowledged]
        start = int(cursor or 0)
        page = waiting[start : start + self._peer.page_size]
        return contract.Page(tuple(page), str(start + len(page)), more=start + len(page) < len(waiting))

    def download(self, waiting):
        self._peer.meet()
        return self._peer.inbox[waiting.message_id][1]

    def acknowledge(self, message_id):
        self._peer.meet()
        self._acknowledged.add(message_id)

    def look_up(self, participant, document_type=""):
        try:
            self._peer.meet()
        except errors.ProviderError as error:
            return contract.Lookup(contract.UNKNOWN, error.detail)
        if participant in self._peer.takes_responses and document_type == INVOICE_RESPONSE.value:
            return contract.Lookup(contract.CAN_RECEIVE, document_types=(document_type,))
        if participant != RECEIVER:
            return contract.Lookup(contract.NOT_REGISTERED)
        kinds = (document().document_type,)
        return contract.Lookup(
            contract.CAN_RECEIVE if document_type in kinds else contract.OTHER_DOCUMENTS, document_types=kinds
        )

    def test_connection(self):
        self._peer.meet()
        return contract.Account("Memory", (SENDER,), receives=True)
