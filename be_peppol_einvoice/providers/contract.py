# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The contract of an access point.

An operation returns one of the results below or raises one of :mod:`errors`; it raises nothing else, whatever the
access point answers. Participants are ``"0208:0477472701"``; document types and processes are the identifiers of
Peppol's code lists without their scheme; times are aware and in UTC.
"""

from dataclasses import dataclass
from datetime import datetime

from .errors import NotOffered

SUBMITTED, DELIVERED, FAILED = "submitted", "delivered", "failed"
CAN_RECEIVE, OTHER_DOCUMENTS, NOT_REGISTERED, UNKNOWN = "can_receive", "other_documents", "not_registered", "unknown"


@dataclass(frozen=True)
class Outgoing:
    """One document to send.

    key: the same for the same document for ever, and different for any other one
    attempt: how often an access point has reported a final failure to deliver it; a repetition of the same attempt is
        the same submission, the next attempt is a new one
    """

    key: str
    sender: str
    receiver: str
    document_type: str
    process: str
    xml: bytes
    name: str = "document.xml"
    attempt: int = 0


@dataclass(frozen=True)
class Submitted:
    """The access point has taken the document over; ``duplicate`` if it had it already."""

    message_id: str
    duplicate: bool = False


@dataclass(frozen=True)
class Status:
    """What the access point knows of a document that it has taken over.

    state: ``submitted``, ``delivered`` (the receiver's access point has it: there is proof) or ``failed`` (final)
    kind: the kind of error of a failure, see :mod:`errors`
    instance: the instance identifier of the SBDH in which the document travelled, "" if unknown
    confirmation: what the receiver's access point said of it afterwards (MLS or MLR): ``AP`` handed to the receiver,
        ``AB`` taken in, ``RE`` refused, "" nothing yet; only of a provider that ``confirms``
    confirmation_text: the same in its words
    """

    state: str
    reason: str = ""
    kind: str = "permanent"
    instance: str = ""
    confirmation: str = ""
    confirmation_text: str = ""


@dataclass(frozen=True)
class Waiting:
    """A document in the inbox, without its content. What the access point does not tell is ""."""

    message_id: str
    sender: str = ""
    receiver: str = ""
    document_type: str = ""
    process: str = ""
    instance: str = ""
    received_at: datetime | None = None


@dataclass(frozen=True)
class Page:
    """A part of the inbox, oldest first.

    cursor: where to go on, to be given to the next call. It holds until a document is acknowledged; of an inbox that
        does not remember (see :class:`Provider`) it may be kept between runs
    more: there is another page at once
    """

    items: tuple
    cursor: str = ""
    more: bool = False


@dataclass(frozen=True)
class Lookup:
    """Whether a participant can receive a document type: one of ``can_receive``, ``other_documents``,
    ``not_registered`` and ``unknown``; a failed look-up is "unknown", never "no"."""

    kind: str
    reason: str = ""
    document_types: tuple = ()


@dataclass(frozen=True)
class Account:
    """What a connection test learnt: whose account it is, and which participants it may send and receive for."""

    name: str = ""
    participants: tuple = ()
    receives: bool = False


class Provider:
    """An access point, for one company's account.

    name: the key of the provider
    inbox_remembers: documents stay in the inbox until they are acknowledged, so that a fetch always begins at the start
    reserves: :meth:`reserve` must be called, and its answer kept, before :meth:`submit`
    confirms: :meth:`status` passes on what the receiver's access point says after the delivery
    publishes: :meth:`register` and :meth:`deregister` also change what the network publishes of a participant
    """

    name = ""
    inbox_remembers = True
    reserves = False
    confirms = False
    publishes = False

    def reserve(self, document: Outgoing) -> str:
        """Announce a document without sending it.

        For access points that know no idempotency key: the answer is kept before :meth:`submit` is called, so that
        a second submission with it is recognised. A reservation that is never used has no effect on anyone.
        """
        raise NotOffered(self.name)

    def submit(self, document: Outgoing, reservation: str = "") -> Submitted:
        """Hand over a document. Doing it again with the same key, attempt and reservation never sends it twice."""
        raise NotOffered(self.name)

    def status(self, message_id: str) -> Status:
        """Also of an answer that was given with :meth:`respond`."""
        raise NotOffered(self.name)

    def respond(self, response: Outgoing, about: str) -> Submitted:
        """Hand over an answer to a received document (BIS Invoice Response 3).

        Doing it again with the same key and attempt never sends it twice.

        :param about: message id of the document in this access point's inbox
        """
        raise NotOffered(self.name)

    def inbox(self, cursor: str = "") -> Page:
        raise NotOffered(self.name)

    def download(self, waiting: Waiting) -> bytes:
        """The received document, byte by byte as it came (with or without its SBDH)."""
        raise NotOffered(self.name)

    def acknowledge(self, message_id: str) -> None:
        """The document is safe with us. Doing it again is no error."""
        raise NotOffered(self.name)

    def look_up(self, participant: str, document_type: str = "") -> Lookup:
        raise NotOffered(self.name)

    def test_connection(self) -> Account:
        raise NotOffered(self.name)

    def identity(self) -> str:
        """The access point's own identifier in the network (the common name of its certificate); "" if it does not
        tell."""
        return ""

    def certificate_until(self) -> datetime | None:
        """When the access point's own certificate in the network ends, with its time zone; None if it does not
        tell."""
        return None

    def register(self, participant: str) -> None:
        """Receive for a participant from now on."""
        raise NotOffered(self.name)

    def deregister(self, participant: str) -> None:
        """No longer receive for a participant."""
        raise NotOffered(self.name)

    def offers(self, operation: str) -> bool:
        """Whether an operation is there.

        >>> Provider().offers("register")
        False
        """
        return getattr(type(self), operation) is not getattr(Provider, operation)
