# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the rows of a file to lines of PostgreSQL's COPY text format.

A row that cannot be used is left out and reported as ``(line, reason)``; the reasons are the keys of :data:`REASONS`.
Every converter takes a :class:`.archive.Block` and returns ``({table: [copy lines]}, rows read)``.
"""

from . import layout
from .names import keys

#: Why a row is left out, in English; the caller translates.
REASONS = {
    "columns": "another number of columns than the header",
    "quotes": "a quotation mark is not closed or out of place",
    "too_long": "a line of more than 64 KB",
    "number": "not an enterprise, establishment or branch number",
    "check_digits": "the check digits of the number are wrong",
    "date": "not a date (dd-mm-yyyy)",
    "code": "a code that is not one",
    "empty": "a value that must be there is empty",
    "duplicate": "the same number twice",
}

#: Tables that each file fills, with their columns in the order of the copy lines.
TABLES = {
    "code": {"code": "category, code, language, description"},
    "enterprise": {"enterprise": "number, kind, situation, form, form_deed, started"},
    "establishment": {"establishment": "number, enterprise, started"},
    "branch": {"branch": "number, enterprise, started"},
    "denomination": {"name": "entity, kind, language, name", "name_key": "entity, key, first"},
    "address": {
        "address": "entity, kind, country_nl, country_fr, zip, city_nl, city_fr, street_nl, street_fr, house, box, "
        "extra, struck"
    },
    "contact": {"contact": "entity, kind, value"},
    "activity": {"activity": "entity, codes"},
}

NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": " ", "\n": " ", "\r": " ", "\v": " ", "\f": " "})


def _text(value):
    """Return ``value`` for a copy line: trimmed, NULL where empty, control characters as spaces."""
    if not value:
        return NULL
    if "\\" in value or not value.isprintable():
        value = value.translate(_ESCAPES)
    return value.strip() or NULL


class _Reject(Exception):
    """This row is left out; the reason is the argument."""


def _number(text):
    try:
        return layout.read_number(text)
    except ValueError as error:
        raise _Reject("number" if str(error) == "format" else "check_digits") from None


def _date(text):
    if not text:
        return NULL
    try:
        return layout.read_date(text).isoformat()
    except ValueError:
        raise _Reject("date") from None


def _code(text, length):
    """Return a code of at most ``length`` letters or digits."""
    if len(text) > length or not (text.isalnum() and text.isascii()):
        raise _Reject("code")
    return text


def _needed(text):
    if not text.strip():
        raise _Reject("empty")
    return text


def _each(block, table, convert):
    lines = []
    count = 0
    add = lines.append
    for line, row in block.rows():
        count += 1
        try:
            add(convert(row))
        except _Reject as reject:
            block.rejects.append((line, str(reject)))
    return {table: lines}, count


def code(block):
    """code.csv: descriptions, once per category, code and language."""

    def convert(row):
        category, value, language, description = row
        if len(language) != 2:
            raise _Reject("code")
        texts = (_needed(category), _needed(value), language.lower(), _needed(description))
        return "\t".join([_text(text) for text in texts]) + "\n"

    return _each(block, "code", convert)


def enterprise(block):
    """enterprise.csv. The legal form is the one to be read (JuridicalFormCAC) where the register gives it."""

    def convert(row):
        number, _status, situation, kind, form, form_cac, started = row
        number = _number(number)
        if number >= 2_000_000_000:
            raise _Reject("number")
        if kind not in (layout.NATURAL_PERSON, layout.LEGAL_PERSON, layout.UNKNOWN_PERSON):
            raise _Reject("code")
        deed = _code(form, 5) if form else NULL
        read = _code(form_cac, 5) if form_cac else deed
        situation = _code(situation, 5) if situation else NULL
        return f"{number}\t{kind}\t{situation}\t{read}\t{deed}\t{_date(started)}\n"

    return _each(block, "enterprise", convert)


def _belongs(block, table, first):
    def convert(row):
        number, started, owner = row
        number, owner = _number(number), _number(owner)
        if number < first or owner >= 2_000_000_000:
            raise _Reject("number")
        return f"{number}\t{owner}\t{_date(started)}\n"

    return _each(block, table, convert)


def establishment(block):
    """establishment.csv: the establishment units and their enterprise."""
    return _belongs(block, "establishment", 2_000_000_000)


def branch(block):
    """branch.csv: branch offices of foreign entities and their enterprise."""
    return _belongs(block, "branch", 2_000_000_000)


def denomination(block):
    """denomination.csv: the names, and their search keys (the same key once per entity in a row)."""
    names, found = [], []
    count = 0
    text, entity, seen = None, None, set()
    for line, (number, language, kind, name) in block.rows():
        count += 1
        try:
            if number != text:
                entity, text, seen = _number(number), number, set()
            if language not in layout.LANGUAGES or len(kind) != 3 or not kind.isdigit():
                raise _Reject("code")
            name = _text(name)
            if name == NULL:
                raise _Reject("empty")
        except _Reject as reject:
            block.rejects.append((line, str(reject)))
            if str(reject) in ("number", "check_digits"):
                text = None
            continue
        names.append(f"{entity}\t{kind}\t{language}\t{name}\n")
        first = "t"
        for key in keys(name):
            if key not in seen:
                seen.add(key)
                found.append(f"{entity}\t{key}\t{first}\n")
            first = "f"
    return {"name": names, "name_key": found}, count


def address(block):
    """address.csv. The French name of a place or street is kept only where it differs from the Dutch one."""

    def convert(row):
        number, kind, country_nl, country_fr, postcode, city_nl, city_fr, street_nl, street_fr, *rest = row
        house, box, extra, struck = rest
        entity = _number(number)
        kind = _code(kind, 4)
        city_fr = city_fr if city_fr != city_nl else ""
        street_fr = street_fr if street_fr != street_nl else ""
        texts = (country_nl, country_fr, postcode, city_nl, city_fr, street_nl, street_fr, house, box, extra)
        return f"{entity}\t{kind}\t" + "\t".join([_text(text) for text in texts]) + f"\t{_date(struck)}\n"

    return _each(block, "address", convert)


def contact(block):
    """contact.csv: telephone, e-mail, website."""

    def convert(row):
        number, _entity_kind, kind, value = row
        return f"{_number(number)}\t{_code(kind, 5)}\t{_text(_needed(value))}\n"

    return _each(block, "contact", convert)


# Activities: 25 to 36 million rows, so one packed number each in one array per entity. As decimal digits, from the
# left: group (3), classification (1), version (4), number of digits of the code (1), code (up to 7).
CLASSIFICATIONS = ("MAIN", "SECO", "ANCI")


def pack_activity(group, version, nace, classification):
    """Pack an activity into one integer; ValueError where a part is not what the register's codes look like.

    >>> pack_activity("001", "2025", "62100", "MAIN")
    11202550062100
    >>> unpack_activity(11202550062100)
    ('001', '2025', '62100', 'MAIN')
    >>> unpack_activity(pack_activity("006", "2003", "0111001", "ANCI"))
    ('006', '2003', '0111001', 'ANCI')
    """
    if not (group + version + nace).isdigit() or len(group) != 3 or len(version) != 4 or not 2 <= len(nace) <= 7:
        raise ValueError("not an activity")
    kind = CLASSIFICATIONS.index(classification) + 1
    return int(f"{group}{kind}{version}{len(nace)}{nace:0>7}")


def unpack_activity(packed):
    """Return ``(group, version, nace, classification)`` of a packed activity."""
    digits = f"{packed:016d}"
    length = int(digits[8])
    return digits[:3], digits[4:8], digits[16 - length :], CLASSIFICATIONS[int(digits[3]) - 1]


class _Packed(dict):
    """Packs each of the few thousand different activities once."""

    def __missing__(self, key):
        try:
            self[key] = packed = str(pack_activity(*key))
        except ValueError:
            raise _Reject("code") from None
        return packed


_packed = _Packed()


def activity(block):
    """activity.csv: one line per entity in a row, with its packed activities (each once)."""
    lines = []
    count = 0
    text, entity, codes = None, None, {}
    for line, (number, *parts) in block.rows():
        count += 1
        try:
            if number != text:
                if codes:
                    lines.append(f"{entity}\t{{{','.join(codes)}}}\n")
                    codes = {}
                text = None
                entity, text = _number(number), number
            codes[_packed[tuple(parts)]] = None
        except _Reject as reject:
            block.rejects.append((line, str(reject)))
    if codes:
        lines.append(f"{entity}\t{{{','.join(codes)}}}\n")
    return {"activity": lines}, count


def deleted(block):
    """A ``_delete.csv``: the entity numbers alone."""
    return _each(block, "deleted", lambda row: f"{_number(row[0])}\n")


CONVERTERS = {
    "code": code,
    "enterprise": enterprise,
    "establishment": establishment,
    "branch": branch,
    "denomination": denomination,
    "address": address,
    "contact": contact,
    "activity": activity,
}
