# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta
from stdnum.be import vat as be_vat

from odoo.tests import tagged

from .common import DemoCase


@tagged("post_install", "-at_install")
class TestTrade(DemoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.moves = cls.records("account.move")

    def of(self, company, *move_types):
        return self.moves.filtered_domain(
            [("company_id", "=", self.companies[company].id), ("move_type", "in", move_types)]
        )

    def test_each_company_has_invoices_and_bills_over_a_year(self):
        for key in self.companies:
            with self.subTest(key):
                invoices = self.of(key, "out_invoice")
                posted = invoices.filtered(lambda move: move.state == "posted")
                self.assertGreaterEqual(len(posted), 30)
                dates = posted.mapped("invoice_date")
                self.assertLess(min(dates), max(dates) - relativedelta(months=11))
                self.assertLessEqual(max(dates), self.env.cr.now().date())
                self.assertTrue(posted.filtered(lambda move: move.payment_state == "paid"))
                self.assertTrue(posted.filtered(lambda move: move.payment_state == "not_paid"))
                self.assertTrue(self.of(key, "in_invoice").filtered(lambda move: move.state == "posted"))
                self.assertTrue(self.of(key, "in_refund"))
        for key in ("liege", "brussel", "eupen"):
            self.assertTrue(self.of(key, "out_refund"), key)

    def test_books_balance(self):
        lines = self.env["account.move.line"]
        for company in self.companies.values():
            [(balance, count)] = lines._read_group(
                [("company_id", "=", company.id), ("parent_state", "=", "posted")], [], ["balance:sum", "__count"]
            )
            self.assertGreater(count, 100)
            self.assertAlmostEqual(balance, 0, 2)

    def test_structured_communications(self):
        posted = self.moves.filtered(lambda move: move.state == "posted" and move.move_type == "out_invoice")
        posted |= self.moves.filtered(lambda move: move.move_type == "in_invoice" and move.payment_reference)
        self.assertGreater(len(posted), 200)
        for move in posted:
            self.assertRegex(move.payment_reference, r"^\+\+\+\d{3}/\d{4}/\d{5}\+\+\+$")
            digits = "".join(filter(str.isdigit, move.payment_reference))
            self.assertEqual(int(digits[10:]), int(digits[:10]) % 97 or 97, move.name)

    def test_documents_speak_the_language_of_their_company_or_customer(self):
        garage = self.of("eupen", "out_invoice").invoice_line_ids.mapped("name")
        self.assertTrue(any("Inspektion" in name for name in garage))
        dutch = self.of("brussel", "out_invoice").filtered(lambda move: move.partner_id.lang == "nl_BE")
        self.assertTrue(any("oekhouding" in name for name in dutch.invoice_line_ids.mapped("name")))

    def test_cocontractor_invoices_carry_no_vat(self):
        builders = self.demo.get("partner_builder") | self.demo.get("partner_roofer")
        invoices = self.of("liege", "out_invoice").filtered(lambda move: move.partner_id in builders)
        self.assertTrue(invoices)
        tax = self.env["account.chart.template"].with_company(self.companies["liege"]).ref("attn_VAT-OUT-00-CC")
        self.assertEqual(invoices.invoice_line_ids.tax_ids, tax)
        self.assertFalse(any(invoices.mapped("amount_tax")))

    def test_renovation_of_homes_has_the_reduced_rate(self):
        person = self.demo.get("partner_feuillu")
        invoices = self.of("liege", "out_invoice").filtered(lambda move: move.partner_id == person)
        self.assertEqual(set(invoices.invoice_line_ids.tax_ids.mapped("amount")), {6.0})

    def test_bills_were_read_from_e_invoices_of_the_other_companies(self):
        received = self.moves.filtered(
            lambda move: move.move_type == "in_invoice" and move.invoice_line_ids[:1].is_imported
        )
        self.assertGreaterEqual(len(received), 15)
        self.assertEqual(set(received.company_id), set(self.companies.values()))
        ours = self.env["res.company"].union(*self.companies.values()).partner_id
        for bill in received:
            self.assertIn(bill.partner_id, ours)
            sold = self.moves.filtered(
                lambda move, bill=bill: (
                    move.move_type == "out_invoice"
                    and move.name == bill.ref
                    and move.company_id.partner_id == bill.partner_id
                )
            )
            self.assertEqual(len(sold), 1)
            self.assertAlmostEqual(bill.amount_total, sold.amount_total, 2)
            self.assertEqual(bill.payment_reference, sold.payment_reference)
            self.assertEqual(bill.peppol_message_uuid, sold.peppol_message_uuid)
            self.assertTrue(bill.attachment_ids.filtered(lambda file: file.mimetype.endswith("xml")))

    def test_peppol(self):
        for key, state in {
            "liege": "receiver",
            "gent": "receiver",
            "brussel": "receiver",
            "eupen": "not_registered",
        }.items():
            self.assertEqual(self.companies[key].account_peppol_proxy_state, state)
            self.assertEqual(self.companies[key]._get_peppol_edi_mode(), "demo")
        sent = self.moves.filtered(lambda move: move.peppol_move_state == "done" and move.is_sale_document())
        self.assertGreaterEqual(len(sent), 40)
        for move in sent:
            self.assertTrue(move.ubl_cii_xml_id, move.name)
            self.assertTrue(be_vat.is_valid(move.partner_id.vat))
        self.assertEqual(len(sent), len(set(sent.mapped("peppol_message_uuid"))))

    def test_web_shop_has_stock_orders_and_deliveries(self):
        website = self.demo.get("website")
        self.assertEqual(website.company_id, self.companies["gent"])
        orders = self.records("sale.order")
        self.assertEqual(orders.website_id, website)
        self.assertEqual(set(orders.mapped("state")), {"sale"})
        self.assertTrue(orders.filtered(lambda order: order.delivery_status == "full"))
        self.assertTrue(orders.filtered(lambda order: order.delivery_status == "pending"))
        goods = self.records("product.product").filtered("is_storable").with_company(self.companies["gent"])
        self.assertEqual(len(goods), 8)
        for product in goods:
            self.assertGreater(product.qty_available, 0, product.name)
            self.assertTrue(product.is_published)
            self.assertTrue(product.product_tmpl_id.image_512, product.name)
        self.assertTrue(self.records("purchase.order").filtered(lambda order: order.receipt_status == "pending"))

    def test_companies_live_within_their_means(self):
        for company in self.companies.values():
            journal = self.env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", company.id)])
            balance = sum(
                self.records("account.bank.statement.line")
                .filtered(lambda line, journal=journal: line.journal_id == journal)
                .mapped("amount")
            )
            self.assertGreater(balance, 5000, company.name)
            self.assertLess(balance, 600000, company.name)

    def test_bookkeeper_has_a_client_list(self):
        clients = self.demo.get("tag_client").partner_ids
        self.assertGreaterEqual(len(clients), 10)
        self.assertIn(self.companies["liege"].partner_id, clients)

    def test_something_is_left_to_do(self):
        drafts = self.moves.filtered(lambda move: move.state == "draft")
        for company in self.companies.values():
            self.assertTrue(drafts.filtered(lambda move, company=company: move.company_id == company), company.name)
