# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the demo companies are, as far as aid depends on it, and the subsidies that they apply for."""

from typing import NamedTuple


class Facts(NamedTuple):
    """An enterprise: its first day, average staff, turnover and balance sheet total in euros, its main activity.

    nace is a code of NACE-BEL 2025; yes and no hold the codes of the catalogue's questions. What nobody answered stays
    unknown: the finder asks for it.
    """

    form: str
    founded: str
    staff: float
    turnover: int
    balance: int
    nace: str
    yes: tuple = ()
    no: tuple = ()


FACTS = {
    "liege": Facts("SRL", "2014-03-10", 4, 420_000, 260_000, "16230", ("autonomous",), ("excluded_sector",)),
    "gent": Facts("BV", "2016-09-01", 18, 1_650_000, 720_000, "47622", ("nace_kmo",), ("public_25",)),
    "brussel": Facts(
        "SRL", "2011-05-02", 5, 510_000, 190_000, "69201", ("accounts_filed", "nace_brussels", "public_75"), ()
    ),
    "eupen": Facts("GmbH", "2008-01-15", 3, 380_000, 210_000, "95311", (), ("excluded_sector",)),
}


class Aid(NamedTuple):
    """Aid of before the dossiers, for the register: how many days ago it was granted, and its amount in euros."""

    company: str
    key: str
    name: str
    days: int
    amount: int


AIDS = (
    Aid("liege", "machine", "Prime à l'investissement, raboteuse", 1050, 18_400),
    Aid("liege", "fair", "Aide à la participation au salon Bois & Habitat", 610, 3_200),
    Aid("gent", "warehouse", "Steun magazijninrichting", 980, 46_000),
    Aid("brussel", "coaching", "Prime consultance", 700, 4_500),
)


class Dossier(NamedTuple):
    """A dossier: programme and kind of cost by their short names in the catalogue, and what happened how many days ago.

    cost is what is planned, without VAT; aid is what is expected, and granted where there is a decision. billed is what
    the adviser has billed, ten days after the start. booked: the award is in the books. asset: the cost is an asset,
    depreciated over three years.
    """

    company: str
    key: str
    name: str
    programme: str
    kind: str
    state: str
    cost: float
    aid: float
    applied: int | None = None
    decided: int | None = None
    started: int | None = None
    claimed: int | None = None
    paid: int | None = None
    billed: float = 0
    booked: bool = False
    asset: bool = False
    shared: bool = False


DOSSIERS = (
    Dossier(
        "liege", "specs", "Cahier des charges du configurateur d'escaliers", "wal_maturity", "digital_advice", "idea",
        12_000, 6_000,
    ),
    Dossier(
        "liege", "cyber", "Audit de cybersécurité de l'atelier", "wal_cyber", "cyber_audit", "submitted",
        4_800, 3_600, applied=5,
    ),
    Dossier(
        "liege", "plan", "Audit de maturité numérique", "wal_maturity", "digital_advice", "in_execution",
        6_400, 3_200, applied=120, decided=114, started=100, billed=1_600, booked=True, shared=True,
    ),
    Dossier(
        "liege", "growth", "Diagnostic de croissance", "wal_growth_diagnosis", "business_advice", "granted",
        3_000, 1_500, applied=20, decided=14,
    ),
    Dossier(
        "liege", "first", "Premier diagnostic de cybersécurité", "wal_cyber", "cyber_audit", "closed",
        2_000, 1_500, applied=380, decided=374, started=360, claimed=300, paid=280, booked=True,
    ),
    Dossier(
        "gent", "cyber", "Cybersecurity-audit van de webwinkel", "fla_kmo", "cyber_audit", "claimed",
        5_000, 2_250, applied=150, decided=148, started=140, claimed=20, billed=5_000, booked=True, shared=True,
    ),
    Dossier(
        "gent", "training", "Opleiding e-commerce voor het team", "fla_kmo", "training", "prepared",
        1_800, 540,
    ),
    Dossier(
        "brussel", "space", "Espace client bilingue", "bru_digital", "website", "info_asked",
        9_000, 2_250, applied=40,
    ),
    Dossier(
        "brussel", "site", "Nouveau site bilingue", "bru_digital", "website", "closed",
        12_000, 3_000, applied=450, decided=420, started=410, claimed=330, paid=300, booked=True, asset=True,
    ),
    Dossier(
        "eupen", "cyber", "Cybersicherheit der Werkstatt", "wal_cyber", "cyber_audit", "refused",
        3_200, 2_400, applied=180, decided=170,
    ),
    Dossier(
        "eupen", "plan", "Beratung zur digitalen Auftragsannahme", "wal_maturity", "digital_advice", "idea",
        5_000, 2_500,
    ),
)  # fmt: skip
