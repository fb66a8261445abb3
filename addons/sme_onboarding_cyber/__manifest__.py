# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "SME Onboarding: Security",
    "summary": "The security posture as a tile of the first page and as steps; one report of a backup for both",
    "version": "19.0.2.0.0",
    "category": "Productivity",
    "license": "LGPL-3",
    "author": "Belgian Digital SME contributors",
    "depends": ["sme_onboarding", "sme_cyber"],
    "data": ["data/sme.onboarding.step.csv"],
    "auto_install": True,
}
