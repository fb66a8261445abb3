# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where the network delivers a company's documents, as seen from the access point that it has chosen."""

HERE, ELSEWHERE, NOWHERE, UNKNOWN = "here", "elsewhere", "nowhere", "unknown"


def judge(kind, published, own="", claims=False, before=""):
    """Whether the access point that the network publishes is the chosen one.

    :param kind: of a look-up: ``can_receive``, ``other_documents``, ``not_registered`` or ``unknown``
    :param published: the identifier of the published access point (the common name of its certificate), "" if none
    :param own: the identifier of the chosen access point, "" where it does not tell
    :param claims: the chosen access point says that it receives for the company
    :param before: what was published when another access point was last seen to receive

    An access point that does not tell who it is, is believed only once what is published has changed, or where nothing
    else was ever seen: closing the old one too early loses documents.

    >>> judge("can_receive", "POP000902", own="POP000901"), judge("can_receive", "POP000901", own="POP000901")
    ('elsewhere', 'here')
    >>> judge("can_receive", "POP000902", claims=True, before="POP000902")
    'elsewhere'
    >>> judge("can_receive", "POP000903", claims=True, before="POP000902"), judge("can_receive", "POP000903")
    ('here', 'elsewhere')
    >>> judge("not_registered", ""), judge("unknown", ""), judge("other_documents", "", claims=True)
    ('nowhere', 'unknown', 'elsewhere')
    """
    if kind == "not_registered":
        return NOWHERE
    if kind == "unknown":
        return UNKNOWN
    if not published:
        return ELSEWHERE
    if own:
        return HERE if published == own else ELSEWHERE
    return HERE if claims and published != before else ELSEWHERE
