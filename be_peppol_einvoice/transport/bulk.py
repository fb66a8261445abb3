# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Many look-ups at a time. The threads do nothing but ask the network: what comes back is theirs who asked."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from .https import Client
from .identifiers import DocumentType, ParticipantId
from .lookup import look_up
from .network import Network
from .outcome import CAN_RECEIVE, NOT_REGISTERED, OTHER_DOCUMENTS, UNKNOWN, Outcome

WORKERS = 16
# a sure answer that is worth more hides one that is worth less; what is unknown hides every "no"
_WORTH = {CAN_RECEIVE: 3, UNKNOWN: 2, OTHER_DOCUMENTS: 1, NOT_REGISTERED: 0}


@dataclass(frozen=True)
class Question:
    """Whether someone can receive a document. ``key`` is the asker's; ``participants`` in the order to be tried."""

    key: object
    participants: tuple[ParticipantId, ...]
    document_type: DocumentType | None = None
    process: str | None = None


def look_up_first(question: Question, network: Network, *, now: datetime, client: Client | None = None) -> Outcome:
    """The outcome of the first participant that can receive, else of the one that is registered.

    "No" is said only where every one of them has been answered.
    """
    best = None
    for participant in question.participants:
        outcome = look_up(participant, network, question.document_type, question.process, now=now, client=client)
        if outcome.kind == CAN_RECEIVE:
            return outcome
        if best is None or _WORTH[outcome.kind] > _WORTH[best.kind]:
            best = outcome
    return best


def look_up_many(
    questions: Iterable[Question],
    network: Network,
    clock: Callable[[], datetime],
    workers: int = WORKERS,
) -> Iterator[tuple[Question, Outcome]]:
    """Every question with its outcome, in the order of the questions; never more than ``workers`` under way."""
    questions = list(questions)
    place = threading.local()
    clients = []

    def ask(question):
        if not hasattr(place, "client"):
            place.client = Client(network)
            clients.append(place.client)
        return look_up_first(question, network, now=clock(), client=place.client)

    with ThreadPoolExecutor(max(1, min(workers, len(questions))), thread_name_prefix="peppol-lookup") as pool:
        try:
            yield from zip(questions, pool.map(ask, questions), strict=True)
        finally:
            pool.shutdown(cancel_futures=True)
            for client in clients:
                client.close()
