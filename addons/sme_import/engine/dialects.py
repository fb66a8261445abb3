# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The exports of programs that are known by their columns: which column is what, and what its codes mean.

Sources: the file structures of WinBooks (CSF: customers and suppliers, ACF: accounts, ACT: entries), the manual of
Octopus on importing and exporting relations, the column titles of Exact Online's exports. A column that is not named
here is mapped by its words, as in any other file.
"""

from dataclasses import dataclass, field

from .mapper import key


@dataclass(frozen=True)
class Dialect:
    """``needs``: columns that give it away. ``columns``: title → target; "" is a column to leave out.

    ``codes``: target → {code in the file: what it means}.
    """

    name: str
    kind: str
    needs: tuple
    columns: dict
    codes: dict = field(default_factory=dict)


_WINBOOKS_TYPE = {"1": "customer", "2": "supplier", "C": "customer", "F": "supplier", "S": "supplier", "L": "supplier"}
_WINBOOKS_LANGUAGE = {"N": "nl", "F": "fr", "D": "de", "E": "en", "A": "en", "1": "nl", "2": "fr", "3": "en", "4": "de"}

DIALECTS = (
    Dialect(
        "winbooks",
        "partners",
        ("number", "name1", "vatnumber", "zipcode"),
        {
            "number": "ref",
            "type": "relation",
            "name1": "name",
            "name2": "name2",
            "civname1": "title",
            "civname2": "",
            "adress1": "street",
            "address1": "street",
            "adress2": "street2",
            "address2": "street2",
            "vatnumber": "vat",
            "country": "country",
            "telnumber": "phone",
            "faxnumber": "",
            "bnkaccnt": "iban",
            "zipcode": "zip",
            "city": "city",
            "lang": "language",
            "email": "email",
            "category": "",
            "central": "",
            "vatcat": "",
            "vatcode": "",
            "paycode": "",
            "currency": "",
            "defltpost": "",
            "islocked": "",
            "ibanauto": "",
        },
        {"relation": _WINBOOKS_TYPE, "language": _WINBOOKS_LANGUAGE},
    ),
    Dialect(
        "winbooks",
        "items",
        ("docnumber", "accountrp", "amounteur"),
        {
            "doctype": "relation",
            "docnumber": "document",
            "accountrp": "ref",
            "datedoc": "date",
            "date": "",
            "duedate": "due",
            "amounteur": "amount",
            "amount": "",
            "curramount": "currency_amount",
            "currcode": "currency",
            "comment": "comment",
            "commentext": "",
        },
        {"relation": _WINBOOKS_TYPE},
    ),
    Dialect(
        "winbooks",
        "balances",
        ("number", "name11"),
        {"number": "account", "name11": "name", "name12": "", "type": ""},
    ),
    Dialect(
        "octopus",
        "partners",
        ("naam", "straat en nummer", "extern relatienummer"),
        {"actief": "active", "id": "", "extern relatienummer": "ref", "vennootschapsvorm": "", "btw plichtigheid": ""},
    ),
    Dialect(
        "octopus",
        "partners",
        ("naam", "straat en nummer", "is leverancier"),
        {"vennootschapsvorm": "", "btw plichtigheid": "", "is klant": "customer", "is leverancier": "supplier"},
    ),
    Dialect("exact", "partners", ("code", "naam", "adresregel 1"), {"status": "relation", "kvk nummer": ""}),
    Dialect("exact", "partners", ("code", "nom", "adresse ligne 1"), {"statut": "relation"}),
    Dialect("exact", "partners", ("code", "name", "addressline1"), {"status": "relation", "chamberofcommerce": ""}),
)


def recognise(header, kind):
    """Return the :class:`Dialect` of a file of this ``kind`` with this ``header``, or None.

    >>> recognise(["NUMBER", "TYPE", "NAME1", "VATNUMBER", "ZIPCODE"], "partners").name
    'winbooks'
    >>> recognise(["Naam", "Postcode"], "partners") is None
    True
    """
    titles = {key(title) for title in header}
    for dialect in DIALECTS:
        if dialect.kind == kind and titles >= set(dialect.needs):
            return dialect
    return None


def kind_of(header):
    """Return the kind of import that a known header is for, or None.

    >>> kind_of(["DOCNUMBER", "ACCOUNTRP", "AMOUNTEUR"])
    'items'
    """
    titles = {key(title) for title in header}
    return next((dialect.kind for dialect in DIALECTS if titles >= set(dialect.needs)), None)


def meaning(dialect, target, value):
    """Return what the code ``value`` of a column means in the dialect, or ``value`` itself.

    >>> meaning(DIALECTS[0], "language", "N"), meaning(None, "language", "N")
    ('nl', 'N')
    """
    known = dialect.codes.get(target) if dialect else None
    return known.get(str(value).strip().upper(), value) if known else value
