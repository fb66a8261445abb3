# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the companies sell and buy."""

from typing import NamedTuple


class Product(NamedTuple):
    """Something a demo company sells. kind: "goods" or "service"; vat: percentage; name_nl: its second name."""

    key: str
    name: str
    price: float
    kind: str = "service"
    vat: int = 21
    name_nl: str = ""


PRODUCTS = {
    "liege": (
        Product("stairs", "Escalier en hêtre sur mesure", 4850, "goods"),
        Product("kitchen", "Meubles de cuisine en chêne", 6200, "goods"),
        Product("door", "Porte intérieure, pose comprise", 640, "goods"),
        Product("window", "Châssis bois double vitrage", 985, "goods"),
        Product("shelves", "Bibliothèque murale sur mesure", 1750, "goods"),
        Product("labour", "Main-d'œuvre menuisier (heure)", 52),
        Product("renovation", "Rénovation d'habitation de plus de dix ans (heure)", 52, vat=6),
    ),
    "gent": (
        Product("notebook", "Notitieboek Pluim A5, gelinieerd", 14.5, "goods"),
        Product("sketchbook", "Schetsboek Kleurveer A4", 19.9, "goods"),
        Product("fountainpen", "Vulpen Zilverpluim, medium", 49, "goods"),
        Product("ink", "Inkt nachtblauw, 50 ml", 11.5, "goods"),
        Product("pencils", "Potloden, doos van 24", 22.5, "goods"),
        Product("planner", "Weekplanner, zonder datums", 17.9, "goods"),
        Product("cards", "Wenskaarten, set van 10", 12.5, "goods"),
        Product("giftwrap", "Cadeaupapier, rol van 5 m", 7.9, "goods"),
    ),
    "brussel": (
        Product("monthly", "Tenue de la comptabilité (mois)", 245, name_nl="Boekhouding (maand)"),
        Product("quarterly", "Déclaration TVA trimestrielle", 180, name_nl="Btw-aangifte per kwartaal"),
        Product("accounts", "Comptes annuels et dépôt à la BNB", 690, name_nl="Jaarrekening en neerlegging bij de NBB"),
        Product("advice", "Conseil fiscal (heure)", 110, name_nl="Fiscaal advies (uur)"),
        Product("payslip", "Suivi du secrétariat social (mois)", 65, name_nl="Opvolging sociaal secretariaat (maand)"),
    ),
    "eupen": (
        Product("service", "Inspektion nach Herstellervorgabe", 165),
        Product("hour", "Arbeitsstunde Mechaniker", 62),
        Product("filter", "Ölfilter", 14.9, "goods"),
        Product("engineoil", "Motoröl 5W-30, 5 Liter", 46.5, "goods"),
        Product("pads", "Bremsbeläge vorne, Satz", 78, "goods"),
        Product("discs", "Bremsscheiben vorne, Paar", 132, "goods"),
        Product("tyre", "Ganzjahresreifen 205/55 R16", 96, "goods"),
        Product("battery", "Starterbatterie 70 Ah", 124, "goods"),
    ),
}


class Cost(NamedTuple):
    """What a supplier bills: label in the buyer's words, net amounts to choose from, account and tax of the chart.

    every is the number of months between two bills.
    """

    label: str
    amounts: tuple
    account: str
    tax: str
    every: int = 3


GOODS, SERVICES, SMALL = "attn_VAT-IN-V81-21", "attn_VAT-IN-V82-21-S", "attn_VAT-IN-V82-21-G"
EXEMPT = "attn_VAT-IN-V82-00-S"

#: (company, supplier) -> what it bills
COSTS = {
    ("liege", "sawmill"): Cost("Planches de hêtre et de chêne", (1840, 2275.5, 990), "a600", GOODS, 1),
    ("liege", "hardware"): Cost("Visserie et ferrures", (212.4, 148.75, 386), "a601", GOODS, 2),
    ("liege", "varnish"): Cost("Vernis et huiles", (174.3, 265), "a601", GOODS),
    ("liege", "power"): Cost("Électricité de l'atelier", (418.22, 392.6), "a6125", SERVICES, 2),
    ("liege", "phone"): Cost("Téléphone et internet", (89.5,), "a6162", SERVICES),
    ("liege", "fuel"): Cost("Carburant camionnette", (203.18, 187.4), "a612903", SMALL),
    ("liege", "insurance"): Cost("Assurance responsabilité civile", (612,), "a6146", EXEMPT, 12),
    ("gent", "paper"): Cost("Papierwaren voor verkoop", (31200, 34800, 29500), "a600", GOODS, 1),
    ("gent", "pens"): Cost("Schrijfwaren voor verkoop", (11400, 14900), "a600", GOODS, 1),
    ("gent", "parcels"): Cost("Pakketverzending", (486.2, 512.9, 701.35), "a602", SERVICES, 1),
    ("gent", "boxes"): Cost("Verzenddozen en tape", (318.4, 266), "a6122", SMALL),
    ("gent", "power"): Cost("Elektriciteit magazijn", (623.8, 588.15), "a6125", SERVICES, 2),
    ("gent", "phone"): Cost("Telefonie en internet", (149,), "a6162", SERVICES),
    ("brussel", "software"): Cost("Logiciel comptable, abonnement", (389,), "a613310", SERVICES),
    ("brussel", "landlord"): Cost("Loyer des bureaux", (1450,), "a6100", EXEMPT, 1),
    ("brussel", "phone"): Cost("Téléphone et internet", (112,), "a6162", SERVICES),
    ("brussel", "power"): Cost("Électricité des bureaux", (164.9, 142.35), "a6125", SERVICES),
    ("brussel", "insurance"): Cost("Assurance responsabilité professionnelle", (890,), "a6146", EXEMPT, 12),
    ("eupen", "carparts"): Cost("Ersatzteile", (864.2, 512.75, 1240), "a600", "attn_VAT-IN-V81-21-EU", 1),
    ("eupen", "tyres"): Cost("Reifen", (1530, 960.4), "a600", GOODS, 4),
    ("eupen", "oil"): Cost("Motoröl im Fass", (645,), "a600", GOODS, 6),
    ("eupen", "power"): Cost("Strom Werkstatt", (357.6, 331.2), "a6125", SERVICES, 2),
    ("eupen", "phone"): Cost("Telefon und Internet", (79.5,), "a6162", SERVICES),
    ("eupen", "fuel"): Cost("Kraftstoff", (142.6, 168.9), "a612903", SMALL),
}


#: What staff costs a month, contributions included: (amount, label). The other two pay no wages.
WAGES = {
    "liege": (12400, "Salaires et cotisations"),
    "gent": (58500, "Lonen en bijdragen"),
}

#: The web shop's net sales to consumers by calendar month, in thousands of euros: school and the end of the year count.
TAKINGS = (98, 94, 101, 99, 103, 97, 92, 118, 126, 109, 124, 147)


class Deal(NamedTuple):
    """A sale of one demo company to another, repeated every so many months, as (product key, quantity) lines."""

    seller: str
    buyer: str
    every: int
    lines: tuple


DEALS = (
    Deal("brussel", "liege", 3, (("quarterly", 1), ("advice", 1))),
    Deal("brussel", "eupen", 3, (("quarterly", 1),)),
    Deal("brussel", "gent", 6, (("advice", 3),)),
    Deal("liege", "gent", 6, (("shelves", 2), ("labour", 14))),
    Deal("liege", "brussel", 12, (("shelves", 1), ("labour", 6))),
    Deal("gent", "brussel", 4, (("notebook", 10), ("planner", 4))),
    Deal("gent", "liege", 6, (("pencils", 6), ("cards", 2))),
    Deal("eupen", "liege", 6, (("service", 1), ("filter", 1), ("engineoil", 1), ("hour", 1.5))),
)
