# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The reason codes of contributions on negative lines.

Core gives Recupel, Auvibel and the like the charge code AEO, and Bebat CAV (UNTDID 7161). On a negative line the amount
turns into an allowance, for which another list holds (UNTDID 5189): BR-CL-19 and PEPPOL-EN16931-CL002 refuse the code.
It is left out; the reason in words (“Recupel”) stays and suffices (BR-42).
"""

from .document import tag

RULES = frozenset({"BR-CL-19", "BR-CL-20", "PEPPOL-EN16931-CL002", "PEPPOL-EN16931-CL003"})


def apply(document):
    changed = False
    for _finding, code in list(document.found(RULES)):
        allowance = code.getparent()
        if allowance is not None and allowance.findtext(tag("cbc:AllowanceChargeReason")):
            allowance.remove(code)
            changed = True
    return changed
