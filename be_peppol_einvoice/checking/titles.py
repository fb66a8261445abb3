# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a rule is called in a list of problems: the explanation of the engine, without the values of one document."""

import re
from collections import defaultdict

from ..en16931.explain import catalogue, term_name, text_of
from ..en16931.registry import terms

# The VAT category that a rule's id names, where it is not the code itself (UNCL5305)
_CATEGORIES = {"IC": "K", "AF": "L", "AG": "M", "IG": "L", "IP": "M"}
_UNKNOWN = {
    "en": "Odoo could not make the e-invoice",
    "fr": "Odoo n’a pas pu établir la facture électronique",
    "nl": "Odoo kon de e-factuur niet opmaken",
    "de": "Odoo konnte die E-Rechnung nicht erstellen",
}


def title_of(rule, language="en"):
    """One sentence, without a full stop at its end; None for rules that the engine does not know.

    >>> title_of("BR-16")
    'The document has no line'
    >>> title_of("BR-AE-10", "nl") != title_of("BR-AE-10", "fr")
    True
    >>> title_of("ODOO-EXPORT", "fr")
    'Odoo n’a pas pu établir la facture électronique'
    >>> title_of("MINE-1") is None
    True
    """
    if rule == "ODOO-EXPORT":
        return _UNKNOWN[language]
    try:
        wrong, _advice = text_of(rule, language)
    except KeyError:
        return None
    named = terms(rule)
    term = term_name(named[-1], language) if named else catalogue(language)["parts"]["term"]
    category = re.match(r"BR-([A-Z]{1,2})-\d", rule)
    code = _CATEGORIES.get(category[1], category[1]) if category else "…"
    values = defaultdict(lambda: "…", term=term, Term=term[:1].upper() + term[1:], code=code)
    return wrong.format_map(values).rstrip(".")
