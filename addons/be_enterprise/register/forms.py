# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Abbreviations of the legal forms that users write and read, by the register's code.

The codes are category ``JuridicalForm`` of the register's code.csv; the abbreviations are the usual ones, of the Code
of Companies and Associations (2019) and, for the forms that it abolished, of its predecessor. Forms without a usual
abbreviation in a language are left out: their description is shown.
"""

ABBREVIATIONS = {
    "001": {"fr": "SCE", "nl": "SCE", "de": "SCE"},
    "006": {"fr": "SCRI", "nl": "CVOA"},
    "008": {"fr": "SCRL", "nl": "CVBA"},
    "011": {"fr": "SNC", "nl": "VOF", "de": "OHG"},
    "012": {"fr": "SCS", "nl": "GCV"},
    "013": {"fr": "SCA", "nl": "CommVA", "de": "KGaA"},
    "014": {"fr": "SA", "nl": "NV", "de": "AG"},
    "015": {"fr": "SPRL", "nl": "BVBA", "de": "PGmbH"},
    "017": {"fr": "ASBL", "nl": "VZW", "de": "VoG"},
    "027": {"fr": "SE", "nl": "SE", "de": "SE"},
    "060": {"fr": "GIE", "nl": "ESV"},
    "065": {"fr": "GEIE", "nl": "EESV", "de": "EWIV"},
    "070": {"fr": "ACP", "nl": "VME"},
    "125": {"fr": "AISBL", "nl": "IVZW", "de": "IVoG"},
    "610": {"fr": "SRL", "nl": "BV", "de": "GmbH"},
    "612": {"fr": "SComm", "nl": "CommV", "de": "KG"},
    "706": {"fr": "SC", "nl": "CV", "de": "Gen"},
}
_CODES = {}
for _code, _texts in ABBREVIATIONS.items():
    for _text in _texts.values():
        _CODES.setdefault(_text.lower(), set()).add(_code)


def codes(words):
    """Return the codes of the forms that the words (lower case) may stand for.

    >>> sorted(codes({"bv", "janssens"})), sorted(codes({"sprl"}))
    (['610'], ['015', '610'])
    """
    found = set()
    for word in words:
        found |= _CODES.get(word, set())
    if "015" in found:
        # The SPRL/BVBA became the SRL/BV in 2019: many a letterhead still has the old name.
        found.add("610")
    return found


def abbreviation(code, language):
    """Return the abbreviation of a form in a language ("fr", "nl", "de"; any other gives the French one), or "".

    >>> abbreviation("610", "nl"), abbreviation("610", "en"), abbreviation("110", "nl"), abbreviation("008", "de")
    ('BV', 'SRL', '', '')
    """
    texts = ABBREVIATIONS.get(code, {})
    return texts.get(language if language in ("fr", "nl", "de") else "fr", "")
