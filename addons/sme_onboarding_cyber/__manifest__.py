# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "SME Onboarding: Security",
    "summary": "The security posture as a tile on the first page; one report of a backup for both",
    "version": "19.0.2.0.0",
    "category": "Productivity",
    "license": "LGPL-3",
    "author": "Belgian Digital SME contributors",
    "depends": ["sme_onboarding", "sme_cyber"],
    "auto_install": True,
}
