# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Belgian Enterprise Facts",
    "summary": "Enterprise number, establishments, region, activities and size of Belgian companies, entered once",
    "version": "19.0.1.0.0",
    "category": "Localization",
    "author": "Belgian Digital SME contributors",
    "license": "LGPL-3",
    "depends": ["contacts", "l10n_be"],
    "data": [],
    "application": False,
}
