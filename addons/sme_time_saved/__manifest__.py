# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "SME Time Saved",
    "summary": "Hours and euros that digital work saved, counted from your records, with the working shown",
    "version": "19.0.2.0.0",
    "category": "Productivity",
    "license": "LGPL-3",
    "author": "Belgian Digital SME contributors",
    "depends": ["account"],
    "data": [
        "security/ir.model.access.csv",
        "security/sme_time_saved_rules.xml",
        "data/sme.time.role.csv",
        "data/sme.time.kind.csv",
        "data/sme.time.rate.csv",
        "data/ir_cron.xml",
        "views/sme_time_line_views.xml",
        "views/sme_time_event_views.xml",
        "views/sme_time_kind_views.xml",
        "views/sme_time_role_views.xml",
        "views/sme_time_mail_templates.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["sme_time_saved/static/src/page/**/*"],
        "web.assets_tests": ["sme_time_saved/static/tests/tours/**/*"],
    },
    "post_init_hook": "post_init_hook",
}
