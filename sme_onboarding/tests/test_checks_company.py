# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo.tests import tagged
from odoo.tools import file_open

from .common import OnboardingCommon


@tagged("post_install", "-at_install")
class TestChecksCompany(OnboardingCommon):
    def test_address(self):
        outcome = self.outcome("company_address")
        self.assert_passed(outcome)
        self.assertEqual(self.records(outcome), self.company)
        self.company.write({"street": False, "city": " "})
        outcome = self.outcome("company_address")
        self.assert_failed(outcome, "The street is missing", "The city is missing")
        self.assertTrue(outcome.started)

    def test_address_name_zip_and_country(self):
        self.env["res.company"].search([("name", "=", "My Company")]).name = "Another firm of this database"
        self.company.write({"name": "My Company", "zip": "59000"})
        self.assert_failed(
            self.outcome("company_address"),
            "The name “My Company” is not yet that of your firm",
            "The postal code “59000” is not a Belgian one: four digits",
        )
        self.company.write({"name": "Atelier", "country_id": self.env.ref("base.lu").id, "vat": False})
        self.assert_failed(self.outcome("company_address"), "The country is not Belgium")
        self.company.country_id = False
        self.assert_failed(self.outcome("company_address"), "The country is missing")

    def test_enterprise_number(self):
        outcome = self.outcome("company_number")
        self.assert_passed(outcome)
        self.assertEqual(self.texts(outcome), ["The enterprise number 0999.999.922 is valid"])
        self.company.company_registry = "BE 0999.999.922"
        self.assert_passed(self.outcome("company_number"))
        # As an import from elsewhere can leave it: the form refuses such a number.
        self.env.cr.execute(
            "UPDATE res_partner SET company_registry = '0999999923' WHERE id = %s", [self.company.partner_id.id]
        )
        self.company.partner_id.invalidate_recordset()
        self.company.invalidate_recordset()
        self.assert_failed(
            self.outcome("company_number"),
            "The enterprise number 0999999923 is not valid: ten digits with a check number",
        )
        self.company.company_registry = False
        self.assert_failed(self.outcome("company_number"), "The enterprise number is missing")

    def test_enterprise_number_differs_from_vat(self):
        self.company.company_registry = "0999000129"
        self.assert_failed(
            self.outcome("company_number"),
            "The enterprise number 0999000129 and the VAT number BE0999999922 are not the same",
        )

    def test_vat(self):
        self.assert_passed(self.outcome("company_vat"))
        # As an import from elsewhere can leave it: the form itself refuses such a number.
        self.company.partner_id.with_context(no_vat_validation=True).vat = "BE0999999923"
        self.assert_failed(self.outcome("company_vat"), "The VAT number BE0999999923 is not valid: check the digits")
        for empty in (False, "/"):
            self.company.vat = empty
            self.assert_failed(self.outcome("company_vat"), "The VAT number is missing")

    def test_vat_of_another_country(self):
        self.company.write({"country_id": self.env.ref("base.fr").id, "vat": "FR23334175221"})
        self.assert_failed(self.outcome("company_vat"), "The VAT number FR23334175221 is not a Belgian one")

    def test_contact(self):
        self.assert_passed(self.outcome("company_contact"))
        self.company.write({"email": False, "phone": False})
        outcome = self.outcome("company_contact")
        self.assert_failed(outcome, "The e-mail address is missing", "The phone number is missing")
        self.company.write({"email": "bonjour.ourthe", "phone": "+32 4 000 00 00"})
        self.assert_failed(self.outcome("company_contact"), "The e-mail address “bonjour.ourthe” is not valid")

    def test_document_layout(self):
        self.company.write({"logo": False, "external_report_layout_id": False})
        self.assert_failed(
            self.outcome("document_layout"), "Your logo is missing", "No layout is chosen for your invoices"
        )
        self.company.external_report_layout_id = self.env.ref("web.external_layout_standard")
        # The picture that Odoo puts there is not a logo of the firm.
        self.company.logo = self.company._get_logo()
        self.assert_failed(self.outcome("document_layout"), "Your logo is missing")
        with file_open("sme_onboarding/static/description/icon.png", "rb") as logo:
            self.company.logo = base64.b64encode(logo.read())
        self.assert_passed(self.outcome("document_layout"))

    def test_reopened_when_the_record_breaks(self):
        status = self.status("company_address")
        status._check()
        self.assertEqual(status.state, "done")
        self.assertTrue(status.verified_on)
        self.company.zip = False
        status._check()
        self.assertEqual(status.state, "doing")
        self.assertTrue(status.reopened_on)
        self.assertEqual(status.found, "The postal code is missing")
        self.company.zip = "4000"
        status._check()
        self.assertEqual(status.state, "done")
        self.assertFalse(status.reopened_on)
