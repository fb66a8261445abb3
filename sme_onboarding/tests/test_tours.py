# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import file_path

# A library for video calls that Debian's package of Odoo lacks; the browser's complaint about it fails any tour.
ABSENT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


class TourCommon(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "fr_BE", "nl_BE"):
            cls.env["res.lang"]._activate_lang(lang)
        # Text of the interface is taken from the files; that of the steps is in the database.
        cls.env["ir.module.module"]._get("sme_onboarding")._update_translations(["fr_BE", "nl_BE"])
        try:
            file_path(ABSENT)
        except FileNotFoundError:
            cls.env["ir.asset"].create(
                {"name": ABSENT, "bundle": "web.assets_backend", "directive": "remove", "path": ABSENT}
            )
        belgium = cls.env.ref("base.be")
        cls.company = cls.env["res.company"].create(
            {"name": "Atelier Ourthe SRL", "country_id": belgium.id, "zip": "4000", "city": "Liège"}
        )
        values = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        cls.owner = new_test_user(
            cls.env, "tour_owner", groups="base.group_system,account.group_account_manager", **values
        )
        cls.accountant = new_test_user(
            cls.env, "tour_accountant", groups="base.group_user,account.group_account_user", **values
        )

    def _tour(self, user, tour, lang, path="first-steps"):
        user.lang = lang
        self.start_tour(f"/odoo/{path}", tour, login=user.login)


@tagged("post_install", "-at_install")
class TestTours(TourCommon):
    def _status(self, code):
        statuses = self.env["sme.onboarding.status"]._of_company(self.company)
        return statuses.filtered(lambda status: status.step_id.code == code)

    def test_owner(self):
        for lang in ("en_US", "fr_BE", "nl_BE"):
            with self.subTest(lang):
                self.company.street = False
                self._tour(self.owner, "sme_onboarding_owner", lang)
                # The tour filled in the street on the screen that the page opened.
                self.env.invalidate_all()
                self.assertEqual(self.company.street, "Rue des Guillemins 27")
                self.assertEqual(self._status("first_bill").state, "todo")

    def test_accountant(self):
        for lang in ("en_US", "fr_BE", "nl_BE"):
            with self.subTest(lang):
                self._tour(self.accountant, "sme_onboarding_accountant", lang)

    def test_results(self):
        self.env["sme.onboarding.status"]._of_company(self.company)._check()
        self._tour(self.accountant, "sme_onboarding_results", "en_US", path="first-steps-results")

    def test_page_speaks_the_language_of_the_user(self):
        self._tour(self.owner, "sme_onboarding_french", "fr_BE")
        self._tour(self.owner, "sme_onboarding_dutch", "nl_BE")


@tagged("post_install", "-at_install")
class TestTourPhone(TourCommon):
    """The narrowest screen that the accessibility guidelines ask for."""

    browser_size = "320x640"
    touch_enabled = True

    def test_phone(self):
        for lang in ("en_US", "fr_BE", "nl_BE"):
            with self.subTest(lang):
                self._tour(self.owner, "sme_onboarding_phone", lang)
