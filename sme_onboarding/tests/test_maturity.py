# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from io import BytesIO
from unittest.mock import patch

import openpyxl

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import OnboardingCommon


class MaturityCommon(OnboardingCommon):
    def begin(self, code, company=None):
        instrument = self.env.ref(f"sme_onboarding.maturity_{code}")
        return self.env["sme.maturity.assessment"].create(
            {"instrument_id": instrument.id, "company_id": (company or self.company).id, "user_id": self.owner.id}
        )

    def answer_all(self, assessment, value=1):
        for question in assessment.instrument_id._questions():
            answer = assessment.answer_ids.filtered(lambda one, question=question: one.question_id == question)
            if answer.source != "measured":
                parts = question.option_ids.mapped("code")
                assessment._answer(question.code, dict.fromkeys(parts, value) if parts else value, "Zoé")

    def of_question(self, assessment, code):
        return assessment.answer_ids.filtered(lambda one: one.question_id.code == code)


@tagged("post_install", "-at_install")
class TestMaturity(MaturityCommon):
    def test_a_new_assessment_knows_what_the_records_tell(self):
        self.company.qr_code = True
        assessment = self.begin("micro")
        payment = self.of_question(assessment, "m_online_payment")
        self.assertEqual((payment.source, payment._given(), payment.value_text), ("measured", 1, "Yes"))
        self.assertIn("Invoices carry a code", payment.found)
        self.assertEqual(payment.action_open_records()["res_model"], "res.company")
        stock = self.of_question(assessment, "m_stock")
        self.assertEqual(stock.value_text, "Not known")
        self.assertTrue(stock.found)

    def test_unmeasured_is_never_zero(self):
        assessment = self.begin("dii_v3")
        self.assertEqual(assessment.answered, len(assessment.answer_ids.filtered(lambda one: one.source == "measured")))
        assessment._answer("v3_ai", 0, "Zoé")
        assessment._answer("v3_line", 1, "Zoé")
        measured = assessment.answered - 2
        self.assertAlmostEqual(assessment.score, 12 * (1 + measured) / (2 + measured), places=1)
        self.assertIn("Estimate", assessment.result["range_text"])

    def test_each_set_can_be_answered_to_the_end(self):
        for code, best in (
            ("micro", "advanced"),
            ("dii_v3", "very_high"),
            ("dii_v4", "very_high"),
            ("six", "advanced"),
        ):
            with self.subTest(code):
                assessment = self.begin(code)
                self.answer_all(assessment)
                self.assertEqual(assessment.answered, assessment.total)
                if not assessment.answer_ids.filtered(lambda one: one.source == "measured"):
                    self.assertEqual(assessment.level, best)
                self.assertFalse(assessment.result["range_text"])

    def test_what_is_no_answer_is_refused(self):
        assessment = self.begin("six")
        for code, value in (("s_ready", 1), ("s_ready", {"nothing": 1}), ("g_choices", {"measure": 0.3})):
            with self.subTest(f"{code} {value}"), self.assertRaises(ValidationError), self.env.cr.savepoint():
                assessment._answer(code, value, "Zoé")
        with self.assertRaises(UserError):
            assessment._answer("v3_ai", 1, "Zoé")
        self.assertEqual(assessment.answered, 0)

    def test_measured_is_not_asked_and_open_again_when_it_goes(self):
        self.company.qr_code = True
        assessment = self.begin("micro")
        with self.assertRaises(UserError):
            assessment._answer("m_online_payment", 0, "Zoé")
        self.company.qr_code = False
        assessment.action_measure()
        self.assertEqual(self.of_question(assessment, "m_online_payment").value_text, "Not known")
        assessment._answer("m_online_payment", 0.5, "Zoé")
        assessment.action_measure()
        answer = self.of_question(assessment, "m_online_payment")
        self.assertEqual((answer._given(), answer.respondent), (0.5, "Zoé"))

    def test_invoices_sent_and_bills_imported_are_measured(self):
        self.partner_a.write({"country_id": self.belgium.id, "vat": "BE0477472701", "is_company": True})
        today = fields.Date.context_today(self.env.user)
        invoices = self.env["account.move"]
        for _number in range(2):
            invoices |= self.init_invoice(
                "out_invoice", partner=self.partner_a, invoice_date=today, amounts=[100], post=True
            )
        bill = self.init_invoice("in_invoice", partner=self.partner_a, invoice_date=today, amounts=[50], post=True)
        measure = self.env["sme.maturity.measure"]
        question = self.env.ref("sme_onboarding.question_m_bills")
        self.assertEqual(measure._measure(question, self.company)[0], 0)
        self.env["ir.attachment"].create(
            {
                "name": "bill.xml",
                "res_model": "account.move",
                "res_id": bill.id,
                "raw": b"<?xml version='1.0'?><Invoice/>",
            }
        )
        self.assertEqual(measure._measure(question, self.company)[0], 1)
        question = self.env.ref("sme_onboarding.question_m_invoices")
        if "peppol_move_state" in invoices._fields:
            self.assertEqual(measure._measure(question, self.company)[0], 0)
            invoices[0].peppol_move_state = "done"
            self.assertEqual(measure._measure(question, self.company)[0], 0.5)
            invoices.peppol_move_state = "done"
            value, outcome = measure._measure(question, self.company)
            self.assertEqual(value, 1)
            self.assertEqual(self.records(outcome), invoices)
        else:
            self.assertIsNone(measure._measure(question, self.company)[0])

    def test_a_measure_that_fails_is_not_known(self):
        def broken(_self, _company):
            raise RuntimeError("no such table")

        with (
            patch.object(self.env.registry["sme.maturity.measure"], "_measure_stock", broken),
            self.assertLogs("odoo.addons.sme_onboarding.models.sme_onboarding_check", "ERROR"),
        ):
            assessment = self.begin("micro")
        answer = self.of_question(assessment, "m_stock")
        self.assertEqual(answer.value_text, "Not known")
        self.assertIn("no such table", answer.found)

    def test_every_measuring_method_exists(self):
        for question in self.env["sme.maturity.question"].search([("measure_method", "!=", False)]):
            with self.subTest(question.code):
                value, outcome = self.env["sme.maturity.measure"]._measure(question, self.company)
                self.assertIn(value, (None, 0, 0.5, 1))
                self.assertNotIn("failed", " ".join(self.texts(outcome)))
        with self.assertRaises(ValidationError):
            self.env.ref("sme_onboarding.question_m_stock").measure_method = "unlink"

    def test_the_change_since_last_time_and_the_trend(self):
        first = self.begin("micro")
        self.answer_all(first, 0)
        first.action_finish()
        second = self.begin("micro")
        self.answer_all(second, 1)
        self.assertEqual(second.previous_id, first)
        self.assertTrue(second.result["change_text"].startswith("+"))
        self.assertEqual([one["score_text"] for one in second.result["trend"]], [first.score_text])
        self.assertEqual([part["before"] is not None for part in second.result["parts"]], [True] * 4)
        other = self.begin("dii_v4")
        self.assertFalse(other.previous_id)

    def test_the_gaps_say_what_to_do(self):
        assessment = self.begin("micro")
        self.answer_all(assessment, 1)
        assessment._answer("m_backup", 0, "Zoé")
        advice = [gap["advice"] for gap in assessment.result["gaps"]]
        self.assertIn("Make a daily copy in another place and put one back on trial.", advice)

    def test_peers_are_of_the_same_version_and_near_in_size(self):
        assessment = self.begin("dii_v3")
        peers = assessment._peers()
        self.assertEqual(peers.instrument_id, assessment.instrument_id)
        self.assertIn(("be", 2023, "10_49"), [(one.region, one.year, one.size_class) for one in peers])
        self.assertIn("never be compared", assessment.caveat)

    def test_finished_is_finished(self):
        assessment = self.begin("micro")
        self.answer_all(assessment, 1)
        assessment.with_user(self.owner).action_finish()
        self.assertEqual(assessment.state, "done")
        for act in (
            lambda: assessment._answer("m_backup", 0, "Zoé"),
            assessment.action_measure,
            assessment.action_finish,
        ):
            with self.assertRaises(UserError):
                act()

    def test_nothing_answered_cannot_be_finished(self):
        assessment = self.begin("six")
        with self.assertRaises(UserError):
            assessment.action_finish()

    def test_measuring_again_is_proposed_once_after_six_months(self):
        assessment = self.begin("micro")
        self.answer_all(assessment, 1)
        assessment.action_finish()
        propose = self.env["sme.maturity.assessment"]._cron_propose
        propose()
        self.assertFalse(assessment.activity_ids)
        assessment.done_on = fields.Date.context_today(assessment) - timedelta(days=200)
        propose()
        propose()
        self.assertEqual(assessment.activity_ids.user_id, self.owner)
        self.assertEqual(len(assessment.activity_ids), 1)

    def test_who_may_do_what(self):
        assessment = self.begin("micro")
        read = assessment.with_user(self.employee)
        self.assertTrue(read.result["parts"])
        self.assertTrue(read.action_answer()["url"].startswith("/digital-start/"))
        with self.assertRaises(AccessError):
            read.action_finish()
        with self.assertRaises(AccessError):
            _tokens = read.link_ids.mapped("token")
        with self.assertRaises(AccessError):
            read.answer_ids.write({"value": 1})
        foreign = self.begin("micro", self.other_company)
        with self.assertRaises(AccessError):
            _score = foreign.with_user(self.employee).score

    def test_the_tile_of_the_first_page(self):
        tile = self.env["sme.onboarding.tile"]._tiles(self.company)[0]
        self.assertEqual((tile["name"], tile["value"]), ("maturity", ""))
        assessment = self.begin("micro")
        self.answer_all(assessment, 1)
        assessment.action_finish()
        tile = self.env["sme.onboarding.tile"]._tiles(self.company)[0]
        self.assertIn(assessment.level_text, tile["value"])
        self.assertEqual(self.env["sme.onboarding.tile"].action_open("maturity")["res_id"], assessment.id)
        with self.assertRaises(ValueError):
            self.env["sme.onboarding.tile"].action_open("unlink")

    def test_the_spreadsheet_says_what_the_screen_says(self):
        assessment = self.begin("micro")
        self.answer_all(assessment, 1)
        assessment._answer("m_devices", 0.5, "Zoé")
        page = openpyxl.load_workbook(BytesIO(assessment._xlsx())).active
        rows = {row[1].value: row for row in page.iter_rows(min_row=7)}
        question = self.env.ref("sme_onboarding.question_m_devices")
        self.assertEqual(rows[question.name][2].value, 0.5)
        formulas = [cell.value for row in page.iter_rows() for cell in row if str(cell.value).startswith("=")]
        self.assertEqual(len(formulas), 4)
        shown = openpyxl.load_workbook(BytesIO(assessment._xlsx()), data_only=True).active
        shares = {row[0].value: row[1].value for row in shown.iter_rows(min_row=20) if row[0].value}
        for part in assessment.result["parts"]:
            self.assertEqual(round(100 * shares[part["name"]]), part["percent"])

    def test_the_report(self):
        assessment = self.begin("micro")
        self.answer_all(assessment, 0)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "sme_onboarding.report_sme_maturity", assessment.ids
        )
        self.assertIn("What brings most", html.decode())
        self.assertIn(assessment.score_text, html.decode())
