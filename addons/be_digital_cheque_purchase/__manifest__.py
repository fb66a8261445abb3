# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Belgian Digital Cheque: Purchase Orders",
    "summary": "Purchase orders in subsidy dossiers: ordered costs, and a warning before an order loses the aid",
    "version": "19.0.2.0.0",
    "category": "Accounting/Localizations",
    "author": "Belgian Digital SME contributors",
    "license": "LGPL-3",
    "depends": ["be_digital_cheque", "purchase"],
    "data": ["views/purchase_order_views.xml", "views/digital_cheque_dossier_views.xml"],
    "auto_install": True,
}
