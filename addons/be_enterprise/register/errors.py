# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What can be wrong with a register file or an import.

Every error has a ``code`` and ``details`` (plain values), from which the caller writes the sentence in the user's
language; ``str(error)`` is the English one.
"""


class RegisterError(Exception):
    """An import that cannot go on. ``code`` names the reason, ``details`` holds its figures and names."""

    def __init__(self, code, message, **details):
        super().__init__(message)
        self.code = code
        self.details = details


class BadArchive(RegisterError):
    """The zip itself is not acceptable: not a zip, truncated, hostile, or not a KBO/BCE Open Data file."""


class BadContent(RegisterError):
    """A file in the zip is not what it should be as a whole (encoding, header); single bad rows are only counted."""


class OutOfOrder(RegisterError):
    """The edition does not follow the register that is there."""


class Busy(RegisterError):
    """Another import into the same register is running."""


class NoSpace(RegisterError):
    """The database server has no disk space left. The import can be resumed once there is."""
