# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .test_tours import TourCommon


class MaturityTourCommon(TourCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # something that the records know
        cls.company.qr_code = True

    def _answer_by_link(self, tour, lang):
        assessment = self.env["sme.maturity.assessment"].create(
            {"instrument_id": self.env.ref("sme_onboarding.maturity_micro").id, "company_id": self.company.id}
        )
        link = self.env["sme.maturity.link"].create({"assessment_id": assessment.id, "respondent": "Zoé Exemple"})
        self.start_tour(f"/digital-start/{link.token}?lang={lang}", tour)
        answers = {answer.question_id.code: answer for answer in assessment.answer_ids}
        self.assertEqual((answers["m_backup"]._given(), answers["m_devices"]._given()), (0.5, 0))
        self.assertEqual(answers["m_backup"].respondent, "Zoé Exemple")


@tagged("post_install", "-at_install")
class TestMaturityTours(MaturityTourCommon):
    def test_from_the_first_page_to_the_result(self):
        self._tour(self.owner, "sme_onboarding_maturity", "fr_BE")

    def test_questions_in_french(self):
        self._answer_by_link("sme_onboarding_questions_french", "fr_BE")


@tagged("post_install", "-at_install")
class TestMaturityTourPhone(MaturityTourCommon):
    browser_size = "320x640"
    touch_enabled = True

    def test_questions_in_dutch_on_a_phone(self):
        self._answer_by_link("sme_onboarding_questions_dutch", "nl_BE")
