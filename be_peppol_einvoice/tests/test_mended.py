# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Faulty invoices, mended the way a bookkeeper mends them: the message, its button, the field that it shows, sent."""

from typing import NamedTuple

from odoo import fields
from odoo.tests import Form, tagged
from odoo.tools import SQL

from .einvoice_common import EinvoiceCommon


class Fault(NamedTuple):
    """``rule``: the finding; ``buttons``: what its button says in French and Dutch; ``values``: what is then filled in.

    ``said``: a word that the message must name. Fields are those of the form that the button opens.
    """

    rule: str
    buttons: tuple[str, str]
    values: dict
    said: str = ""


TAXES = ("Compléter les catégories de TVA", "De btw-categorieën aanvullen")
CUSTOMER_VAT = ("Corriger le numéro de TVA du client", "Het btw-nummer van de klant verbeteren")
FAULTS = {
    "customer's Peppol address wrong": Fault(
        "PEPPOL-COMMON-R043",
        ("Corriger l’adresse Peppol du client", "Het Peppol-adres van de klant verbeteren"),
        {"peppol_endpoint": "0417497106"},
        "0477472702",
    ),
    "customer's Peppol address missing": Fault(
        "PEPPOL-EN16931-R010",
        ("Corriger l’adresse Peppol du client", "Het Peppol-adres van de klant verbeteren"),
        {"peppol_eas": "0208", "peppol_endpoint": "0417497106"},
    ),
    "customer's enterprise number wrong": Fault(
        "BE-ENT-11",
        ("Corriger le numéro d’entreprise du client", "Het ondernemingsnummer van de klant verbeteren"),
        {"company_registry": "0417497106"},
        "0477472702",
    ),
    "customer without a country": Fault(
        "ODOO-EXPORT",
        ("Compléter l’adresse du client", "Het adres van de klant aanvullen"),
        {"country_id": "base.be"},
    ),
    "customer's VAT number missing": Fault("BE-VAT-09", CUSTOMER_VAT, {"vat": "BE0417497106"}),
    "VAT number of Belgium on a supply to another country": Fault(
        "BE-VAT-10", CUSTOMER_VAT, {"vat": "NL123456782B90"}, "BE0417497106"
    ),
    "tax without a category": Fault("BE-VAT-01", TAXES, {}, "Cocont"),
    "tax with the category of another": Fault("BE-VAT-02", TAXES, {"selected": True}, "EU"),
    "exemption without a reason": Fault("BE-VAT-06", TAXES, {"reason": "Art. 44"}),
    "bank account wrong": Fault(
        "BE-PAY-03",
        ("Choisir le compte bancaire", "De bankrekening kiezen"),
        {"partner_bank_id": "right_account"},
        "BE68539007547035",
    ),
    "structured communication wrong": Fault(
        "BE-PAY-01",
        ("Corriger la communication de paiement", "De betalingsmededeling verbeteren"),
        {"payment_reference": "+++000/0000/65472+++"},
        "+++000/0000/65472+++",
    ),
    "our VAT number missing": Fault(
        "BE-ENT-06",
        ("Corriger le numéro de TVA de votre société", "Het btw-nummer van uw bedrijf verbeteren"),
        {"vat": "BE0477472701"},
    ),
    "line without a tax": Fault("ODOO-EXPORT", ("Corriger la facture", "De factuur verbeteren"), {}),
    # the last one: the seat stays, and with it the rule on all other customers
    "language that the seat does not allow": Fault(
        "BE-TXT-04", ("Choisir la langue du client", "De taal van de klant kiezen"), {"lang": "nl_BE"}
    ),
}
LANGUAGES = ("fr_BE", "nl_BE")


@tagged("post_install", "-at_install")
class TestMended(EinvoiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in LANGUAGES:
            cls.env["res.lang"]._activate_lang(code)
        cls.env["ir.module.module"].search([("name", "=", "be_peppol_einvoice")])._update_translations(list(LANGUAGES))
        cls.bookkeeper = cls._user("accountant", lang="fr_BE")
        cls.bookkeeper.group_ids += cls.env.ref("base.group_partner_manager")
        cls.bookkeeper.group_ids += cls.env.ref("account.group_account_manager")
        cls.right_account = cls.company.bank_ids[:1]

    def _make(self, name):
        """A confirmed invoice with a fault of :data:`FAULTS`."""
        return getattr(self, "_make_" + "_".join(name.replace("'s", "").lower().split()))()

    def _tax_of_chart(self, name):
        return self.env["account.chart.template"].with_company(self.company).ref(f"attn_VAT-OUT-{name}")

    def _abroad(self, **values):
        return self._customer("Bakker", country_id=self.env.ref("base.nl").id, zip="1011AB", **values)

    def _make_customer_peppol_address_wrong(self):
        customer = self._customer()
        self._break(customer)
        return self._invoice(customer)

    def _make_customer_peppol_address_missing(self):
        customer = self._customer()
        customer.write({"peppol_eas": False, "peppol_endpoint": False})
        customer.with_company(self.company).peppol_verification_state = "valid"
        return self._invoice(customer)

    def _make_customer_enterprise_number_wrong(self):
        customer = self._customer()
        # be_enterprise refuses such a number; it may have been there before, or be written by an import
        self.env.flush_all()
        self.env.cr.execute(SQL("UPDATE res_partner SET company_registry = '0477472702' WHERE id = %s", customer.id))
        customer.invalidate_recordset(["company_registry"])
        return self._invoice(customer)

    def _make_customer_without_a_country(self):
        customer = self._customer()
        customer.country_id = False
        customer.with_company(self.company).peppol_verification_state = "valid"
        return self._invoice(customer)

    def _make_customer_vat_number_missing(self):
        customer = self._customer()
        customer.write({"vat": False, "company_registry": False})
        customer.write({"peppol_eas": "0208", "peppol_endpoint": "0417497106"})
        customer.with_company(self.company).peppol_verification_state = "valid"
        return self._invoice(customer, tax=self._tax_of_chart("00-CC"))

    def _make_vat_number_of_belgium_on_a_supply_to_another_country(self):
        return self._invoice(self._abroad(), tax=self._tax_of_chart("00-EU-L"))

    def _make_tax_without_a_category(self):
        tax = self._tax_of_chart("00-CC")
        tax.write({"ubl_cii_tax_category_code": False, "ubl_cii_tax_exemption_reason_code": False})
        return self._invoice(tax=tax)

    def _make_tax_with_the_category_of_another(self):
        tax = self._tax_of_chart("00-EU-L")
        tax.write({"ubl_cii_tax_category_code": "E", "ubl_cii_tax_exemption_reason_code": False})
        return self._invoice(self._abroad(vat="NL123456782B90"), tax=tax)

    def _make_exemption_without_a_reason(self):
        return self._invoice(tax=self._tax_of_chart("00-L"))

    def _make_bank_account_wrong(self):
        wrong = self.right_account.copy({"acc_number": "BE68539007547035", "allow_out_payment": True})
        return self._invoice(partner_bank_id=wrong.id)

    def _make_structured_communication_wrong(self):
        move = self._invoice()
        move.payment_reference = "+++000/0000/65473+++"
        return move

    def _make_our_vat_number_missing(self):
        self.company.partner_id.write({"vat": False, "company_registry": "0477472701"})
        return self._invoice()

    def _make_language_that_the_seat_does_not_allow(self):
        self.company.be_principal_seat_id = self.env["be.establishment"].create(
            {
                "partner_id": self.company.partner_id.id,
                "name": "Antwerpen",
                "zip": "2000",
                "country_id": self.env.ref("base.be").id,
            }
        )
        return self._invoice(self._customer(lang="fr_BE"))

    def _make_line_without_a_tax(self):
        return self._invoice(lines=[{"name": "Advies", "price_unit": 10, "tax_ids": []}])

    # ------------------------------------------------------------------------------------------------------------------
    # What the bookkeeper does
    # ------------------------------------------------------------------------------------------------------------------

    def _fill(self, move, action, values):
        """Fill in the fields of the page that a button opens. ``Form`` refuses those that it does not show."""
        values = {
            key: getattr(self, value, None) or (self.env.ref(value) if key == "country_id" else value)
            if isinstance(value, str)
            else value
            for key, value in values.items()
        }
        model = move.env[action["res_model"]].with_context(**action["context"])
        if action["res_model"] == "be.tax.backfill":
            with Form(model) as page:
                position = [line["tax_id"] for line in page.line_ids._records].index(move.invoice_line_ids.tax_ids.id)
                with page.line_ids.edit(position) as line:
                    for key, value in values.items():
                        setattr(line, key, value)
                    self.assertTrue(line.selected, "what has been chosen is ticked")
            page.record.action_apply()
        elif action["res_model"] == "account.move" and not action["views"][0][0]:
            move.button_draft()
            with Form(move) as form, form.invoice_line_ids.edit(0) as line:
                line.tax_ids.add(self.tax)
            move.action_post()
        else:
            with Form(model.browse(action["res_id"]), view=action["views"][0][0]) as form:
                for key, value in values.items():
                    setattr(form, key, value)

    def _status(self, move, language):
        move = move.with_user(self.bookkeeper).with_context(lang=language, allowed_company_ids=self.company.ids)
        move.action_einvoice_check_again()
        return move, move.get_einvoice_status()

    def _mend(self, name, language):
        fault = FAULTS[name]
        move, status = self._status(self._make(name), language)
        found = [finding for finding in status["findings"] if finding["rule"] == fault.rule]
        self.assertTrue(found, f"{fault.rule} not in {[finding['rule'] for finding in status['findings']]}")
        finding = found[0]
        self.assertEqual(finding["remedy"]["label"], fault.buttons[LANGUAGES.index(language)])
        self.assertTrue(finding["remedy"]["editable"])
        self.assertIn(fault.said, finding["message"])
        record = move.env["be.einvoice.finding"].browse(finding["id"])
        self.assertNotEqual(finding["message"], record.with_context(lang="en_US").message)
        self._fill(move, record.action_remedy(), fault.values)
        move, status = self._status(move, language)
        self.assertEqual((status["state"], status["findings"]), ("ready", []))
        self._send_window(move).action_send_and_print()
        self.assertEqual(move.peppol_move_state, "processing")

    def test_mended_through_the_button(self):
        for number, name in enumerate(FAULTS):
            with self.subTest(fault=name):
                self._mend(name, LANGUAGES[number % 2])

    def test_without_the_right_to_change_taxes_the_tax_is_only_shown(self):
        move = self._make("tax without a category")
        self.bookkeeper.group_ids -= self.env.ref("account.group_account_manager")
        _move, status = self._status(move, "fr_BE")
        remedy = status["findings"][0]["remedy"]
        self.assertEqual((remedy["model"], remedy["method"]), ("account.tax", False))

    def test_the_page_of_the_taxes_opens_from_the_list_too(self):
        move = self._make("tax without a category")
        move, status = self._status(move, "nl_BE")
        action = move.env["be.einvoice.finding"].browse(status["findings"][0]["id"]).action_remedy()
        self.assertEqual(action["res_model"], "be.tax.backfill")
        self.assertEqual(action["context"], {"default_company_id": self.company.id})

    def test_delivery_date_leads_to_the_invoice(self):
        """Not to the customer's address, which is where the place of delivery is mended."""
        move = self._invoice(delivery_date=fields.Date.today())
        check = self.env["be.einvoice.check"]
        check._check(move)
        finding = (
            self.env["be.einvoice.finding"]
            .sudo()
            .create(
                {
                    "check_id": self._check(move).id,
                    "move_id": move.id,
                    "company_id": self.company.id,
                    "rule_id": self.env["be.einvoice.rule"]._for_codes({"BE-DOC-04"})["BE-DOC-04"],
                    "severity": "warning",
                    "terms": "BT-72",
                    "place": "delivery",
                }
            )
        )
        remedy = self.env["be.einvoice.remedy"]._for(finding)
        self.assertEqual((remedy["place"], remedy["model"]), ("delivery_date", "account.move"))
