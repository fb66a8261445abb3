"""Every menu of ours opens without an error for a plain accountant, in each language."""

from databases import DEMO_ADDON, manifests

from odoo import Command
from odoo.tests import HttpCase, tagged

# Opens an action by its address and waits for its screen; an error dialog or a console error fails the test.
OPEN_AND_LOOK = """
(async () => {
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    for (let i = 0; i < 300; i++) {
        const error = document.querySelector(".o_error_dialog, .o_error_detail, .modal .alert-danger");
        if (error) {
            console.error("error dialog: " + error.textContent);
            return;
        }
        const screen = document.querySelector(".o_action_manager .o_action, .o_action_manager .o_content");
        if (screen && !document.querySelector(".o_loading_indicator, .o_blockUI")) {
            await wait(200);
            if (!document.querySelector(".o_error_dialog")) {
                console.log("test successful");
                return;
            }
        }
        await wait(50);
    }
    console.error("no screen appeared");
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
        menus = self.env["ir.ui.menu"].with_user(self.accountant).search([("action", "!=", False)])
        ours = set(manifests()) - {DEMO_ADDON}
        owners = menus.sudo().get_external_id()
        return {
            menu.complete_name: menu.action
            for menu in menus
            if owners[menu.id].split(".")[0] in ours and menu.action._name != "ir.actions.act_url"
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
        for name, action in actions.items():
            with self.subTest(language=language, menu=name):
                self.browser_js(f"/odoo/action-{action.id}", OPEN_AND_LOOK, login="annick", timeout=60)

    def test_english(self):
        self.check("en_US")

    def test_french(self):
        self.check("fr_BE")

    def test_dutch(self):
        self.check("nl_BE")

    def test_german(self):
        self.check("de_DE")
