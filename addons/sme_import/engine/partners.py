# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Customers and suppliers: what goes in, what is put right, what stays out.

>>> from be_enterprise.engine import number, region
>>> from datetime import date
>>> rules = Rules(number, region, date(2026, 1, 1), countries={"belgie": "BE"})
>>> verdict = check({"name": "Bakkerij Peeters", "vat": "477472701", "zip": "B-2000", "country": "België"}, rules)
>>> verdict.status, verdict.values["vat"], verdict.values["zip"], verdict.values["language"]
('ready', 'BE0477472701', '2000', 'nl')
"""

import datetime
import re
from dataclasses import dataclass, field
from types import ModuleType

from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError

from .iban import account_number
from .mapper import key
from .verdict import Verdict

_CODE_AND_PLACE = re.compile(r"((?:BE?-?\s?)?\d{4,5})\s+(\D.*)")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
_LANGUAGES = {"nl": "nl", "fr": "fr", "de": "de", "en": "en"} | dict.fromkeys(
    "n ned ndl nederlands neerlandais niederlandisch dutch".split(), "nl"
)
_LANGUAGES |= dict.fromkeys("f fra francais frans franzosisch french".split(), "fr")
_LANGUAGES |= dict.fromkeys("d deu all duits allemand deutsch german".split(), "de")
_LANGUAGES |= dict.fromkeys("e eng engels anglais englisch english".split(), "en")
#: What stands on number plates, and what old programs write for a country.
_CAR_CODES = {"b": "BE", "f": "FR", "d": "DE", "l": "LU", "i": "IT", "e": "ES", "p": "PT", "a": "AT", "uk": "GB"}
_NO_VAT = frozenset("/ - 0 nvt na n/a geen néant neant none privé prive particulier nt".split())
_CIVIL = frozenset("m mr mme mlle monsieur madame mademoiselle dhr de heer mevr mevrouw herr frau mrs ms".split())
_LEGAL_FORM = re.compile(
    r"(?i)\b(?:nv|sa|bv|bvba|srl|sprl|cv|sc|scrl|cvba|vzw|asbl|vof|snc|gmbh|ag|ug|ltd|inc|sarl|b\.v\.|n\.v\.)\b"
)


@dataclass(frozen=True)
class Rules:
    """What the check needs from outside: be_enterprise's modules, the day, and names and codes of countries.

    ``role``: "customer", "supplier" or "both" where no column says it. ``home``: code of the company's country.
    """

    number: ModuleType
    region: ModuleType
    on: datetime.date
    countries: dict = field(default_factory=dict)
    role: str = "both"
    home: str = "BE"


def check(cells, rules, verdict=None):
    """Return the :class:`Verdict` on one row; ``cells`` is ``{target: value}`` as :func:`reading.read` gives it."""
    verdict = verdict or Verdict()
    values = verdict.values
    _name(cells, values, verdict)
    country = _country(cells.get("country"), rules, verdict)
    country = _numbers(cells, country, values, rules, verdict)
    _address(cells, country, values, rules, verdict)
    _ways_to_reach(cells, values, verdict)
    _bank(cells, values, verdict)
    for code in ("ref", "comment", "contact"):
        if cells.get(code):
            values[code] = cells[code]
    if cells.get("active") is False:
        values["active"] = False
    values["roles"] = _roles(cells, rules)
    return verdict


def _name(cells, values, verdict):
    name = cells.get("name") or ""
    first = cells.get("first_name") or ""
    second = cells.get("name2") or ""
    if not (name or second):
        verdict.refuse("no_name")
        return
    values["name"] = " ".join(part for part in ((first, name or second) if first else (name or second,)) if part)
    if name and second and key(second) not in key(name):
        values["name"] = f"{values['name']} {second}"
    title = cells.get("title") or ""
    if _LEGAL_FORM.fullmatch(title) and not _LEGAL_FORM.search(values["name"]):
        values["name"] = f"{values['name']} {title}"
    company = cells.get("vat") or cells.get("enterprise") or _LEGAL_FORM.search(values["name"])
    person = first or key(title) in _CIVIL
    values["is_company"] = bool(company) or not person


def _country(text, rules, verdict):
    if not text:
        return None
    written = key(text)
    found = _CAR_CODES.get(written) or rules.countries.get(written)
    if not found:
        verdict.note("country_unknown", value=text)
    return found


def _numbers(cells, country, values, rules, verdict):
    """Settle VAT and enterprise number; return the country that they prove, or the given one."""
    vat = (cells.get("vat") or "").strip()
    enterprise = (cells.get("enterprise") or "").strip()
    if vat.lower() in _NO_VAT or not re.search(r"\d", vat):
        vat = ""
    if vat:
        found = _vat(vat, country, rules)
        if found:
            values["vat"] = found
            if not country:
                country = found[:2] if found[:2] != "EL" else "GR"
                verdict.note("country_from_vat", value=country)
            if found != re.sub(r"[\s.\-/]", "", vat).upper():
                verdict.note("vat_prefix", value=found)
        else:
            verdict.note("vat_wrong", value=vat)
    belgian = country in (None, "BE")
    if enterprise and belgian:
        code = rules.number.problem(enterprise)
        if code:
            verdict.note("enterprise_wrong", value=enterprise)
        else:
            values["enterprise"] = rules.number.enterprise(enterprise)
            country = country or "BE"
            if values.get("vat", "BE")[:2] == "BE" and values.get("vat", "")[2:] not in ("", values["enterprise"]):
                verdict.note("numbers_disagree", vat=values["vat"], enterprise=values["enterprise"])
    elif enterprise:
        values["enterprise"] = enterprise
    if values.get("vat", "").startswith("BE") and not values.get("enterprise"):
        values["enterprise"] = values["vat"][2:]
        verdict.note("number_from_vat", value=values["enterprise"])
    return country


def _vat(text, country, rules):
    """Return the VAT number in ``text`` with its prefix, or None where it is wrong."""
    home = country or rules.home
    try:
        return rules.number.vat(text) if home == "BE" or re.match(r"(?i)\s*BE", text) else _foreign(text, country)
    except rules.number.ForeignNumber:
        return _foreign(text, country)
    except rules.number.NumberError:
        return None


def _foreign(text, country):
    compact = re.sub(r"[\s.\-/]", "", text).upper()
    prefix = "EL" if country == "GR" else country
    for candidate in (compact, f"{prefix}{compact}" if prefix else ""):
        try:
            if candidate:
                return eu_vat.validate(candidate)
        except ValidationError:
            continue
    # outside the Union there is no common rule: it is kept as it is, and Odoo's own check has the last word
    outside = country and country not in {code.upper() for code in eu_vat.MEMBER_STATES} | {"GR"}
    return compact if outside else None


def _address(cells, country, values, rules, verdict):
    street = " ".join(part for part in (cells.get("street"), cells.get("house")) if part)
    if cells.get("box"):
        street = f"{street} bus {cells['box']}" if not re.search(r"(?i)\b(bus|bte|box)\b", street) else street
    postal, city = cells.get("zip") or "", cells.get("city") or ""
    if bool(postal) != bool(city) and (found := _CODE_AND_PLACE.fullmatch(postal or city)):
        postal, city = found.groups()
        verdict.note("zip_from_city", value=postal)
    digits = rules.region.normalise(postal)
    place = rules.region.lookup(postal, on=rules.on) if digits and country in (None, "BE") else None
    if not country and place and rules.home == "BE":
        country = "BE"
        verdict.note("country_from_zip", value=postal)
    if country == "BE" and postal:
        if place:
            postal = digits
        else:
            verdict.note("zip_unknown", value=postal)
    language = _language(cells.get("language"), place, verdict)
    found = {
        "street": street,
        "street2": cells.get("street2"),
        "zip": postal,
        "city": city,
        "country": country,
        "language": language,
    }
    values.update({code: value for code, value in found.items() if value})


def _language(text, place, verdict):
    if text:
        written = key(text).split(" ")[0]
        found = _LANGUAGES.get(written) or _LANGUAGES.get(written[:2])
        if found:
            return found
        verdict.note("language_unknown", value=text)
    if place and place.language != "bilingual":
        verdict.note("language_from_zip", value=place.language)
        return place.language
    return None


def _ways_to_reach(cells, values, verdict):
    mails = [part for part in re.split(r"[\s,;]+", cells.get("email") or "") if part]
    right = [mail for mail in mails if _EMAIL.fullmatch(mail)]
    if right:
        values["email"] = right[0]
    for mail in mails:
        if mail not in right[:1]:
            verdict.note("email_more" if mail in right else "email_wrong", value=mail)
    for code in ("phone", "mobile"):
        if re.search(r"\d", cells.get(code) or ""):
            values[code] = cells[code]
    if cells.get("website"):
        values["website"] = cells["website"]


def _bank(cells, values, verdict):
    text = cells.get("iban") or ""
    if not re.search(r"\d", text):
        return
    found, was_old = account_number(text)
    if not found:
        verdict.note("iban_wrong", value=text)
        return
    values["iban"] = found
    if was_old:
        verdict.note("iban_from_old", old=text, value=found)
    bic = re.sub(r"\s", "", cells.get("bic") or "").upper()
    if re.fullmatch(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", bic):
        values["bic"] = bic


def _roles(cells, rules):
    """Return the roles of the row: "customer", "supplier" or both; what columns say wins over the choice for all."""
    given = {role for role in ("customer", "supplier") if cells.get(role)}
    said = any(cells.get(role) is not None for role in ("customer", "supplier"))
    if not given:
        written = key(cells.get("relation") or "")
        if re.search(r"customer|client|klant|kunde|debit", written) or written == "c":
            given.add("customer")
        if re.search(r"supplier|fournisseur|leverancier|lieferant|vendor|credit", written) or written in (
            "s",
            "f",
            "l",
        ):
            given.add("supplier")
    if not given and not said:
        given = {"customer", "supplier"} if rules.role == "both" else {rules.role}
    return sorted(given)


def keys(values):
    """Return by what two rows are known to be the same: ``[(kind, text)]``, the surest first.

    >>> keys({"vat": "BE0477472701", "enterprise": "0477472701", "name": "S.A. Dupont", "zip": "4000", "ref": "12"})
    [('number', 'BE0477472701'), ('ref', '12|s a dupont'), ('name', 's a dupont|4000')]
    """
    found = []
    if values.get("vat"):
        found.append(("number", values["vat"]))
    elif values.get("enterprise") and values.get("country") in (None, "BE"):
        found.append(("number", f"BE{values['enterprise']}"))
    name = key(values.get("name") or "")
    if values.get("ref"):
        found.append(("ref", f"{values['ref']}|{name}"))
    if values.get("zip"):
        found.append(("name", f"{name}|{values['zip']}"))
    return found


def may_be_same(one, other):
    """Tell whether nothing speaks against two sets of values being one partner: no two different numbers.

    >>> may_be_same({"vat": "BE0477472701"}, {"vat": None}), may_be_same({"vat": "BE1"}, {"vat": "BE2"})
    (True, False)
    """
    return all(not one.get(code) or not other.get(code) or one[code] == other[code] for code in ("vat", "enterprise"))
