# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is known of an enterprise and of the aid that it had. None is always "not known", never "no"."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

COMPANY, SELF_EMPLOYED, ASSOCIATION, PUBLIC, OTHER = "company", "self_employed", "association", "public", "other"

_FORMS = {
    COMPANY: "SRL BV GMBH SA NV AG SPRL BVBA SC CV SCRL CVBA SNC VOF OHG SCOMM COMMV SCS SCA COMMVA SE SCE",
    ASSOCIATION: "ASBL VZW VOG VOE AISBL IVZW FONDATION STICHTING FP FUP",
}
_KINDS = {form: kind for kind, forms in _FORMS.items() for form in forms.split()}


def legal_kind(form):
    """Return the kind of a legal form as it is abbreviated, or None.

    >>> legal_kind("SRL"), legal_kind("v.z.w."), legal_kind("B.V."), legal_kind("Ltd"), legal_kind(None)
    ('company', 'association', 'company', None, None)
    """
    return _KINDS.get((form or "").replace(".", "").replace(" ", "").upper())


@dataclass(frozen=True)
class Seat:
    """An establishment: its region, and since when it works."""

    region: str | None
    principal: bool = False
    started_on: date | None = None


@dataclass(frozen=True)
class Activity:
    """An activity: for each version of NACE-BEL the codes that it may be, several where one code became several."""

    codes: dict
    main: bool = False


@dataclass(frozen=True)
class Facts:
    """An enterprise. ``answers`` holds what its people said, True or False by the code of the question."""

    seats: tuple = ()
    region: str | None = None
    german_community: bool | None = None
    size: str | None = None
    code_size: str | None = None
    staff: Decimal | None = None
    legal_kind: str | None = None
    founded_on: date | None = None
    activities: tuple = ()
    public_body: str | None = None
    de_minimis_room: Decimal | None = None
    answers: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Earlier:
    """Aid that was granted, or that another project is to get. ``cost`` is the eligible cost where it is known."""

    programme: object
    on: date
    aid: Decimal
    cost: Decimal | None = None
    cost_kind: str | None = None
    pools: frozenset = frozenset()
