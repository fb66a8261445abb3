# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading XML that may be hostile.

``parse(data)`` gives an lxml root element or raises :class:`Unreadable`. Time and memory stay linear in the size of
the document: no document type, no entities of its own, and caps on bytes, depth, elements and attributes.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from xml.parsers import expat

from lxml import etree

MAX_BYTES = 100 * 1024 * 1024  # a Peppol document with its attachments
MAX_TEXT = 10 * 1000 * 1000  # libxml2's own cap on one text; larger ones need its "huge" mode
MAX_DEPTH = 100
MAX_ELEMENTS = 1_000_000
MAX_ATTRIBUTES = 200  # on one element; UBL 2.1 has 8 at most

_OPTIONS = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
    "remove_blank_text": True,
}
_PARSER = etree.XMLParser(huge_tree=False, **_OPTIONS)
_BIG_PARSER = etree.XMLParser(huge_tree=True, **_OPTIONS)
_PROLOG = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_BLOCK = 8192
_TAG = re.compile(rb"<[^!?/](?:[^\"'<>]|\"[^\"<]*\"|'[^'<]*')*")
_VALUE = re.compile(rb"=\s*(?:\"[^\"<]*\"|'[^'<]*')")


class Unreadable(Exception):
    """The input cannot be judged. ``args[0]`` is one of the LIMIT-… or XML-… ids, ``args[1]`` its values."""

    @property
    def id(self) -> str:
        return self.args[0]

    @property
    def values(self) -> dict:
        return self.args[1] if len(self.args) > 1 else {}


def _has_doctype(data: bytes) -> bool:
    """Whether a document type stands before the root element (encodings that extend ASCII; others are seen later).

    >>> _has_doctype(b'<?xml version="1.0"?><!-- <!DOCTYPE x> --><a/>')
    False
    >>> _has_doctype(b'<?xml version="1.0"?><!DOCTYPE a><a/>')
    True
    """
    end = _PROLOG.match(data, 3 if data.startswith(BOM_UTF8) else 0).end()
    return data[end : end + 9].upper() == b"<!DOCTYPE"


def _flooded(data: bytes) -> bool:
    """Whether a start tag holds so many attributes that older releases of libxml2 would take quadratic time on them.

    Attribute values have no "<", so such a tag shows as a long way from one "<" to the next. Looking for a block
    without one is fast, as the search stops at the first it meets.

    >>> _flooded(b"<a><b>" + b"x" * 100_000 + b"</b></a>")
    False
    >>> _flooded(b"<a " + b" ".join(b'a%d="x"' % n for n in range(9000)) + b"/>")
    True
    """
    start = 0
    while 0 <= start < len(data):
        if data.find(b"<", start, start + _BLOCK) < 0:
            # The block before this one had a "<": the tag begins there.
            tag = _TAG.match(data, max(0, data.rfind(b"<", 0, start)))
            if tag and tag[0].count(b"=") > MAX_ATTRIBUTES and len(_VALUE.findall(tag[0])) > MAX_ATTRIBUTES:
                return True
            start = data.find(b"<", start + _BLOCK)
        else:
            start += _BLOCK
    return False


def parse(data: bytes):
    """Return the root element of ``data``.

    Raises :class:`Unreadable` with LIMIT-SIZE, LIMIT-DEPTH, LIMIT-NODES, LIMIT-ATTRIBUTES, XML-DOCTYPE or XML-SYNTAX.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable("LIMIT-SIZE", {"size": len(data), "limit": MAX_BYTES})
    if not data.strip():
        raise Unreadable("XML-SYNTAX", {"detail": "the file is empty", "line": 1})
    if _has_doctype(data):
        raise Unreadable("XML-DOCTYPE")
    if b"\x00" in data[:4] or data[:2] in (BOM_UTF16_LE, BOM_UTF16_BE):
        plain = data.decode("utf-32" if b"\x00\x00" in data[:4] else "utf-16", "ignore").encode("utf-8", "ignore")
    else:
        plain = data
    if _flooded(plain):
        raise Unreadable("LIMIT-DEPTH", {"limit": MAX_ATTRIBUTES})
    parser = _BIG_PARSER if len(data) > MAX_TEXT else _PARSER
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        text = error.msg or ""
        if "Excessive depth" in text or "depth" in text:
            raise Unreadable("LIMIT-DEPTH", {"limit": MAX_DEPTH}) from None
        raise Unreadable("XML-SYNTAX", {"detail": text, "line": error.lineno or 1}) from None
    except (ValueError, LookupError, UnicodeError, MemoryError) as error:
        raise Unreadable("XML-SYNTAX", {"detail": str(error), "line": 1}) from None
    if root is None:
        raise Unreadable("XML-SYNTAX", {"detail": "no root element", "line": 1})
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("XML-DOCTYPE")
    return root


def check_size(root) -> None:
    """Refuse a document that is nested too deeply or has too many elements or attributes, in one walk."""
    depth = count = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        count += 1
        if depth > MAX_DEPTH or len(element.keys()) > MAX_ATTRIBUTES:
            raise Unreadable("LIMIT-DEPTH", {"limit": MAX_DEPTH})
        if count > MAX_ELEMENTS:
            raise Unreadable("LIMIT-NODES", {"limit": MAX_ELEMENTS})


def lines_of(data: bytes, ordinals) -> dict[int, int]:
    """Source lines of elements by their position in document order (the root is 0), found in one reading.

    >>> lines_of(b"<a>\\n<b/>\\n<c/></a>", [2])
    {2: 3}
    """
    wanted = set(ordinals)
    found = {}
    count = -1
    parser = expat.ParserCreate()

    def start(_name, _attributes):
        nonlocal count
        count += 1
        if count in wanted:
            found[count] = parser.CurrentLineNumber

    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        return found
    return found
