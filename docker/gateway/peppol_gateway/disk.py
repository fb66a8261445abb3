"""Files that are complete or absent, and on disk before anything refers to them.

All that the service keeps outside its database goes through this small class, so that a test can see every write and
every sync, and drop what was not synced.
"""

import os
import time
from pathlib import Path


class Disk:
    """Creates, finishes and removes files in one folder."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def path(self, name):
        return self.folder / name

    def write(self, name, chunks):
        """Write a file from pieces of bytes: synced, under its name, and the name synced too, when this returns."""
        temporary = f".{name}"
        with self.path(temporary).open("wb", buffering=0) as file:
            for chunk in chunks:
                self.append(file, chunk)
            self.sync(file)
        self.rename(temporary, name)
        self.sync_folder()

    def append(self, file, chunk):
        view = memoryview(chunk)
        while view:
            view = view[file.write(view) :]

    def sync(self, file):
        os.fsync(file.fileno())

    def rename(self, old, new):
        self.path(old).rename(self.path(new))

    def sync_folder(self):
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def open(self, name):
        return self.path(name).open("rb")

    def remove(self, name):
        self.path(name).unlink(missing_ok=True)

    def names(self, age=0.0):
        """The names of all files older than ``age`` seconds, unfinished ones too (they begin with a dot)."""
        before = time.time() - age
        return [entry.name for entry in os.scandir(self.folder) if entry.stat().st_mtime <= before]
