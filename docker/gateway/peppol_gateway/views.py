"""What the REST API answers, as models: they are also its OpenAPI description."""

from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, Field

State = Literal["accepted", "sending", "retrying", "delivered", "failed"]


class Problem(BaseModel):
    """Every error. ``kind`` says what to do; ``detail`` is for people."""

    kind: Literal[
        "invalid", "unauthorised", "not_found", "conflict", "too_large", "busy", "temporary", "permanent",
        "receiver_unknown", "document_not_accepted",
    ]  # fmt: skip
    detail: str


class Wishes(BaseModel):
    """How a document is to be sent, where it does not say so itself, or other than it says."""

    sender: str | None = Field(None, description="0208:…; default: the document's (BT-34)")
    receiver: str | None = Field(None, description="default: the document's (BT-49)")
    document_type: str | None = Field(None, description="[scheme::]value; default: from BT-24")
    process: str | None = Field(None, description="[scheme::]value; default: BT-23")
    country: str | None = Field(None, description="Of the sender (ISO 3166-1); default: the document's")
    mls_to: str | None = Field(None, description="Who gets the message level status; default: this gateway")
    mls_type: Literal["ALWAYS_SEND", "FAILURE_ONLY"] | None = None


class Event(BaseModel):
    at: datetime
    state: str
    text: str


class Status(BaseModel):
    """A message level status (or response) from the receiver's access point."""

    code: Literal["AP", "AB", "RE"] = Field(description="AP: handed over, AB: accepted, RE: rejected")
    text: str
    at: datetime


class Outgoing(BaseModel):
    """A message on its way out."""

    id: str
    seq: int = Field(description="Position in the list; pass the last one as “after” for the next page")
    kind: Literal["document", "status"]
    state: State = Field(description="delivered and failed are final")
    created: datetime
    finished: datetime | None
    sender: str
    receiver: str
    document_type: str
    process: str
    instance: str = Field(description="InstanceIdentifier of the envelope (SBDH)")
    message_id: str = Field(description="MessageId of the AS4 message; the same for each attempt")
    idempotency_key: str | None
    attempts: int
    next_attempt: datetime | None
    delivered_to: str | None = Field(description="Identifier of the receiving access point")
    error_kind: (
        Literal["temporary", "permanent", "receiver_unknown", "document_not_accepted", "busy", "invalid"] | None
    ) = Field(description="Why it failed, or why the last attempt did not succeed")
    error: str | None
    status: Status | None


class OutgoingWithHistory(Outgoing):
    history: list[Event]


class OutgoingPage(BaseModel):
    items: list[Outgoing]
    next: int | None = Field(description="Pass as “after” for the next page; null on the last page")


class Incoming(BaseModel):
    """A message that came in."""

    id: str
    seq: int
    received: datetime
    from_party: str = Field(description="Identifier of the sending access point, from its certificate")
    sender: str
    receiver: str
    document_type: str
    process: str
    country: str | None
    instance: str = Field(description="InstanceIdentifier of the envelope (SBDH)")
    size: int | None = Field(description="Of the envelope in bytes; null once the document is no longer kept")
    acknowledged: datetime | None
    verdict: Literal["RE"] | None
    verdict_text: str | None


class IncomingWithHistory(Incoming):
    history: list[Event]


class IncomingPage(BaseModel):
    items: list[Incoming]
    next: int | None


class Refusal(BaseModel):
    """Why a document cannot be used; its sender's access point is told (message level status RE)."""

    reason: Literal["BV", "SV", "FD"] = Field(description="BV: business rule, SV: syntax, FD: cannot be handed over")
    text: str = Field(min_length=1, max_length=1000)


class Acknowledged(BaseModel):
    id: str
    first: bool = Field(description="False if it was done before: the call changes nothing then")


class Endpoint(BaseModel):
    transport: str
    url: str
    active_from: datetime | None
    active_until: datetime | None


class Document(BaseModel):
    name: str
    scheme: str
    type: str
    process: str
    endpoints: list[Endpoint]


class Lookup(BaseModel):
    """What the network says of a participant."""

    participant: str
    outcome: Literal["can_receive", "other_documents", "not_registered", "unknown"]
    reason: str
    message: str
    detail: str
    dns_name: str
    smp: str
    documents: list[Document]


class Participants(BaseModel):
    participants: list[str]


class Certificate(BaseModel):
    name: str
    subject: str
    not_before: datetime
    not_after: datetime
    state: Literal["ok", "soon", "expired", "not_yet", "missing"]


class Health(BaseModel):
    healthy: bool
    party: str = Field(description="This access point's identifier")
    version: str
    checks: dict[str, bool]
    certificates: list[Certificate]


def outgoing(row):
    """An outgoing row as the API shows it."""
    status = None
    if row["status_code"]:
        status = Status(code=row["status_code"], text=row["status_text"] or "", at=moment(row["status_at"]))
    names = "id seq kind state sender receiver document_type process instance message_id idempotency_key attempts"
    return {name: row[name] for name in f"{names} delivered_to error_kind error".split()} | {
        "created": moment(row["created"]),
        "finished": moment(row["finished"]),
        "next_attempt": moment(row["next_at"]) if row["state"] == "retrying" else None,
        "status": status,
    }


def incoming(row):
    """An incoming row as the API shows it."""
    names = "id seq from_party sender receiver document_type process country instance size verdict verdict_text"
    return {name: row[name] for name in names.split()} | {
        "received": moment(row["received"]),
        "acknowledged": moment(row["acknowledged"]),
    }


def history(rows):
    return [Event(at=moment(row["at"]), state=row["state"], text=row["text"]) for row in rows]


def moment(at):
    """A stored time (seconds) in UTC, or None."""
    return datetime.fromtimestamp(at, UTC) if at is not None else None
