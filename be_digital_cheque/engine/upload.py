# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which files an outsider may add to a dossier: kinds and size, judged by name and by content."""

from pathlib import PurePosixPath, PureWindowsPath

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
#: Files that one dossier takes from outsiders, so that nobody fills the database.
MAX_FILES = 40

_ZIP = (b"PK\x03\x04",)
#: Endings, and how the content of such a file begins.
KINDS = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".docx": _ZIP,
    ".xlsx": _ZIP,
    ".odt": _ZIP,
    ".ods": _ZIP,
}


def clean_name(name):
    r"""Return the bare name of a file, without folders and control characters.

    >>> clean_name("../../etc/passwd"), clean_name("C:\\temp\\offer.pdf"), clean_name("a\x00b\n.pdf")
    ('passwd', 'offer.pdf', 'ab.pdf')
    """
    bare = PureWindowsPath(PurePosixPath(name or "").name).name
    return "".join(sign for sign in bare if sign.isprintable()).strip()[:150]


def problem(name, content):
    """Return why a file is refused (``empty``, ``too_large``, ``kind``, ``content``), or None where it is welcome.

    :param bytes content: the file; of a large one the first ``MAX_BYTES`` + 1 bytes are enough

    >>> problem("offer.pdf", b"%PDF-1.7 ..."), problem("offer.pdf", b"<html>"), problem("run.exe", b"MZ")
    (None, 'content', 'kind')
    >>> problem("offer.PDF", b"%PDF-" + b"x" * MAX_BYTES), problem("offer.pdf", b"")
    ('too_large', 'empty')
    """
    kind = PurePosixPath(clean_name(name)).suffix.lower()
    if kind not in KINDS:
        return "kind"
    if not content:
        return "empty"
    if len(content) > MAX_BYTES:
        return "too_large"
    if not content.startswith(KINDS[kind]):
        return "content"
    return None
