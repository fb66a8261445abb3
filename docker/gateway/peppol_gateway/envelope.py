"""The Peppol Business Message Envelope (SBDH 2.0.1): written around a document, and read from what was received."""

import re
from dataclasses import dataclass
from datetime import UTC
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from . import identifiers
from .identifiers import Qualified
from .spool import slice_of
from .xmlscan import XmlError, scan

NAMESPACE = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
LARGEST_HEADER = 1 << 16
UTF8 = ("utf-8", "us-ascii")
#: Encodings in which the bytes of markup are those of ASCII, so that a document can be copied out.
SINGLE_BYTE = ("iso-8859-1", "iso-8859-15", "windows-1252")

_DOCUMENT_TYPE = re.compile(r"(?P<namespace>[^#]+?)::(?P<name>[^:#]+)##(?P<customization>.+)::(?P<version>[^:]+)")


@dataclass(frozen=True)
class Addressing:
    """What stands in the header: who sends what to whom, in which process."""

    sender: str
    receiver: str
    document_type: Qualified
    process: Qualified
    country: str  # of corner 1, ISO 3166-1 alpha-2
    instance: str
    mls_to: str | None = None
    mls_type: str | None = None  # ALWAYS_SEND or FAILURE_ONLY


def header(addressing, now):
    """The opening of the envelope as bytes, up to where the document's root element goes."""
    parts = document_type_parts(addressing.document_type.value)
    scopes = [
        ("DOCUMENTID", addressing.document_type.value, addressing.document_type.scheme),
        ("PROCESSID", addressing.process.value, addressing.process.scheme),
        ("COUNTRY_C1", addressing.country, None),
    ]
    if addressing.mls_to:
        scopes.append(("MLS_TO", addressing.mls_to, identifiers.PARTICIPANT_SCHEME))
    if addressing.mls_type:
        scopes.append(("MLS_TYPE", addressing.mls_type, None))
    authority = quoteattr(identifiers.PARTICIPANT_SCHEME)
    text = (
        f'<StandardBusinessDocument xmlns="{NAMESPACE}"><StandardBusinessDocumentHeader>'
        "<HeaderVersion>1.0</HeaderVersion>"
        f"<Sender><Identifier Authority={authority}>{escape(addressing.sender)}</Identifier></Sender>"
        f"<Receiver><Identifier Authority={authority}>{escape(addressing.receiver)}</Identifier></Receiver>"
        f"<DocumentIdentification><Standard>{escape(parts['namespace'])}</Standard>"
        f"<TypeVersion>{escape(parts['version'])}</TypeVersion>"
        f"<InstanceIdentifier>{escape(addressing.instance)}</InstanceIdentifier><Type>{escape(parts['name'])}</Type>"
        f"<CreationDateAndTime>{now.astimezone(UTC).isoformat(timespec='seconds').replace('+00:00', 'Z')}"
        "</CreationDateAndTime></DocumentIdentification><BusinessScope>"
    )
    for kind, value, identifier in scopes:
        text += f"<Scope><Type>{kind}</Type><InstanceIdentifier>{escape(value)}</InstanceIdentifier>"
        text += f"<Identifier>{escape(identifier)}</Identifier></Scope>" if identifier else "</Scope>"
    return (text + "</BusinessScope></StandardBusinessDocumentHeader>").encode()


CLOSING = b"</StandardBusinessDocument>"


def document_type_parts(value):
    """The parts of a document type identifier.

    >>> sorted(document_type_parts("urn:x:Invoice-2::Invoice##urn:cen.eu:en16931:2017::2.1").values())
    ['2.1', 'Invoice', 'urn:cen.eu:en16931:2017', 'urn:x:Invoice-2']
    """
    match = _DOCUMENT_TYPE.fullmatch(value)
    if not match:
        raise ValueError("A document type looks like namespace::Name##customization::version.")
    return match.groupdict()


@dataclass(frozen=True)
class Document:
    """How to copy a document out of its envelope, byte by byte."""

    start: int
    end: int
    name_end: int  # behind the name in the document's opening tag
    declarations: str  # namespace declarations that it inherits from the envelope
    encoding: str

    def chunks(self, file):
        """The document as a file of its own, in pieces."""
        if self.encoding not in UTF8:
            yield f'<?xml version="1.0" encoding="{self.encoding}"?>'.encode()
        yield from slice_of(file, self.start, self.name_end)
        if self.declarations:
            yield self.declarations.encode()
        yield from slice_of(file, self.name_end, self.end)


@dataclass
class Received:
    """A received envelope: its header as a tree, and where the document stands in the bytes."""

    header: etree._Element  # StandardBusinessDocument with its header alone
    document: Document


def read(file):
    """Scan an envelope; XmlError tells what is wrong with it. The whole file is checked to be well-formed."""
    root, head = "StandardBusinessDocument", "StandardBusinessDocumentHeader"
    found, encoding = scan(
        file, {"root": ("*",), "header": (root, head), "document": (root, f"!{head}")}, (*UTF8, *SINGLE_BYTE)
    )
    if "header" not in found or {found["header"].namespace, found["root"].namespace} != {NAMESPACE}:
        raise XmlError("The payload carries no StandardBusinessDocumentHeader.")
    if "document" not in found or found["document"].start < found["header"].end:
        raise XmlError("The envelope carries no document behind its header.")
    if found["header"].end > LARGEST_HEADER:
        raise XmlError("The StandardBusinessDocumentHeader is too large.")
    element = found["document"]
    file.seek(element.end)
    if not file.read(1024).lstrip().startswith(b"</"):
        raise XmlError("The envelope carries more than one document.")
    name = f"{element.prefix}:{element.name}" if element.prefix else element.name
    declarations = "".join(
        f" xmlns{':' if prefix else ''}{prefix}={quoteattr(uri)}" for prefix, uri in sorted(element.inherited.items())
    )
    document = Document(element.start, element.end, element.start + 1 + len(name.encode()), declarations, encoding)
    return Received(_header(file, found), document)


def _header(file, found):
    """The tree of the envelope without its document."""
    file.seek(0)
    prefix = found["root"].prefix
    closing = f"</{prefix}:StandardBusinessDocument>" if prefix else "</StandardBusinessDocument>"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(file.read(found["header"].end) + closing.encode(), parser)
