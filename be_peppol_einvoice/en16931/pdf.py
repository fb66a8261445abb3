# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Taking the e-invoice out of a hybrid PDF (Factur-X, ZUGFeRD, or UBL embedded in the same way)."""

import io

from .source import MAX_BYTES, Unreadable

# In the order of preference: what the hybrid formats call their invoice.
NAMES = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml", "order-x.xml")


def is_pdf(data: bytes) -> bool:
    """Whether the data is a PDF.

    >>> is_pdf(b"%PDF-1.7"), is_pdf(b"<Invoice/>")
    (True, False)
    """
    return b"%PDF-" in data[:1024]


def _reader(data):
    """A reader of the library at hand: pypdf, or PyPDF2 as Odoo uses it."""
    try:
        from pypdf import PdfReader
    except ImportError:
        from PyPDF2 import PdfReader
    return PdfReader(io.BytesIO(data), strict=False)


def _files(reader):
    """The embedded files as (name, stream object), without unpacking them."""
    root = reader.trailer["/Root"]
    names = root.get("/Names")
    stack = [] if names is None else [names.get_object().get("/EmbeddedFiles")]
    seen = 0
    while stack:
        node = stack.pop()
        seen += 1
        if node is None or seen > 1000:
            continue
        node = node.get_object()
        stack.extend(node.get("/Kids", ()))
        entries = node.get("/Names", ())
        for index in range(1, len(entries), 2):
            yield from _file(entries[index].get_object())
    for entry in root.get("/AF", ()) if isinstance(root.get("/AF", ()), list) else ():
        yield from _file(entry.get_object())


def _file(entry):
    content = entry.get("/EF", {})
    stream = content.get("/UF") or content.get("/F")
    name = entry.get("/UF") or entry.get("/F")
    if stream is not None and name is not None:
        yield str(name).lower(), stream.get_object()


def _unpacked(stream) -> bytes:
    """The bytes of an embedded file; a packed bomb stops at the limit instead of filling the memory."""
    import zlib

    filters = stream.get("/Filter")
    filters = [filters] if isinstance(filters, str) else list(filters or [])
    raw = stream._data
    if [str(name) for name in filters] == ["/FlateDecode"]:
        decoder = zlib.decompressobj()
        data = decoder.decompress(raw, MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise Unreadable("LIMIT-SIZE", {"size": len(data), "limit": MAX_BYTES})
        return data
    if not filters:
        return raw
    data = stream.get_data()
    if len(data) > MAX_BYTES:
        raise Unreadable("LIMIT-SIZE", {"size": len(data), "limit": MAX_BYTES})
    return data


def extract(data: bytes) -> bytes:
    """The XML embedded in a PDF. Raises :class:`Unreadable` with PDF-NO-INVOICE or PDF-UNREADABLE."""
    if len(data) > MAX_BYTES:
        raise Unreadable("LIMIT-SIZE", {"size": len(data), "limit": MAX_BYTES})
    try:
        found = dict(_files(_reader(data)))
        for name in (*NAMES, *sorted(name for name in found if name.endswith(".xml"))):
            if name in found:
                return _unpacked(found[name])
    except Unreadable:
        raise
    except ImportError:
        raise Unreadable("PDF-UNREADABLE", {"detail": "pypdf or PyPDF2 is not installed"}) from None
    except Exception as error:  # noqa: BLE001 a broken PDF makes the library raise anything
        raise Unreadable("PDF-UNREADABLE", {"detail": f"{type(error).__name__}: {error}"[:120]}) from None
    raise Unreadable("PDF-NO-INVOICE")
