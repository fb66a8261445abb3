# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""e-invoice.be over its published REST API (OpenAPI description 1.1.0): plain Python, no Odoo models.

The API knows no idempotency key. A document is first made as a draft (the reservation), which reaches nobody; sending a
draft that has been sent already is refused with 405, so that a repetition sends nothing twice.
"""

from urllib.parse import quote

from odoo.addons.be_peppol_einvoice.providers import contract, errors
from odoo.addons.be_peppol_einvoice.providers.http import Client, field, moment
from odoo.addons.be_peppol_einvoice.transport.identifiers import DocumentType

PRODUCTION = "https://api.e-invoice.be"
_PAGE = 100  # the most that the API gives
_FAILURES = ("send_failed", "mlr_received")


class EInvoiceBeProvider(contract.Provider):
    name = "einvoice_be"
    # documents stay listed for ever, and there is no acknowledgement
    inbox_remembers = False
    reserves = True

    def __init__(self, token, url=PRODUCTION, *, timeout=60, page_size=_PAGE):
        self._client = Client(url, {"Authorization": f"Bearer {token}"}, timeout)
        self._page_size = page_size

    # sending

    def reserve(self, document):
        if self.look_up(document.receiver).kind == contract.NOT_REGISTERED:
            raise errors.ReceiverUnknown(document.receiver)
        _status, answer = self._client.call(
            "POST", "/api/documents/ubl", files={"file": (document.name, document.xml, "application/xml")}
        )
        return field(answer, "id")

    def submit(self, document, reservation=""):
        # the API would take the receiver from the tax numbers of the document, not from its Peppol address
        sender_scheme, _colon, sender = document.sender.partition(":")
        receiver_scheme, _colon, receiver = document.receiver.partition(":")
        status, answer = self._client.call(
            "POST",
            f"/api/documents/{quote(reservation, safe='')}/send",
            known=(400, 405, 406, 409),
            params={
                "sender_peppol_scheme": sender_scheme,
                "sender_peppol_id": sender,
                "receiver_peppol_scheme": receiver_scheme,
                "receiver_peppol_id": receiver,
            },
        )
        detail = str(answer.get("detail") or "")
        if status == 405:
            # no draft any more: it was sent before
            return contract.Submitted(reservation, duplicate=True)
        if status == 400:
            # “not validated yet”: e-invoice.be is still busy with it
            raise errors.Temporary(detail)
        if status == 406:
            raise errors.Invalid(detail)
        if status == 409:
            raise errors.Unauthorised(detail)
        return contract.Submitted(field(answer, "id"))

    def status(self, message_id):
        path = f"/api/documents/{quote(message_id, safe='')}"
        _status, answer = self._client.call("GET", path)
        state = field(answer, "state")
        if state == "SENT":
            return contract.Status(contract.DELIVERED)
        if state == "FAILED":
            return contract.Status(contract.FAILED, self._failure(path))
        return contract.Status(contract.SUBMITTED)

    def _failure(self, path):
        """Why a document failed, as its timeline says; that it failed is known without it."""
        try:
            _status, answer = self._client.call("GET", f"{path}/timeline")
            events = [event for event in field(answer, "events", list) if event.get("event_type") in _FAILURES]
            details = [event.get("details") or {} for event in events]
        except (errors.ProviderError, AttributeError):
            return ""
        return "\n".join(f"{name}: {value}" for detail in details for name, value in detail.items())

    # receiving

    def inbox(self, cursor=""):
        page = int(cursor) if cursor.isdigit() and int(cursor) else 1
        _status, answer = self._client.call(
            "GET",
            "/api/inbox/",
            params={"page": page, "page_size": self._page_size, "sort_by": "created_at", "sort_order": "asc"},
        )
        items = tuple(
            contract.Waiting(field(item, "id"), received_at=moment(item.get("created_at")))
            for item in field(answer, "items", list)
        )
        if field(answer, "has_next_page", bool):
            return contract.Page(items, str(page + 1), more=True)
        # documents can be deleted there, which moves those behind them forward: the next run begins a page earlier, and
        # at the start where so many are gone that the page is beyond the end
        return contract.Page(items, str(max(1, page - 1)) if items else "1")

    def download(self, waiting):
        _status, answer = self._client.call("GET", f"/api/documents/{quote(waiting.message_id, safe='')}/ubl")
        return self._client.download(field(answer, "signed_url"))

    # the network and the account

    def look_up(self, participant, document_type=""):
        try:
            _status, answer = self._client.call("GET", "/api/validate/peppol-id", params={"peppol_id": participant})
            found = field(answer, "dns_valid", bool)
            kinds = tuple(map(str, answer.get("supported_document_types") or ()))
        except errors.ProviderError as error:
            return contract.Lookup(contract.UNKNOWN, error.detail)
        if not found:
            return contract.Lookup(contract.NOT_REGISTERED)
        if not kinds:
            return contract.Lookup(contract.UNKNOWN)
        wanted = DocumentType.addressed(document_type)
        fits = any(document_type in kind or DocumentType.parse(kind).accepts(wanted) for kind in kinds)
        return contract.Lookup(contract.CAN_RECEIVE if fits else contract.OTHER_DOCUMENTS, document_types=kinds)

    def test_connection(self):
        _status, answer = self._client.call("GET", "/api/me/")
        participants = tuple(map(str, answer.get("peppol_ids") or ()))
        return contract.Account(field(answer, "name"), participants, receives=bool(answer.get("smp_registration")))
