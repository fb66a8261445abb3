# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A broken Belgian rule at one place; of the same shape as the findings of :mod:`en16931.report`."""

from dataclasses import dataclass, field

from .registry import RULES
from .texts import message


@dataclass(frozen=True)
class Finding:
    id: str
    values: dict = field(default_factory=dict)
    path: str = ""
    line: int | None = None

    @property
    def severity(self) -> str:
        """``fatal`` or ``warning``."""
        return RULES[self.id].severity

    @property
    def terms(self) -> list[str]:
        """The business terms of EN 16931 that the rule speaks of."""
        return list(RULES[self.id].terms)

    def message(self, language: str = "en") -> str:
        """What is wrong, with the values compared, and what to do."""
        return message(self.id, self.values, language)

    def as_dict(self, language: str = "en") -> dict:
        """Like the findings of the official rules in JSON."""
        return {
            "id": self.id,
            "terms": self.terms,
            "path": self.path,
            "line": self.line,
            "message": self.message(language),
        }
