# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "SME Onboarding",
    "summary": "The first steps of a Belgian firm in Odoo, each one verified against your own records",
    "version": "19.0.2.0.0",
    "category": "Productivity",
    "license": "LGPL-3",
    "author": "Belgian Digital SME contributors",
    "depends": ["account", "base_iban", "base_vat", "be_enterprise", "mail"],
    "data": [
        "security/ir.model.access.csv",
        "security/sme_onboarding_security.xml",
        "data/sme.onboarding.theme.csv",
        "data/sme.onboarding.step.csv",
        "data/sme.maturity.instrument.csv",
        "data/sme.maturity.dimension.csv",
        "data/sme.maturity.question.csv",
        "data/sme.maturity.option.csv",
        "data/sme.maturity.peer.csv",
        "data/ir_cron.xml",
        "report/sme_maturity_report.xml",
        "views/sme_maturity_views.xml",
        "views/sme_maturity_templates.xml",
        "views/sme_onboarding_status_views.xml",
        "views/sme_onboarding_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "sme_onboarding/static/src/page/**/*",
            "sme_onboarding/static/src/maturity/**/*",
        ],
        "web.assets_frontend": [
            "sme_onboarding/static/src/questions/**/*",
        ],
        "web.assets_tests": [
            "sme_onboarding/static/tests/tours/**/*",
        ],
    },
    "images": ["static/description/first_steps.png"],
    "application": True,
    "uninstall_hook": "uninstall_hook",
}
