"""The REST API: what a client such as Odoo's connector calls."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Security
from fastapi.responses import Response, StreamingResponse
from fastapi.security import APIKeyHeader

from . import identifiers, views
from .endpoints import KEY_LENGTH
from .errors import Invalid, NotFound, Temporary
from .identifiers import DOCUMENT_SCHEME, PROCESS_SCHEME, Qualified
from .keys import utc_now
from .spool import chunks_of

_authorization = APIKeyHeader(name="Authorization", description="Bearer <token>", auto_error=False)


# a coroutine, although it waits for nothing: others are run in a thread, which takes longer than the check
async def authorise(request: Request, header: Annotated[str | None, Security(_authorization)]):
    request.app.state.service.authorise(header)


AUTHORISED = [Depends(authorise)]
_ERRORS = {
    code: {"model": views.Problem, "description": text}
    for code, text in ((400, "Invalid request"), (401, "No valid token"), (404, "Unknown"), (503, "Come back later"))
}
router = APIRouter(prefix="/api/v1", dependencies=AUTHORISED, responses=_ERRORS)
XML = {"requestBody": {"required": True, "content": {"application/xml": {"schema": {"type": "string"}}}}}
XML_ANSWER = {200: {"content": {"application/xml": {"schema": {"type": "string"}}}, "description": "The document"}}
After = Annotated[int, Query(ge=0, description="Give what comes behind this sequence number")]
Limit = Annotated[int, Query(ge=1, le=500)]


@router.post(
    "/outgoing",
    status_code=202,
    response_model=views.Outgoing,
    tags=["outgoing"],
    openapi_extra=XML,
    responses={
        200: {"model": views.Outgoing, "description": "Accepted before under the same idempotency key"},
        409: {"model": views.Problem, "description": "The idempotency key was used for another document"},
        413: {"model": views.Problem, "description": "The document is too large"},
    },
)
async def submit(
    request: Request,
    _wishes: Annotated[views.Wishes, Query()],
    idempotency_key: Annotated[str | None, Header(max_length=KEY_LENGTH)] = None,
):
    """Submit a document (raw XML) for sending. It is on disk when this answers; sending goes on by itself.

    With an Idempotency-Key, submitting the same document again gives the message accepted first.
    """
    return await request.app.state.endpoints.submit(request)


@router.get("/outgoing", response_model=views.OutgoingPage, tags=["outgoing"])
def list_outgoing(
    request: Request,
    after: After = 0,
    limit: Limit = 100,
    state: views.State | None = None,
    instance: Annotated[str | None, Query(description="InstanceIdentifier of the envelope (SBDH)")] = None,
):
    """Outgoing messages in order of acceptance."""
    rows = request.app.state.service.outbox.page(after=after, limit=limit, state=state, instance=instance)
    return {"items": [views.outgoing(row) for row in rows], "next": _next(rows, limit)}


@router.get("/outgoing/{id}", response_model=views.OutgoingWithHistory, tags=["outgoing"])
def get_outgoing(request: Request, id: str):
    """A message with its history."""
    service = request.app.state.service
    row = service.outbox.get(id)
    return views.outgoing(row) | {"history": views.history(service.store.history(id))}


@router.get("/outgoing/{id}/document", response_class=Response, responses=XML_ANSWER, tags=["outgoing"])
def get_outgoing_document(request: Request, id: str):
    """The document as it was submitted."""
    service = request.app.state.service
    key = service.outbox.get(id)["document"]
    if key is None:
        raise NotFound("The document is no longer kept.")
    return _stream(service.store.open(key), chunks_of)


@router.get("/outgoing/{id}/receipt", response_class=Response, responses=XML_ANSWER, tags=["outgoing"])
def get_receipt(request: Request, id: str):
    """The receiving access point's signed receipt (the ebMS signal as it came): the proof of delivery."""
    receipt = request.app.state.service.outbox.get(id)["receipt"]
    if receipt is None:
        raise NotFound("The message is not delivered: there is no receipt.")
    return Response(receipt, media_type="application/xml")


@router.post(
    "/outgoing/{id}/retry",
    response_model=views.Outgoing,
    tags=["outgoing"],
    responses={409: {"model": views.Problem, "description": "It has not failed"}},
)
def retry(request: Request, id: str):
    """Send a failed message again, as the same message: it cannot arrive twice."""
    service = request.app.state.service
    service.outbox.again(id, utc_now().timestamp())
    service.workers.bell.ring()
    return views.outgoing(service.outbox.get(id))


@router.get("/inbox", response_model=views.IncomingPage, tags=["inbox"])
def list_inbox(
    request: Request,
    after: After = 0,
    limit: Limit = 100,
    all: Annotated[bool, Query(description="Also those that were acknowledged")] = False,
    receiver: Annotated[str | None, Query(description="Only this participant's")] = None,
):
    """Documents that came in and are not acknowledged, in order of arrival."""
    rows = request.app.state.service.inbox.page(
        after=after, limit=limit, everything=all, receiver=_participant(receiver) if receiver else None
    )
    return {"items": [views.incoming(row) for row in rows], "next": _next(rows, limit)}


@router.get("/inbox/{id}", response_model=views.IncomingWithHistory, tags=["inbox"])
def get_incoming(request: Request, id: str):
    """A message with its history."""
    service = request.app.state.service
    return views.incoming(service.inbox.get(id)) | {"history": views.history(service.store.history(id))}


@router.get("/inbox/{id}/document", response_class=Response, responses=XML_ANSWER, tags=["inbox"])
def get_incoming_document(request: Request, id: str):
    """The business document, byte by byte as its sender's access point put it into the envelope."""
    inbox = request.app.state.service.inbox
    row = inbox.get(id)
    return _stream(inbox.envelope(row), inbox.layout(row).chunks)


@router.get("/inbox/{id}/envelope", response_class=Response, responses=XML_ANSWER, tags=["inbox"])
def get_incoming_envelope(request: Request, id: str):
    """The envelope (SBDH and document) as it was signed by the sending access point."""
    inbox = request.app.state.service.inbox
    return _stream(inbox.envelope(inbox.get(id)), chunks_of)


@router.post("/inbox/{id}/acknowledge", response_model=views.Acknowledged, tags=["inbox"])
def acknowledge(request: Request, id: str):
    """The client has stored the document: it is no longer listed. May be repeated."""
    return {"id": id, "first": request.app.state.service.inbox.acknowledge(id, utc_now().timestamp())}


@router.post(
    "/inbox/{id}/refuse",
    max_body_size=1 << 16,
    response_model=views.Acknowledged,
    tags=["inbox"],
    responses={409: {"model": views.Problem, "description": "It was acknowledged before"}},
)
def refuse(request: Request, id: str, refusal: views.Refusal):
    """The document cannot be used: acknowledge it, and tell its sender's access point why."""
    inbox = request.app.state.service.inbox
    return {"id": id, "first": inbox.refuse(id, refusal.reason, refusal.text, utc_now().timestamp())}


@router.get("/lookup/{participant}", response_model=views.Lookup, tags=["network"])
def lookup(
    request: Request,
    participant: str,
    document_type: Annotated[str | None, Query(description="[scheme::]value; default: any")] = None,
    process: Annotated[str | None, Query(description="[scheme::]value")] = None,
):
    """What the network says of a participant. “unknown” means that nobody answered, not that it is not registered."""
    outcome = request.app.state.service.directory.look_up(
        _participant(participant),
        Qualified.parse(document_type, DOCUMENT_SCHEME) if document_type else None,
        Qualified.parse(process, PROCESS_SCHEME) if process else None,
        utc_now(),
    )
    if outcome is None:
        raise Temporary("This gateway has no network to look participants up in.")
    return outcome.as_dict()


@router.get("/participants", response_model=views.Participants, tags=["network"])
def list_participants(request: Request):
    """The participants that this gateway receives for."""
    return {"participants": request.app.state.service.store.participants()}


@router.put("/participants/{participant}", status_code=204, tags=["network"])
def add_participant(request: Request, participant: str):
    """Receive for a participant from now on. Registering it in an SMP is not done here."""
    request.app.state.service.store.serve(_participant(participant), utc_now().timestamp())
    return Response(status_code=204)


@router.delete("/participants/{participant}", status_code=204, tags=["network"])
def remove_participant(request: Request, participant: str):
    """No longer receive for a participant; messages to it are answered PEPPOL:NOT_SERVICED."""
    if not request.app.state.service.store.leave(_participant(participant)):
        raise NotFound("This participant is not served here.")
    return Response(status_code=204)


def _participant(text):
    try:
        return identifiers.participant(text)
    except ValueError as error:
        raise Invalid(str(error)) from None


def _next(rows, limit):
    return rows[-1]["seq"] if len(rows) == limit else None


def _stream(file, chunks):
    def pieces():
        with file:
            yield from chunks(file)

    return StreamingResponse(pieces(), media_type="application/xml")
