# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo.tests import Form, tagged

from .common import AdoptionCommon


@tagged("post_install", "-at_install")
class TestPrompts(AdoptionCommon):
    def test_a_new_customer(self):
        self.count()
        with Form(self.firm.with_user(self.owner).with_context(lang="en_US")) as form:
            self.assertIn("Customer portal", form.sme_adoption_prompt)
        self.firm.with_user(self.owner).action_sme_adoption_invite()
        self.firm.invalidate_recordset()
        self.assertNotIn("Customer portal", self.firm.sme_adoption_prompt or "")
        self.firm.sme_adoption_no_mail = True
        self.assertFalse(self.firm.sme_adoption_prompt)

    def test_a_late_invoice(self):
        self.count()
        invoice = self.init_invoice(
            "out_invoice", partner=self.firm, invoice_date=self.today - timedelta(days=90), amounts=[100], post=True
        )
        invoice = invoice.with_context(lang="en_US")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET invoice_date_due = %s WHERE id = %s", (self.today - timedelta(days=60), invoice.id)
        )
        invoice.invalidate_recordset()
        self.assertIn("late", invoice.sme_adoption_prompt)
        customer = self.firm.with_user(self.owner).with_context(lang="en_US")
        self.assertEqual(customer.sme_adoption_prompt, invoice.sme_adoption_prompt, "who phones about it")
        for code in ("portal", "online_payment"):
            self.row(self.firm, code).with_user(self.owner).declined_reason = "no_need"
        self.env.invalidate_all()
        self.assertFalse(invoice.sme_adoption_prompt)
        self.assertNotIn("late", customer.sme_adoption_prompt or "")

    def test_a_call_is_planned(self):
        self.count()
        self.row(self.silent, "portal").with_user(self.owner).with_context(lang="en_US").action_plan_call()
        activity = self.silent.activity_ids
        self.assertEqual((activity.user_id, activity.summary), (self.owner, "Customer portal: No e-mail address"))
