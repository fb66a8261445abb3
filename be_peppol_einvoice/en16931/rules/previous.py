# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The releases before those of today: EN 16931 1.3.15 and Peppol BIS Billing 3.0.20 (23 February to 16 August 2026),
as what differs from their successors.

What is not kept: the two patterns by which 3.0.20 recognised German e-mail addresses and cash discounts.
"""

from ..codes import words
from ..profile import Layer
from .peppol import BILLING, AnyProcess, layer
from .ublbe import due

# EN 16931 1.3.15 --------------------------------------------------------------------------------------------------

LAYER = Layer()
_CURRENCIES = (words("XCG"), words("ANG BGN"))
_ICD = (words("0246 0247 0248"), frozenset())
LAYER.lists = {
    "BR-CL-01": (frozenset(), words("502 503")),
    "BR-CL-03": _CURRENCIES,
    "BR-CL-04": _CURRENCIES,
    "BR-CL-05": _CURRENCIES,
    "BR-CL-10": _ICD,
    "BR-CL-11": _ICD,
    "BR-CL-21": _ICD,
    "BR-CL-25": (words("0242 0246 0248"), frozenset()),
    "BR-CL-26": _ICD,
    "PEPPOL-EN16931-CL007": (words("STN XCG"), words("ANG BGN STD")),
    "PEPPOL-EN16931-CL008": (
        words("0242 0246 0248"),
        words("0037 0147 0154 0158 0170 0177 0193 0194 0202 0203 0205 0212 0213 0215 0217"),
    ),
}
_LATER = words(
    "UBL-SR-56 UBL-SR-22 UBL-SR-23 UBL-CR-674 PEPPOL-COMMON-R054 PEPPOL-COMMON-R055 PEPPOL-COMMON-R056-1 "
    "PEPPOL-COMMON-R056-2 PEPPOL-COMMON-R057 DE-R-T02"
)
# Findings that today's rule makes and the earlier one did not, by the mark that the rule leaves.
_STRICTER = {"BR-CO-26": "creditor_only", "BR-B-02": "breakdown_only", "PEPPOL-EN16931-R004": "colons"}


def adapt(rule, values):
    """The ids that the earlier releases report for a finding of today's rules."""
    if rule in _LATER or values.get(_STRICTER.get(rule)):
        return ()
    return (rule,)


LAYER.adapt = adapt

EXTRA = Layer()
EXTRA.document(due)

# Peppol BIS Billing 3.0.20 -----------------------------------------------------------------------------------------

BILLING_LAYER = layer(
    BILLING._replace(profiles=AnyProcess("urn:fdc:peppol.eu:2017:poacc:billing:"), typed_profiles=("01",))
)
