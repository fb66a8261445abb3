# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How much aid? A rate, bonuses, and the ceilings that cut it.

Where a rule is not known (does the ceiling count aid or cost? over which time? is the bonus earned?) there are two
readings: the *prudent* one, which every reading of the rule gives at least, and the *favourable* one, which none
exceeds. In both, more cost never gives less aid.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from . import rates
from .criteria import years_later
from .rules import AID, CALENDAR_YEAR, COST, PROJECT, ROLLING, TOTAL, UNKNOWN

CENT = Decimal("0.01")
ZERO = Decimal(0)
_SIZE_RANKS = (rates.MICRO, rates.SMALL, rates.MEDIUM, rates.LARGE)
_LIMIT_SIZES = {
    rates.MICRO: {"micro", "small", "sme", "all"},
    rates.SMALL: {"small", "sme", "all"},
    rates.MEDIUM: {"medium", "sme", "all"},
    rates.LARGE: {"large", "all"},
}


@dataclass(frozen=True)
class Ceiling:
    """One ceiling at work: what is left of it, and the aid that it allows (euros)."""

    limit: object
    room: Decimal
    allows: Decimal


@dataclass(frozen=True)
class Aid:
    """The aid in one reading. ``ceiling`` is the one that bit, None where none did."""

    amount: Decimal
    rate: Decimal
    rate_id: object
    ceiling: Ceiling | None
    ceilings: tuple


def cents(amount):
    """Return an amount in whole cents, rounded down: an estimate never promises more.

    >>> cents(Decimal("12.349"))
    Decimal('12.34')
    """
    return amount.quantize(CENT, ROUND_DOWN)


def rate_for(rules_rates, size, cost_kind):
    """Return the rate for a size and a kind of cost, or None. A rate for that kind goes before the general one."""
    ranks = rates.RANKS[size]
    holding = [rate for rate in rules_rates if rate.size in ranks and (not rate.kinds or cost_kind in rate.kinds)]
    return min(holding, key=lambda rate: (not rate.kinds, ranks[rate.size]), default=None)


def with_bonuses(rate, bonuses, facts, on, favourable):
    """Return the rate with the bonuses that are earned; the favourable reading counts those that may be, too."""
    if not bonuses:
        return rate.rate_max if favourable else rate.rate
    counted = (True, None) if favourable else (True,)
    points = sum((bonus.points for bonus in bonuses if bonus_earned(bonus, facts, on) in counted), ZERO)
    return min(rate.rate + points, rate.rate_max)


def bonus_earned(bonus, facts, on):
    """Return True, False or None (not known)."""
    if bonus.younger_than:
        return None if facts.founded_on is None else years_later(facts.founded_on, bonus.younger_than) > on
    return facts.answers.get(bonus.question)


def used(limit, period, basis, earlier, on: date, rate):
    """Return how much of a ceiling earlier aid uses on a day: euros of aid or of cost.

    ``earlier`` is the aid that counts for this ceiling. Over a rolling period the fullest window around the day counts,
    so that aid of a later day counts as aid of an earlier one does. A cost that is not known is taken from the aid.
    """

    def figure(one):
        if basis == AID:
            return one.aid
        return one.cost if one.cost is not None else one.aid / rate

    if period == PROJECT or not earlier:
        return ZERO
    if period == CALENDAR_YEAR:
        return sum((figure(one) for one in earlier if one.on.year == on.year), ZERO)
    if period == ROLLING:
        ends = {on, *(one.on for one in earlier if on < one.on < years_later(on, 3))}
        return max(
            sum((figure(one) for one in earlier if one.on <= end < years_later(one.on, 3)), ZERO) for end in ends
        )
    return sum((figure(one) for one in earlier), ZERO)


def _counts(limit, one, programme, favourable):
    if limit.pool is not None:
        return limit.pool in one.pools
    if one.programme != programme:
        return False
    if not limit.kinds:
        return True
    return one.cost_kind in limit.kinds if one.cost_kind else not favourable


def applies(limit, size, cost_kind):
    """Tell whether a ceiling or a minimum holds for a size and a kind of cost."""
    return limit.size in _LIMIT_SIZES[size] and (not limit.kinds or cost_kind in limit.kinds)


def ceilings(rules, rate, size, cost_kind, earlier, on, favourable):
    """Return every ceiling that holds, with its room and the aid that it allows at ``rate``."""
    found = []
    for limit in rules.limits:
        if limit.kind != "max" or not applies(limit, size, cost_kind):
            continue
        counted = [one for one in earlier if _counts(limit, one, rules.programme, favourable)]
        period = limit.period
        if period == UNKNOWN:
            period = PROJECT if favourable else TOTAL
        bases = (limit.basis,) if limit.basis != UNKNOWN else (AID,) if favourable else (AID, COST)
        for basis in bases:
            room = max(ZERO, limit.amount - used(limit, period, basis, counted, on, rate))
            found.append(Ceiling(limit, room, room if basis == AID else cents(room * rate)))
    return found


def compute(rules, facts, size, cost, cost_kind, earlier, on, favourable=False):
    """Return the :class:`Aid` for an enterprise of one size, or None where no rate is known.

    :param Decimal cost: euros, excl. VAT
    :param earlier: the :class:`~.facts.Earlier` aid of the enterprise, under any programme
    """
    base = rate_for(rules.rates, size, cost_kind)
    if base is None:
        return None
    rate = with_bonuses(base, rules.bonuses, facts, on, favourable)
    found = ceilings(rules, rate, size, cost_kind, earlier, on, favourable)
    if facts.de_minimis_room is not None and (
        rules.aid_category == "de_minimis" or (rules.aid_category == UNKNOWN and not favourable)
    ):
        found.append(Ceiling(None, facts.de_minimis_room, facts.de_minimis_room))
    full = cents(cost * rate)
    lowest = min(found, key=lambda ceiling: ceiling.allows, default=None)
    bites = lowest if lowest and lowest.allows < full else None
    return Aid(max(ZERO, bites.allows if bites else full), rate, base.id, bites, tuple(found))


def sizes_to_try(size):
    """Return the sizes to reckon with: the one that is known, or all.

    >>> sizes_to_try("small"), sizes_to_try(None)
    (('small',), ('micro', 'small', 'medium', 'large'))
    """
    return (size,) if size else _SIZE_RANKS


def both_readings(rules, facts, cost, cost_kind, earlier, on):
    """Return (prudent, favourable) :class:`Aid`, or (None, None) where no rate is known for the size."""
    sizes = sizes_to_try(facts.size)
    low = [compute(rules, facts, size, cost, cost_kind, earlier, on) for size in sizes]
    low = [aid for aid in low if aid]
    if not low:
        return None, None
    high = [compute(rules, facts, size, cost, cost_kind, earlier, on, favourable=True) for size in sizes]
    return (
        min(low, key=lambda aid: (aid.amount, aid.rate)),
        max((aid for aid in high if aid), key=lambda aid: (aid.amount, aid.rate)),
    )
