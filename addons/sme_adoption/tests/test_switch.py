# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import AdoptionCommon


@tagged("post_install", "-at_install")
class TestSwitch(AdoptionCommon):
    def setUp(self):
        super().setUp()
        self.chosen = self.customer("Menuiserie Bois SA", is_company=True, vat="BE0403170701")
        for partner in (self.firm, self.chosen):
            here = partner.with_company(self.company)
            here.write({"peppol_verification_state": "valid", "invoice_edi_format": "ubl_bis3"})
        self.chosen.with_company(self.company).invoice_sending_method = "email"
        self.switches = self.env["sme.adoption.switch"].with_user(self.owner).with_company(self.company)

    def method(self, partner):
        return partner.with_company(self.company).invoice_sending_method

    def test_who_can_receive_them_and_has_not_chosen(self):
        self.count()
        action = self.switches.action_switch_all()
        made = self.switches.search(action["domain"])
        self.assertIn(self.firm, made.partner_id)
        self.assertEqual(self.method(self.firm), "peppol")
        self.assertEqual(self.method(self.chosen), "email", "the customer's own choice")
        self.assertFalse(self.method(self.silent))
        mine = made.filtered(lambda switch: switch.partner_id == self.firm)
        mine.action_undo()
        self.assertFalse(self.method(self.firm))
        self.assertTrue(mine.undone_on)
        self.assertEqual(self.switches.action_switch_all()["tag"], "display_notification")
        self.assertFalse(self.method(self.firm), "what was taken back is not switched again")

    def test_a_choice_made_since_is_not_taken_back(self):
        self.count()
        made = self.switches._switch(self.company).with_user(self.owner)
        self.firm.with_company(self.company).invoice_sending_method = "manual"
        made.filtered(lambda switch: switch.partner_id == self.firm).action_undo()
        self.assertEqual(self.method(self.firm), "manual")

    def test_who_declined_keeps_what_was(self):
        self.count()
        self.row(self.firm, "einvoice").with_user(self.owner).declined_reason = "paper"
        self.assertNotIn(self.firm, self.switches._ready(self.company))

    def test_by_itself_where_the_company_wants_it(self):
        cron = self.env.ref("sme_adoption.ir_cron_count").sudo()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFalse(self.method(self.firm))
        self.company.sudo().sme_adoption_switch = True
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self.method(self.firm), "peppol")
