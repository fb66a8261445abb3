# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Belgium - Demo Companies",
    "summary": "Four invented Belgian companies with fourteen months of trade, for demonstrations only",
    "version": "19.0.2.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "Belgian Digital SME contributors",
    "depends": [
        "account_peppol",
        "be_digital_cheque",
        "contacts",
        "l10n_be",
        "partner_autocomplete",
        "purchase_stock",
        "sale_management",
        "sale_stock",
        "website_sale_stock",
    ],
    "external_dependencies": {"python": ["phonenumbers"]},
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
