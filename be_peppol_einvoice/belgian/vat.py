# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""BE-VAT: the VAT category against the Belgian tax that was used, its exemption reason and its rate."""

from .identity import is_belgian
from .rates import rates
from .texts import LANGUAGES, catalogue

#: The list of mandatory mentions of the Directive (Art. 226), which some software gives as the reason of any exemption,
#: in the language of whoever sends.
_NO_REASON = ("226", "2006/112")
_CODES = {"AE": ("VATEX-EU-AE",), "K": ("VATEX-EU-IC",), "G": ("VATEX-EU-G",), "O": ("VATEX-EU-O",)}


def _categories(invoice) -> set[str]:
    return {part.category for part in invoice.vat if part.category}


def _unless(kind, allowed, invoice, context):
    """A finding where a tax of a kind was used and none of its categories is in the breakdown (BG-23)."""
    found = _categories(invoice)
    if kind in context.kinds and found and not found & set(allowed):
        part = next((part for part in invoice.vat if not part.rate), invoice.vat[0])
        yield {"value": ", ".join(sorted(found)), "tax": context.names(kind)}, part, "category"


def cocontractor(invoice, context):
    yield from _unless("cocontractor", ("AE",), invoice, context)


def eu_goods(invoice, context):
    """Triangular supplies may also be shown as a reverse charge (Art. 141 and 197 of the Directive)."""
    yield from _unless("eu_goods", ("K",), invoice, context)
    yield from _unless("eu_triangular", ("K", "AE"), invoice, context)


def eu_services(invoice, context):
    yield from _unless("eu_services", ("AE",), invoice, context)


def standard(invoice, context):
    yield from _unless("standard", ("S",), invoice, context)


def export(invoice, context):
    """Box 47 also has services outside the EU (O) and the exemptions of Art. 40 to 42 (E with a code)."""
    if any(part.category == "E" and part.exemption_code for part in invoice.vat):
        return
    yield from _unless("export", ("G", "O"), invoice, context)


def exempt_without_reason(invoice, context):
    for part in invoice.vat if is_belgian(invoice.seller) else ():
        reason = (part.exemption_reason or "").strip()
        none = not reason or all(words in reason for words in _NO_REASON)
        if part.category == "E" and not part.exemption_code and none:
            yield {"value": (part.exemption_reason or "").strip() or "–"}, part, "exemption_reason"


def other_code(invoice, context):
    """The code of another category, or of French law, for which a Belgian seller has no use."""
    for part in invoice.vat if is_belgian(invoice.seller) else ():
        code = (part.exemption_code or "").strip().upper()
        if not code:
            continue
        fitting = _CODES.get(part.category)
        if (fitting and code not in fitting) or code.startswith("VATEX-FR-"):
            yield {"value": part.exemption_code.strip(), "category": part.category}, part, "exemption_code"


def rate(invoice, context):
    """Within Belgium only: a seller under the one-stop shop charges other countries' rates."""
    known = rates(context.on)
    delivery = invoice.delivery.address.country if invoice.delivery and invoice.delivery.address else None
    vat = (invoice.seller.vat_id or "").strip().upper() if invoice.seller else ""
    if not known or not vat.startswith("BE") or not is_belgian(invoice.buyer) or delivery not in (None, "", "BE"):
        return
    for part in invoice.vat:
        if part.category == "S" and part.rate is not None and part.rate not in known:
            yield {"rate": part.rate}, part, "rate"


def cocontractor_customer(invoice, context):
    """The domestic reverse charge is for customers with a Belgian VAT number."""
    vat = (invoice.buyer.vat_id or "").strip().upper() if invoice.buyer else ""
    if "cocontractor" in context.kinds and invoice.buyer and not vat.startswith("BE"):
        yield {"value": vat or "–", "tax": context.names("cocontractor")}, invoice.buyer, "vat_id"


def eu_customer(invoice, context):
    """An intra-Community supply by a Belgian number to a Belgian number does not exist."""
    seller, buyer = invoice.seller, invoice.buyer
    numbers = [(party.vat_id or "").strip().upper() if party else "" for party in (seller, buyer)]
    if "K" in _categories(invoice) and all(number.startswith("BE") for number in numbers):
        yield {"value": numbers[1]}, buyer, "vat_id"


def franchise_charges(invoice, context):
    if not context.franchise:
        return
    for part in invoice.vat:
        if part.tax:
            yield {"value": part.tax}, part, "tax"


def franchise_mention(invoice, context):
    if not context.franchise:
        return
    known = [words for language in LANGUAGES for words in catalogue(language)["accepted"]["franchise"]]
    for part in invoice.vat:
        text = " ".join([part.exemption_reason or "", *invoice.notes]).lower()
        if part.category == "E" and not part.tax and not any(words in text for words in known):
            yield {"value": (part.exemption_reason or "").strip() or "–"}, part, "exemption_reason"


RULES = {
    "BE-VAT-01": cocontractor,
    "BE-VAT-02": eu_goods,
    "BE-VAT-03": eu_services,
    "BE-VAT-04": standard,
    "BE-VAT-05": export,
    "BE-VAT-06": exempt_without_reason,
    "BE-VAT-07": other_code,
    "BE-VAT-08": rate,
    "BE-VAT-09": cocontractor_customer,
    "BE-VAT-10": eu_customer,
    "BE-VAT-11": franchise_charges,
    "BE-VAT-12": franchise_mention,
}
