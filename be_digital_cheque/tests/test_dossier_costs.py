# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .dossier_common import KNOW, DossierCase


@tagged("post_install", "-at_install")
class TestDossierCosts(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.running = cls.dossier(applied_on="2026-11-01", planned_start="2026-11-10", agreement_on="2026-11-10")

    def cost(self, dossier, line, **values):
        return self.env["digital.cheque.dossier.cost"].create(
            {"dossier_id": dossier.id, "move_line_id": line.id, **values}
        )

    def test_a_bill_line_follows_its_bill_and_counts_without_vat(self):
        bill = self.bill(1000, 500)
        cost = self.cost(self.running, bill.invoice_line_ids[0])
        self.assertEqual((cost.amount, cost.eligible_amount, cost.state), (1000, 1000, "committed"))
        self.assertEqual((cost.date, cost.partner_id), (date(2026, 11, 20), self.provider))
        bill.action_post()
        self.assertEqual(cost.state, "invoiced")
        self.env["account.payment.register"].with_context(active_model="account.move", active_ids=bill.ids).create(
            {"payment_date": "2026-11-21"}
        )._create_payments()
        self.assertEqual(cost.state, "paid")
        self.assertEqual(
            (self.running.cost_total, self.running.cost_invoiced, self.running.cost_paid), (1000, 1000, 1000)
        )

    def test_another_currency_is_converted_by_core_on_the_day_of_the_bill(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        dollar.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": dollar.id, "name": "2026-11-15", "rate": 1.25, "company_id": self.company.id}
        )
        bill = self.bill(1000, currency_id=dollar.id)
        self.assertEqual(self.cost(self.running, bill.invoice_line_ids).amount, 800)

    def test_a_credit_note_takes_away(self):
        bill = self.bill(300, move_type="in_refund")
        cost = self.cost(self.running, bill.invoice_line_ids)
        self.assertEqual((cost.amount, cost.eligible_amount), (-300, -300))

    def test_a_bill_from_before_the_application_is_excluded_with_the_reason(self):
        bill = self.bill(1000, date="2026-10-15")
        cost = self.cost(self.running, bill.invoice_line_ids)
        self.assertEqual((cost.exclusion, cost.eligible_amount, cost.excluded_amount), ("early", 0, 1000))

    def test_a_provider_known_to_have_no_label_is_excluded(self):
        cyber = self.dossier(
            programme_id=self.env.ref("be_digital_cheque.programme_wal_cyber").id,
            applied_on="2026-10-01",
            share_paid_on="2026-10-10",
            planned_start="2026-10-20",
        )
        line = self.bill(1000).invoice_line_ids
        cost = self.cost(cyber, line)
        self.assertFalse(cost.exclusion, "Nothing is known of the provider: unknown is not no")
        self.env["digital.cheque.provider.label"].create(
            {"partner_id": self.provider.id, "authority_id": cyber.authority_id.id, "kind": "none"}
        )
        cost.unlink()
        self.assertEqual(self.cost(cyber, line).exclusion, "provider")

    def test_a_cost_counts_once(self):
        line = self.bill(1000).invoice_line_ids
        first = self.cost(self.running, line, eligible_amount=600)
        other = self.dossier(
            programme_id=self.env.ref("be_digital_cheque.programme_bru_consultancy").id, applied_on="2026-11-01"
        )
        second = self.cost(other, line)
        self.assertEqual(second.eligible_amount, 400, "What the first dossier left")
        with self.assertRaisesRegex(ValidationError, self.running.reference), self.cr.savepoint():
            second.eligible_amount = 500
        second.invalidate_recordset()
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.cost(self.running, line, eligible_amount=500)
        second.write({"shared_reason": "Both authorities agreed", "eligible_amount": 500})
        self.assertEqual(first.eligible_amount + second.eligible_amount, 1100)

    def test_a_refused_dossier_claims_nothing(self):
        line = self.bill(1000).invoice_line_ids
        self.cost(self.running, line)
        self.move(self.running, "prepared", "submitted", "refused")
        other = self.dossier(applied_on="2026-11-01")
        self.assertEqual(self.cost(other, line).eligible_amount, 1000)

    def test_more_than_the_cost_never_counts(self):
        with self.assertRaises(ValidationError):
            self.cost(self.running, self.bill(1000).invoice_line_ids, eligible_amount=1001)

    def test_bills_of_the_provider_are_suggested(self):
        bill = self.bill(1000, 500)
        self.bill(700, partner=self.partner_a)
        self.bill(800, date="2024-01-01")
        wizard = Form(self.env["digital.cheque.cost.suggest"].with_context(default_dossier_id=self.running.id)).save()
        self.assertEqual(wizard.line_ids.move_line_id, bill.invoice_line_ids)
        self.assertEqual(wizard.line_ids[0].why, "the provider")
        wizard.line_ids[1].take = False
        wizard.action_link()
        self.assertEqual(self.running.cost_ids.mapped("amount"), [1000])
        self.assertEqual(len(self.running._suggested_lines()), 1)

    def test_products_of_former_costs_are_suggested(self):
        other = self.dossier(applied_on="2026-11-01", provider_id=False)
        former = self.bill(100, 200, partner=self.partner_a)
        former.invoice_line_ids.product_id = self.product_a
        other.cost_ids = [Command.create({"move_line_id": line.id}) for line in former.invoice_line_ids]
        bill = self.bill(700, partner=self.partner_b)
        bill.invoice_line_ids.product_id = self.product_a
        found = dict(self.running._suggested_lines())
        self.assertEqual(found[bill.invoice_line_ids], {"product"})


@tagged("post_install", "-at_install")
class TestDossierWarnings(DossierCase):
    def test_a_bill_before_the_application_asks_first(self):
        dossier = self.dossier()
        bill = self.bill(1000)
        self.assertIn("The aid", bill.digital_cheque_warning)
        self.assertIn("3,000.00", bill.digital_cheque_warning)
        action = bill.action_post()
        self.assertEqual(action["res_model"], "digital.cheque.knowingly")
        self.assertEqual(bill.state, "draft")
        wizard = self.env["digital.cheque.knowingly"].browse(action["res_id"])
        with self.assertRaises(UserError):
            wizard.action_proceed()
        wizard.reason = "A separate job, not part of the project"
        wizard.action_proceed()
        self.assertEqual(bill.state, "posted")
        self.assertIn("A separate job", "".join(dossier.message_ids.mapped("body")))
        self.assertIn("A separate job", "".join(bill.message_ids.mapped("body")))

    def test_a_bill_after_the_application_and_one_of_another_provider_pass(self):
        self.dossier(applied_on="2026-11-10")
        bill = self.bill(1000)
        self.assertFalse(bill.digital_cheque_warning)
        bill.action_post()
        self.assertEqual(bill.state, "posted")
        other = self.bill(1000, date="2026-10-01", partner=self.partner_a)
        other.action_post()
        self.assertEqual(other.state, "posted")

    def test_a_bill_whose_lines_have_their_dossier_concerns_no_other(self):
        waiting = self.dossier()
        running = self.dossier(applied_on="2026-11-01")
        bill = self.bill(1000, 500)
        running.cost_ids = [Command.create({"move_line_id": bill.invoice_line_ids[0].id})]
        self.assertEqual(set(bill._digital_cheque_dossiers()), {waiting, running})
        running.cost_ids = [Command.create({"move_line_id": bill.invoice_line_ids[1].id})]
        self.assertEqual(bill._digital_cheque_dossiers(), running)
        self.assertFalse(bill.digital_cheque_warning)

    def test_a_dossier_is_warned_of_its_own_bill_whoever_the_provider_is(self):
        dossier = self.dossier(provider_id=False)
        bill = self.bill(1000)
        self.assertFalse(bill.digital_cheque_warning)
        dossier.cost_ids = [Command.create({"move_line_id": bill.invoice_line_ids.id})]
        bill.invalidate_recordset()
        self.assertIn("3,000.00", bill.digital_cheque_warning)

    def test_a_bookkeeper_without_a_role_is_warned_too(self):
        self.dossier()
        clerk = new_test_user(
            self.env,
            "bill_clerk",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        bill = self.bill(1000).with_user(clerk)
        self.assertTrue(bill.digital_cheque_warning)
        action = bill.action_post()
        wizard = self.env["digital.cheque.knowingly"].with_user(clerk).browse(action["res_id"])
        wizard.write({"reason": "Repairs"})
        wizard.action_proceed()
        self.assertEqual(bill.state, "posted")

    def test_several_bills_at_once_are_asked_about(self):
        self.dossier()
        bills = self.bill(1000) | self.bill(2000)
        confirm = self.env["validate.account.move"].create({"move_ids": [Command.set(bills.ids)]})
        action = confirm.validate_move()
        self.assertEqual(action["res_model"], "digital.cheque.knowingly")
        wizard = self.env["digital.cheque.knowingly"].browse(action["res_id"])
        wizard.reason = "Not of the project"
        wizard.action_proceed()
        self.assertEqual(set(bills.mapped("state")), {"posted"})

    def test_a_provider_without_a_label_stops_and_an_unknown_one_only_asks(self):
        dossier = self.dossier(
            programme_id=self.env.ref("be_digital_cheque.programme_wal_cyber").id,
            applied_on="2026-10-01",
            share_paid_on="2026-10-10",
            planned_start="2026-10-20",
        )
        bill = self.bill(1000)
        self.assertIn("not known", bill.digital_cheque_warning)
        bill.action_post()
        self.assertEqual(bill.state, "posted")
        self.env["digital.cheque.provider.label"].create(
            {"partner_id": self.provider.id, "authority_id": dossier.authority_id.id, "kind": "none"}
        )
        second = self.bill(1000)
        self.assertIn("no label", second.digital_cheque_warning)
        self.assertEqual(second.action_post()["res_model"], "digital.cheque.knowingly")

    def test_paying_before_the_own_share_asks_first(self):
        self.dossier(
            programme_id=self.env.ref("be_digital_cheque.programme_wal_cyber").id,
            applied_on="2026-10-01",
            planned_start="2026-12-20",
        )
        bill = self.bill(1000).with_context(**KNOW)
        bill.action_post()
        register = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=bill.ids)
            .create({"payment_date": "2026-11-21"})
        )
        action = register.action_create_payments()
        self.assertEqual(action["res_model"], "digital.cheque.knowingly")
        self.assertEqual(bill.payment_state, "not_paid")
        wizard = self.env["digital.cheque.knowingly"].browse(action["res_id"])
        self.assertIn("own share", wizard.problems)
        wizard.reason = "Advance agreed"
        wizard.with_context(active_model="account.move", active_ids=bill.ids).action_proceed()
        self.assertNotEqual(bill.payment_state, "not_paid")

    def test_only_known_methods_are_called_after_the_answer(self):
        wizard = self.env["digital.cheque.knowingly"].create(
            {"reason": "x", "res_model": "res.partner", "res_ids": self.provider.ids, "method": "unlink"}
        )
        with self.assertRaises(UserError):
            wizard.action_proceed()
        self.assertTrue(self.provider.exists())
