# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.account_peppol.models.res_partner import ResPartner as CorePartner

from ..models.res_company_lookup import NETWORK, ResCompany
from ..transport.outcome import REASONS
from .fake_network import CREDIT_NOTE, INVOICE, SERVFAIL, SILENT, endpoint
from .lookup_common import LookupCommon


@tagged("post_install", "-at_install")
class TestLookup(LookupCommon):
    """What one look-up leaves on the partner."""

    def _core(self, state="valid"):
        """Core's own look-up, answering so; returns the mock that counts the questions."""
        return patch.object(CorePartner, "_get_peppol_verification_state", autospec=True, return_value=state)

    def test_can_receive(self):
        partner = self._customer(1)
        self._register(partner)
        self._check(partner)
        self.assertRecordValues(
            partner,
            [
                {
                    "peppol_verification_state": "valid",
                    "peppol_lookup_outcome": "can_receive",
                    "peppol_lookup_reason": False,
                    "peppol_lookup_failure": False,
                    "peppol_lookup_documents": "Invoice (BIS Billing 3)\nCredit note (BIS Billing 3)",
                }
            ],
        )
        self.assertTrue(partner.peppol_lookup_date)

    def test_other_documents(self):
        partner = self._customer(2)
        self._register(partner, documents=[CREDIT_NOTE])
        self._check(partner)
        self.assertEqual(partner.peppol_verification_state, "not_valid_format")
        self.assertEqual(partner.peppol_lookup_outcome, "other_documents")
        self.assertEqual(partner.peppol_lookup_reason, "no_document")

    def test_expired(self):
        partner = self._customer(2)
        self._register(partner, endpoints=endpoint(ends="2021-01-01"))
        self._check(partner)
        self.assertEqual(partner.peppol_verification_state, "not_valid_format")
        self.assertEqual(partner.peppol_lookup_reason, "expired")

    def test_not_registered(self):
        partner = self._customer(3)
        self._check(partner)
        self.assertEqual(partner.peppol_verification_state, "not_valid")
        self.assertEqual(partner.peppol_lookup_reason, "not_in_sml")

    def test_only_the_governments_entry(self):
        partner = self._customer(3)
        self.fake.locate(f"0208:{partner.peppol_endpoint}", smp_url="https://smp.hermes-belgium.be")
        self._check(partner)
        self.assertEqual(partner.peppol_verification_state, "not_valid")
        self.assertEqual(partner.peppol_lookup_reason, "government_fallback")

    # ------------------------------------------------------------------------------------------------------------------
    # Unknown is not "no"
    # ------------------------------------------------------------------------------------------------------------------

    def test_unknown_never_overwrites_what_is_known(self):
        for register, state in ((True, "valid"), (False, "not_valid")):
            partner = self._customer(4 + register)
            if register:
                self._register(partner)
            self._check(partner)
            self.assertEqual(partner.peppol_verification_state, state)
            checked = partner.peppol_lookup_date
            for records in (SERVFAIL, SILENT):
                self._use_network(timeout=0.6)
                for eas in ("0208:", "9925:be"):
                    self.fake.locate(f"{eas}{partner.peppol_endpoint}", records)
                with self._core() as core:
                    self._check(partner)
                self.assertFalse(core.called)
            self.assertEqual(partner.peppol_verification_state, state)
            self.assertEqual(partner.peppol_lookup_date, checked)
            self.assertEqual(partner.peppol_lookup_failure, "dns_timeout")
            self.assertTrue(partner.peppol_lookup_failure_date)
            # the next answer clears the failure away
            self._register(partner)
            self._check(partner)
            self.assertFalse(partner.peppol_lookup_failure)
            self.assertEqual(partner.peppol_lookup_outcome, "can_receive")

    def test_core_is_asked_where_the_network_cannot_be(self):
        partner = self._customer(6)
        self.fake.locate(f"0208:{partner.peppol_endpoint}", SERVFAIL)
        with self._core("not_valid_format") as core:
            self._check(partner)
        self.assertTrue(core.called)
        self.assertEqual(partner.peppol_verification_state, "not_valid_format")
        self.assertFalse(partner.peppol_lookup_outcome, "core's answer is not the network's")
        self.assertEqual(partner.peppol_lookup_failure, "dns_failed")

    def test_provider_before_core(self):
        """The company's access point may know what the network does not tell."""

        class Answer:
            kind, reason, document_types = "can_receive", "", (INVOICE.partition("::")[2],)

        partner = self._customer(6)
        self.fake.locate(f"0208:{partner.peppol_endpoint}", SERVFAIL)
        asked = []

        def answer(company, participant, document_type):
            asked.append((participant, document_type))
            return Answer

        with patch.object(ResCompany, "_peppol_provider_lookup", answer), self._core() as core:
            self._check(partner)
        self.assertFalse(core.called)
        self.assertEqual(asked, [(f"0208:{partner.peppol_endpoint}", INVOICE.partition("::")[2])])
        self.assertEqual(partner.peppol_lookup_outcome, "can_receive")
        self.assertEqual(partner.peppol_lookup_documents, "Invoice (BIS Billing 3)")

    def test_without_a_network_core_looks_up(self):
        partner = self._customer(7)
        for choice in ("off", "automatic"):
            self.env["ir.config_parameter"].set_param(NETWORK, choice)
            with self._core() as core:
                self._check(partner)
            self.assertTrue(core.called, choice)
        self.assertFalse(partner.peppol_lookup_outcome)
        self.assertEqual(self.fake.dns_questions, [])

    def test_file_that_is_gone(self):
        partner = self._customer(7)
        with self.assertLogs("odoo.addons.be_peppol_einvoice", "WARNING"), self._core() as core:
            self.env["ir.config_parameter"].set_param("be_peppol_einvoice.network_file", "nowhere.json")
            self._check(partner)
        self.assertTrue(core.called)

    # ------------------------------------------------------------------------------------------------------------------
    # 0208 before 9925
    # ------------------------------------------------------------------------------------------------------------------

    def test_enterprise_number_first(self):
        """Who moved from the VAT number to the enterprise number is found (odoo#270742)."""
        partner = self._customer(8, eas="9925")
        self._register(partner, "0208")
        self._register(partner, "9925")
        self._check(partner)
        self.assertEqual(partner.peppol_eas, "0208")
        self.assertEqual(partner.peppol_verification_state, "valid")
        names = [name for name, kind in self.fake.dns_questions if kind == "NAPTR"]
        self.assertEqual(len(names), 1)

    def test_vat_number_where_only_that_is_registered(self):
        partner = self._customer(9)
        number = partner.peppol_endpoint
        self._register(partner, "9925")
        self._check(partner)
        self.assertRecordValues(
            partner,
            [{"peppol_eas": "9925", "peppol_endpoint": f"BE{number}", "peppol_verification_state": "valid"}],
        )
        self.assertTrue(partner._peppol_lookup_is_fresh())

    def test_number_stays_where_nobody_can_receive(self):
        partner = self._customer(10, eas="9925")
        self._check(partner)
        self.assertEqual(partner.peppol_eas, "9925")
        self.assertEqual(partner.peppol_verification_state, "not_valid")

    def test_one_number_unknown(self):
        """Not found under one number, and no answer for the other: nobody knows."""
        partner = self._customer(11)
        self.fake.locate(f"9925:be{partner.peppol_endpoint}", SERVFAIL)
        with self._core("not_verified"):
            self._check(partner)
        self.assertFalse(partner.peppol_lookup_outcome)
        self.assertEqual(partner.peppol_lookup_failure, "dns_failed")

    # ------------------------------------------------------------------------------------------------------------------
    # When
    # ------------------------------------------------------------------------------------------------------------------

    def _invoice(self, partner):
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": "2026-11-10",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Work",
                            "price_unit": 100,
                            "tax_ids": [Command.set(self.company_data["default_tax_sale"].ids)],
                        }
                    )
                ],
            }
        )
        move.action_post()
        return move

    def test_sending_uses_an_answer_while_it_is_fresh(self):
        partner = self._customer(12)
        self._register(partner)
        self._check(partner)
        move = self._invoice(partner)
        self.fake.page_questions.clear()
        move.action_send_and_print()
        self.env["res.partner"]._peppol_refresh([(self.company, partner)])
        self.assertEqual(self.fake.page_questions, [])
        self._age(partner, 25)
        move.action_send_and_print()
        self.assertTrue(self.fake.page_questions)

    def test_sending_looks_up_what_is_too_old(self):
        """In the background as well: who has left Peppol is not sent to."""
        partner = self._customer(13)
        self._register(partner)
        self._check(partner)
        move = self._invoice(partner)
        self._age(partner, 25)
        self.fake.forget(f"0208:{partner.peppol_endpoint}")
        self.env["account.move.send"]._generate_and_send_invoices(move, sending_methods=["manual"])
        self.assertEqual(partner.peppol_verification_state, "not_valid")

    def test_sending_does_not_wait_twice_for_nothing(self):
        partner = self._customer(13)
        self._register(partner)
        self._check(partner)
        self._age(partner, 25)
        self.fake.locate(f"0208:{partner.peppol_endpoint}", SERVFAIL)
        self._check(partner, self.company)
        asked = len(self.fake.dns_questions)
        self._check(partner, self.company)
        self.env["res.partner"]._peppol_refresh([(self.company, partner)])
        self.assertEqual(len(self.fake.dns_questions), asked)
        self.assertEqual(partner.peppol_verification_state, "valid")
        partner.peppol_lookup_failure_date = fields.Datetime.subtract(fields.Datetime.now(), minutes=11)
        self._check(partner, self.company)
        self.assertGreater(len(self.fake.dns_questions), asked)

    def test_another_number_is_another_question(self):
        partner, other = self._customer(14), self._customer(15)
        self._register(partner)
        self._check(partner)
        other_number = other.peppol_endpoint
        other.unlink()
        partner.peppol_endpoint = other_number
        self._check(partner, self.company)
        self.assertEqual(partner.peppol_verification_state, "not_valid")

    def test_the_button_always_asks(self):
        partner = self._customer(16)
        self._register(partner)
        self._check(partner)
        self.fake.page_questions.clear()
        self._check(partner)
        self.assertTrue(self.fake.page_questions)

    def test_making_partners_asks_nobody(self):
        with self._core() as core:
            partner = self._customer(17)
        self.assertFalse(core.called)
        self.assertEqual(self.fake.dns_questions, [])
        self.assertEqual(partner.peppol_verification_state, "not_verified")

    def test_each_company_knows_for_itself(self):
        other = self._create_company(name="Other company", country_id=self.env.ref("base.be").id)
        partner = self._customer(18)
        self._register(partner)
        self._check(partner)
        self.assertFalse(partner.with_company(other).peppol_lookup_outcome)
        self._check(partner, other)
        self.assertEqual(partner.with_company(other).peppol_verification_state, "valid")

    def test_what_changes_is_in_the_history(self):
        partner = self._customer(19)
        self._register(partner)
        self._check(partner)
        before = len(partner.message_ids)
        self._check(partner)
        self.assertEqual(len(partner.message_ids), before)
        self.fake.forget(f"0208:{partner.peppol_endpoint}")
        self._check(partner)
        self.assertEqual(len(partner.message_ids), before + 1)

    # ------------------------------------------------------------------------------------------------------------------
    # Settings
    # ------------------------------------------------------------------------------------------------------------------

    def test_network_by_the_companys_mode(self):
        self.env["ir.config_parameter"].set_param(NETWORK, "production")
        self.assertEqual(self.company._peppol_lookup_network().name, "production")
        self.env["ir.config_parameter"].set_param(NETWORK, "automatic")
        self.assertIsNone(self.company._peppol_lookup_network(), "tests ask no network that they have not chosen")
        for mode, name in (("prod", "production"), ("test", "test"), ("demo", None)):
            self.env["ir.config_parameter"].set_param("account_peppol.edi.mode", mode)
            with patch("odoo.modules.module.current_test", False):
                network = self.company._peppol_lookup_network()
            self.assertEqual(network and network.name, name)

    def test_settings(self):
        Settings = self.env["res.config.settings"]
        with self.assertRaisesRegex(ValidationError, "nowhere"):
            Settings.create({"peppol_lookup_network": "file", "peppol_lookup_network_file": "nowhere.json"})
        with self.assertRaises(ValidationError):
            Settings.create({"peppol_lookup_hours": 0})
        path = str(self.fake.describe_in(self.folder))
        Settings.create(
            {"peppol_lookup_network": "file", "peppol_lookup_network_file": path, "peppol_lookup_hours": 1}
        ).execute()
        partner = self._customer(20)
        self._register(partner)
        self._check(partner)
        self.assertTrue(partner._peppol_lookup_is_fresh())
        self._age(partner, 1)
        self.assertFalse(partner._peppol_lookup_is_fresh())

    def test_every_reason_has_words(self):
        self.assertEqual(set(self.env["res.partner"]._peppol_lookup_reasons()), set(REASONS) - {""})
