# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from stdnum.be import vat as be_vat
from stdnum.de import vat as de_vat

from odoo.tests import tagged

from odoo.addons.base_iban.models.res_partner_bank import validate_iban

from ..identifiers import BANK_CODE, ENTERPRISE_PREFIX
from ..tables.companies import COMPANIES, LANGUAGES, USERS
from ..tables.partners import PARTNERS
from .common import DemoCase


@tagged("post_install", "-at_install")
class TestCompanies(DemoCase):
    def test_the_main_company_is_the_joinery(self):
        self.assertEqual(self.companies["liege"], self.env.ref("base.main_company"))

    def test_companies_are_belgian_and_have_the_chart(self):
        for row in COMPANIES:
            company = self.companies[row.key]
            with self.subTest(row.key):
                self.assertEqual(company.chart_template, "be_comp")
                self.assertEqual(company.country_code, "BE")
                self.assertEqual(company.currency_id.name, "EUR")
                self.assertEqual(company.partner_id.lang, row.lang)
                self.assertEqual(company.account_fiscal_country_id.code, "BE")
                self.assertTrue(company.logo)

    def test_numbers_are_valid_and_nobodys(self):
        partners = self.records("res.partner")
        self.assertGreater(len(partners), len(PARTNERS))
        for partner in partners.filtered("vat"):
            if partner.country_code == "DE":
                self.assertTrue(de_vat.is_valid(partner.vat), partner.name)
                continue
            self.assertTrue(be_vat.is_valid(partner.vat), partner.name)
            self.assertEqual(partner.company_registry, partner.vat[2:])
            self.assertEqual(partner.peppol_eas, "0208")
            self.assertEqual(partner.peppol_endpoint, partner.company_registry)
            self.assertTrue(partner.company_registry.startswith(ENTERPRISE_PREFIX))
        accounts = self.records("res.partner.bank")
        self.assertGreaterEqual(len(accounts), len(COMPANIES) + 10)
        for account in accounts:
            validate_iban(account.sanitized_acc_number)  # raises
            self.assertEqual(account.sanitized_acc_number[4:7], BANK_CODE)

    def test_addresses_lead_nowhere(self):
        for partner in self.records("res.partner"):
            if partner.email:
                self.assertTrue(partner.email.endswith(".example"), partner.email)
            if partner.phone:
                self.assertRegex(partner.phone, r"^\+32 \d{1,2} 0{2,3} 00 \d\d$")

    def test_each_company_has_its_customers_and_suppliers(self):
        for row in COMPANIES:
            trading = [item for item in PARTNERS if row.key in (item.customer_of + " " + item.supplier_of).split()]
            self.assertGreaterEqual(len(trading), 10, row.key)
            self.assertLessEqual(len(trading), 20, row.key)
            incomplete = [item for item in trading if "no_vat" in item.traits or "no_email" in item.traits]
            self.assertTrue(incomplete, row.key)

    def test_what_one_company_knows_is_hidden_from_the_others(self):
        joiner = self.demo.get("user_liege")
        visible = self.env["res.partner"].with_user(joiner).search([]).mapped("name")
        self.assertIn("Scierie d'Outre-Sapin SA", visible)
        self.assertNotIn("Papierzwaluw NV", visible)

    def test_languages(self):
        installed = dict(self.env["res.lang"].get_installed())
        for code in ("en_US", *LANGUAGES):
            self.assertIn(code, installed)
        joiner = self.demo.get("user_liege")
        receivable = self.env["account.account"].with_user(joiner).with_context(lang="fr_BE")
        account = receivable.search([("account_type", "=", "asset_receivable")], limit=1)
        self.assertEqual(account.name, "Clients")

    def test_users(self):
        for row in USERS:
            user = self.demo.get(f"user_{row.login}")
            with self.subTest(row.login):
                self.assertEqual(user.lang, row.lang)
                self.assertEqual(
                    user.company_ids, self.env["res.company"].union(*map(self.demo.company, row.companies))
                )
                self.assertFalse(user.has_group("base.group_system"))
                self.assertTrue(user.has_group("account.group_account_invoice"))
                credential = {"type": "password", "login": row.login, "password": row.login}
                answer = self.env["res.users"].authenticate(credential, {"interactive": False})
                self.assertEqual(answer["uid"], user.id)
        accountant = self.demo.get("user_comptable")
        self.assertEqual(len(accountant.company_ids), 2)
        self.assertTrue(accountant.has_group("account.group_account_user"))
        self.assertFalse(accountant.has_group("account.group_account_manager"))
        administrator = self.env.ref("base.user_admin")
        self.assertLessEqual(set(self.companies.values()), set(administrator.company_ids))
