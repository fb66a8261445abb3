"""Temporary files: small ones in memory, large ones on the state's own disk, all gone when closed."""

import tempfile
from pathlib import Path

CHUNK = 1 << 16


class Spool:
    """Makes temporary files in the state's folder ``spool``. They have no names: a killed process leaves none."""

    def __init__(self, folder, in_memory):
        self.folder = Path(folder)
        self.in_memory = in_memory
        self.folder.mkdir(parents=True, exist_ok=True)

    def open(self):
        """A binary file, readable, writable and seekable; a context manager."""
        return tempfile.SpooledTemporaryFile(max_size=self.in_memory, dir=self.folder)


def size_of(file):
    """The size of a seekable file in bytes; it is left at its end."""
    return file.seek(0, 2)


def chunks_of(file):
    """All bytes of a seekable file, in pieces."""
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def slice_of(file, start, end):
    """The bytes from ``start`` to ``end`` of a seekable file, in pieces."""
    file.seek(start)
    while start < end and (chunk := file.read(min(CHUNK, end - start))):
        start += len(chunk)
        yield chunk
