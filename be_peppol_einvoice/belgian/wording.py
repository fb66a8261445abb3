# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""BE-TXT: sentences that Belgian law wants on the document, and the language it is written in."""

import re

from .identity import is_belgian
from .registry import RULES as LAW
from .texts import LANGUAGES, catalogue, mention


def squeezed(text: str | None) -> str:
    """A text for comparison: small letters, single spaces, plain apostrophes.

    >>> squeezed("En l’absence  de contestation")
    "en l'absence de contestation"
    """
    return re.sub(r"\s+", " ", (text or "").replace("’", "'")).strip().lower()


def _all_text(invoice) -> str:
    parts = [*invoice.notes, invoice.payment_terms or ""]
    parts += [part.exemption_reason or "" for part in invoice.vat]
    for line in invoice.lines:
        parts += [line.note or "", line.name or "", line.description or ""]
    return squeezed(" ".join(parts))


def has_mention(key: str, text: str) -> bool:
    """Whether a text holds a mention in any of the languages, by the words that matter.

    >>> has_mention("repay", mention("repay", "nl")), has_mention("repay", "Thank you")
    (True, False)
    """
    text = squeezed(text)
    return any(squeezed(words) in text for language in LANGUAGES for words in catalogue(language)["accepted"][key])


def reverse_charge(invoice, context):
    """English will do for a customer abroad only."""
    part = next((part for part in invoice.vat if part.category == "AE"), None)
    if part is None or not is_belgian(invoice.seller):
        return
    text = _all_text(invoice)
    at_home = is_belgian(invoice.buyer)
    languages = [language for language in LANGUAGES if language != "en" or not at_home]
    known = [words for language in languages for words in catalogue(language)["accepted"]["reverse_charge"]]
    if not any(squeezed(words) in text for words in known):
        yield {"value": (part.exemption_reason or "").strip() or "–"}, part, "exemption_reason"


def cocontractor_note(invoice, context):
    if "cocontractor" in context.kinds and not has_mention("cocontractor", _all_text(invoice)):
        yield {"tax": context.names("cocontractor")}, invoice, "notes"


def repay_note(invoice, context):
    """On credit notes with Belgian VAT, for customers who may have deducted it."""
    charged = any(part.category == "S" and part.tax for part in invoice.vat)
    business = context.buyer_private is False or bool(invoice.buyer and invoice.buyer.vat_id)
    at_home = is_belgian(invoice.seller) and is_belgian(invoice.buyer)
    if invoice.credit and charged and business and at_home and not has_mention("repay", _all_text(invoice)):
        yield {}, invoice, "notes"


def language(invoice, context):
    """Customers abroad are left out: since New Valmar (C-15/15) a version in their language may count."""
    if not context.language or not context.seat_languages or not is_belgian(invoice.buyer):
        return
    if context.language not in context.seat_languages:
        yield {"language": context.language, "languages": context.seat_languages}, invoice, "number"


def required(kinds, *, credit: bool, charged: bool, on, language: str | None, text: str) -> list[str]:
    """The sentences that a Belgian seller's document still lacks.

    ``kinds``: of the taxes used; ``charged``: it has Belgian VAT and the buyer is a business; ``text``: what the
    document says already. In the document's language where that is French, Dutch or German, else in English.

    >>> from datetime import date
    >>> required((), credit=True, charged=True, on=date(2026, 1, 1), language="fr_BE", text="")
    ["TVA à reverser à l'État dans la mesure où elle a été initialement portée en déduction."]
    """
    wanted = []
    if "cocontractor" in kinds and LAW["BE-TXT-02"].holds(on):
        wanted.append("cocontractor")
    if credit and charged:
        wanted.append("repay")
    return [mention(key, language) for key in wanted if not has_mention(key, text)]


RULES = {
    "BE-TXT-01": reverse_charge,
    "BE-TXT-02": cocontractor_note,
    "BE-TXT-03": repay_note,
    "BE-TXT-04": language,
}
