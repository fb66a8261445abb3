# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a check says. Plain Python: no Odoo, no clock.

A text is kept as its English source with its values, not as a finished sentence: whoever opens the page later reads it
in a language of their own, whatever the language of the user or scheduled action that ran the check.
"""

from dataclasses import dataclass, field

PASSED = "passed"
FAILED = "failed"
UNMEASURED = "unmeasured"
# A test that talks to another machine and was not allowed to now: what the last such test said stays valid.
DEFERRED = "deferred"


class LazyText:
    """Makes texts in the user's words, translated when they are shown; used like Odoo's ``LazyTranslate``. The
    instance is called ``_lt``, the name that Odoo's export of terms looks for.

    :param str name: ``__name__`` of the Python module, which says whose translations hold the text

    >>> _lt = LazyText("odoo.addons.sme_onboarding.checks.sales")
    >>> text = _lt("%(missing)s of %(total)s customers: no e-mail address", missing=3, total=12)
    >>> text["module"], text["values"]
    ('sme_onboarding', {'missing': 3, 'total': 12})
    """

    def __init__(self, name):
        self._module = name.removeprefix("odoo.addons.").split(".")[0]

    def __call__(self, source, **values):
        """
        :param str source: English text, with ``%(name)s`` for each value
        :param values: JSON-able values: str, int or a list of str
        :return: ``{"module": str, "source": str, "values": dict}``
        """
        return {"module": self._module, "source": source, "values": values}


_lt = LazyText(__name__)


@dataclass(frozen=True)
class Outcome:
    """The answer of one check.

    ``found``: texts made by :class:`LazyText`, most important first. ``started``: something is there, not all of it.
    ``model`` and ``domain``: the records that the check looked at and that the user should see (empty: none).
    ``tested``: what exactly was tested, so that an older answer is only kept while that has not changed.
    """

    status: str
    found: tuple = ()
    started: bool = False
    model: str = ""
    domain: list = field(default_factory=list)
    tested: str = ""


def passed(*found, model="", domain=(), tested=""):
    """The records show that the step is really done.

    >>> passed(_lt("Fine")).status
    'passed'
    """
    return Outcome(PASSED, found, model=model, domain=list(domain), tested=tested)


def failed(*found, started=False, model="", domain=(), tested=""):
    """The records show that something is missing or wrong. At least one text says what.

    >>> failed(_lt("The city is missing"), started=True).started
    True
    >>> failed()
    Traceback (most recent call last):
        ...
    ValueError: a failed check must say what it found
    """
    if not found:
        raise ValueError("a failed check must say what it found")
    return Outcome(FAILED, found, started=started, model=model, domain=list(domain), tested=tested)


def unmeasured(*found, model="", domain=()):
    """It cannot be known. At least one text says why.

    >>> unmeasured(_lt("The app is not installed")).status
    'unmeasured'
    >>> unmeasured()
    Traceback (most recent call last):
        ...
    ValueError: an unmeasured check must say why
    """
    if not found:
        raise ValueError("an unmeasured check must say why")
    return Outcome(UNMEASURED, found, model=model, domain=list(domain))


def deferred(*found, tested, model="", domain=()):
    """Everything that can be seen from here is right; the rest needs another machine, which was not asked now.

    >>> deferred(_lt("Not tested yet"), tested="server 3").status
    'deferred'
    """
    return Outcome(DEFERRED, found, model=model, domain=list(domain), tested=tested)


def missing_parts(*parts, model="", domain=(), complete=()):
    """The outcome of a check that several things are there.

    :param parts: pairs (is it there, the text to show where it is not)
    :param complete: the texts to show when all are there

    >>> no_zip, no_city = _lt("The postal code is missing"), _lt("The city is missing")
    >>> missing_parts((True, no_zip), (True, no_city)).status
    'passed'
    >>> half = missing_parts((True, no_zip), (False, no_city))
    >>> half.status, half.started, [text["source"] for text in half.found]
    ('failed', True, ['The city is missing'])
    >>> missing_parts((False, no_zip), (False, no_city)).started
    False
    """
    missing = [text for present, text in parts if not present]
    if not missing:
        return passed(*complete, model=model, domain=domain)
    return failed(*missing, started=len(missing) < len(parts), model=model, domain=domain)
