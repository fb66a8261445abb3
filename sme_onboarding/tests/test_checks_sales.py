# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import OnboardingCommon


@tagged("post_install", "-at_install")
class TestChecksSales(OnboardingCommon):
    def setUp(self):
        super().setUp()
        self.env["res.partner"].sudo().search([("customer_rank", ">", 0)]).customer_rank = 0
        self.env["product.template"].sudo().search([("sale_ok", "=", True)]).sale_ok = False

    def _customer(self, name, **values):
        return self.env["res.partner"].create({"name": name, "customer_rank": 1, **values})

    def test_customer(self):
        self.assert_failed(self.outcome("first_customer"), "There is no customer yet")
        incomplete = self._customer("Café du Pont")
        outcome = self.outcome("first_customer")
        self.assert_failed(outcome, "1 of 1 customers: no complete address", "1 of 1 customers: no e-mail address")
        self.assertEqual(self.records(outcome), incomplete)
        self._customer(
            "Garage Vesdre",
            street="Rue du Marché 3",
            zip="4700",
            city="Eupen",
            country_id=self.belgium.id,
            email="garage@vesdre.example",
        )
        outcome = self.outcome("first_customer")
        self.assert_passed(outcome)
        self.assertEqual(
            self.texts(outcome),
            [
                "Customers with a complete address and e-mail: 1",
                "1 of 2 customers: no complete address",
                "1 of 2 customers: no e-mail address",
            ],
        )
        self.assertEqual(self.records(outcome), incomplete)

    def test_customer_of_another_company_does_not_count(self):
        self._customer("Gentse Klant", company_id=self.other_company.id)
        self.assert_failed(self.outcome("first_customer"), "There is no customer yet")
        self.assertEqual(self.outcome("first_customer", company=self.other_company).status, "failed")

    def test_own_company_is_no_customer(self):
        self.company.partner_id.customer_rank = 3
        self.assert_failed(self.outcome("first_customer"), "There is no customer yet")

    def test_product(self):
        self.assert_failed(self.outcome("first_product"), "There is no product or service to sell yet")
        product = self.env["product.template"].create({"name": "Table", "list_price": 0, "taxes_id": False})
        outcome = self.outcome("first_product")
        self.assert_failed(outcome, "1 of 1 products: no sales price", "1 of 1 products: no VAT rate of your firm")
        self.assertEqual(self.records(outcome), product)
        product.list_price = 250
        self.assert_failed(self.outcome("first_product"), "1 of 1 products: no VAT rate of your firm")
        product.taxes_id = self.tax_sale_a
        self.assert_passed(self.outcome("first_product"))
        self.assertEqual(self.outcome("first_product", company=self.other_company).status, "failed")

    def test_invoice(self):
        self.assert_failed(self.outcome("first_invoice"), "There is no customer invoice yet")
        invoice = self.init_invoice("out_invoice", amounts=[100])
        outcome = self.outcome("first_invoice")
        self.assert_failed(outcome, "Customer invoices that are still drafts: 1")
        self.assertEqual(self.records(outcome), invoice)
        self.assertTrue(outcome.started)
        invoice.action_post()
        outcome = self.outcome("first_invoice")
        self.assert_passed(outcome)
        self.assertEqual(self.records(outcome), invoice)
        status = self.status("first_invoice")
        status._check()
        invoice.button_draft()
        status._check()
        self.assertEqual((status.state, bool(status.reopened_on)), ("doing", True))

    def test_invoice_of_nothing_or_of_another_company_does_not_count(self):
        self.init_invoice("out_invoice", amounts=[0], post=True)
        self.assertEqual(self.outcome("first_invoice").status, "failed")
        self.init_invoice("out_invoice", amounts=[100], post=True)
        self.assert_passed(self.outcome("first_invoice"))
        self.assertEqual(self.outcome("first_invoice", company=self.other_company).status, "failed")

    def test_invoice_sent(self):
        self.assert_failed(self.outcome("invoice_sent"), "No customer invoice has been sent")
        invoice = self.init_invoice("out_invoice", amounts=[100], post=True)
        self.assert_failed(self.outcome("invoice_sent"), "No customer invoice has been sent")
        invoice.is_move_sent = True
        outcome = self.outcome("invoice_sent")
        self.assert_failed(outcome, f"{invoice.name} was printed or downloaded, not sent by e-mail or Peppol")
        self.assertEqual(self.records(outcome), invoice)

    def test_invoice_sent_by_mail(self):
        invoice = self.init_invoice("out_invoice", amounts=[100], post=True)
        invoice.partner_id.email = "klant@example.com"
        wizard = self.env["account.move.send.wizard"].with_context(active_model="account.move", active_ids=invoice.ids)
        wizard.create({"sending_methods": ["email"]}).action_send_and_print()
        self.assertTrue(invoice.is_move_sent)
        self.assert_failed(self.outcome("invoice_sent"), f"{invoice.name}: the e-mail has not left")
        # What core does once the mail server has taken the e-mail; nothing leaves this machine.
        mails = invoice.message_ids.sudo().mail_ids
        mails._postprocess_sent_message(success_pids=invoice.partner_id, success_emails=[])
        outcome = self.outcome("invoice_sent")
        self.assert_passed(outcome)
        self.assertEqual(self.texts(outcome), [f"{invoice.name} left by e-mail"])

        notifications = (
            self.env["mail.notification"]
            .sudo()
            .search([("mail_message_id", "in", invoice.message_ids.ids), ("notification_type", "=", "email")])
        )
        self.assertTrue(notifications)
        status = self.status("invoice_sent")
        status._check()
        notifications.notification_status = "bounce"
        status._check()
        self.assertTrue(status.reopened_on)
        self.assertEqual(status.found, f"{invoice.name}: the e-mail has not left")

    def test_invoice_sent_through_peppol(self):
        if "peppol_move_state" not in self.env["account.move"]._fields:
            self.assertEqual(self.outcome("invoice_sent").status, "failed")
            return
        invoice = self.init_invoice("out_invoice", amounts=[100], post=True)
        invoice.write({"is_move_sent": True, "peppol_move_state": "error"})
        self.assertEqual(self.outcome("invoice_sent").status, "failed")
        invoice.peppol_move_state = "done"
        outcome = self.outcome("invoice_sent")
        self.assert_passed(outcome)
        self.assertEqual(self.texts(outcome), [f"{invoice.name} was handed over to Peppol"])

    def test_peppol_registration(self):
        if "account_peppol_proxy_state" not in self.company._fields:
            self.assertEqual(self.outcome("peppol_registration").status, "unmeasured")
            return
        self.env["ir.config_parameter"].sudo().set_param("account_peppol.edi.mode", "prod")
        expected = {
            "not_registered": ("failed", "Your firm is not registered on Peppol through Odoo"),
            "sender": ("failed", "Your firm can send through Peppol, but not receive"),
            "smp_registration": ("failed", "Registration to receive is under way; sending already works"),
            "rejected": ("failed", "The Peppol registration was refused"),
            "receiver": ("passed", "Registered on Peppol: your firm can send and receive"),
        }
        for state, (verdict, text) in expected.items():
            with self.subTest(state):
                self.company.account_peppol_proxy_state = state
                outcome = self.outcome("peppol_registration")
                self.assertEqual((outcome.status, self.texts(outcome)), (verdict, [text]))
        self.env["ir.config_parameter"].sudo().set_param("account_peppol.edi.mode", "demo")
        self.assert_failed(
            self.outcome("peppol_registration"),
            "Registered in test or demonstration mode only: real invoices do not travel",
        )
