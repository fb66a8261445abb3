# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""May an enterprise have aid of a programme for what it plans, and how much? An estimate: the authority decides.

A judgement is *eligible* only where every condition is known to be met, *not eligible* only where one is known not to
be, else *unknown*, with the facts that are missing.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from . import aid as amounts
from . import period as periods
from .criteria import Result
from .criteria import judge as judge_criterion
from .facts import SELF_EMPLOYED
from .rules import AID, COST, PROJECT, TAX
from .rules import UNKNOWN as NOT_KNOWN

ELIGIBLE, NOT_ELIGIBLE, UNKNOWN = "eligible", "not_eligible", "unknown"
ZERO = Decimal(0)
#: A cost that reaches every ceiling.
WITHOUT_END = Decimal(10) ** 12


@dataclass(frozen=True)
class Project:
    """What is planned: ``cost`` in euros excl. VAT, ``on`` the day on which it is applied for.

    ``provider_ok`` is True, False, None (not known) or "later" where no provider is chosen yet.
    """

    cost: Decimal
    cost_kind: str
    on: date
    earlier: tuple = ()
    own_earlier: tuple = ()
    provider_ok: object = "later"


@dataclass(frozen=True)
class Judgement:
    """``aid`` is the prudent reading, ``aid_max`` the favourable one (euros); None where no rate is known.

    For a tax measure both are 0 and ``deduction`` is what it takes off the tax base on top of the cost itself.
    """

    programme: object
    version: object
    verdict: str
    cost: Decimal
    cost_kind: str
    on: date
    results: tuple
    rate: Decimal | None = None
    rate_max: Decimal | None = None
    rate_id: object = None
    aid: Decimal | None = None
    aid_max: Decimal | None = None
    deduction: Decimal = ZERO
    ceiling: amounts.Ceiling | None = None
    ceilings: tuple = ()
    bonuses: tuple = ()

    @property
    def missing(self):
        """The facts that would tell, each once, in the order of the conditions."""
        return tuple(dict.fromkeys(result.missing for result in self.results if result.missing))

    @property
    def reasons(self):
        """The conditions that are not met."""
        return tuple(result for result in self.results if result.met is False)

    def as_dict(self):
        """Return the judgement as plain JSON: amounts and rates are texts of exact decimals, days are ISO dates."""

        def text(amount):
            return None if amount is None else format(amount, "f")

        def ceiling(one):
            return {
                "limit": one.limit and one.limit.id,
                "room": text(one.room),
                "allows": text(one.allows),
            }

        return {
            "programme": self.programme,
            "version": self.version,
            "verdict": self.verdict,
            "cost": text(self.cost),
            "cost_kind": self.cost_kind,
            "on": self.on.isoformat(),
            "criteria": [result._asdict() for result in self.results],
            "missing": list(self.missing),
            "rate": text(self.rate),
            "rate_max": text(self.rate_max),
            "rate_id": self.rate_id,
            "aid": text(self.aid),
            "aid_max": text(self.aid_max),
            "deduction": text(self.deduction),
            "ceiling": ceiling(self.ceiling) if self.ceiling else None,
            "ceilings": [ceiling(one) for one in self.ceilings],
            "bonuses": [{"id": bonus_id, "earned": earned} for bonus_id, earned in self.bonuses],
        }


def _in_force(rules, project):
    phase = periods.phase(rules.date_from, rules.date_to, project.on)
    if rules.status == "closed":
        phase = periods.PAST
    return Result(None, "in_force", phase == periods.CURRENT, phase)


def _covered(rules, project):
    kind = project.cost_kind
    met = None
    if kind in rules.eligible:
        met = True
    elif kind in rules.excluded or rules.nothing_else:
        met = False
    return Result(None, "cost_kind", met, kind, None if met is not None else "cost_kind")


def _provider(rules, project):
    """A programme that takes any provider says nothing; where none is chosen yet there is nothing to judge."""
    if rules.provider == "none" or project.provider_ok == "later":
        return ()
    met = project.provider_ok
    return (Result(None, "provider", met, rules.provider, "provider" if met is None else None),)


def _size_fact(rules):
    return "code_size" if rules.aid_form == TAX else "size"


def _served(rules, facts, project):
    """There are rates, and none for some sizes: enterprises of these are not served."""
    relevant = [rate for rate in rules.rates if not rate.kinds or project.cost_kind in rate.kinds]
    if not relevant:
        return ()
    served = {
        amounts.rate_for(relevant, size, project.cost_kind) is not None for size in amounts.sizes_to_try(facts.size)
    }
    if served == {True}:
        return ()
    met = False if served == {False} else None
    return (Result(None, "rate", met, facts.size, None if met is False else _size_fact(rules)),)


def _minimums(rules, facts, project, low, high):
    """Yield whether each minimum is reached."""
    sizes = amounts.sizes_to_try(facts.size)
    for limit in rules.limits:
        holds = {amounts.applies(limit, size, project.cost_kind) for size in sizes}
        if limit.kind != "min" or holds == {False}:
            continue
        met = _reached(limit, project, low and low.amount, high and high.amount)
        missing = "minimum"
        if met is not True and False in holds:
            met, missing = None, _size_fact(rules)
        yield Result(limit.id, "minimum", met, format(limit.amount, "f"), None if met is not None else missing)


def _reached(limit, project, low, high):
    """Is a minimum reached? Over a longer time than the project the rest of that time is not known."""
    if limit.basis == AID:
        met = None if low is None else True if low >= limit.amount else None if high >= limit.amount else False
    elif project.cost < limit.amount:
        met = False
    else:
        # Not known what it counts: cost is enough of it, aid may not be.
        met = True if limit.basis == COST or (low is not None and low >= limit.amount) else None
    if met is False and limit.period not in (PROJECT, NOT_KNOWN):
        return None
    return met


def _minimum_of_aid(rules):
    """Some minimum is, or may be, one of aid: it is judged even where another condition is not met."""
    return any(limit.kind == "min" and limit.basis != COST for limit in rules.limits)


def judge(rules, facts, project):
    """Return the :class:`Judgement` of one programme's rules for an enterprise and what it plans."""
    results = [_in_force(rules, project), _covered(rules, project)]
    results += [judge_criterion(criterion, facts, project) for criterion in rules.criteria]
    results += _provider(rules, project)
    if rules.aid_form == TAX:
        # Tax law goes by the size of the Companies Code.
        code_size = "small" if facts.legal_kind == SELF_EMPLOYED else facts.code_size
        facts = replace(facts, size=code_size)
    low = high = None
    if all(result.met is not False for result in results) or _minimum_of_aid(rules):
        low, high = amounts.both_readings(rules, facts, project.cost, project.cost_kind, project.earlier, project.on)
    results += _served(rules, facts, project)
    results += _minimums(rules, facts, project, low, high)
    verdict = ELIGIBLE
    if any(result.met is False for result in results):
        verdict = NOT_ELIGIBLE
    elif any(result.met is None for result in results):
        verdict = UNKNOWN
    common = (rules.programme, rules.version, verdict, project.cost, project.cost_kind, project.on, tuple(results))
    bonuses = tuple((bonus.id, amounts.bonus_earned(bonus, facts, project.on)) for bonus in rules.bonuses)
    if verdict == NOT_ELIGIBLE:
        return Judgement(*common, aid=ZERO, aid_max=ZERO, bonuses=bonuses)
    if low is None:
        return Judgement(*common, bonuses=bonuses)
    if rules.aid_form == TAX:
        # 120% takes the place of the 100% that any cost may be deducted for; 20% comes on top of the depreciation.
        extra = low.rate - 1 if low.rate > 1 else low.rate
        return Judgement(
            *common, low.rate, high.rate, low.rate_id, ZERO, ZERO, amounts.cents(project.cost * extra), bonuses=bonuses
        )
    return Judgement(
        *common,
        low.rate,
        high.rate,
        low.rate_id,
        low.amount,
        high.amount,
        ceiling=low.ceiling,
        ceilings=low.ceilings,
        bonuses=bonuses,
    )


def project_for(rules, cost, cost_kind, on, earlier=(), provider_ok="later"):
    """Return the :class:`Project` as the rules of one programme see it."""
    pools = rules.pools
    earlier = tuple(
        one
        for one in earlier
        if one.programme == rules.programme or not (one.pools.isdisjoint(pools) if pools else True)
    )
    own = tuple(one for one in earlier if one.programme == rules.programme)
    return Project(cost, cost_kind, on, earlier, own, provider_ok)


class Left(NamedTuple):
    """What may still be claimed: euros (None where no ceiling is known), by which limit, and is it sure?"""

    room: Decimal | None
    limit: object
    sure: bool


def still_claimable(rules, facts, earlier, on):
    """Return the most aid that an enterprise may still have on a day (:class:`Left`, the prudent reading), or None.

    None where the rules are not in force or a known fact excludes the enterprise, or for a tax measure, which has
    no ceiling to use up. Several costs are possible, so nothing is said about what they are for.
    """
    if rules.aid_form == TAX:
        return None
    project = project_for(rules, ZERO, None, on, earlier)
    results = [_in_force(rules, project), *(judge_criterion(criterion, facts, project) for criterion in rules.criteria)]
    if any(result.met is False for result in results):
        return None
    rooms = []
    for size in amounts.sizes_to_try(facts.size):
        for kind in sorted(rules.eligible) or [None]:
            aid = amounts.compute(rules, facts, size, WITHOUT_END, kind, project.earlier, on)
            if aid and any(one.limit is not None for one in aid.ceilings):
                rooms.append(min(aid.ceilings, key=_allows))
    sure = all(result.met for result in results)
    if not rooms:
        return Left(None, None, sure)
    best = max(rooms, key=_allows) if facts.size else min(rooms, key=_allows)
    return Left(best.allows, best.limit and best.limit.id, sure)


def _allows(ceiling):
    return ceiling.allows
