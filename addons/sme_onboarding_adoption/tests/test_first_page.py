# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import file_path

# A library for video calls that Debian's package of Odoo lacks; the browser's complaint about it fails any test.
ABSENT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
#: Open what is behind each tile, and come back to the page.
OPEN_EACH = """
    (async () => {
        const until = async (what, found) => {
            for (let tries = 0; tries < 300; tries++) {
                if (document.querySelector(".o_error_dialog, .o_notification .bg-danger")) {
                    throw new Error(`an error while waiting for ${what}`);
                }
                if (found()) return;
                await new Promise((go) => setTimeout(go, 50));
            }
            throw new Error(`nothing came: ${what}`);
        };
        const {action} = odoo.__WOWL_DEBUG__.root.env.services;
        const tile = (name) => document.querySelector(`.o_sme_onboarding_tile[data-name=${name}]`);
        for (const [name, screen] of Object.entries(SCREENS)) {
            await until(`tile ${name}`, () => tile(name));
            tile(name).click();
            await until(`screen of ${name}`, () => !tile(name) && document.querySelector(screen));
            await action.doAction("sme_onboarding.action_first_steps", {clearBreadcrumbs: true});
        }
        await until("the page again", () => tile("maturity"));
        console.log("test successful");
    })();
"""
#: Which screen each tile opens, where nothing is recorded yet.
SCREENS = {
    "maturity": ".o_action_manager .o_view_controller",
    "time_saved": ".o_sme_time_page",
    "adoption": ".o_sme_adoption_tools",
    "cyber": ".o_sme_cyber",
    "aid": ".o_action_manager .o_form_view",
}


@tagged("post_install", "-at_install")
class TestFirstPage(HttpCase):
    def test_each_tile_without_data_says_how_to_get_it_and_opens_it(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        try:
            file_path(ABSENT)
        except FileNotFoundError:
            self.env["ir.asset"].create(
                {"name": ABSENT, "bundle": "web.assets_backend", "directive": "remove", "path": ABSENT}
            )
        company = self.env["res.company"].create(
            {"name": "Atelier Ourthe SRL", "country_id": self.env.ref("base.be").id}
        )
        groups = ["base.group_system", "account.group_account_manager"]
        groups += [name for name in ["be_digital_cheque.group_digital_cheque_user"] if self.env.ref(name, False)]
        owner = new_test_user(
            self.env,
            "first_page_owner",
            groups=",".join(groups),
            lang="fr_BE",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        tiles = self.env["sme.onboarding.tile"].with_user(owner).with_company(company)._tiles(company)
        for tile in tiles:
            self.assertTrue(tile["value"] or tile["note"], tile)
        screens = {tile["name"]: SCREENS[tile["name"]] for tile in tiles}
        self.browser_js(
            "/odoo/action-sme_onboarding.action_first_steps",
            f"const SCREENS = {json.dumps(screens)};{OPEN_EACH}",
            "odoo.isReady === true",
            login=owner.login,
            timeout=90,
        )
