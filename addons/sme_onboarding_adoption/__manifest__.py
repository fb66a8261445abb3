# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "SME Onboarding: Customers on Board",
    "summary": "Customers on board as a tile on the first page and a step on the way",
    "version": "19.0.2.0.0",
    "category": "Productivity",
    "license": "LGPL-3",
    "author": "Belgian Digital SME contributors",
    "depends": ["sme_onboarding", "sme_adoption"],
    "data": ["data/sme.onboarding.step.csv"],
    "auto_install": True,
}
