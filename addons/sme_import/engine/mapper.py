# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which column is what: by what was chosen before, by the program that wrote the file, by the words of the title."""

import hashlib
import re
import unicodedata

from . import targets


def key(title):
    """Return a title in the form in which titles are compared: lower case, no accents, single blanks.

    >>> key(" E-mail_Adresse (privé) "), key("N° TVA")
    ('e mail adresse prive', 'n tva')
    """
    bare = unicodedata.normalize("NFKD", str(title).replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", bare.replace("n deg", "n")))


def signature(header):
    """Return what tells files with the same columns, in any order, from others.

    >>> signature(["Naam", "BTW-nr"]) == signature(["btw nr", "naam"]) != signature(["Naam"])
    True
    """
    return hashlib.sha256("\n".join(sorted(key(title) for title in header)).encode()).hexdigest()[:32]


def guess(header, kind, *, dialect=None, remembered=None):
    """Return a list with a target code (or "") for each column of ``header``; no target is there twice.

    ``remembered`` ({key of the title: code}) wins over the ``dialect``'s columns, those over words. Among words an
    equal title wins over one that merely has the words in it, and longer words over shorter ones.

    >>> guess(["Klantnr.", "Naam", "BTW-nummer", "Mijn veld"], "partners")
    ['ref', 'name', 'vat', '']
    >>> guess(["Naam", "X"], "partners", remembered={"x": "name", "naam": ""})
    ['', 'name']
    """
    titles = [key(title) for title in header]
    known = targets.codes(kind)
    found = [""] * len(titles)
    taken = set()
    settled = set()

    def settle(place, code):
        if code and (code not in known or code in taken):
            return
        found[place] = code
        settled.add(place)
        if code:
            taken.add(code)

    for choice in (remembered or {}, dialect.columns if dialect else {}):
        for place, title in enumerate(titles):
            if place not in settled and title in choice:
                settle(place, choice[title])
    candidates = []
    for place, title in enumerate(titles):
        words = set(title.split())
        for order, target in enumerate(targets.OF_KIND[kind]):
            for word in target.words:
                if title == word:
                    candidates.append((0, -len(word), order, place, target.code))
                elif words > set(word.split()) and len(word) > 3:
                    candidates.append((1, -len(word), order, place, target.code))
    for _rank, _length, _order, place, code in sorted(candidates):
        if place not in settled:
            settle(place, code)
    return found
