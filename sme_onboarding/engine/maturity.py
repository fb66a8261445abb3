# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a maturity assessment says: scores, levels, gaps and the way since last time. Plain Python: no Odoo, no clock.

An answer is a number from 0 (no) to 1 (yes), or None where nobody knows it. What is not known is left out of every
mean: it is never a zero. Fractions keep the arithmetic exact.

Sources: Digital Intensity Index, Eurostat metadata ``isoc_e_dii_esmsip2`` (12 variables of one point each; very low 0
to 3, low 4 to 6, high 7 to 9, very high 10 to 12); Digital Maturity Assessment of the Joint Research Centre for the
European Digital Innovation Hubs (six dimensions of equal weight, total = their mean).
"""

from dataclasses import dataclass
from fractions import Fraction

INDEX = "index"
MEAN = "mean"

# (lowest score, level), highest first. The index counts points of 12, the mean runs from 0 to 100.
LEVELS = {
    INDEX: ((10, "very_high"), (7, "high"), (4, "low"), (0, "very_low")),
    MEAN: ((76, "advanced"), (51, "moderate"), (26, "average"), (0, "basic")),
}
POINTS = 12


@dataclass(frozen=True)
class Question:
    """``dimension``: code of the part of the assessment; ``parts``: codes of the options, () for a single answer."""

    code: str
    dimension: str
    parts: tuple = ()


@dataclass(frozen=True)
class Part:
    """A dimension's result: ``percent`` from 0 to 100, None where no question of it is answered."""

    code: str
    percent: Fraction | None
    answered: int
    total: int


@dataclass(frozen=True)
class Result:
    """``score``: points of 12 (index) or percent (mean), None where nothing is answered; ``lowest`` and ``highest``:
    what it would be if all open questions were answered no, or yes. ``estimate``: some question is open."""

    method: str
    score: Fraction | None
    lowest: Fraction
    highest: Fraction
    parts: tuple
    answered: int
    total: int

    @property
    def estimate(self):
        return self.answered < self.total

    @property
    def level(self):
        return level(self.method, self.score)


def value(question, answer):
    """The value of one question's answer, from 0 to 1, or None.

    :param answer: None; a number for a single question; a dict option → number where it has options: an option that
        is not in it has not been answered

    >>> value(Question("erp", "systems"), 1)
    Fraction(1, 1)
    >>> value(Question("tick", "data", ("a", "b", "c")), {"a": 1, "b": 0})
    Fraction(1, 2)
    >>> value(Question("tick", "data", ("a", "b")), {}) is None
    True
    """
    if answer is None:
        return None
    if not question.parts:
        return _unit(answer)
    known = [_unit(answer[part]) for part in question.parts if answer.get(part) is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def _unit(number):
    number = Fraction(number).limit_denominator(1000)
    if not 0 <= number <= 1:
        raise ValueError(f"an answer lies between 0 and 1, not at {number}")
    return number


def by_share(part, total, enough=90):
    """The answer that a measured share gives: yes from ``enough`` percent on, partly above zero, no at zero.

    >>> by_share(9, 10), by_share(1, 10), by_share(0, 10)
    (1, 0.5, 0)
    """
    if 100 * part >= enough * total:
        return 1
    return 0.5 if part else 0


def assess(questions, answers, method):
    """The result of an assessment.

    :param questions: list of :class:`Question`
    :param dict answers: question code → answer (see :func:`value`)
    :param str method: ``INDEX`` (one point for each question that is fully met, of 12; a partly answered list is
        scaled to 12 and disclosed as an estimate) or ``MEAN`` (mean of the dimensions, each the mean of its questions)

    >>> asked = [Question(str(n), "all") for n in range(12)]
    >>> result = assess(asked, {str(n): 1 for n in range(8)} | {"8": 0}, INDEX)
    >>> round(float(result.score), 2), int(result.lowest), int(result.highest), result.estimate, result.level
    (10.67, 8, 11, True, 'very_high')
    >>> two = [Question("a", "data"), Question("b", "data"), Question("c", "green")]
    >>> result = assess(two, {"a": 1, "b": 0}, MEAN)
    >>> int(result.score), result.level, [part.percent for part in result.parts]
    (50, 'average', [Fraction(50, 1), None])
    """
    values = {question.code: value(question, answers.get(question.code)) for question in questions}
    parts = []
    for dimension in dict.fromkeys(question.dimension for question in questions):
        found = [values[question.code] for question in questions if question.dimension == dimension]
        known = [one for one in found if one is not None]
        percent = 100 * sum(known, Fraction(0)) / len(known) if known else None
        parts.append(Part(dimension, percent, len(known), len(found)))
    known = [one for one in values.values() if one is not None]
    total = len(questions)
    if method == INDEX:
        met = sum(one == 1 for one in known)
        score = Fraction(POINTS * met, len(known)) if known else None
        lowest = Fraction(POINTS * met, total) if total else Fraction(0)
        highest = Fraction(POINTS * (met + total - len(known)), total) if total else Fraction(POINTS)
    else:
        scored = [part.percent for part in parts if part.percent is not None]
        score = sum(scored, Fraction(0)) / len(scored) if scored else None
        lowest, highest = (_mean_if_open(questions, values, parts, filler) for filler in (0, 1))
    return Result(method, score, lowest, highest, tuple(parts), len(known), total)


def _mean_if_open(questions, values, parts, filler):
    if not parts:
        return Fraction(0)
    percents = []
    for part in parts:
        of_part = [values[question.code] for question in questions if question.dimension == part.code]
        filled = [Fraction(filler) if one is None else one for one in of_part]
        percents.append(100 * sum(filled, Fraction(0)) / len(filled))
    return sum(percents, Fraction(0)) / len(percents)


def level(method, score):
    """
    >>> level(INDEX, Fraction(4)), level(INDEX, Fraction(39, 10)), level(MEAN, Fraction(101, 2))
    ('low', 'very_low', 'average')
    >>> level(INDEX, None) is None
    True
    """
    if score is None:
        return None
    # The bands are of whole points: 6.9 points are not yet 7, and 50.5 % is not yet 51 %.
    return next(name for lowest, name in LEVELS[method] if int(score) >= lowest)


def next_level(method, score):
    """What is missing to the next level: (level, points or percent), or None at the highest or where nothing is known.

    >>> next_level(INDEX, Fraction(5)), next_level(INDEX, Fraction(12))
    (('high', Fraction(2, 1)), None)
    """
    if score is None:
        return None
    above = [(lowest, name) for lowest, name in LEVELS[method] if lowest > int(score)]
    if not above:
        return None
    lowest, name = above[-1]
    return name, lowest - score


def gaps(questions, answers, method, most=3):
    """The questions where most is to be won, as ``[(question code, what it would add to the score)]``.

    The gain is what the score would rise if the question were fully met and all others stayed as they are. Open
    questions are no gaps: nobody knows. Equal gains keep the order of the questions.

    >>> asked = [Question("a", "x"), Question("b", "x"), Question("c", "y")]
    >>> [(code, int(gain)) for code, gain in gaps(asked, {"a": 0, "b": 1, "c": 0.5}, MEAN)]
    [('a', 25), ('c', 25)]
    """
    base = assess(questions, answers, method)
    found = []
    for question in questions:
        before = value(question, answers.get(question.code))
        if before is None or before == 1:
            continue
        full = dict.fromkeys(question.parts, 1) if question.parts else 1
        gain = assess(questions, answers | {question.code: full}, method).score - base.score
        if gain > 0:
            found.append((question.code, gain))
    order = {question.code: place for place, question in enumerate(questions)}
    return sorted(found, key=lambda one: (-one[1], order[one[0]]))[:most]


def change(before, after):
    """By how much the score moved since last time; None where one of the two is not known or of another method.

    >>> one = assess([Question("a", "x")], {"a": 0}, MEAN)
    >>> two = assess([Question("a", "x")], {"a": 1}, MEAN)
    >>> change(one, two), change(None, two)
    (Fraction(100, 1), None)
    """
    if before is None or before.method != after.method or None in (before.score, after.score):
        return None
    return after.score - before.score
