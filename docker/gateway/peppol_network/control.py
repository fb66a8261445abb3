"""The local network's own interface, on loopback: who is registered, which drills are on, how its parts are.

Every request but ``GET /health`` carries the token of ``connection.json`` (``Authorization: Bearer …``).
"""

import hmac
import json

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Route
from transport.identifiers import PROCESSES, DocumentType, InvalidIdentifier, ParticipantId

from .drills import InvalidDrill
from .store import DEFAULT_DOCUMENTS, Participant

#: A registration of thousands of participants fits.
LONGEST_BODY = 8 << 20


class Control:
    """The web application ``app``.

    gateways: None where the network has none; health: awaited, it gives the state of the parts as JSON values.
    """

    def __init__(self, token, settings, store, drills, gateways, health):
        self.token = token
        self.settings = settings
        self.store = store
        self.drills = drills
        self.gateways = gateways
        self.health = health
        self.app = Starlette(
            routes=[
                Route("/health", self.get_health),
                Route("/participants", self.get_participants),
                Route("/participants", self.register, methods=["POST"]),
                Route("/participants/{participant}", self.unregister, methods=["DELETE"]),
                Route("/drills", self.get_drills),
                Route("/drills", self.switch_all_off, methods=["DELETE"]),
                Route("/drills/{name}/{target}", self.switch_on, methods=["PUT"]),
                Route("/drills/{name}/{target}", self.switch_off, methods=["DELETE"]),
                Route("/events", self.get_events),
            ],
            exception_handlers={HTTPException: _error},
        )

    def check(self, request):
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self.token}".encode()):
            raise HTTPException(401, "The token is missing or wrong.")

    async def body(self, request):
        """The JSON object that was sent; an empty one where nothing was."""
        content = b""
        async for chunk in request.stream():
            content += chunk
            if len(content) > LONGEST_BODY:
                raise HTTPException(413, "That is too much at once.")
        try:
            values = json.loads(content or b"{}")
        except ValueError:
            values = None
        if not isinstance(values, dict):
            raise HTTPException(400, "The body is no JSON object.")
        return values

    async def get_health(self, _request):
        health = await self.health()
        return JSONResponse(health, 200 if health["healthy"] else 503)

    async def get_participants(self, request):
        self.check(request)
        return JSONResponse(
            {
                "participants": [
                    {
                        "id": str(one.id),
                        "access_point": one.access_point,
                        "documents": [[str(kind), process] for kind, process in one.documents],
                    }
                    for one in self.store.participants()
                ]
            }
        )

    async def register(self, request):
        """``{"participants": [{"id", "access_point", "documents"?: [document type or [document type, process]]}]}``."""
        self.check(request)
        values = (await self.body(request)).get("participants")
        if not isinstance(values, list):
            raise HTTPException(400, "The body has no list “participants”.")
        participants = [self.participant(value) for value in values]
        self.store.register(participants)
        if self.gateways:
            await self.gateways.serve(participants)
        return JSONResponse({"registered": len(participants)})

    def participant(self, values):
        try:
            participant = ParticipantId.parse(values["id"])
            access_point = values["access_point"]
            documents = DEFAULT_DOCUMENTS
            if values.get("documents") is not None:
                documents = tuple(_document(document) for document in values["documents"])
        except InvalidIdentifier as error:
            raise HTTPException(400, str(error)) from None
        except (KeyError, TypeError, AttributeError):
            raise HTTPException(400, "A participant has “id”, “access_point” and perhaps “documents”.") from None
        if self.settings.access_point(access_point) is None:
            raise HTTPException(400, f"There is no access point “{access_point}”.")
        return Participant(participant, access_point, documents)

    async def unregister(self, request):
        self.check(request)
        try:
            participant = ParticipantId.parse(request.path_params["participant"])
        except InvalidIdentifier as error:
            raise HTTPException(400, str(error)) from None
        if not self.store.unregister(participant):
            raise HTTPException(404, f"{participant} is not registered.")
        if self.gateways:
            await self.gateways.serve([Participant(participant, None, ())])
        return JSONResponse({"unregistered": str(participant)})

    async def get_drills(self, request):
        self.check(request)
        return JSONResponse({"drills": self.drills.overview()})

    async def switch_on(self, request):
        """``{"seconds"?: number, "times"?: whole number}``."""
        self.check(request)
        values = await self.body(request)
        seconds, times = values.get("seconds"), values.get("times")
        if not _is_number(seconds, (int, float)) or not _is_number(times, int):
            raise HTTPException(400, "“seconds” is a number and “times” a whole number.")
        try:
            await self.drills.switch_on(**_place(request), seconds=seconds, times=times)
        except InvalidDrill as error:
            raise HTTPException(400, str(error)) from None
        return JSONResponse({"drills": self.drills.overview()})

    async def switch_off(self, request):
        self.check(request)
        await self.drills.switch_off(**_place(request))
        return JSONResponse({"drills": self.drills.overview()})

    async def switch_all_off(self, request):
        self.check(request)
        await self.drills.switch_off()
        return JSONResponse({"drills": self.drills.overview()})

    async def get_events(self, request):
        """What drills did; ``?after=`` the id of the last event that is known already."""
        self.check(request)
        after = request.query_params.get("after", "0")
        if not after.isdecimal():
            raise HTTPException(400, "“after” is the id of an event.")
        return JSONResponse({"events": self.store.events(int(after))})


def _document(value):
    """A pair of document type and process; of a type that is known its process need not be given."""
    kind, process = (value, None) if isinstance(value, str) else value
    document_type = DocumentType.parse(kind)
    process = process or PROCESSES.get(document_type)
    if not process:
        raise HTTPException(400, f"The process of the document type {document_type} is missing.")
    return document_type, process


def _is_number(value, kinds):
    return value is None or (isinstance(value, kinds) and not isinstance(value, bool))


def _place(request):
    return {"name": request.path_params["name"], "target": request.path_params["target"]}


async def _error(_request, error):
    return JSONResponse({"error": error.detail}, error.status_code)
