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
<<<<<<< HEAD
        "security/ir.model.access.csv",
        "security/be_einvoice_rules.xml",
        "security/peppol_exchange_rules.xml",
        "data/exchange_cron.xml",
        "views/peppol_exchange_views.xml",
        "views/peppol_connection_views.xml",
        "views/account_move_exchange_views.xml",
=======
        "security/peppol_lookup_access.xml",
        "data/peppol_lookup_cron.xml",
>>>>>>> fd04896eeb3926ab65d0faca037e15593dcca3d4
        "views/account_move_views.xml",
        "views/res_partner_views.xml",
        "views/overview_views.xml",
        "views/readiness_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
        "views/exchange_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["be_peppol_einvoice/static/src/**/*"],
        "web.assets_tests": ["be_peppol_einvoice/static/tests/tours/**/*"],
    },
    "images": ["static/description/overview.png"],
    "post_init_hook": "post_init_hook",
}
