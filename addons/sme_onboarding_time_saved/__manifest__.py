# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "SME Onboarding: Time Saved",
    "summary": "The time saved as a tile on the first page",
    "version": "19.0.2.0.0",
    "category": "Productivity",
    "license": "LGPL-3",
    "author": "Belgian Digital SME contributors",
    "depends": ["sme_onboarding", "sme_time_saved"],
    "auto_install": True,
}
