# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "SME Onboarding: Public Aid",
    "summary": "Each app of the plan shows which public aid may pay a part of it",
    "version": "19.0.2.0.0",
    "category": "Productivity",
    "license": "LGPL-3",
    "author": "Belgian Digital SME contributors",
    "depends": ["be_digital_cheque", "sme_onboarding"],
    "auto_install": True,
}
