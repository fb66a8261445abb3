# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from .common import AdoptionCommon


@tagged("post_install", "-at_install")
class TestDecline(AdoptionCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.count()
        # nobody; the session names the database, where a server has several
        self.authenticate(None, None)
        self.place = self.row(self.firm, "portal")
        link = self.place.sudo().decline_link
        self.path = link[link.index("/sme_adoption") :]

    def test_a_person_says_no_with_a_reason(self):
        opened = self.url_open(self.path)
        self.assertEqual(opened.status_code, 200)
        self.assertIn('type="radio"', opened.text)
        self.assertEqual(self.place.stage, "reachable", "a filter that opens links declines nothing")
        form = {"reason": "paper", "text": "Plutôt sur papier"}
        self.assertEqual(self.url_open(self.path, data=form).status_code, 200)
        self.place.invalidate_recordset()
        self.assertEqual(
            (self.place.stage, self.place.declined_reason, self.place.declined_text),
            ("declined", "paper", "Plutôt sur papier"),
        )
        self.assertFalse(self.firm.sme_adoption_no_mail)
        self.assertEqual(self.url_open(self.path, data={"reason": "nonsense", "everything": "1"}).status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.place.declined_reason, "other")
        self.assertTrue(self.firm.sme_adoption_no_mail)

    def test_a_mail_program_ends_all_of_it(self):
        self.assertEqual(self.url_open(self.path, data={"List-Unsubscribe": "One-Click"}).status_code, 200)
        self.env.invalidate_all()
        self.assertEqual((self.place.stage, self.place.declined_reason), ("declined", "unsubscribed"))
        self.assertTrue(self.firm.sme_adoption_no_mail)

    def test_only_with_the_right_token(self):
        for path in (
            self.path.replace("token=", "token=0"),
            self.path.replace(f"row={self.place.id}", f"row={self.place.id + 1}"),
            "/sme_adoption/decline?row=x&token=y",
            "/sme_adoption/decline?row=99999999999999999999&token=y",
            "/sme_adoption/decline",
        ):
            self.assertEqual(self.url_open(path, data={"reason": "paper"}).status_code, 404, path)
        self.place.invalidate_recordset()
        self.assertEqual(self.place.stage, "reachable")
