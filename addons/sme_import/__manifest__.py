# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Bring in Your Data",
    "summary": "Customers, suppliers, products, open items and balances from WinBooks, Octopus, Exact or a file",
    "version": "19.0.2.0.0",
    "category": "Accounting/Localizations",
    "author": "Belgian Digital SME contributors",
    "license": "LGPL-3",
    "depends": ["account", "be_enterprise"],
    "data": [
        "security/ir.model.access.csv",
        "security/sme_import_rules.xml",
        "data/sme.import.target.csv",
        "data/sme_import_cron.xml",
        "views/sme_import_row_views.xml",
        "views/sme_import_views.xml",
        "views/sme_import_menus.xml",
    ],
}
