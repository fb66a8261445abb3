# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The subsidies that the demo companies apply for."""

from typing import NamedTuple


class Dossier(NamedTuple):
    """A dossier. programme: its short name in the catalogue; applied, decided, paid: months ago, None where not yet.

    aid is the amount expected, and granted after the decision; booked: its award is in the books.
    """

    company: str
    key: str
    name: str
    programme: str
    state: str
    cost: float
    aid: float
    applied: int | None = None
    decided: int | None = None
    paid: int | None = None
    booked: bool = False


DOSSIERS = (
    Dossier("liege", "site", "Nouveau site avec configurateur d'escaliers", "wal_maturity", "idea", 12_000, 6_000),
    Dossier("liege", "cyber", "Audit de cybersécurité de l'atelier", "wal_cyber", "submitted", 4_800, 3_600, 1),
    Dossier(
        "liege", "plan", "Audit de maturité numérique", "wal_maturity", "in_execution", 6_400, 3_200, 4, 3, None, True
    ),
    Dossier("liege", "growth", "Diagnostic de croissance", "wal_growth_diagnosis", "granted", 3_000, 1_500, 2, 0),
    Dossier("liege", "first", "Premier diagnostic cybersécurité", "wal_cyber", "closed", 2_000, 1_500, 12, 11, 9, True),
    Dossier("gent", "cyber", "Cybersecurity-audit webwinkel", "fla_kmo", "claimed", 5_000, 2_250, 5, 4, None, True),
    Dossier("gent", "training", "Opleiding e-commerce", "fla_kmo", "prepared", 1_800, 540),
    Dossier("brussel", "shop", "Site bilingue avec espace client", "bru_digital", "info_asked", 9_000, 3_150, 2),
    Dossier("eupen", "cyber", "Cybersicherheit der Werkstatt", "wal_cyber", "refused", 3_200, 2_400, 6, 5),
)
