# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From a company's name, or what a user types of it, to words and search keys.

French, Dutch and German names are written in many ways: accents or not, "&" or "et", "S.P.R.L." or "SRL" or nothing,
"Müller" or "Mueller". Both sides go through :func:`words`, so that they meet.

>>> key_words("L'Atelier d'Éloïse & Fils S.R.L.")
['l', 'atelier', 'd', 'eloise', 'fils']
>>> key_words("De Vrolijke Bakkers BV"), key_words("Bäckerei Groß GmbH")
(['de', 'vrolijke', 'bakkers'], ['backerei', 'gross'])
"""

import re
import unicodedata

#: Abbreviations of legal forms in use or still on letterheads (Code of Companies 2019 and its predecessors).
_FORMS = (
    "srl sprl sprlu bv bvba ebvba gmbh pgmbh sa nv ag asbl vzw vog aisbl ivzw ivog scrl scrlfs cvba cvbaso sc cv "
    "scri cvoa snc vof scs gcv scomm commv kg sca commva kgaa se gie esv geie eesv ewiv sce scris"
)
FORMS = frozenset(_FORMS.split())
#: "and" in the four languages: written, abbreviated or left out.
_AND = frozenset(("et", "en", "und", "and"))
#: Words that nobody starts a search with: they get no key of their own where another word does.
_SMALL_WORDS = (
    "a aan au aux am an bij d da das de del den der des di die du het il im in l la las le les of op s t te ten ter "
    "the van vom von vor voor zum zur"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ĳ": "ij", "ﬀ": "ff", "ﬁ": "fi"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.\s?){2,}[^\W\d_]?(?![^\W_])")
_WORD = re.compile(r"[^\W_]+")
#: Longest key kept. Names of the register have 320 characters at most; what tells them apart comes sooner.
MAX_KEY = 60
MAX_KEYS = 6


def words(text):
    """Return the words of ``text`` in lower case without accents; dotted abbreviations become one word.

    >>> words("S.A. ÉTABLISSEMENTS D'IETEREN N.V.")
    ['sa', 'etablissements', 'd', 'ieteren', 'nv']
    >>> words("'t Hœkje+ 3M")
    ['t', 'hoekje', '3m']
    """
    text = text.casefold()
    if not text.isascii():
        # Folding a second time: letters of mathematical alphabets and the like are capitals only once decomposed.
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold()
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    if "." in text:
        text = _DOTTED.sub(lambda match: re.sub(r"[.\s]", "", match.group()) + " ", text)
    return _WORD.findall(text)


def key_words(text):
    """Return the words that tell a name apart: without legal forms and "and", unless nothing would be left.

    >>> key_words("SA & NV")
    ['sa', 'nv']
    """
    found = words(text)
    return [word for word in found if word not in FORMS and word not in _AND] or found


def typed_forms(text):
    """Return the legal forms named in ``text``.

    >>> sorted(typed_forms("Janssens B.V."))
    ['bv']
    """
    return FORMS.intersection(words(text))


def keys(name):
    """Return the search keys of a name, the first being the name from its first word on.

    Each key starts at another word and goes on around the end, so that any word, and any two that follow each other,
    can be looked for as the start of a key.

    >>> keys("Boulangerie Sophie & Fils SRL")
    ['boulangerie sophie fils', 'sophie fils boulangerie', 'fils boulangerie sophie']
    >>> keys("Müller")
    ['muller', 'mueller']
    """
    found = _rotate(key_words(name))
    lowered = unicodedata.normalize("NFC", name).casefold() if not name.isascii() else ""
    spelled = lowered.translate(_UMLAUTS)
    if spelled != lowered:
        found += [key for key in _rotate(key_words(spelled)) if key not in found]
    return found


def _rotate(parts):
    found = []
    for index, word in enumerate(parts):
        if index and word in _SMALL:
            continue
        found.append(" ".join(parts[index:] + parts[:index])[:MAX_KEY])
        if len(found) == MAX_KEYS:
            break
    return found


def anchors(parts):
    """Return the words of a question, those worth starting from first: long ones, small ones last.

    >>> anchors(["de", "vrolijke", "bak"])
    ['vrolijke', 'bak', 'de']
    """
    return sorted(parts, key=lambda word: (word in _SMALL, -len(word)))
