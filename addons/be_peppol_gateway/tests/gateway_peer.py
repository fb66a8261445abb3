# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A gateway without a network behind it, that answers as the gateway's API description says."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

from odoo.addons.be_peppol_einvoice.providers import contract
from odoo.addons.be_peppol_einvoice.tests.provider_http import Answer, HttpPeer
from odoo.addons.be_peppol_einvoice.tests.provider_suite import RECEIVER, SENDER, STRANGER, document
from odoo.addons.be_peppol_einvoice.transport.identifiers import EXACT

STATES = {contract.DELIVERED: "delivered", contract.FAILED: "failed"}


class GatewayPeer(HttpPeer):
    fault_statuses = {"permanent": 409, "invalid": 400}
    open_paths = ("/health",)

    def __init__(self):
        super().__init__()
        self.outgoing, self.incoming, self.network = {}, {}, []
        self.served = {SENDER}
        self.certificate_end = datetime.now(UTC) + timedelta(days=365)

    # the suite's levers

    def sent(self):
        return self.network

    def finish(self, message_id, state, reason=""):
        kind = "permanent" if state == contract.FAILED else None
        self.outgoing[message_id].update(state=STATES[state], error=reason, error_kind=kind)

    def confirm(self, message_id, code, text=""):
        self.outgoing[message_id]["status"] = {"code": code, "text": text, "at": datetime.now(UTC).isoformat()}

    def arrive(self, xml, sender, receiver):
        seq = len(self.incoming) + 1
        self.incoming[f"in-{seq}"] = (
            {
                "id": f"in-{seq}",
                "seq": seq,
                "received": datetime.now(UTC).isoformat(),
                "from_party": "PBE000001",
                "sender": sender,
                "receiver": receiver,
                "document_type": f"busdox-docid-qns::{document().document_type}",
                "process": f"cenbii-procid-ubl::{document().process}",
                "country": "BE",
                "instance": f"instance-{seq}",
                "size": len(xml),
                "acknowledged": None,
                "verdict": None,
                "verdict_text": None,
            },
            xml,
        )
        return f"in-{seq}"

    # the API

    def answer(self, method, path, query, headers, body):
        if (method, path) == ("GET", "/health"):
            raise self._health()
        parts = [unquote(part) for part in path.removeprefix("/api/v1/").split("/")]
        call = getattr(self, f"_{method.lower()}_{parts[0]}", None)
        if not path.startswith("/api/v1/") or not call:
            raise Answer(404, {"kind": "not_found", "detail": path})
        call(parts[1:], query, headers, body)

    def _health(self):
        well = self.certificate_end > datetime.now(UTC)
        own = {
            "name": "access point",
            "not_after": self.certificate_end.isoformat(),
            "state": "ok" if well else "expired",
        }
        return Answer(200 if well else 503, {"healthy": well, "party": "PBE000001", "certificates": [own]})

    def _post_outgoing(self, rest, query, headers, body):
        if len(rest) == 2 and rest[1] == "retry":
            message = self.outgoing[rest[0]]
            if message["state"] != "failed":
                raise Answer(409, {"kind": "conflict", "detail": "It has not failed"})
            message["state"] = "accepted"
            raise Answer(200, message)
        key = headers["Idempotency-Key"]
        for message in self.outgoing.values():
            if message["idempotency_key"] == key:
                raise Answer(200, message)
        if query["receiver"] == STRANGER:
            raise Answer(422, {"kind": "receiver_unknown", "detail": "not registered"})
        message_id = f"out-{len(self.outgoing) + 1}"
        self.outgoing[message_id] = {
            "id": message_id,
            "seq": len(self.outgoing) + 1,
            "kind": "document",
            "state": "accepted",
            "created": datetime.now(UTC).isoformat(),
            "finished": None,
            "instance": f"sbdh-{message_id}",
            "message_id": f"{message_id}@gateway",
            "idempotency_key": key,
            "attempts": 0,
            "next_attempt": None,
            "delivered_to": None,
            "error_kind": None,
            "error": None,
            "status": None,
            **{name: query[name] for name in ("sender", "receiver", "document_type", "process")},
        }
        self.network.append((query["sender"], query["receiver"], body))
        raise Answer(202, self.outgoing[message_id])

    def _get_outgoing(self, rest, _query, _headers, _body):
        if rest[0] not in self.outgoing:
            raise Answer(404, {"kind": "not_found", "detail": "There is no such message."})
        raise Answer(200, self.outgoing[rest[0]] | {"history": []})

    def _get_inbox(self, rest, query, _headers, _body):
        if len(rest) == 2:
            raise Answer(200, self.incoming[rest[0]][1])
        limit = int(query["limit"])
        rows = [
            row
            for row, _xml in self.incoming.values()
            if row["seq"] > int(query["after"]) and not row["acknowledged"] and row["receiver"] == query["receiver"]
        ][:limit]
        raise Answer(200, {"items": rows, "next": rows[-1]["seq"] if len(rows) == limit else None})

    def _post_inbox(self, rest, _query, _headers, _body):
        row = self.incoming[rest[0]][0]
        first = not row["acknowledged"]
        row["acknowledged"] = row["acknowledged"] or datetime.now(UTC).isoformat()
        raise Answer(200, {"id": rest[0], "first": first})

    def _get_lookup(self, rest, query, _headers, _body):
        kind = document().document_type
        outcome = "not_registered"
        if rest[0] == RECEIVER:
            wanted = query.get("document_type")
            outcome = "can_receive" if wanted in (f"{EXACT}::{kind}", None) else "other_documents"
        documents = [{"name": "Invoice", "scheme": "busdox-docid-qns", "type": kind, "process": "", "endpoints": []}]
        raise Answer(200, {"outcome": outcome, "message": "", "documents": documents if rest[0] == RECEIVER else []})

    def _get_participants(self, _rest, _query, _headers, _body):
        raise Answer(200, {"participants": sorted(self.served)})

    def _put_participants(self, rest, _query, _headers, _body):
        self.served.add(rest[0])
        raise Answer(204)

    def _delete_participants(self, rest, _query, _headers, _body):
        if rest[0] not in self.served:
            raise Answer(404, {"kind": "not_found", "detail": "not served"})
        self.served.remove(rest[0])
        raise Answer(204)
