# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import tempfile
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import file_path

from .register_common import RegisterCase, activate_languages, write_zip

#: A library for video calls that some packages of Odoo leave out; the browser's complaint would fail any tour.
ABSENT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
NEW_CONTACT = "/odoo/action-contacts.action_contacts/new"
NEW_BILL = "/odoo/action-account.action_move_in_invoice_type/new"


def without_absent(env):
    try:
        file_path(ABSENT)
    except FileNotFoundError:
        env["ir.asset"].create({"name": ABSENT, "bundle": "web.assets_backend", "directive": "remove", "path": ABSENT})


@tagged("post_install", "-at_install")
class TestRegisterTours(RegisterCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        without_absent(cls.env)
        cls.admin = cls.env.ref("base.user_admin")
        belgium = cls.env.ref("base.be")
        cls.admin.company_id.country_id = belgium
        cls.admin.group_ids += cls.env.ref("account.group_account_manager")

    def newest(self):
        return self.env["res.partner"].search([], order="id desc", limit=1)

    def tour(self, url, name, lang="en_US", **options):
        self.admin.lang = lang
        self.start_tour(url, name, login="admin", **options)

    def test_contact_in_french(self):
        self.tour(NEW_CONTACT, "be_register_contact_fr", "fr_BE")
        partner = self.newest()
        self.assertEqual((partner.name, partner.company_registry), ("Boulangerie L'Épi d'Or & Fils", "0200000043"))
        self.assertEqual((partner.be_legal_form, partner.lang), ("SRL", "fr_BE"))
        self.assertEqual(len(partner.be_establishment_ids), 2)
        self.assertIn("10712", partner.be_nace_ids.mapped("code"))

    def test_contact_in_dutch(self):
        self.tour(NEW_CONTACT, "be_register_contact_nl", "nl_BE")
        partner = self.newest()
        self.assertEqual((partner.name, partner.be_legal_form), ("De Vrolijke Schrijnwerker", "BV"))
        self.assertEqual((partner.vat, partner.company_registry), (False, "0200000142"))

    def test_contact_in_german(self):
        self.tour(NEW_CONTACT, "be_register_contact_de", "de_DE")
        partner = self.newest()
        self.assertEqual((partner.name, partner.be_legal_form), ("Bäckerei Müllerhof", "AG"))

    def test_contact_by_number(self):
        self.tour(NEW_CONTACT, "be_register_contact_number")
        self.assertEqual(self.newest().name, "Boulangerie L'Épi d'Or & Fils")

    def existing(self):
        return self.env["res.partner"].create(
            {
                "name": "Already There",
                "is_company": True,
                "vat": "BE0200000043",
                "country_id": self.env.ref("base.be").id,
            }
        )

    def test_existing_contact(self):
        partner = self.existing()
        self.tour(NEW_CONTACT, "be_register_contact_existing")
        self.assertEqual(self.newest(), partner, "no second contact was made")

    def need_a_chart(self):
        if not self.env["account.journal"].search(
            [("type", "=", "purchase"), ("company_id", "=", self.admin.company_id.id)], limit=1
        ):
            self.skipTest("the company has no chart of accounts")

    def test_quick_create(self):
        self.need_a_chart()
        self.tour(NEW_BILL, "be_register_quick_create", "nl_BE")
        self.assertEqual(self.newest().name, "De Vrolijke Schrijnwerker")

    def test_bill(self):
        self.need_a_chart()
        self.existing()
        self.tour(NEW_BILL, "be_register_bill")
        partner = self.newest()
        self.assertEqual((partner.name, partner.city), ("De Vrolijke Schrijnwerker", "Gent"))

    def test_gives_way_when_asked(self):
        if "autocomplete_by_name" not in dir(self.env["res.partner"]):
            self.skipTest("core's own look-up (partner_autocomplete) is not installed")
        Partner = type(self.env["res.partner"])
        with patch.object(Partner, "autocomplete_by_name", lambda self, *args, **kwargs: []):
            self.tour(NEW_CONTACT, "be_register_elsewhere")
        self.assertEqual(self.newest().name, "Foreign Bakery")

    def test_gives_way_without_a_register(self):
        with patch.object(type(self.env["be.register"]), "_schema", lambda self: "be_register_nowhere"):
            self.tour(NEW_CONTACT, "be_register_empty")
        self.assertEqual(self.newest().name, "Boulangerie Typed")


@tagged("post_install", "-at_install")
class TestRegisterPages(HttpCase):
    def test_import_page(self):
        without_absent(self.env)
        activate_languages(self.env)
        self.startPatcher(patch.object(type(self.env["be.register"]), "_schema", lambda self: "be_register_nowhere"))
        self.env["ir.config_parameter"].search([("key", "=like", "be_enterprise.register%")]).unlink()
        self.env["be.register.import"].search([]).state = "done"
        self.env.ref("base.user_admin").lang = "en_US"
        with tempfile.TemporaryDirectory() as folder:
            path = write_zip(os.path.join(folder, "KboOpenData_0001_2026_01_03_Full.zip"))
            panel = self.env["be.register.panel"].create({"path": path})
            self.start_tour(f"/odoo/be.register.panel/{panel.id}", "be_register_import", login="admin")
        record = self.env["be.register.import"].search([], limit=1)
        self.assertEqual((record.state, record.path), ("queued", path))
