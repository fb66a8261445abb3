# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is said of a row before anything is written."""

from dataclasses import dataclass, field

READY, FIXED, REFUSED = "ready", "fixed", "refused"
#: Notes that only tell where a value came from: nobody has to look at the row for them.
INFO = frozenset(
    {
        "number_from_vat",
        "vat_prefix",
        "language_from_zip",
        "country_from_vat",
        "country_from_zip",
        "to_opening",
        "zero_balance",
        "no_purchase_tax",
    }
)


@dataclass
class Verdict:
    """``values`` (JSON types only) go in; ``notes`` are ``[code, {detail: text}]``; refused rows have a note why."""

    values: dict = field(default_factory=dict)
    notes: list = field(default_factory=list)
    refused: bool = False

    def note(self, code, **details):
        """Add a remark: something was put right, left out, or is worth a look."""
        self.notes.append([code, details])

    def refuse(self, code, **details):
        """Keep the row out, and say why."""
        self.note(code, **details)
        self.refused = True

    @property
    def status(self):
        """One of :data:`READY`, :data:`FIXED` (somebody should look) and :data:`REFUSED`."""
        if self.refused:
            return REFUSED
        return FIXED if any(code not in INFO for code, _details in self.notes) else READY
