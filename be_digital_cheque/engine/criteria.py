# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Is one condition met? Each answer is True, False or None (not known), with the fact that it rests on.

A condition whose fact is not known may have a question: then the enterprise's own answer counts.
"""

from typing import NamedTuple

from .facts import SELF_EMPLOYED
from .rates import LARGE, MEDIUM, MICRO, SMALL

SME = frozenset({MICRO, SMALL, MEDIUM})
SIZES = frozenset({MICRO, SMALL, MEDIUM, LARGE})


class Result(NamedTuple):
    """``met`` is True, False or None; ``found`` the fact as plain JSON; ``missing`` the fact that would tell."""

    id: object
    kind: str
    met: bool | None
    found: object = None
    missing: str | None = None


def years_later(day, years):
    """Return the same day some years later; 29 February becomes 1 March.

    >>> from datetime import date
    >>> years_later(date(2024, 2, 29), 4), years_later(date(2024, 2, 29), 1)
    (datetime.date(2028, 2, 29), datetime.date(2025, 3, 1))
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)


def months_later(day, months):
    """Return the same day some months later, the last day of the month where that has fewer.

    >>> from datetime import date
    >>> months_later(date(2024, 11, 30), 3), months_later(date(2024, 1, 31), 36)
    (datetime.date(2025, 2, 28), datetime.date(2027, 1, 31))
    """
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=day.year + year, month=month + 1, day=last)
        except ValueError:
            continue
    raise AssertionError


def _region(criterion, facts, _project):
    if criterion.principal_seat:
        region = facts.region
        met = None if region is None else region == criterion.region
        if met is None and facts.seats and all(seat.region not in (None, criterion.region) for seat in facts.seats):
            met = False
        return met, region, "region"
    regions = {seat.region for seat in facts.seats} or {facts.region}
    if criterion.region in regions:
        return True, criterion.region, "region"
    return (None if None in regions else False), sorted(filter(None, regions)), "region"


def _outside_german_community(_criterion, facts, _project):
    value = facts.german_community
    return (None if value is None else not value), value, "region"


def _member(fact):
    def judge(criterion, facts, _project):
        value = getattr(facts, fact)
        if value is None:
            return None, None, fact
        return (value in criterion.values) != criterion.excludes, value, fact

    return judge


def _code_size(criterion, facts, _project):
    """Companies by their size; "self_employed" among the values lets natural persons in, whatever their size."""
    if facts.code_size in criterion.values:
        return True, facts.code_size, "code_size"
    if facts.legal_kind == SELF_EMPLOYED and SELF_EMPLOYED in criterion.values:
        return True, SELF_EMPLOYED, "legal_kind"
    if facts.code_size is None:
        return None, None, "code_size"
    if facts.legal_kind is None and SELF_EMPLOYED in criterion.values:
        return None, facts.code_size, "legal_kind"
    return False, facts.code_size, "code_size"


def _age(criterion, facts, project):
    """``number`` years at least, or (``above`` false) younger than that."""
    if facts.founded_on is None:
        return None, None, "founded_on"
    old = years_later(facts.founded_on, criterion.number) <= project.on
    return old == criterion.above, facts.founded_on.isoformat(), "founded_on"


def _seat_age(criterion, facts, project):
    seats = [seat for seat in facts.seats if seat.region in (None, criterion.region)]
    dates = [seat.started_on for seat in seats]
    if any(day and years_later(day, criterion.number) <= project.on for day in dates):
        return True, min(filter(None, dates)).isoformat(), "seat_age"
    return (None if not dates or None in dates else False), None, "seat_age"


def _in_list(activity, criterion):
    codes = activity.codes.get(criterion.nace_version)
    if not codes:
        return None
    inside = [code.startswith(criterion.nace_codes) for code in codes]
    return True if all(inside) else None if any(inside) else False


def _nace(criterion, facts, _project):
    if not criterion.nace_codes:
        return None, None, "nace_list"
    activities = facts.activities
    main = [activity for activity in activities if activity.main]
    inside = [_in_list(activity, criterion) for activity in (main if criterion.main_only and main else activities)]
    if not inside:
        return None, None, "nace"
    if criterion.main_only and not main and any(one is not False for one in inside):
        found = None  # which of them is the main one would tell
    else:
        found = True if True in inside else None if None in inside else False
    written = sorted(
        {code for activity in main or activities for code in activity.codes.get(criterion.nace_version, ())}
    )
    return (None if found is None else found != criterion.excludes), written, "nace"


def _de_minimis_sector(_criterion, facts, _project):
    """Primary agriculture and fisheries have rules of their own; so has what a firm outside them is not asked about."""
    codes = [code for activity in facts.activities for options in activity.codes.values() for code in options]
    if codes and not any(code.startswith(("01", "03")) for code in codes):
        return True, sorted(codes), "excluded_sector"
    return None, None, "excluded_sector"


def _public_stake(criterion, facts, _project):
    """Less than ``number`` percent of the capital is public; the fact only tells 25% apart."""
    if facts.public_body == "no" and criterion.number >= 25:
        return True, "no", "public_body"
    if facts.public_body in ("yes", "exempt") and criterion.number <= 25:
        return False, facts.public_body, "public_body"
    return None, facts.public_body, "public_body"


def _declared(criterion, facts, _project):
    """Something that only the enterprise can say; asked only of those with more staff than ``number``."""
    if criterion.number and facts.staff is not None and facts.staff <= criterion.number:
        return True, str(facts.staff), None
    return None, None, criterion.question


def _project_count(criterion, facts, project):
    """Fewer than ``number`` projects in the calendar year."""
    count = sum(1 for one in project.own_earlier if one.on.year == project.on.year)
    return count < criterion.number, count, None


def _wait(criterion, _facts, project):
    """At least ``number`` months since the last aid of the programme, and as long before the next."""
    near = [
        one.on
        for one in project.own_earlier
        if months_later(min(one.on, project.on), criterion.number) > max(one.on, project.on)
    ]
    return not near, max(near).isoformat() if near else None, None


_JUDGES = {
    "region": _region,
    "outside_german_community": _outside_german_community,
    "size": _member("size"),
    "code_size": _code_size,
    "legal_form": _member("legal_kind"),
    "age": _age,
    "seat_age": _seat_age,
    "nace": _nace,
    "de_minimis_sector": _de_minimis_sector,
    "public_stake": _public_stake,
    "declared": _declared,
    "project_count": _project_count,
    "wait": _wait,
}
KINDS = tuple(_JUDGES)


def judge(criterion, facts, project):
    """Return the :class:`Result` of one criterion for an enterprise and a planned project.

    >>> from .facts import Facts
    >>> from .rules import Criterion
    >>> sme = Criterion(1, "size", values=SME)
    >>> judge(sme, Facts(size="medium"), None)
    Result(id=1, kind='size', met=True, found='medium', missing=None)
    >>> judge(sme, Facts(size="large"), None).met, judge(sme, Facts(), None).missing
    (False, 'size')
    """
    met, found, missing = _JUDGES[criterion.kind](criterion, facts, project)
    if met is None and criterion.question:
        answer = facts.answers.get(criterion.question)
        if answer is not None:
            met, found = answer == criterion.expected, answer
        else:
            missing = criterion.question
    return Result(criterion.id, criterion.kind, met, found, missing if met is None else None)
