"""Two gateways for tests, and the documents that they exchange."""

import asyncio

import httpx
from peppol_gateway import config, posting
from peppol_gateway.app import create_app
from peppol_gateway.keys import utc_now
from peppol_gateway.service import Service
from peppol_gateway.workers import Alive, Workers

ALICE, BOB = "0208:0477472701", "0208:0403170701"
SEATS = {ALICE: "POP000901", BOB: "POP000902"}
TOKEN = "a token of the tests, long enough"
INVOICE_TYPE = (
    "busdox-docid-qns::urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice"
    "##urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0::2.1"
)
BILLING = "cenbii-procid-ubl::urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"


def invoice(number="F/1", sender=ALICE, receiver=BOB, filling=b""):
    """An invoice as far as an access point looks into it, as bytes."""

    def party(name, participant):
        scheme, value = participant.split(":")
        return (
            f'<cac:{name}><cac:Party><cbc:EndpointID schemeID="{scheme}">{value}</cbc:EndpointID><cac:PostalAddress>'
            "<cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>"
            f"</cac:Party></cac:{name}>"
        )

    return (
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"'
            ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
            ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">'
            "<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
            "</cbc:CustomizationID><cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>"
            f"<cbc:ID>{number}</cbc:ID>{party('AccountingSupplierParty', sender)}"
            f"{party('AccountingCustomerParty', receiver)}<cbc:Note>é &amp; ü "
        ).encode()
        + filling
        + b"</cbc:Note></Invoice>"
    )


def root_of(document):
    """A document without what stands before its root element: what arrives of it."""
    return document[document.index(b"<Invoice") :]


class Http:
    """Calls an application without a server, from code that is not asynchronous."""

    def __init__(self, app):
        self.runner = asyncio.Runner()
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False),
            base_url="http://gateway.test",
            headers={"Authorization": f"Bearer {TOKEN}"},
        )

    def request(self, *arguments, **options):
        return self.runner.run(self.client.request(*arguments, **options))

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, **options):
        return self.request("POST", path, **options)

    def close(self):
        self.runner.close()


class Peer:
    """One gateway without threads of its own: a test makes its steps, at the time it wants."""

    def __init__(self, ca, folder, participant, **changes):
        seat = SEATS[participant]
        ca.issue(seat)
        values = {
            "state": folder,
            "certificate": ca.folder / f"{seat}.pem",
            "key": ca.folder / f"{seat}.key",
            "network": "none",
            "anchors": (ca.pem,),
            "token": TOKEN,
            "participants": (participant,),
            "free_space": 0,
        }
        self.settings = config.Settings(**values | changes)
        self.participant = participant
        self.open()

    def open(self):
        """Start, or start anew after ``close``, over the same store."""
        self.service = Service(self.settings)
        self.service.alive = Alive(self.settings.state)
        self.service.workers = Workers(self.service)
        for participant in self.settings.participants:
            self.service.store.serve(participant, utc_now().timestamp())
        self.app = create_app(self.service)
        self.http = Http(self.app)

    def close(self):
        self.http.close()
        self.service.alive.close()

    def submit(self, document=None, key=None, **parameters):
        """The REST API's answer to submitting a document, checked."""
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.http.post("/api/v1/outgoing", content=document or invoice(), params=parameters, headers=headers)
        assert answer.status_code in (200, 202), answer.text
        return answer.json()

    def send(self):
        """Send all that is due now; the last message's state."""
        state = None
        while claimed := self.service.outbox.claim(self.service.alive.name, utc_now().timestamp()):
            state = self.service.sender.send(claimed)
        return state

    def get(self, path, **parameters):
        answer = self.http.get(f"/api/v1/{path}", params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def due(self):
        """Let whatever waits for a later time be due now."""
        self.service.store.database.execute("UPDATE outgoing SET next_at = 0 WHERE state IN ('accepted', 'retrying')")


class Pair:
    """Alice and Bob; ``posts`` keeps what was posted: (url, headers, body)."""

    def __init__(self, ca, folder, **changes):
        self.ca = ca
        for seat in SEATS.values():
            ca.issue(seat)
        self.posts = []
        #: called instead of delivering: (url, headers, body) → posting.Answer
        self.carry = self.deliver
        self.alice = Peer(ca, folder / "alice", ALICE, routes=routes(ca, BOB), **changes)
        self.bob = Peer(ca, folder / "bob", BOB, routes=routes(ca, ALICE), **changes)
        for peer in (self.alice, self.bob):
            peer.service.sender.post = self.post

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.alice.close()
        self.bob.close()

    def post(self, url, headers, body):
        content = body.read()
        self.posts.append((url, headers, content))
        return self.carry(url, headers, content)

    def deliver(self, url, headers, content):
        """Carry a message to the peer that the address names."""
        peer = self.bob if "bob" in url else self.alice
        answer = peer.http.post("/as4", content=content, headers=headers)
        return posting.Answer(answer.status_code, answer.content, None)


def routes(ca, participant):
    name = "bob" if participant == BOB else "alice"
    # a route for the service provider too: message level statuses go there
    seat = SEATS[participant]
    route = config.Route(f"http://{name}.test/as4", ca.folder / f"{seat}.pem")
    return {participant: route, f"0242:{seat[3:]}": route}
