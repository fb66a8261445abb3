# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .einvoice_common import EinvoiceCommon

ACTIVITY = "be_peppol_einvoice.activity_type_mend"


@tagged("post_install", "-at_install")
class TestSend(EinvoiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.odd_customer = cls._customer("Frituur Fout")
        cls._break(cls.odd_customer)
        cls.good = cls._invoice()
        cls.bad = cls._invoice(cls.odd_customer)

    def _sent_over_peppol(self):
        """The documents that core hands over to the access point from now on."""
        handed_over = []
        proxy_user = self.env.registry["account_edi_proxy_client.user"]
        original = proxy_user._call_peppol_proxy

        def call(self, endpoint, params=None):
            handed_over.extend((params or {}).get("documents", []))
            return original(self, endpoint, params=params)

        patcher = patch.object(proxy_user, "_call_peppol_proxy", call)
        patcher.start()
        self.addCleanup(patcher.stop)
        return handed_over

    def _mend(self):
        self.odd_customer.peppol_endpoint = "0417497106"
        self.odd_customer.with_company(self.company).peppol_verification_state = "valid"
        self._later(self.odd_customer)

    def test_what_is_in_order_leaves_as_in_core(self):
        self._send_window(self.good).action_send_and_print()
        self.assertEqual(self.good.peppol_move_state, "processing")
        self.assertTrue(self.good.ubl_cii_xml_id)
        check = self._check(self.good)
        self.assertEqual((check.state, check.fatal_count), ("ready", 0))
        self.assertIn("Peppol BIS Billing", check.version)

    def test_a_faulty_invoice_stays_and_says_why(self):
        sent = self._sent_over_peppol()
        with self.assertRaises(UserError) as raised:
            self._send_window(self.bad).action_send_and_print()
        self.assertIn("0477472702", str(raised.exception))
        self.assertFalse(sent)

    def test_the_email_goes_without_the_e_invoice(self):
        sent = self._sent_over_peppol()
        self._send_window(self.bad, ("email", "peppol")).action_send_and_print()
        self.assertFalse(sent)
        self.assertEqual(self.bad.peppol_move_state, "error")
        self.assertFalse(self.bad.ubl_cii_xml_id, "the faulty file must not stay: it would be sent again")
        mail = self.bad.message_ids.filtered("partner_ids")
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.attachment_ids.mapped("mimetype"), ["application/pdf"])
        notice = self.bad.message_ids.filtered(lambda message: "0477472702" in (message.body or ""))
        self.assertEqual(len(notice), 1)
        self.assertEqual(len(self.bad.activity_search([ACTIVITY])), 1)

    def test_the_email_goes_where_core_cannot_make_the_e_invoice(self):
        customer = self._customer("Naamloos")
        move = self._invoice(customer, lines=[{"name": "x", "price_unit": 1, "tax_ids": []}])
        with self.assertRaises(UserError):
            self._send_window(move).action_send_and_print()
        self._send_window(move, ("email", "peppol")).action_send_and_print()
        self.assertEqual(move.peppol_move_state, "error")
        self.assertEqual(len(move.message_ids.filtered("partner_ids")), 1)
        self.assertEqual(self._check(move).finding_ids.rule_id.code, "ODOO-EXPORT")
        self.assertEqual(len(move.activity_search([ACTIVITY])), 1)

    def test_email_alone_is_not_judged(self):
        self.odd_customer.invoice_edi_format = "ubl_bis3"
        self._send_window(self.bad, ("email",)).action_send_and_print()
        self.assertTrue(self.bad.ubl_cii_xml_id)
        self.assertNotEqual(self.bad.peppol_move_state, "error")
        self.assertFalse(self.bad.activity_search([ACTIVITY]))

    def test_one_of_a_batch_does_not_hold_up_the_others(self):
        sent = self._sent_over_peppol()
        other = self._invoice(self.good.partner_id)
        batch = self.good + self.bad + other
        self.env["account.move.send"]._generate_and_send_invoices(batch, sending_methods={"peppol"})
        self.assertEqual(len(sent), 2)
        self.assertEqual(batch.mapped("peppol_move_state"), ["processing", "error", "processing"])

    def test_the_background_job_goes_on_and_resumes_what_is_mended(self):
        sent = self._sent_over_peppol()
        self.odd_customer.invoice_sending_method = "peppol"
        self.good.partner_id.invoice_sending_method = "peppol"
        batch = self.bad + self.good
        batch.sending_data = {"author_user_id": self.env.user.id, "author_partner_id": self.env.user.partner_id.id}
        with self.enter_registry_test_mode():
            self.env.ref("account.ir_cron_account_move_send").method_direct_trigger()
        self.assertEqual(batch.mapped("peppol_move_state"), ["error", "processing"])
        self.assertEqual(len(sent), 1)
        self.assertEqual(len(self.bad.activity_search([ACTIVITY])), 1)
        self._run_checks()
        self.assertEqual(len(sent), 1, "nothing has been mended yet")
        self._mend()
        self._run_checks()
        self.assertEqual(self.bad.peppol_move_state, "processing")
        self.assertEqual(len(sent), 2)
        self.assertFalse(self.bad.activity_search([ACTIVITY]))
        self.assertFalse(self._check(self.bad).resume)

    def test_back_to_draft_it_is_no_longer_on_its_way(self):
        self._send_window(self.bad, ("email", "peppol")).action_send_and_print()
        self.assertTrue(self._check(self.bad).resume)
        self.bad.button_draft()
        self.assertFalse(self._check(self.bad).resume)

    def test_the_earlier_file_is_made_again_once_mended(self):
        """Core would send the file that an e-mail left on the invoice, whatever has been corrected since."""
        sent = self._sent_over_peppol()
        self.odd_customer.invoice_edi_format = "ubl_bis3"
        self._send_window(self.bad, ("email",)).action_send_and_print()
        earlier = self.bad.ubl_cii_xml_id
        with self.assertRaises(UserError):
            self._send_window(self.bad).action_send_and_print()
        self._mend()
        self._send_window(self.bad).action_send_and_print()
        self.assertEqual(self.bad.peppol_move_state, "processing")
        self.assertEqual(len(sent), 1)
        self.assertNotEqual(self.bad.ubl_cii_xml_id, earlier)
        self.assertIn(b"0417497106", self.bad.ubl_cii_xml_id.raw)
        self.assertTrue(earlier.exists())

    def test_the_pdf_made_for_an_email_goes_into_the_e_invoice(self):
        self._send_window(self.bad, ("email", "peppol")).action_send_and_print()
        self.assertTrue(self.bad.invoice_pdf_report_id)
        self._mend()
        self._send_window(self.bad).action_send_and_print()
        self.assertEqual(self.bad.ubl_cii_xml_id.raw.count(b"<cbc:EmbeddedDocumentBinaryObject"), 1)
        self.assertEqual(self._check(self.bad).state, "ready")

    def test_a_company_may_choose_not_to_hold_up(self):
        self.company.einvoice_hold_up = False
        self._send_window(self.bad).action_send_and_print()
        self.assertEqual(self.bad.peppol_move_state, "processing")
        self.assertEqual(self._check(self.bad).state, "problems")

    def test_a_batch_of_fifty_takes_few_queries(self):
        """What is asked of the database grows with what is wrong, not with what is sent."""
        moves = self.env["account.move"].union(*[self._invoice(self.good.partner_id) for _number in range(50)])
        xml, _errors = self.good._einvoice_builder()._export_invoice(self.good)
        invoices_data = {
            move: {
                "sending_methods": ["peppol"],
                "invoice_edi_format": "ubl_bis3",
                "ubl_cii_xml_attachment_values": {"raw": xml},
            }
            for move in moves
        }
        core = "odoo.addons.account_peppol.models.account_move_send.AccountMoveSend"
        self.env.flush_all()
        with (
            patch(f"{core}._call_web_service_after_invoice_pdf_render"),
            self.assertQueryCount(20),
        ):
            self.env["account.move.send"]._call_web_service_after_invoice_pdf_render(invoices_data)
        checks = self.env["be.einvoice.check"].search([("move_id", "in", moves.ids)])
        self.assertEqual(checks.mapped("state"), ["ready"] * 50)

    def test_warnings_do_not_hold_up(self):
        def warn(move, xml, report):
            from ..checking.verdict import OwnFinding

            return [OwnFinding("X-1", "warning", [], {"en": "Look twice."})]

        with patch.object(self.env.registry["account.move"], "_einvoice_extra_findings", warn):
            self._send_window(self.good).action_send_and_print()
        check = self._check(self.good)
        self.assertEqual((check.state, check.warning_count), ("ready", 1))
        self.assertEqual(check.finding_ids.message, "Look twice.")
