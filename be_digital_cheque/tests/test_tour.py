# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, new_test_user, tagged

from .common import leave_out_absent


class BrowserCase(HttpCase):
    """Tours that open screens with discussions under them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_absent(cls.env)


@tagged("post_install", "-at_install")
class TestTour(BrowserCase):
    """The first page, as an ordinary user opens it."""

    def run_tour(self, lang):
        self.env["res.lang"]._activate_lang(lang)
        self.env["ir.module.module"]._load_module_terms(["web", "be_digital_cheque"], [lang])
        new_test_user(self.env, "cheque_tour", "base.group_user", lang=lang)
        self.start_tour("/odoo/aid-programmes", "be_digital_cheque_catalogue", login="cheque_tour", timeout=180)

    def test_catalogue_in_english(self):
        self.run_tour("en_US")

    def test_catalogue_in_french(self):
        self.run_tour("fr_BE")

    def test_catalogue_in_dutch(self):
        self.run_tour("nl_BE")

    def test_catalogue_in_german(self):
        self.run_tour("de_DE")
