# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..engine import number
from .common import ONE, OTHER, EnterpriseCase

WRONG = "0477472702"


@tagged("post_install", "-at_install")
class TestNumber(EnterpriseCase):
    def test_any_writing_is_normalised_in_both_fields(self):
        for text in (f"BE {ONE}", number.format_enterprise(ONE), f"  {ONE[:4]} {ONE[4:]} "):
            for field in ("company_registry", "be_enterprise_number"):
                with self.subTest(text=text, field=field):
                    partner = self.company_contact(**{field: text})
                    self.assertEqual(partner.company_registry, ONE)
                    self.assertEqual(partner.be_enterprise_number, number.format_enterprise(ONE))

    def test_wrong_numbers_are_refused_on_create_and_write(self):
        for field in ("company_registry", "be_enterprise_number"):
            with self.assertRaisesRegex(ValidationError, "last two digits"):
                self.company_contact(**{field: WRONG})
            partner = self.company_contact()
            with self.assertRaisesRegex(ValidationError, "starts with 0 or 1"):
                partner[field] = "2000000042"
            with self.assertRaisesRegex(ValidationError, "ten digits"):
                partner[field] = "12"

    def test_wrong_numbers_are_refused_on_import_row_by_row(self):
        result = self.Partner.load(
            ["name", "is_company", "country_id", "company_registry"],
            [["Right", "1", "Belgium", number.format_enterprise(ONE)], ["Wrong", "1", "Belgium", WRONG]],
        )
        self.assertFalse(result["ids"])
        [message] = [item["message"] for item in result["messages"] if item["rows"] == {"from": 1, "to": 1}]
        self.assertIn(WRONG, message)
        result = self.Partner.load(
            ["name", "is_company", "country_id", "be_enterprise_number"],
            [["Right", "1", "Belgium", number.format_enterprise(ONE)]],
        )
        self.assertEqual(self.Partner.browse(result["ids"]).company_registry, ONE)

    def test_foreign_registry_numbers_are_left_alone(self):
        partner = self.company_contact(country_id=self.env.ref("base.nl").id, company_registry="12345678")
        self.assertEqual(partner.company_registry, "12345678")
        self.assertFalse(partner.be_enterprise_number)

    def test_other_systems_may_push_wrong_numbers(self):
        partner = self.company_contact()
        partner.with_context(no_vat_validation=True).company_registry = WRONG
        self.assertEqual(partner.company_registry, WRONG)
        self.assertEqual(partner.be_enterprise_number, WRONG)

    def test_number_follows_the_vat_number(self):
        partner = self.company_contact(vat=f"BE{ONE}")
        self.assertEqual(partner.company_registry, ONE)
        partner.vat = f"BE{OTHER}"
        self.assertEqual(partner.company_registry, OTHER)
        self.assertFalse(partner.be_number_disagrees)

    def test_number_given_together_with_the_vat_number_follows_it_too(self):
        partner = self.company_contact(vat=f"BE{ONE}", company_registry=ONE)
        partner.vat = f"BE{OTHER}"
        self.assertEqual(partner.company_registry, OTHER)

    def test_disagreement_is_shown_and_nothing_overwritten(self):
        partner = self.company_contact(company_registry=ONE)
        partner.vat = f"BE{OTHER}"
        self.env.flush_all()
        partner.invalidate_recordset()
        self.assertEqual((partner.company_registry, partner.vat), (ONE, f"BE{OTHER}"))
        self.assertTrue(partner.be_number_disagrees)

    def test_either_number_can_be_kept(self):
        partner = self.company_contact(company_registry=ONE, vat=f"BE{OTHER}")
        partner.action_be_vat_from_number()
        self.assertEqual((partner.company_registry, partner.vat), (ONE, f"BE{ONE}"))
        partner.write({"vat": f"BE{OTHER}", "company_registry": ONE})
        partner.action_be_number_from_vat()
        self.assertEqual((partner.company_registry, partner.vat), (OTHER, f"BE{OTHER}"))
        self.assertFalse(partner.be_number_disagrees)

    def test_losing_the_vat_number_keeps_the_enterprise_number(self):
        partner = self.company_contact(vat=f"BE{ONE}")
        partner.vat = False
        self.assertEqual(partner.company_registry, ONE)

    def test_vat_number_of_an_establishment_is_refused(self):
        establishment = "2" + "0000000" + number.check_digits(20_000_000)
        with self.assertRaises(ValidationError):
            self.company_contact(vat=f"BE{establishment}")

    def test_form_normalises_and_warns(self):
        with Form(self.env["res.partner"].with_context(default_is_company=True)) as form:
            form.name = "Bakery"
            form.country_id = self.belgium
            form.be_enterprise_number = f"be {ONE}"
            self.assertEqual(form.company_registry, ONE)
            form.vat = f"BE{OTHER}"
            self.assertEqual(form.company_registry, ONE)
            self.assertTrue(form.be_number_disagrees)
        self.assertEqual(form.record.company_registry, ONE)
        logged = self.assertLogs("odoo.tests.form.onchange", "WARNING")
        with logged, self.assertRaises(ValidationError), Form(form.record) as again:
            again.be_enterprise_number = WRONG

    def test_form_follows_a_corrected_vat_number(self):
        with Form(self.env["res.partner"].with_context(default_is_company=True)) as form:
            form.name = "Bakery"
            form.country_id = self.belgium
            form.vat = f"BE{ONE}"
            self.assertEqual(form.company_registry, ONE)
            form.vat = f"BE{OTHER}"
            self.assertEqual(form.company_registry, OTHER)
        self.assertEqual(form.record.be_registry_from_vat, OTHER)

    def test_wrong_peppol_address_is_said_on_entry(self):
        partner = self.company_contact(company_registry=ONE)
        partner.peppol_eas, partner.peppol_endpoint = "0208", WRONG
        self.assertIn(WRONG, partner._onchange_be_peppol_endpoint()["warning"]["message"])
        partner.peppol_endpoint = ONE
        self.assertIsNone(partner._onchange_be_peppol_endpoint())

    def test_wrong_peppol_address_is_refused_on_import(self):
        rows = [["Right", "0208", ONE], ["Wrong", "0208", WRONG]]
        result = self.Partner.with_context(import_file=True).load(["name", "peppol_eas", "peppol_endpoint"], rows)
        self.assertFalse(result["ids"])
        [message] = [item["message"] for item in result["messages"] if item["rows"] == {"from": 1, "to": 1}]
        self.assertIn(WRONG, message)

    def test_a_received_bill_may_bring_a_wrong_peppol_address(self):
        partner = self.Partner.create({"name": "Sender", "peppol_eas": "0208", "peppol_endpoint": WRONG})
        self.assertEqual(partner.peppol_endpoint, WRONG)

    def test_found_in_any_writing(self):
        partner = self.company_contact(company_registry=ONE)
        written = number.format_enterprise(ONE)
        self.assertIn(partner, self.Partner.search([("be_enterprise_number", "=", written)]))
        self.assertIn(partner, self.Partner.search([("be_enterprise_number", "ilike", written[:8])]))
        self.assertIn(partner.id, [found for found, _name in self.Partner.name_search(f"BE {written}")])
        self.assertNotIn(partner, self.Partner.search([("be_enterprise_number", "=", OTHER)]))

    def test_contacts_of_a_company_carry_its_number(self):
        partner = self.company_contact(company_registry=ONE)
        contact = self.Partner.create({"name": "Anne", "parent_id": partner.id})
        self.assertEqual(contact.company_registry, ONE)
        partner.company_registry = OTHER
        self.assertEqual(contact.company_registry, OTHER)

    def test_own_company(self):
        company = self.env["res.company"].create({"name": "Ours", "country_id": self.belgium.id})
        company.be_enterprise_number = f"BE {ONE}"
        self.assertEqual((company.company_registry, company.partner_id.company_registry), (ONE, ONE))
        with self.assertRaises(ValidationError):
            company.company_registry = WRONG

    def test_languages(self):
        if not self.env["res.lang"]._lang_get("fr_BE"):
            self.env["res.lang"]._activate_lang("fr_BE")
        with self.assertRaisesRegex(ValidationError, "numéro d’entreprise"):
            self.company_contact().with_context(lang="fr_BE").company_registry = WRONG

    def test_region_of_an_address(self):
        partner = self.company_contact(zip="4700")
        self.assertEqual((partner.be_region, partner.be_language_area), ("wallonia", "de"))
        self.assertTrue(partner.be_german_community)
        partner.zip = "1001"
        self.assertFalse(partner.be_region)
        partner.write({"zip": "1000", "country_id": self.env.ref("base.nl").id})
        self.assertFalse(partner.be_language_area)
