# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which programmes, alone or together, leave the least to pay? Estimates, in euros.

Two programmes go together for the same cost unless a rule bars it. Where no rule is known, the pair is shown as
*unknown*: nobody should count on it before the authority said so. Whatever is allowed, aid never exceeds the cost.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from .aid import cents
from .eligibility import ELIGIBLE, NOT_ELIGIBLE, UNKNOWN

ALLOWED, BARRED, NOT_KNOWN = "allowed", "barred", "unknown"
ZERO = Decimal(0)
_VERDICTS = (ELIGIBLE, UNKNOWN, NOT_ELIGIBLE)
#: More than three at once is not a plan that anybody can follow.
AT_MOST = 3


@dataclass(frozen=True)
class Tax:
    """What the enterprise pays: its rate of income tax (0.25 is 25%), the rate of VAT, the share of it recovered."""

    income: Decimal | None = None
    vat: Decimal = Decimal("0.21")
    vat_recovered: Decimal = Decimal(1)


@dataclass(frozen=True)
class Option:
    """One or several programmes for the same cost, and the working of what is left to pay.

    ``net`` supposes that all conditions are met and that the programmes go together; None where the aid of one is not
    known. ``at_most`` counts only what is sure.
    """

    judgements: tuple
    verdict: str
    cumulation: str
    cost: Decimal
    vat: Decimal
    aid: Decimal
    deduction: Decimal
    tax_saved: Decimal | None
    net: Decimal | None
    at_most: Decimal

    @property
    def sure(self):
        """Nothing is missing: ``net`` may be told without reserve."""
        return self.net is not None and self.verdict == ELIGIBLE and self.cumulation == ALLOWED

    def as_dict(self):
        def text(amount):
            return None if amount is None else format(amount, "f")

        return {
            "programmes": [judgement.programme for judgement in self.judgements],
            "verdict": self.verdict,
            "cumulation": self.cumulation,
            **{
                name: text(getattr(self, name))
                for name in ("cost", "vat", "aid", "deduction", "tax_saved", "net", "at_most")
            },
        }


def _working(judgements, cost, tax):
    """Return (aid, deduction, income tax saved) of programmes together, as far as their amounts are known.

    The tax base of a deduction is the cost that the aid does not pay: the prudent reading.
    """
    given = min(cost, sum((judgement.aid or ZERO for judgement in judgements), ZERO))
    share = (cost - given) / cost if cost else ZERO
    deduction = cents(sum((judgement.deduction for judgement in judgements), ZERO) * share)
    return given, deduction, None if tax.income is None else cents(deduction * tax.income)


def option(judgements, cumulation, tax):
    """Return the :class:`Option` of judgements of the same project."""
    cost = judgements[0].cost
    vat = cents(cost * tax.vat * (1 - tax.vat_recovered))
    given, deduction, saved = _working(judgements, cost, tax)
    verdict = max((judgement.verdict for judgement in judgements), key=_VERDICTS.index)
    known = all(judgement.aid is not None for judgement in judgements)
    net = cost + vat - given - (saved or ZERO) if known else None
    sure = [judgement for judgement in judgements if judgement.verdict == ELIGIBLE]
    # Where nobody says that they go together, the best one alone is sure.
    choices = [sure] if cumulation == ALLOWED else [[judgement] for judgement in sure] or [[]]
    workings = [_working(choice, cost, tax) for choice in choices]
    at_most = cost + vat - max(aid + (tax_saved or ZERO) for aid, _deduction, tax_saved in workings)
    return Option(tuple(judgements), verdict, cumulation, cost, vat, given, deduction, saved, net, at_most)


def together(programmes, rules):
    """Return how far programmes may be combined: the worst of their pairs.

    :param rules: mapping of frozenset({programme, programme}) to :data:`ALLOWED` or :data:`BARRED`

    >>> together(("a", "b"), {frozenset("ab"): "allowed"}), together(("a", "b", "c"), {frozenset("ab"): "allowed"})
    ('allowed', 'unknown')
    """
    found = {rules.get(frozenset(pair), NOT_KNOWN) for pair in combinations(programmes, 2)}
    return next((one for one in (BARRED, NOT_KNOWN) if one in found), ALLOWED)


def rank(judgements, cumulation, tax):
    """Return the options, the best first: what is sure before what is not, then what leaves least to pay.

    Single programmes come all, also those that are of no use; combinations only where each part brings something and no
    rule bars them.
    """
    options = [option((judgement,), ALLOWED, tax) for judgement in judgements]
    useful = [
        judgement
        for judgement in judgements
        if judgement.verdict != NOT_ELIGIBLE and ((judgement.aid or ZERO) > 0 or judgement.deduction > 0)
    ]
    for count in range(2, AT_MOST + 1):
        for chosen in combinations(useful, count):
            allowed = together([judgement.programme for judgement in chosen], cumulation)
            if allowed != BARRED:
                options.append(option(chosen, allowed, tax))
    certainty = (ALLOWED, NOT_KNOWN)
    options.sort(
        key=lambda one: (
            _VERDICTS.index(one.verdict),
            certainty.index(one.cumulation),
            one.at_most if one.net is None else one.net,
            len(one.judgements),
            -(one.deduction),
        )
    )
    return options
