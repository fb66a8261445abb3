# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Customers and suppliers, read from partners.csv. Every name, street and address is invented."""

import csv
from pathlib import Path
from typing import NamedTuple


class Partner(NamedTuple):
    """A customer or supplier.

    serial makes its numbers, None where the partner has none (a person, or a deliberately incomplete record);
    customer_of and supplier_of name the demo companies (keys separated by spaces) that trade with it;
    traits: "person", "no_email", "no_vat" (a firm whose VAT number nobody noted), "cocontractor" (construction,
    VAT to be accounted for by the customer), "off_peppol" (cannot be reached on Peppol), "german" (VAT number),
    "takings" (stands for the consumers whose purchases are booked by the month).
    """

    key: str
    name: str
    lang: str
    street: str
    zip: str
    city: str
    serial: int | None
    customer_of: str = ""
    supplier_of: str = ""
    traits: str = ""


def _read():
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            yield Partner(**{**row, "serial": int(row["serial"]) if row["serial"] else None})


PARTNERS = tuple(_read())

#: Telephone zones by the first digits of the postal code, the longest match wins.
ZONES = {
    "1": "2",
    "2": "3",
    "28": "15",
    "4": "4",
    "450": "85",
    "47": "87",
    "478": "80",
    "48": "87",
    "5": "81",
    "66": "80",
    "75": "69",
    "80": "50",
    "85": "56",
    "9": "9",
    "930": "53",
}


def zone(postal_code):
    """Return the telephone zone of a Belgian postal code, without the leading 0.

    >>> zone("4000"), zone("4700")
    ('4', '87')
    """
    return ZONES[next(postal_code[:length] for length in (3, 2, 1) if postal_code[:length] in ZONES)]
