"""Every menu of ours opens without an error for a plain accountant, in each language."""

import json

from databases import DEMO_ADDON, manifests

from odoo import Command
from odoo.tests import HttpCase, tagged

# Opens each action in turn in one loaded page, as a click on its menu does, and waits for its screen.
OPEN_EACH = """
(async () => {
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const complaint = () => document.querySelector(".o_error_dialog, .o_error_detail, .modal .alert-danger");
    const until = async (condition, what) => {
        for (let i = 0; i < 600; i++) {
            if (complaint()) {
                throw new Error(complaint().textContent);
            }
            if (condition()) {
                return;
            }
            await wait(50);
        }
        throw new Error(what);
    };
    const idle = () => !document.querySelector(".o_loading_indicator, .o_blockUI");
    for (const [name, id] of %s) {
        try {
            const {action} = odoo.__WOWL_DEBUG__.root.env.services;
            await action.doAction(id, {clearBreadcrumbs: true});
            const dialog = () => document.querySelector(".modal .o_form_view");
            await until(() => action.currentController?.action.id === id || dialog(), "the action did not open");
            if (dialog()) {
                document.querySelector(".modal .btn-close").click();
                await until(() => !dialog(), "the dialog did not close");
            }
            await until(() => document.querySelector(".o_action_manager > *") && idle(), "no screen appeared");
            await wait(100);
            await until(idle, "the screen never came to rest");
        } catch (error) {
            console.error(name + ": " + error.message);
            return;
        }
    }
    console.log("test successful");
})();
"""


@tagged("post_install", "-at_install")
class TestMenus(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.env["res.users"].create(
            {
                "name": "Annick Comptable",
                "login": "annick",
                "password": "annick-comptable",
                "email": "annick@example.com",
                "group_ids": [
                    Command.set([cls.env.ref("base.group_user").id, cls.env.ref("account.group_account_user").id])
                ],
            }
        )

    def our_actions(self):
        """The window and client actions behind the menus of ours that the accountant sees."""
        menu_model = self.env["ir.ui.menu"].with_user(self.accountant)
        menus = menu_model.browse(menu_model._visible_menu_ids()).filtered("action")
        ours = set(manifests()) - {DEMO_ADDON}
        owners = menus.sudo().get_external_id()
        return {
            menu.complete_name: menu.action
            for menu in menus
            if owners[menu.id].split(".")[0] in ours
            and menu.action._name in ("ir.actions.act_window", "ir.actions.client")
        }

    def check(self, language):
        self.accountant.lang = language
        actions = self.our_actions()
        for app in ("be_peppol_einvoice", "sme_onboarding", "be_digital_cheque"):
            root = (
                self.env["ir.ui.menu"]
                .search([("parent_id", "=", False)])
                .filtered(lambda menu, app=app: (menu.get_external_id()[menu.id] or "").startswith(f"{app}."))
            )
            self.assertTrue(root, f"{app} has no menu")
        self.assertTrue(actions)
        script = OPEN_EACH % json.dumps([[name, action.id] for name, action in actions.items()])
        ready = "odoo.isReady === true && Boolean(odoo.__WOWL_DEBUG__)"
        self.browser_js("/odoo", script, ready, login="annick", timeout=180)

    def test_english(self):
        self.check("en_US")

    def test_french(self):
        self.check("fr_BE")

    def test_dutch(self):
        self.check("nl_BE")

    def test_german(self):
        self.check("de_DE")
