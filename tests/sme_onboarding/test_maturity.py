# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The maturity engine: what is unknown changes nothing, what improves never lowers, ranges hold."""

import csv
from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sme_onboarding.engine.maturity import (
    INDEX,
    LEVELS,
    MEAN,
    Question,
    assess,
    change,
    gaps,
    level,
    next_level,
)

DATA = Path(__file__).resolve().parents[2] / "sme_onboarding" / "data"
UNIT = st.sampled_from([0, 0.2, 0.4, 0.5, 0.6, 0.8, 1])
METHODS = st.sampled_from([INDEX, MEAN])


@st.composite
def asked(draw):
    """Questions of a few dimensions, some with options, and answers to some of them."""
    questions, answers = [], {}
    for number in range(draw(st.integers(1, 14))):
        parts = tuple(f"o{part}" for part in range(draw(st.sampled_from([0, 0, 0, 2, 5]))))
        question = Question(f"q{number}", draw(st.sampled_from("abc")), parts)
        questions.append(question)
        if draw(st.booleans()):
            answers[question.code] = {part: draw(UNIT) for part in parts} if parts else draw(UNIT)
    return questions, answers


@given(asked(), METHODS)
def test_the_score_lies_in_its_range(case, method):
    questions, answers = case
    result = assess(questions, answers, method)
    assert result.lowest <= result.highest
    assert result.estimate == (len(answers) < len(questions))
    if not answers:
        assert result.score is None and result.level is None
    elif not result.estimate:
        assert result.lowest == result.score == result.highest


@given(asked(), METHODS)
def test_the_range_is_what_no_or_yes_to_all_open_questions_gives(case, method):
    questions, answers = case
    for filler, bound in ((0, "lowest"), (1, "highest")):
        filled = {
            question.code: answers.get(
                question.code, dict.fromkeys(question.parts, filler) if question.parts else filler
            )
            for question in questions
        }
        assert getattr(assess(questions, answers, method), bound) == assess(questions, filled, method).score


@given(asked(), METHODS)
def test_a_better_answer_never_lowers_the_score(case, method):
    questions, answers = case
    before = assess(questions, answers, method).score
    for question in questions:
        if question.code in answers:
            best = dict.fromkeys(question.parts, 1) if question.parts else 1
            assert assess(questions, answers | {question.code: best}, method).score >= before


@given(asked(), METHODS)
def test_gaps_are_real_ordered_and_never_unknown(case, method):
    questions, answers = case
    found = gaps(questions, answers, method)
    assert len(found) <= 3
    assert [gain for _code, gain in found] == sorted((gain for _code, gain in found), reverse=True)
    assert all(gain > 0 and code in answers for code, gain in found)


@given(st.fractions(0, 100), METHODS)
def test_each_score_has_one_level_and_the_next_one_is_above_it(score, method):
    score = min(score, Fraction(12)) if method == INDEX else score
    here = level(method, score)
    above = next_level(method, score)
    order = [name for _lowest, name in reversed(LEVELS[method])]
    assert here in order
    if above is None:
        assert here == order[-1]
    else:
        name, missing = above
        assert order.index(name) == order.index(here) + 1 and missing > 0
        assert level(method, score + missing) == name


@given(asked())
def test_two_methods_are_never_compared(case):
    questions, answers = case
    assert change(assess(questions, answers, INDEX), assess(questions, answers, MEAN)) is None


def test_the_sets_of_questions_are_those_of_their_sources():
    """Twelve variables in both versions of the index; six dimensions of the digital innovation hubs."""
    with (DATA / "sme.maturity.question.csv").open() as file:
        questions = list(csv.DictReader(file))
    with (DATA / "sme.maturity.option.csv").open() as file:
        options = list(csv.DictReader(file))
    for version in ("dii_v3", "dii_v4"):
        assert sum(row["dimension_id:id"].startswith(f"maturity_{version}_") for row in questions) == 12
    six = {row["dimension_id:id"] for row in questions if row["dimension_id:id"].startswith("maturity_six_")}
    assert len(six) == 6
    per_question = {row["id"]: sum(one["question_id:id"] == row["id"] for one in options) for row in questions}
    counts = [per_question[f"question_{code}"] for code in ("s_invested", "s_planned", "s_ready", "r_tools")]
    assert counts == [10, 10, 10, 10]
    counts = [per_question[f"question_{code}"] for code in ("r_advanced", "p_training", "p_engage", "d_manage")]
    assert counts == [7, 7, 8, 8]
    counts = [per_question[f"question_{code}"] for code in ("d_security", "a_use", "g_effects", "g_choices")]
    assert counts == [6, 5, 10, 5]
