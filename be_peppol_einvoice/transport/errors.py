# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Why a look-up ends without an answer."""


class LookupFailed(Exception):
    """Nothing is known: ``reason`` is a key of ``outcome.REASONS``, ``detail`` is for the technician."""

    def __init__(self, reason: str, detail: str = ""):
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class NotRegistered(LookupFailed):
    """The network has answered: it does not know the participant."""


class NotFound(Exception):
    """The publisher answered that it has nothing at an address (HTTP 404)."""
