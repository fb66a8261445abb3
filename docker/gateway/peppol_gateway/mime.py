"""The MIME package of an AS4 message, taken apart unloaded: the SOAP part, and where the attachment stands."""

import base64
import re
from dataclasses import dataclass
from email.message import Message

from as4.errors import (
    BaseMimeInconsistencyException,
    PayloadPartNotFoundException,
    SoapPartNotFoundException,
)

from .spool import CHUNK, slice_of

LARGEST_SOAP = 1 << 20
LARGEST_PART_HEADERS = 1 << 14
MOST_PARTS = 8


@dataclass(frozen=True)
class Attachment:
    """An attachment's bytes within the message's file."""

    content_id: str
    start: int
    end: int
    encoding: str  # Content-Transfer-Encoding

    def chunks(self, file):
        """Its bytes, decoded, in pieces."""
        raw = slice_of(file, self.start, self.end)
        if self.encoding != "base64":
            yield from raw
            return
        rest = b""
        for chunk in raw:
            rest += re.sub(rb"[\r\n\t ]", b"", chunk)
            whole = len(rest) // 4 * 4
            try:
                yield base64.b64decode(rest[:whole], validate=True)
            except ValueError:
                raise BaseMimeInconsistencyException("The attachment is not valid base64") from None
            rest = rest[whole:]
        if rest:
            raise BaseMimeInconsistencyException("The attachment is not valid base64")


def split(file, content_type):
    """(SOAP bytes, Attachment) of a ``multipart/related`` message; as4's errors where it is none."""
    boundary = _boundary(content_type)
    soap = attachment = None
    for start, end in _parts(file, boundary):
        headers, body = _part_headers(file, start, end)
        kind = headers.get_content_type()
        encoding = (headers.get("Content-Transfer-Encoding") or "binary").strip().lower()
        if encoding not in ("binary", "8bit", "7bit", "base64"):
            raise BaseMimeInconsistencyException(f"Content-Transfer-Encoding {encoding} is not supported")
        if kind == "application/soap+xml" and soap is None:
            if end - body > LARGEST_SOAP:
                raise SoapPartNotFoundException("The SOAP part is too large")
            soap = b"".join(Attachment("", body, end, encoding).chunks(file))
        elif soap is not None and attachment is None:
            content_id = (headers.get("Content-ID") or "").strip().strip("<>")
            if not content_id:
                raise PayloadPartNotFoundException("The payload part carries no Content-ID header")
            attachment = Attachment(content_id, body, end, encoding)
    if soap is None:
        raise SoapPartNotFoundException()
    if attachment is None:
        raise PayloadPartNotFoundException()
    return soap, attachment


def _boundary(content_type):
    headers = Message()
    headers["Content-Type"] = content_type or ""
    boundary = headers.get_param("boundary")
    if headers.get_content_type() != "multipart/related" or not boundary or len(boundary) > 200:
        raise SoapPartNotFoundException("The request is no multipart/related message")
    return str(boundary)


def _parts(file, boundary):
    """The (start, end) of each part, its headers included."""
    parts, start = [], None
    for position in _delimiters(file, b"--" + boundary.encode("latin-1", "replace")):
        if start is not None:
            parts.append((start, position.start))
        if position.last or len(parts) == MOST_PARTS:
            return parts
        start = position.behind
    raise BaseMimeInconsistencyException("The message ends before its last boundary")


@dataclass(frozen=True)
class _Delimiter:
    start: int  # of the line break before it
    behind: int
    last: bool


#: What may stand behind a boundary on its line.
_TAIL = re.compile(rb"(--)?[ \t]*(\r?\n|\Z)")


def _delimiters(file, marker):
    """The delimiter lines, found in overlapping windows."""
    longest = len(marker) + 64
    file.seek(0)
    window, offset, after = file.read(CHUNK), 0, 0
    while True:
        more = file.read(CHUNK)
        found = window.find(marker)
        while found >= 0:
            tail = _TAIL.match(window, found + len(marker))
            start = _line_break_before(window, found)
            at_seam = more and tail and tail.end() == len(window) and not tail[2]
            if tail and not at_seam and offset + start >= after and (start < found or not offset + found):
                # its line break may not also be the next one's: parts have headers
                after = offset + tail.end()
                yield _Delimiter(offset + start, after, bool(tail[1]))
            found = window.find(marker, found + 1)
        if not more:
            return
        kept = window[-longest:]
        offset += len(window) - len(kept)
        window = kept + more


def _line_break_before(window, position):
    """Where the line break before a position starts; the position itself where there is none."""
    if window[position - 1 : position] != b"\n":
        return position
    return position - 2 if window[position - 2 : position - 1] == b"\r" else position - 1


def _part_headers(file, start, end):
    file.seek(start)
    head = file.read(min(LARGEST_PART_HEADERS, end - start))
    match = re.search(rb"\r?\n\r?\n", head)
    if not match:
        raise BaseMimeInconsistencyException("A MIME part has no end of headers")
    headers = Message()
    for line in re.sub(rb"\r?\n[ \t]+", b" ", head[: match.start()]).splitlines():
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            headers[name.strip()] = value.strip()
    return headers, start + match.end()
