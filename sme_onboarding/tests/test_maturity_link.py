# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..models import sme_maturity_link


@tagged("post_install", "-at_install")
class TestMaturityLink(HttpCase):
    """The questions without an account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Atelier Ourthe SRL"})
        cls.assessment = cls.env["sme.maturity.assessment"].create(
            {
                "instrument_id": cls.env.ref("sme_onboarding.maturity_micro").id,
                "company_id": cls.company.id,
            }
        )
        cls.link = cls.env["sme.maturity.link"].create(
            {"assessment_id": cls.assessment.id, "respondent": "Zoé Exemple"}
        )

    def setUp(self):
        super().setUp()
        # a visitor without an account; the session names the database, where a server has several
        self.authenticate(None, None)

    def send(self, question, value, token=None):
        return self.url_open(
            f"/digital-start/{token or self.link.token}/answer",
            data=json.dumps({"jsonrpc": "2.0", "params": {"question": question, "value": value}}),
            headers={"Content-Type": "application/json"},
        ).json()

    def test_the_page_asks_and_says_why(self):
        page = self.url_open(f"/digital-start/{self.link.token}")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("Zoé Exemple", page.text)
        self.assertIn("Why we ask", page.text)

    def test_an_answer_is_kept_at_once_with_who_gave_it(self):
        before = self.assessment.answered
        self.assertEqual(self.send("m_backup", 0.5)["result"], {"answered": before + 1, "total": 12})
        answer = self.assessment.answer_ids.filtered(lambda one: one.question_id.code == "m_backup")
        self.assertEqual((answer._given(), answer.respondent, answer.source), (0.5, "Zoé Exemple", "answered"))
        self.assertIn('checked="checked"', self.url_open(f"/digital-start/{self.link.token}").text)

    def test_what_is_no_answer_changes_nothing(self):
        before = self.assessment.answered
        for question, value in (("m_backup", 7), ("m_backup", "x"), ("v3_ai", 1), ("m_backup", {"a": 1})):
            with self.subTest(f"{question} {value}"):
                self.assertIn("error", self.send(question, value)["result"])
        self.assertEqual(self.assessment.answered, before)

    def test_unknown_expired_and_finished_links_open_nothing(self):
        self.assertEqual(self.url_open("/digital-start/AAAA").status_code, 404)
        self.assertIn("error", self.send("m_backup", 1, token="AAAA"))
        self.link.expires_on = fields.Datetime.now() - timedelta(minutes=1)
        self.assertEqual(self.url_open(f"/digital-start/{self.link.token}").status_code, 404)
        self.link.expires_on = fields.Datetime.now() + timedelta(days=1)
        self.assessment.state = "done"
        self.assertIn("error", self.send("m_backup", 1))

    def test_too_many_answers_in_a_minute_are_refused(self):
        self.link._count_use()
        self.link.answers_in_minute = sme_maturity_link.ANSWERS_A_MINUTE
        self.link.minute = fields.Datetime.now().replace(second=0, microsecond=0)
        self.assertFalse(self.link._count_use())
        self.link.minute -= timedelta(minutes=1)
        self.assertTrue(self.link._count_use())

    def test_a_link_cannot_be_guessed(self):
        tokens = {self.link.copy().token for _number in range(5)} | {self.link.token}
        self.assertEqual(len(tokens), 6)
        self.assertTrue(all(len(token) >= 43 for token in tokens))

    def test_the_page_speaks_the_language_that_is_chosen(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        self.env["ir.module.module"]._get("sme_onboarding")._update_translations(["fr_BE"])
        page = self.url_open(f"/digital-start/{self.link.token}?lang=fr_BE")
        self.assertIn("Pourquoi cette question", page.text)
