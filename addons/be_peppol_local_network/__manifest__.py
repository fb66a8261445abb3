# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Belgian E-invoicing: local Peppol network for the demo",
    "summary": "The demo companies trade over a Peppol network on this machine; drills make it misbehave",
    "version": "19.0.2.0.0",
    "category": "Hidden",
    "author": "Belgian Digital SME contributors",
    "license": "LGPL-3",
    "depends": ["be_peppol_gateway"],
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron.xml",
        "views/peppol_drill_views.xml",
        "views/peppol_drill_event_views.xml",
        "views/menus.xml",
    ],
    "assets": {"web.assets_tests": ["be_peppol_local_network/static/tests/tours/*.js"]},
    "uninstall_hook": "uninstall_hook",
}
