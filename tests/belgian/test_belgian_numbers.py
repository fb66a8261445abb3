# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Structured communications, accounts and enterprise numbers, on any input."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from be_peppol_einvoice.belgian.identity import digits, is_enterprise
from be_peppol_einvoice.belgian.payment import belgian_account, ogm, ogm_digits, ogm_right
from be_peppol_einvoice.belgian.rates import rates
from be_peppol_einvoice.belgian.taxes import CATEGORIES, Tax, propose
from be_peppol_einvoice.belgian.wording import has_mention, required


def account(base):
    """The Belgian IBAN of ten digits."""
    bban = f"{base:010}{base % 97 or 97:02}"
    return f"BE{98 - int(bban + '111400') % 97:02}{bban}"


@given(st.integers(0, 9_999_999_999))
def test_structured_communications_are_right_and_read_back(base):
    text = ogm(base)
    assert ogm_right(ogm_digits(text))
    assert int(ogm_digits(text)[:10]) == base
    assert ogm_digits(text.replace("+", "*")) == ogm_digits(text)


@given(st.integers(0, 9_999_999_999), st.integers(0, 11), st.integers(1, 9))
def test_a_slip_in_a_communication_is_caught(base, place, shift):
    right = ogm_digits(ogm(base))
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    # 97 and 0 are the same remainder: only the two check digits themselves can be mistaken for each other
    assert not ogm_right(wrong)


@given(st.integers(0, 9_999_999_999), st.integers(2, 15), st.integers(1, 9))
def test_accounts(base, place, shift):
    right = account(base)
    assert belgian_account(right)
    assert belgian_account(" ".join(right[index : index + 4] for index in range(0, 16, 4)))
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert not belgian_account(wrong)


@given(st.text(max_size=30))
def test_any_text_is_read_without_an_error(text):
    number = digits(text)
    assert number is None or len(number) == 10
    assert number is None or is_enterprise(number) in (True, False)
    ogm_digits(text)
    belgian_account(text)
    has_mention("repay", text)


@given(
    st.sampled_from(["sale", "purchase"]),
    st.sampled_from([Decimal(0), Decimal(6), Decimal(21), Decimal(-2)]),
    st.booleans(),
    st.sampled_from([None, "attn_VAT-OUT-00-CC", "attn_VAT-IN-V81-21-EU", "other"]),
    st.frozensets(st.sampled_from(["45", "+46L", "44", "47", "03", "00", "86", "xyz"])),
)
def test_a_sure_proposal_has_a_category(use, amount, percent, template, boxes):
    proposal = propose(Tax(use, amount, percent, template, boxes))
    assert (proposal.kind is None) == (proposal.category is None)
    assert proposal.kind is None or (proposal.category, proposal.code) == CATEGORIES[proposal.kind]
    assert not proposal.sure or proposal.category
    if use == "sale" and amount > 0 and template is None and percent:
        assert proposal.category == "S"


@given(st.dates(), st.sampled_from(["fr", "nl", "de", "en", "es", None]), st.booleans())
def test_what_is_required_is_then_there(on, language, credit):
    facts = {"credit": credit, "charged": True, "on": on, "language": language}
    wanted = required({"cocontractor"}, text="", **facts)
    assert len(wanted) == (on >= date(2023, 1, 1)) + credit
    assert required({"cocontractor"}, text=" ".join(wanted), **facts) == []


@given(st.dates())
def test_rates(on):
    assert rates(on) in ((), (21, 12, 6, 0))
