"""axe-core finds nothing serious on the first page, with the tiles of all our add-ons, on a screen and on a phone."""

import os
from pathlib import Path

from odoo import Command
from odoo.tests import HttpCase, tagged

AXE = Path(os.environ["DEV_STATE"]) / "node" / "node_modules" / "axe-core" / "axe.min.js"
# Everything is opened first: what is closed is not judged.
JUDGE = """
(async () => {
    (0, eval)(await (await fetch("AXE")).text());
    for (const details of document.querySelectorAll(".o_sme_onboarding details")) {
        details.open = true;
    }
    const {violations, passes} = await axe.run(".o_sme_onboarding", {resultTypes: ["violations", "passes"]});
    const grave = violations.filter((one) => ["serious", "critical"].includes(one.impact));
    const page = document.querySelector(".o_sme_onboarding");
    if (!passes.length) {
        console.error("axe-core looked at nothing");
    } else if (grave.length) {
        const places = (one) => one.nodes.slice(0, 5).map((node) => node.html + node.failureSummary).join(" | ");
        console.error(grave.map((one) => `${one.id} (${one.impact}): ${one.help}: ${places(one)}`).join("\\n"));
    } else if (document.querySelectorAll(".o_sme_onboarding_tile").length < TILES) {
        console.error("tiles are missing");
    } else if (page.scrollWidth > page.clientWidth) {
        console.error(`wider than the screen: ${page.scrollWidth} > ${page.clientWidth}`);
    } else {
        console.log("test successful");
    }
})();
"""


class AccessibilityCommon(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env["res.company"].create({"name": "Atelier Ourthe SRL", "country_id": cls.env.ref("base.be").id})
        cls.env["account.chart.template"].try_loading("be_comp", company=company, install_demo=False)
        groups = ("base.group_system", "account.group_account_manager", "be_digital_cheque.group_digital_cheque_user")
        cls.owner = cls.env["res.users"].create(
            {
                "name": "Odile Patronne",
                "login": "odile",
                "password": "odile-patronne",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set([cls.env.ref(group).id for group in groups])],
            }
        )

    def judge(self):
        tiles = self.env["sme.onboarding.status"].with_user(self.owner).get_page()["tiles"]
        self.assertTrue(tiles)
        # as a file: a failed test shows its script, and this one is long
        axe = self.env["ir.attachment"].create({"name": "axe.js", "raw": AXE.read_bytes(), "public": True})
        script = JUDGE.replace("AXE", f"/web/content/{axe.id}").replace("TILES", str(len(tiles)))
        ready = "Boolean(document.querySelector('.o_sme_onboarding_next'))"
        self.browser_js("/odoo/first-steps", script, ready, login="odile", timeout=120)


@tagged("post_install", "-at_install")
class TestAccessibility(AccessibilityCommon):
    def test_screen(self):
        self.judge()


@tagged("post_install", "-at_install")
class TestAccessibilityPhone(AccessibilityCommon):
    browser_size = "320x640"
    touch_enabled = True

    def test_phone(self):
        self.judge()
