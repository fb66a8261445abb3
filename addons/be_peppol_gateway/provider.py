# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The self-hosted AS4 gateway over its REST API (version 1): plain Python, no Odoo models."""

from urllib.parse import quote

from odoo.addons.be_peppol_einvoice.providers import contract, errors
from odoo.addons.be_peppol_einvoice.providers.http import Client, field, moment
from odoo.addons.be_peppol_einvoice.transport.identifiers import DocumentType

# ``kind`` of the gateway's problems, and of the reason of a failed message
_KINDS = {
    "receiver_unknown": errors.ReceiverUnknown,
    "document_not_accepted": errors.ReceiverUnknown,
    "invalid": errors.Invalid,
    "too_large": errors.Invalid,
}
_PAGE = 100


class GatewayProvider(contract.Provider):
    """One company at a gateway.

    receiver: the participant whose documents are fetched, for several companies may share a gateway
    """

    name = "gateway"
    confirms = True

    def __init__(self, url, token, receiver, *, timeout=60, page_size=_PAGE):
        self._service = Client(url.rstrip("/"), {}, timeout)
        self._client = Client(f"{url.rstrip('/')}/api/v1", {"Authorization": f"Bearer {token}"}, timeout)
        self._receiver = receiver
        self._page_size = page_size

    def submit(self, document, reservation=""):
        status, answer = self._post(document, document.key)
        message_id = field(answer, "id")
        if status == 200 and document.attempt and answer.get("state") == "failed":
            # again as the same message, which the receiver's access point takes at most once
            self._client.call("POST", f"/outgoing/{quote(message_id, safe='')}/retry", known=(409,))
            return contract.Submitted(message_id)
        if status == 200 and document.attempt and (answer.get("status") or {}).get("code") == "RE":
            # that access point took it, and refused it afterwards: only another message is taken again
            status, answer = self._post(document, f"{document.key}-{document.attempt}")
            message_id = field(answer, "id")
        return contract.Submitted(message_id, duplicate=status == 200)

    def _post(self, document, key):
        """
        :return: (status, answer): 202 for a new message, 200 for one that was submitted under the key before
        """
        status, answer = self._client.call(
            "POST",
            "/outgoing",
            known=(400, 409, 413, 422),
            params={
                "sender": document.sender,
                "receiver": document.receiver,
                # with its scheme, which is another one for PINT
                "document_type": str(DocumentType.addressed(document.document_type)),
                "process": document.process,
            },
            headers={"Idempotency-Key": key, "Content-Type": "application/xml"},
            data=document.xml,
        )
        if status not in (200, 202):
            raise _problem(answer)
        return status, answer

    def respond(self, response, about):
        # an answer is a document like any other: it names by itself what it is about
        return self.submit(response)

    def status(self, message_id):
        _status, answer = self._client.call("GET", f"/outgoing/{quote(message_id, safe='')}")
        state, instance = field(answer, "state"), answer.get("instance") or ""
        reason = answer.get("error") or ""
        if state == "delivered":
            said = answer.get("status") or {}
            return contract.Status(
                contract.DELIVERED,
                instance=instance,
                confirmation=str(said.get("code") or ""),
                confirmation_text=str(said.get("text") or ""),
            )
        if state == "failed":
            kind = _KINDS.get(answer.get("error_kind"), errors.Permanent).kind
            return contract.Status(contract.FAILED, reason, kind, instance)
        return contract.Status(contract.SUBMITTED, reason, instance=instance)

    def inbox(self, cursor=""):
        params = {"after": cursor or "0", "limit": self._page_size, "receiver": self._receiver}
        _status, answer = self._client.call("GET", "/inbox", params=params)
        items = field(answer, "items", list)
        following = answer.get("next")
        last = str(field(items[-1], "seq", int)) if items else cursor
        return contract.Page(tuple(map(_waiting, items)), last, more=following is not None)

    def download(self, waiting):
        _status, body = self._client.call("GET", f"/inbox/{quote(waiting.message_id, safe='')}/envelope", expect=bytes)
        if not body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            raise errors.Temporary("the access point's answer is no XML")
        return body

    def acknowledge(self, message_id):
        self._client.call("POST", f"/inbox/{quote(message_id, safe='')}/acknowledge", expect=None)

    def look_up(self, participant, document_type=""):
        params = {"document_type": str(DocumentType.addressed(document_type))} if document_type else {}
        try:
            _status, answer = self._client.call("GET", f"/lookup/{quote(participant, safe='')}", params=params)
            kind = field(answer, "outcome")
            documents = tuple(field(document, "type") for document in field(answer, "documents", list))
        except errors.ProviderError as error:
            return contract.Lookup(contract.UNKNOWN, error.detail)
        known = (contract.CAN_RECEIVE, contract.OTHER_DOCUMENTS, contract.NOT_REGISTERED)
        return contract.Lookup(kind if kind in known else contract.UNKNOWN, answer.get("message") or "", documents)

    def test_connection(self):
        _status, answer = self._client.call("GET", "/participants")
        participants = tuple(map(str, field(answer, "participants", list)))
        return contract.Account("", participants, receives=self._receiver in participants)

    def identity(self):
        try:
            _status, answer = self._service.call("GET", "/health")
            return field(answer, "party")
        except errors.ProviderError:
            return ""

    def certificate_until(self):
        # a gateway whose certificate has expired is ill, and tells it with that status
        _status, answer = self._service.call("GET", "/health", known=(503,))
        for certificate in field(answer, "certificates", list):
            if certificate.get("name") == "access point":
                return moment(field(certificate, "not_after"))
        return None

    def register(self, participant):
        self._client.call("PUT", f"/participants/{quote(participant, safe='')}", expect=None)

    def deregister(self, participant):
        self._client.call("DELETE", f"/participants/{quote(participant, safe='')}", known=(404,), expect=None)


def _waiting(item):
    return contract.Waiting(
        message_id=field(item, "id"),
        sender=field(item, "sender"),
        receiver=field(item, "receiver"),
        document_type=field(item, "document_type").partition("::")[2],
        process=field(item, "process").partition("::")[2],
        instance=item.get("instance") or "",
        received_at=moment(item.get("received")),
    )


def _problem(answer):
    detail = str(answer.get("detail") or "")
    return _KINDS.get(answer.get("kind"), errors.Permanent)(detail)
