# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Belgian E-invoicing: self-hosted access point",
    "summary": "Send and receive e-invoices over your own Peppol access point",
    "version": "19.0.2.0.0",
    "category": "Accounting/Accounting",
    "author": "Belgian Digital SME contributors",
    "license": "LGPL-3",
    "depends": ["be_peppol_einvoice"],
    "uninstall_hook": "uninstall_hook",
}
