"""The local service metadata publisher: where a participant receives which documents, in signed answers over HTTPS."""

import asyncio

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from transport.identifiers import PARTICIPANT_SCHEME, DocumentType, InvalidIdentifier, ParticipantId

from .metadata import Publisher, service_group


class MetadataPublisher:
    """The web application ``app``; it answers from the store, and as the drills want."""

    def __init__(self, settings, store, authority, drills):
        self.settings = settings
        self.store = store
        self.drills = drills
        self.publisher = Publisher(authority.pair("smp"))
        self.expired = Publisher(authority.pair("smp-expired"))
        self.other = Publisher(authority.pair("smp-other"))
        self.other_certificate = authority.pair("smp-other").load()
        self.seats = {
            (point.name, expired): authority.pair(point.seat + "-expired" * expired).load()
            for point in settings.access_points
            for expired in (False, True)
        }
        self.app = Starlette(
            routes=[
                Route("/{participant}", self.get_group),
                Route("/{participant}/services/{document_type:path}", self.get_metadata),
                Route("/moved/{hops:int}/{participant}/services/{document_type:path}", self.get_moved_metadata),
            ]
        )

    async def find(self, request):
        """The registration that is asked for, or None."""
        if drill := self.drills.act("slow", "smp"):
            await asyncio.sleep(drill.seconds)
        text = request.path_params["participant"]
        if not text.startswith(f"{PARTICIPANT_SCHEME}::") or self.drills.act("not_registered", "smp"):
            return None
        try:
            return self.store.participant(ParticipantId.parse(text))
        except InvalidIdentifier:
            return None

    async def get_group(self, request):
        participant = await self.find(request)
        if participant is None:
            return PlainTextResponse("This participant is not registered here.", 404)
        return _xml(service_group(participant, self.settings.smp_url))

    async def get_metadata(self, request):
        participant, document_type = await self.find_document(request)
        if participant is None:
            return PlainTextResponse("This participant is not registered here for this document.", 404)
        publisher = self.expired if self.drills.act("expired_certificate", "smp") else self.publisher
        if self.drills.act("redirected_twice", "smp"):
            return self.send_on(participant, document_type, publisher, hops=1)
        if self.drills.act("redirected", "smp"):
            return self.send_on(participant, document_type, publisher, hops=0)
        return self.metadata(participant, document_type, publisher)

    async def get_moved_metadata(self, request):
        """The other publisher, which sends on as often as its address says."""
        participant, document_type = await self.find_document(request)
        if participant is None:
            return PlainTextResponse("This participant is not registered here for this document.", 404)
        if hops := request.path_params["hops"]:
            return self.send_on(participant, document_type, self.other, hops=hops - 1)
        return self.metadata(participant, document_type, self.other)

    async def find_document(self, request):
        """(registration, document type); (None, None) where there is none."""
        participant = await self.find(request)
        document_type = DocumentType.parse(request.path_params["document_type"])
        if participant is None or participant.process_of(document_type) is None:
            return None, None
        return participant, document_type

    def send_on(self, participant, document_type, publisher, *, hops):
        url = f"{self.settings.smp_url}/moved/{hops}/{participant.id.path()}/services/{document_type.path()}"
        return _xml(publisher.signed_redirect(url, self.other_certificate))

    def metadata(self, participant, document_type, publisher):
        point = self.settings.access_point(participant.access_point)
        expired_seat = bool(self.drills.act("expired_certificate", point.name))
        answer = publisher.signed_metadata(participant, document_type, point.url, self.seats[point.name, expired_seat])
        if self.drills.act("bad_signature", "smp"):
            answer = answer.replace(b"Local Peppol network<", b"Another Peppol network<")
        return _xml(answer)


def _xml(content):
    return Response(content, media_type="application/xml")
