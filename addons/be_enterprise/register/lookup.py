# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Questions to the register: suggestions while typing, and all that is known of one enterprise.

A name is looked up as the start of a search key (see :func:`.names.keys`), which the index of PostgreSQL answers by
reading neighbours; no extension is needed. A question of several words starts from its rarest word. How much is read
is bounded, so that no question is slow: of a very common start, the first in alphabetical order are ranked.
"""

import re
from dataclasses import dataclass

from . import forms
from .layout import ABBREVIATION, BRANCH_NAME, LEGAL_PERSON, NATURAL_PERSON, OFFICIAL_NAME, VAT_ACTIVITIES
from .names import anchors, key_words, words
from .rows import unpack_activity
from .store import DEFAULT_SCHEMA, check_schema

LIMIT = 8
MIN_LETTERS = 3
#: Candidates ranked per question.
_CANDIDATES = 60
#: Keys read to find out which word of a question is rare, and at most for a question.
_PROBE = 500
_SCAN = 6000
MAX_ESTABLISHMENTS = 500
_LANGUAGE_CODE = {"fr": "1", "nl": "2", "de": "3", "en": "4"}
_NUMBER = re.compile(
    r"^\s*(?:(?:TVA|BTW|MWST|VAT|KBO|BCE|RPM|RPR)[\s.:]*)?(?:BE)?[\s.]*([\d][\d\s.\-/]*)$", re.IGNORECASE
)


def typed_digits(text):
    """Return the digits of a number in any usual writing, or "" where ``text`` is something else.

    >>> typed_digits("BE 0477.472"), typed_digits("tva be0477"), typed_digits("3M Belgium")
    ('0477472', '0477', '')
    """
    match = _NUMBER.match(text)
    return re.sub(r"\D", "", match.group(1)) if match else ""


def number_ranges(digits):
    """Return the ranges ``[(first, last)]`` of ten-digit numbers that start with what was typed.

    Nine digits that do not start with 0 or 1 may be an old VAT number without its zero.

    >>> number_ranges("0477472701"), number_ranges("477472701")
    ([(477472701, 477472701)], [(477472701, 477472701), (4774727010, 4774727019)])
    """
    found = []
    if 3 <= len(digits) <= 9 and digits[0] not in "01":
        found.append("0" + digits)
    if 3 <= len(digits) <= 10:
        found.append(digits)
    return [(int(text.ljust(10, "0")), int(text.ljust(10, "9"))) for text in found]


def _after(prefix):
    """Return the first text that sorts after all texts starting with ``prefix``, in code point order."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


@dataclass(frozen=True)
class Suggestion:
    """One line of the typeahead. ``matched`` is the other name that was typed, where it is not the official one."""

    number: int
    name: str
    matched: str
    city: str
    zip: str
    form: str
    active: bool
    natural: bool


class Lookup:
    """The register ``schema`` seen through a cursor, in a language: "fr", "nl", "de", or any other, whose user
    gets codes in French and places in the language spoken there."""

    def __init__(self, cr, *, schema=DEFAULT_SCHEMA, language="fr"):
        self.cr, self.schema = cr, check_schema(schema)
        self.language = language

    def _rows(self, query, *params):
        self.cr.execute(query.replace("{s}", self.schema), params)
        return self.cr.fetchall()

    # Typeahead ----------------------------------------------------------------------------------------------------

    def suggest(self, text, limit=LIMIT):
        """Return up to ``limit`` :class:`Suggestion` for what was typed; none under three letters or digits."""
        digits = typed_digits(text)
        found = self._by_number(digits, limit) if digits else []
        if len(found) < limit and sum(c.isalnum() for c in text) >= MIN_LETTERS:
            known = {suggestion.number for suggestion in found}
            found += [s for s in self._by_name(text, limit) if s.number not in known][: limit - len(found)]
        return found

    def _by_number(self, digits, limit):
        numbers = []
        for first, last in number_ranges(digits):
            if first >= 2_000_000_000:
                query = (
                    "SELECT enterprise FROM {s}.establishment WHERE number BETWEEN %s AND %s ORDER BY number LIMIT %s"
                )
            else:
                query = "SELECT number FROM {s}.enterprise WHERE number BETWEEN %s AND %s ORDER BY number LIMIT %s"
            numbers += [number for (number,) in self._rows(query, first, last, limit)]
        numbers = list(dict.fromkeys(numbers))[:limit]
        return self._describe(dict.fromkeys(numbers), numbers)

    def _by_name(self, text, limit):
        parts = key_words(text)
        if not parts:
            return []
        if len(parts) > 1 and len(parts[-1]) == 1 and parts[-1] in "eau":
            # The first letter of "et", "en", "and", "und".
            parts.pop()
        phrase = " ".join(parts)
        query = "SELECT key, entity, first FROM {s}.name_key WHERE key >= %s AND key < %s {first} ORDER BY key LIMIT %s"
        keys = self._rows(query.replace("{first}", "AND first"), phrase, _after(phrase), _CANDIDATES // 2)
        keys += self._rows(query.replace("{first}", ""), phrase, _after(phrase), _CANDIDATES)
        if len(parts) > 1 and len(keys) < limit:
            keys += self._by_words(parts)
        return self._rank(text, phrase, keys, limit)

    def _by_words(self, parts):
        """Look for keys that hold the start of every word, in any order, from the rarest word on."""
        anchor, least = None, _PROBE + 1
        for word in anchors(parts)[:3]:
            probe = "SELECT count(*) FROM (SELECT 1 FROM {s}.name_key WHERE key >= %s AND key < %s LIMIT %s) probe"
            count = self._rows(probe, word, _after(word), _PROBE)[0][0]
            if count < least:
                anchor, least = word, count
        if not least:
            return []
        others = list(parts)
        others.remove(anchor)
        condition = " AND ".join(["' ' || key LIKE %s"] * len(others))
        query = (
            "SELECT key, entity, first FROM (SELECT key, entity, first FROM {s}.name_key WHERE key >= %s AND key < %s"
            f" ORDER BY key LIMIT {_SCAN}) start WHERE {condition} LIMIT %s"
        )
        return self._rows(query, anchor, _after(anchor), *[f"% {word}%" for word in others], _CANDIDATES)

    def _rank(self, text, phrase, keys, limit):
        best = {}
        for key, entity, first in keys:
            rank = (key != phrase, not first, not key.startswith(phrase + " "), len(key), key)
            if entity not in best or rank < best[entity]:
                best[entity] = rank
        owners = self._owners(list(best))
        ranks = {}
        for entity, rank in best.items():
            owner = owners.get(entity)
            if owner is not None and (owner not in ranks or rank < ranks[owner][0]):
                ranks[owner] = (rank, entity)
        wanted = forms.codes(words(text))
        query = "SELECT number, ended, form FROM {s}.enterprise WHERE number = ANY(%s)"
        facts = {
            number: (ended is not None, bool(wanted) and form not in wanted)
            for number, ended, form in self._rows(query, list(ranks))
        }
        order = sorted((n for n in ranks if n in facts), key=lambda n: (facts[n], ranks[n][0]))[:limit]
        return self._describe({number: ranks[number][1] for number in order}, order, phrase)

    def _owners(self, entities):
        """Map establishments and branches to their enterprise, and enterprises to themselves."""
        owners = {entity: entity for entity in entities if entity < 2_000_000_000}
        others = [entity for entity in entities if entity >= 2_000_000_000]
        if others:
            owners.update(
                self._rows(
                    "SELECT number, enterprise FROM {s}.establishment WHERE number = ANY(%s)"
                    " UNION ALL SELECT number, enterprise FROM {s}.branch WHERE number = ANY(%s)",
                    others,
                    others,
                )
            )
        return owners

    def _describe(self, matched, order, phrase=""):
        """Return the suggestions of the enterprises in ``order``; ``matched`` maps each to the entity found."""
        if not order:
            return []
        facts = {
            row[0]: row[1:]
            for row in self._rows(
                "SELECT number, kind, form, ended FROM {s}.enterprise WHERE number = ANY(%s)", list(order)
            )
        }
        entities = list({*order, *(entity for entity in matched.values() if entity)})
        names = self._names(entities)
        places = self._places(order)
        wanted = phrase.split()
        found = []
        for number in order:
            kind, form, ended = facts[number]
            own = names.get(number, [])
            name = self._best_name(own) or self._best_name(names.get(matched[number], []))
            other = ""
            if wanted and not _holds(name, wanted):
                for entity in (number, matched[number]):
                    other = other or next((text for _k, _l, text in names.get(entity, []) if _holds(text, wanted)), "")
            city, postcode = places.get(number, ("", ""))
            found.append(
                Suggestion(number, name, other, city, postcode, self.form(form), ended is None, kind == NATURAL_PERSON)
            )
        return found

    def _names(self, entities):
        names = {}
        for entity, kind, language, text in self._rows(
            "SELECT entity, kind, language, name FROM {s}.name WHERE entity = ANY(%s)", entities
        ):
            names.setdefault(entity, []).append((kind, language, text))
        return names

    def _best_name(self, names):
        """Return the official name in the user's language, or else the first official, or else any."""
        own = _LANGUAGE_CODE.get(self.language)
        order = {OFFICIAL_NAME: 0, ABBREVIATION: 3, BRANCH_NAME: 4}
        best = min(names, key=lambda name: (order.get(name[0], 2), name[1] != own, name[2]), default=None)
        return best[2] if best else ""

    def _places(self, numbers):
        """Map enterprises to (city, postal code): of the registered office, or else of the first establishment."""
        places = {}
        own = (
            "SELECT a.entity, a.city_nl, a.city_fr, a.zip FROM {s}.address a"
            " WHERE a.entity = ANY(%s) ORDER BY (a.kind = 'REGO') DESC, a.struck NULLS FIRST"
        )
        first_unit = (
            "SELECT e.enterprise, a.city_nl, a.city_fr, a.zip FROM {s}.establishment e"
            " JOIN {s}.address a ON a.entity = e.number WHERE e.enterprise = ANY(%s) ORDER BY e.number"
        )
        for query in (own, first_unit):
            missing = [number for number in numbers if number not in places]
            if missing:
                for number, dutch, french, postcode in self._rows(query, missing):
                    places.setdefault(number, (self._pick(postcode, dutch, french), postcode or ""))
        return places

    def _pick(self, postcode, dutch, french):
        """Return the name of a place or street in the user's language.

        Who uses neither French nor Dutch gets the name in use there: French in Wallonia and Brussels.
        """
        if self.language in ("fr", "nl"):
            wants_french = self.language == "fr"
        else:
            code = int(postcode) if (postcode or "").isdigit() else 0
            wants_french = 1000 <= code < 1500 or 4000 <= code < 8000
        return (wants_french and french) or dutch or french or ""

    def form(self, code):
        """Return a legal form as users write it: its abbreviation, or else its description, or ""."""
        if not code:
            return ""
        return forms.abbreviation(code, self.language) or self.description("JuridicalForm", code)

    def description(self, category, code):
        """Return what a code of the register means, in the user's language or else in French, or ""."""
        texts = self.descriptions(category, code)
        return texts.get(self.language) or texts.get("fr") or texts.get("nl") or ""

    def descriptions(self, category, code):
        """Return what a code means as a dict of languages ("fr", "nl", "de", "en"), those that the register has."""
        if not code:
            return {}
        query = "SELECT language, description FROM {s}.code WHERE category = %s AND code = %s ORDER BY language"
        return dict(self._rows(query, category, code))

    def nace_titles(self):
        """Return ``[(version, code, {language: title})]`` of the activity codes that the register's list explains."""
        query = """
            SELECT right(category, 4), code, json_object_agg(language, description) FROM {s}.code
             WHERE category IN ('Nace2008', 'Nace2025') AND code ~ '^[0-9]{2,7}$' GROUP BY category, code
            """
        return list(self._rows(query))

    # Enterprises by number ----------------------------------------------------------------------------------------

    def facts(self, numbers):
        """Map each of the numbers that the register knows to ``{name, active, ended, natural}``."""
        numbers = list(numbers)
        names = self._names(numbers)
        query = "SELECT number, kind, ended FROM {s}.enterprise WHERE number = ANY(%s)"
        return {
            number: {
                "name": self._best_name(names.get(number, [])),
                "active": ended is None,
                "ended": ended,
                "natural": kind == NATURAL_PERSON,
            }
            for number, kind, ended in self._rows(query, numbers)
        }

    # One enterprise -----------------------------------------------------------------------------------------------

    def details(self, number):
        """Return what the register knows of an enterprise as a dict, or None where it does not know the number.

        ``vat``: whether it has VAT activities (the register has no other sign of VAT liability). ``contacts`` are
        empty for natural persons. Addresses are dicts, see :meth:`_address`; ``establishments`` at most 500.
        """
        row = self._rows("SELECT kind, situation, form, started, ended FROM {s}.enterprise WHERE number = %s", number)
        if not row:
            return None
        kind, situation, form, started, ended = row[0]
        units = self._rows(
            "SELECT number, started FROM {s}.establishment WHERE enterprise = %s ORDER BY number LIMIT %s",
            number,
            MAX_ESTABLISHMENTS,
        )
        entities = [number] + [unit for unit, _started in units]
        names = self._names(entities)
        addresses = self._addresses(entities)
        activities = self._activities(entities)
        own = activities.get(number, [])
        contacts = self._rows("SELECT kind, value FROM {s}.contact WHERE entity = %s", number)
        return {
            "number": number,
            "name": self._best_name(names.get(number, [])),
            "names": sorted({(k, language, text) for k, language, text in names.get(number, [])}),
            "natural": kind == NATURAL_PERSON,
            "legal": kind == LEGAL_PERSON,
            "form_code": form or "",
            "form": self.form(form),
            "form_description": self.description("JuridicalForm", form),
            "situation_code": situation or "",
            "situation": self.description("JuridicalSituation", situation),
            "started": started,
            "ended": ended,
            "active": ended is None,
            "vat": any(activity["group"] == VAT_ACTIVITIES for activity in own),
            "address": addresses.get(number),
            "activities": own,
            "contacts": dict(reversed(contacts)),
            "establishments": [
                {
                    "number": unit,
                    "name": self._best_name(names.get(unit, [])),
                    "started": unit_started,
                    "address": addresses.get(unit),
                    "activities": activities.get(unit, []),
                }
                for unit, unit_started in units
            ],
        }

    def _addresses(self, entities):
        found = {}
        for entity, kind, *row in self._rows(
            "SELECT entity, kind, country_nl, country_fr, zip, city_nl, city_fr, street_nl, street_fr, house, box,"
            " extra, struck FROM {s}.address WHERE entity = ANY(%s)"
            " ORDER BY struck NULLS FIRST, (kind IN ('REGO', 'BAET')) DESC",
            entities,
        ):
            found.setdefault(entity, self._address(kind, *row))
        return found

    def _address(self, kind, country_nl, country_fr, postcode, city_nl, city_fr, street_nl, street_fr, *rest):
        """Return an address: ``street, house, box, extra, zip, city, country`` (a name; "" in Belgium), ``struck``."""
        house, box, extra, struck = rest
        return {
            "kind": kind,
            "street": self._pick(postcode, street_nl, street_fr),
            "house": house or "",
            "box": box or "",
            "extra": extra or "",
            "zip": postcode or "",
            "city": self._pick(postcode, city_nl, city_fr),
            "country": self._pick("", country_nl, country_fr),
            "struck": struck,
        }

    def _activities(self, entities):
        found = {}
        for entity, codes in self._rows("SELECT entity, codes FROM {s}.activity WHERE entity = ANY(%s)", entities):
            for packed in codes:
                group, version, nace, classification = unpack_activity(packed)
                activity = {"group": group, "version": version, "nace": nace, "classification": classification}
                known = found.setdefault(entity, [])
                if activity not in known:
                    known.append(activity)
        return found


def _holds(name, wanted):
    """Tell whether every wanted word starts a word of ``name``."""
    have = key_words(name)
    return all(any(word.startswith(start) for word in have) for start in wanted)
