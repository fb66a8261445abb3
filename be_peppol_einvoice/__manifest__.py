# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Belgian E-invoicing",
    "summary": "See at a glance which invoices went out and came in as e-invoices over Peppol, and what to do next",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "Belgian Digital SME contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": ["l10n_be", "account_peppol"],
    "data": [
        "security/peppol_lookup_access.xml",
        "data/peppol_lookup_cron.xml",
        "views/account_move_views.xml",
        "views/res_partner_views.xml",
        "views/overview_views.xml",
        "views/readiness_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["be_peppol_einvoice/static/src/**/*"],
        "web.assets_tests": ["be_peppol_einvoice/static/tests/tours/**/*"],
    },
    "images": ["static/description/overview.png"],
    "post_init_hook": "post_init_hook",
}
