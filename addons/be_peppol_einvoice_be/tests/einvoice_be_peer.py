# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An e-invoice.be without a network behind it, that behaves as its OpenAPI description says."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

from odoo.addons.be_peppol_einvoice.providers import contract
from odoo.addons.be_peppol_einvoice.tests.provider_http import Answer, HttpPeer
from odoo.addons.be_peppol_einvoice.tests.provider_suite import SENDER, STRANGER, document

SENT_STATES = {contract.DELIVERED: "SENT", contract.FAILED: "FAILED"}


class EInvoiceBePeer(HttpPeer):
    fault_statuses = {"permanent": 404, "invalid": 415}

    def __init__(self):
        super().__init__()
        self.documents, self.network = {}, []
        self.log = []  # (method, path, query, headers, body, status, value) of each call

    # the suite's levers

    def sent(self):
        return self.network

    def finish(self, message_id, state, reason=""):
        self.documents[message_id].update(state=SENT_STATES[state], reason=reason)

    def arrive(self, xml, sender, receiver):
        return self._make("INBOUND", "RECEIVED", xml)

    def _make(self, direction, state, xml):
        identifier = f"doc_{len(self.documents) + 1}"
        self.documents[identifier] = {
            "id": identifier,
            "direction": direction,
            "state": state,
            "xml": xml,
            "created_at": datetime.now(UTC).isoformat(),
        }
        return identifier

    # the API

    def check(self, headers):
        if "Authorization" in headers or self.fault == "temporary":
            return super().check(headers)
        return None

    def answer(self, method, path, query, headers, body):
        parts = path.strip("/").split("/")
        try:
            if parts[0] == "signed":
                assert "Authorization" not in headers, "the key belongs to nobody but e-invoice.be"
                raise Answer(200, self.documents[parts[1]]["xml"])
            assert headers["Authorization"], "each call shows the key"
            call = getattr(self, "_".join(("", method.lower(), parts[1], parts[-1] if len(parts) > 3 else "")), None)
            if parts[1] == "documents" and parts[-1] == "ubl" and method == "POST":
                call = self._create
            if call is None:
                raise Answer(404, {"detail": "Not Found"})
            call(parts[2:], query, headers, body)
        except Answer as answer:
            self.log.append((method, path, query, headers, body, answer.status, answer.value))
            raise

    def _create(self, _rest, _query, headers, body):
        head = f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode()
        (part,) = message_from_bytes(head + body, policy=policy.HTTP).iter_parts()
        assert part.get_param("name", header="content-disposition") == "file"
        raise Answer(201, self._shown(self._make("OUTBOUND", "DRAFT", part.get_payload(decode=True))))

    def _post_documents_send(self, rest, query, _headers, _body):
        made = self._known(rest[0])
        if made["state"] != "DRAFT":
            raise Answer(405, {"detail": "Document is not in draft state"})
        made["state"] = "TRANSIT"
        addresses = [f"{query[f'{who}_peppol_scheme']}:{query[f'{who}_peppol_id']}" for who in ("sender", "receiver")]
        self.network.append((*addresses, made["xml"]))
        raise Answer(200, self._shown(rest[0]))

    def _get_documents_(self, rest, _query, _headers, _body):
        self._known(rest[0])
        raise Answer(200, self._shown(rest[0]))

    def _get_documents_timeline(self, rest, _query, _headers, _body):
        made = self._known(rest[0])
        events = [{"event_type": "document_created", "timestamp": made["created_at"]}]
        if made["state"] == "FAILED":
            details = {"message": made["reason"]}
            events.append({"event_type": "send_failed", "timestamp": made["created_at"], "details": details})
        raise Answer(200, {"document_id": rest[0], "events": events})

    def _get_documents_ubl(self, rest, _query, _headers, _body):
        self._known(rest[0])
        url = f"{self.url}/signed/{rest[0]}"
        raise Answer(200, {"id": rest[0], "file_name": f"{rest[0]}.xml", "signed_url": url})

    def _get_inbox_(self, _rest, query, _headers, _body):
        assert (query["sort_by"], query["sort_order"]) == ("created_at", "asc")
        page, size = int(query["page"]), int(query["page_size"])
        listed = [name for name, made in self.documents.items() if made["direction"] == "INBOUND"]
        pages = -(-len(listed) // size)
        value = {
            "items": [self._shown(name) for name in listed[(page - 1) * size : page * size]],
            "total": len(listed),
            "page": page,
            "page_size": size,
            "pages": pages,
            "has_next_page": page < pages,
        }
        raise Answer(200, value)

    def _get_validate_(self, _rest, query, _headers, _body):
        there = query["peppol_id"] != STRANGER
        value = {
            "is_valid": there,
            "dns_valid": there,
            "business_card_valid": False,
            "business_card": None,
            "supported_document_types": [f"busdox-docid-qns::{document().document_type}"] if there else [],
        }
        raise Answer(200, value)

    def _get_me_(self, _rest, _query, _headers, _body):
        raise Answer(200, {"name": "Fa. Test", "peppol_ids": [SENDER], "smp_registration": True})

    def _known(self, identifier):
        if identifier not in self.documents:
            raise Answer(404, {"detail": "Document not found"})
        return self.documents[identifier]

    def _shown(self, identifier):
        made = self.documents[identifier]
        return {name: made[name] for name in ("id", "created_at", "state", "direction")}
