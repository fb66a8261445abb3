# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Products and services.

>>> check({"name": "Brood", "code": "B1", "price": None, "vat_rate": "6%"}).values["vat_rate"]
'6'
"""

import re
from decimal import Decimal

from stdnum import ean

from . import cells as reader
from .errors import CellError
from .mapper import key
from .verdict import Verdict

_SERVICE = re.compile(r"servi|dienst|leistung|prestation")


def check(cells, verdict=None):
    """Return the :class:`Verdict` on one row; ``cells`` is ``{target: value}``; amounts become text with a point."""
    verdict = verdict or Verdict()
    values = verdict.values
    if cells.get("name"):
        values["name"] = cells["name"]
    elif cells.get("code"):
        values["name"] = cells["code"]
        verdict.note("name_from_code", value=cells["code"])
    else:
        verdict.refuse("no_product_name")
    for code in ("code", "unit", "category", "comment"):
        if cells.get(code):
            values[code] = cells[code]
    for code in ("price", "cost"):
        amount = cells.get(code)
        if amount is None:
            continue
        if amount < 0:
            verdict.refuse("negative_price", value=str(amount))
        values[code] = str(amount)
    if cells.get("vat_rate"):
        rate = vat_rate(cells["vat_rate"])
        if rate is None:
            verdict.note("vat_rate_unknown", value=cells["vat_rate"])
        else:
            values["vat_rate"] = rate
    if cells.get("barcode"):
        _barcode(cells["barcode"], values, verdict)
    if _SERVICE.search(key(cells.get("type") or "")):
        values["service"] = True
    if cells.get("active") is False:
        values["active"] = False
    return verdict


def vat_rate(text):
    """Return the percentage in ``text`` as Belgium knows it (0, 6, 12 or 21), or None.

    >>> vat_rate("21 %"), vat_rate("0,06"), vat_rate("BTW 12%"), vat_rate("19")
    ('21', '6', '12', None)
    """
    found = re.search(r"\d+(?:[.,]\d+)?", text)
    if not found:
        return None
    try:
        rate = reader.number(found[0], reader.Style(decimal="." if "." in found[0] else ","))
    except CellError:
        return None
    if 0 < rate < 1:
        rate *= 100
    rate = rate.normalize()
    return str(int(rate)) if rate in (Decimal(0), Decimal(6), Decimal(12), Decimal(21)) else None


def _barcode(text, values, verdict):
    compact = re.sub(r"\s", "", text)
    if re.fullmatch(r"\d{8}|\d{12,14}", compact) and not ean.is_valid(compact):
        verdict.note("barcode_wrong", value=text)
    else:
        values["barcode"] = compact


def keys(values):
    """Return by what two rows are known to be the same product: ``[(kind, text)]``.

    >>> keys({"code": "B1", "name": "Brood"})
    [('code', 'B1')]
    """
    found = []
    if values.get("barcode"):
        found.append(("barcode", values["barcode"]))
    if values.get("code"):
        found.append(("code", values["code"]))
    return found or [("name", key(values.get("name") or ""))]
