# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from datetime import date
from io import BytesIO

from lxml import html
from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.tests import tagged

from .dossier_common import DossierCase


@tagged("post_install", "-at_install")
class TestDossierPapers(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project = cls.dossier(applied_on="2026-11-01", planned_start="2026-11-10")
        bill = cls.bill(1000, 250.5)
        cls.env["digital.cheque.dossier.cost"].create(
            [
                {"dossier_id": cls.project.id, "move_line_id": bill.invoice_line_ids[0].id},
                {
                    "dossier_id": cls.project.id,
                    "move_line_id": bill.invoice_line_ids[1].id,
                    "exclusion": "kind",
                    "eligible_amount": 0,
                },
                {"dossier_id": cls.project.id, "name": "Photos", "amount": 400, "state": "planned"},
            ]
        )

    def html(self, report, lang):
        self.env["res.lang"]._activate_lang(lang)
        self.env["ir.module.module"]._load_module_terms(["be_digital_cheque", "be_enterprise"], [lang])
        self.project.lang = lang
        return self.env["ir.actions.report"]._render_qweb_html(report, self.project.ids)[0].decode()

    def test_the_papers_speak_the_language_of_the_authority(self):
        for lang, word in (("fr_BE", "Tableau des coûts"), ("nl_BE", "Kostentabel"), ("de_DE", "Kostentabelle")):
            with self.subTest(lang):
                self.assertIn(word, self.html("be_digital_cheque.cost_table", lang))

    def test_the_application_holds_the_figures(self):
        page = self.html("be_digital_cheque.application", "en_US")
        for text in ("Web shop", "12,000.00", "3,000.00", self.company.name, "Webwerk", "300,000.00"):
            self.assertIn(text, page)

    def test_a_value_that_is_not_known_leaves_its_cell_empty(self):
        self.env["be.establishment"].create({"partner_id": self.company.partner_id.id, "name": "Seat", "zip": "1000"})
        page = html.fromstring(self.html("be_digital_cheque.application", "en_US"))
        tables = [table for table in page.iter("table") if table.find("thead") is not None]
        self.assertEqual(len(tables), 2)
        for table in tables:
            titles = table.findall("thead/tr/th")
            for row in table.findall("tbody/tr"):
                self.assertEqual(len(row.findall("td")), len(titles))

    def test_the_declaration_of_size_shows_its_working_or_that_it_is_unknown(self):
        partner = self.company.partner_id
        self.assertIn("nknown", self.html("be_digital_cheque.sme_declaration", "en_US"))
        self.env["be.size.year"].create(
            [
                {
                    "partner_id": partner.id,
                    "closed_on": f"{year}-12-31",
                    "staff": 7,
                    "turnover": 900000,
                    "balance": 400000,
                }
                for year in (2024, 2025)
            ]
        )
        self.env.invalidate_all()
        self.assertIn("900,000", self.html("be_digital_cheque.sme_declaration", "en_US"))

    def test_the_spreadsheet_adds_up_to_the_screen(self):
        content = self.project._cost_xlsx()
        formulas = load_workbook(BytesIO(content)).active
        values = load_workbook(BytesIO(content), data_only=True).active
        rows = list(formulas.iter_rows(min_row=8, max_row=10))
        self.assertEqual(
            [row[5].value for row in rows], [400, 1000, 250.5] if rows[0][5].value == 400 else [1000, 250.5, 400]
        )
        self.assertEqual(formulas["F11"].value, "=SUM(F8:F10)")
        self.assertAlmostEqual(values["F11"].value, self.project.cost_total)
        self.assertAlmostEqual(values["G11"].value, self.project.cost_eligible)
        self.assertAlmostEqual(values["H11"].value, self.project.cost_excluded)
        self.assertTrue(str(rows[0][7].value).startswith("="))

    def test_a_document_is_filled_in_and_kept(self):
        table = self.project.document_ids.filtered(lambda document: document.kind == "cost_table")[:1]
        self.assertEqual(table.state, "missing")
        table.action_generate()
        self.assertEqual((table.state, table.dated_on), ("ready", date(2026, 11, 24)))
        self.assertTrue(base64.b64decode(table.file).strip())
        self.assertIn(self.project.reference.replace("/", "-"), table.file_name)

    def test_what_the_app_cannot_fill_in_is_uploaded(self):
        offer = self.project.document_ids.filtered(lambda document: document.kind == "agreement")
        with self.assertRaises(UserError):
            offer.action_generate()
        offer.write({"file": base64.b64encode(b"offer"), "file_name": "offer.pdf"})
        self.assertEqual(offer.state, "ready")
        offer.expires_on = "2026-11-01"
        self.assertTrue(offer.expired)
        self.assertIn(offer, offer.search([("expired", "=", True)]))
        offer.file = False
        self.assertEqual(offer.state, "missing")
