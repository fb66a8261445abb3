# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The files of the KBO/BCE Open Data zip, their columns and codes.

Source: FPS Economy, "Cookbook KBO Open Data" (R018.00 and 1.0.0 of the files): comma-separated, text in double quotes,
empty values unquoted, UTF-8, dates ``dd-mm-yyyy``, rows grouped by entity. A full edition holds each file once; an
update edition holds ``<file>_delete.csv`` (entity numbers whose rows go) and ``<file>_insert.csv`` (all rows of the
entities that changed), with ``meta.csv`` and ``code.csv`` in full.
"""

from datetime import date

COLUMNS = {
    "meta": ("Variable", "Value"),
    "code": ("Category", "Code", "Language", "Description"),
    "enterprise": (
        "EnterpriseNumber",
        "Status",
        "JuridicalSituation",
        "TypeOfEnterprise",
        "JuridicalForm",
        "JuridicalFormCAC",
        "StartDate",
    ),
    "establishment": ("EstablishmentNumber", "StartDate", "EnterpriseNumber"),
    "denomination": ("EntityNumber", "Language", "TypeOfDenomination", "Denomination"),
    "address": (
        "EntityNumber",
        "TypeOfAddress",
        "CountryNL",
        "CountryFR",
        "Zipcode",
        "MunicipalityNL",
        "MunicipalityFR",
        "StreetNL",
        "StreetFR",
        "HouseNumber",
        "Box",
        "ExtraAddressInfo",
        "DateStrikingOff",
    ),
    "activity": ("EntityNumber", "ActivityGroup", "NaceVersion", "NaceCode", "Classification"),
    "contact": ("EntityNumber", "EntityContact", "ContactType", "Value"),
    "branch": ("Id", "StartDate", "EnterpriseNumber"),
}
#: The files with facts, in the order they are loaded: what the look-up needs first comes first.
FACTS = ("enterprise", "establishment", "branch", "denomination", "address", "contact", "activity")
#: A full edition without one of these is refused; the others may be missing in older editions.
REQUIRED = ("enterprise", "establishment", "denomination", "address", "activity")

NATURAL_PERSON, LEGAL_PERSON, UNKNOWN_PERSON = "1", "2", "0"
#: Denomination languages, category ``Language`` of code.csv.
LANGUAGES = {"0": "", "1": "fr", "2": "nl", "3": "de", "4": "en"}
OFFICIAL_NAME, ABBREVIATION, COMMERCIAL_NAME, BRANCH_NAME = "001", "002", "003", "004"
REGISTERED_OFFICE, ESTABLISHMENT_ADDRESS = "REGO", "BAET"
VAT_ACTIVITIES = "001"


def delete_columns(name):
    """Return the single column of ``<name>_delete.csv``.

    >>> delete_columns("branch"), delete_columns("address")
    (('Id',), ('EntityNumber',))
    """
    return COLUMNS[name][:1]


def read_date(text):
    """Read ``dd-mm-yyyy``; ValueError where it is not one.

    >>> read_date("09-08-1960")
    datetime.date(1960, 8, 9)
    """
    if len(text) != 10 or text[2] != "-" or text[5] != "-":
        raise ValueError(f"not a date: {text!r}")
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


def read_number(text):
    """Read an entity number as the files write it, ``0477.472.701`` or ``2.000.000.042``, into an int.

    The two check digits of enterprises (0, 1) and establishments (2 to 8) are checked; the numbers of branches of
    foreign entities (9) are no official numbers and carry none. ValueError where the number is not one.

    >>> read_number("0477.472.701"), read_number("2.000.000.042"), read_number("9.000.006.626")
    (477472701, 2000000042, 9000006626)
    >>> read_number("0477.472.702")
    Traceback (most recent call last):
    ...
    ValueError: check digits
    """
    digits = text.replace(".", "")
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        raise ValueError("format")
    number = int(digits)
    if number < 9_000_000_000 and 97 - number // 100 % 97 != number % 100:
        raise ValueError("check digits")
    return number


def write_number(number):
    """Write an entity number as the register does.

    >>> write_number(477472701), write_number(2000000042)
    ('0477.472.701', '2.000.000.042')
    """
    digits = f"{number:010d}"
    if digits[0] in "01":
        return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
    return f"{digits[0]}.{digits[1:4]}.{digits[4:7]}.{digits[7:]}"
