# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NUMBERS, ImportCase, workbook

CUSTOMERS = f"""Klantnr;Naam;Adres;Postcode;Gemeente;Land;BTW-nummer;IBAN;E-mail
1;Bakkerij Peeters;Kerkstraat 1;2000;Antwerpen;België;{NUMBERS[0][1:]};539-0075470-34;info@peeters.example
2;Garage Lambert;Rue Haute 2;4000;Liège;;BE{NUMBERS[1]};;
3;;Rue Basse 3;5000;Namur;;;;
4;Dupont SRL;Rue Neuve 9;7000;Mons;BE;BE0200000044;BE00123;pas-une-adresse
"""


@tagged("post_install", "-at_install")
class TestImportPartners(ImportCase):
    def test_from_file_to_partners(self):
        record = self.start(CUSTOMERS, role="customer")
        self.assertEqual(
            self.chosen(record),
            {
                "Klantnr": "ref",
                "Naam": "name",
                "Adres": "street",
                "Postcode": "zip",
                "Gemeente": "city",
                "Land": "country",
                "BTW-nummer": "vat",
                "IBAN": "iban",
                "E-mail": "email",
            },
        )
        record.action_check()
        self.assertEqual(record.row_ids.mapped("verdict"), ["fixed", "ready", "refused", "fixed"])
        self.assertEqual((record.chosen_count, record.refused_count), (3, 1))
        self.assertFalse(self.partner_named("Bakkerij Peeters"), "nothing goes in before it is asked for")
        record.action_load()
        self.assertEqual((record.state, record.in_count, record.out_count), ("done", 3, 1))
        baker = self.partner_named("Bakkerij Peeters")
        self.assertEqual((baker.vat, baker.company_registry, baker.ref), (f"BE{NUMBERS[0]}", NUMBERS[0], "1"))
        self.assertEqual((baker.country_id.code, baker.lang, baker.zip), ("BE", "nl_BE", "2000"))
        self.assertEqual((baker.customer_rank, baker.supplier_rank), (1, 0))
        self.assertEqual(baker.bank_ids.sanitized_acc_number, "BE68539007547034")
        self.assertFalse(baker.bank_ids.allow_out_payment, "an imported account is not trusted")
        garage = self.partner_named("Garage Lambert")
        self.assertEqual((garage.lang, garage.country_id.code), ("fr_BE", "BE"))
        wrong = self.partner_named("Dupont SRL")
        self.assertEqual((wrong.vat, wrong.email, len(wrong.bank_ids)), (False, False, 0))
        remarks = record.row_ids[3].remarks
        for text in ("BE0200000044", "BE00123", "pas-une-adresse"):
            self.assertIn(text, remarks)

    def test_report_has_every_row(self):
        record = self.checked(CUSTOMERS)
        record.action_load()
        sheet = openpyxl.load_workbook(io.BytesIO(record._report())).active
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        head = next(place for place, row in enumerate(rows) if row[0] == "Line")
        self.assertEqual(rows[head][6:], record.column_ids.mapped("title"))
        table = rows[head + 1 :]
        self.assertEqual([row[0] for row in table], ["2", "3", "4", "5"])
        self.assertEqual([row[1] for row in table], ["In", "In", "Not in", "In"])
        self.assertIn("There is no name.", table[2][3])
        self.assertEqual(table[2][8], "Rue Basse 3")

    def test_report_holds_no_formula(self):
        record = self.checked('Naam;Opmerking\n=1+1;=HYPERLINK("http://x")\n')
        sheet = openpyxl.load_workbook(io.BytesIO(record._report())).active
        self.assertNotIn("f", {cell.data_type for row in sheet.iter_rows() for cell in row})

    def test_undo(self):
        known = self.env["res.partner"].create(
            {"name": "Garage Lambert", "vat": f"BE{NUMBERS[1]}", "street": "Elders 1"}
        )
        record = self.checked(CUSTOMERS)
        self.assertEqual(record.row_ids[1].verdict, "existing")
        before = self.env["res.partner"].search_count([])
        record.action_load()
        self.assertEqual((known.street, known.zip, known.ref), ("Elders 1", "4000", "2"), "only what was empty")
        record.action_undo()
        self.assertEqual((record.state, record.problem), ("undone", False))
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertFalse(self.env["res.partner.bank"].search([("sanitized_acc_number", "=", "BE68539007547034")]))
        self.assertEqual((known.street, known.zip, known.ref), ("Elders 1", False, False))
        self.assertEqual(set(record.row_ids.mapped("state")), {"undone", "out"})

    def test_undo_leaves_all_where_one_is_used(self):
        record = self.checked(CUSTOMERS)
        record.action_load()
        baker = self.partner_named("Bakkerij Peeters")
        self.init_invoice("out_invoice", partner=baker, products=self.product_a)
        record.action_undo()
        self.assertEqual((record.state, record.in_count), ("done", 3))
        self.assertTrue(baker.exists())
        self.assertIn("1 record", record.problem)
        self.assertIn("Journal", record.row_ids[0].error)
        self.assertFalse(record.row_ids[1].error)

    def test_one_row_that_odoo_refuses_stays_out_alone(self):
        record = self.checked(CUSTOMERS)
        row = record.row_ids[1]
        row.sudo().values = {**row.values, "vat": "BE0200000044", "country": "BE"}
        record.action_load()
        self.assertEqual(record.row_ids.mapped("state"), ["in", "out", "out", "in"])
        self.assertIn("VAT", row.error)
        self.assertFalse(self.partner_named("Garage Lambert"))
        self.assertEqual((record.in_count, record.out_count), (2, 2))

    def test_duplicates_in_the_file_become_one(self):
        text = (
            f"Naam;BTW;Type;Telefoon\nDupont;BE{NUMBERS[0]};klant;\nDupont SA;{NUMBERS[0]};leverancier;02 123 45 67\n"
        )
        record = self.checked(text)
        self.assertEqual(record.row_ids.mapped("verdict"), ["ready", "existing"])
        record.action_load()
        partner = self.env["res.partner"].search([("vat", "=", f"BE{NUMBERS[0]}")])
        self.assertEqual((len(partner), partner.name, partner.phone), (1, "Dupont", "02 123 45 67"))
        self.assertEqual((partner.customer_rank, partner.supplier_rank), (1, 1))
        record.action_undo()
        self.assertFalse(partner.exists())

    def test_choices_of_rows(self):
        record = self.checked(CUSTOMERS)
        with self.assertRaises(UserError):
            record.row_ids[2].action = "create"
        with self.assertRaises(UserError):
            record.row_ids[0].action = "complete"
        record.row_ids[0].action_skip()
        self.assertEqual(record.chosen_count, 2)
        record.action_load()
        self.assertFalse(self.partner_named("Bakkerij Peeters"))
        self.assertEqual(record.row_ids[0].state, "out")

    def test_columns_are_remembered(self):
        record = self.start("Kolom A;Kolom B\nJansens;2000\n")
        self.assertEqual(self.chosen(record), {"Kolom A": False, "Kolom B": False})
        with self.assertRaisesRegex(UserError, "Name"):
            record.action_check()
        targets = {target.code: target for target in self.env["sme.import.target"].search([("kind", "=", "partners")])}
        record.column_ids[0].target_id = targets["name"]
        record.column_ids[1].target_id = targets["zip"]
        record.action_check()
        again = self.start("Kolom B;Kolom A\n2000;Peeters\n")
        self.assertEqual(self.chosen(again), {"Kolom B": "zip", "Kolom A": "name"})
        other = self.env["res.company"].create({"name": "Other"})
        self.assertFalse(self.env["sme.import.memory"]._recall(other, "partners", ["Kolom A", "Kolom B"]))

    def test_octopus_workbook(self):
        data = workbook(
            [
                "Actief",
                "Id",
                "Extern relatienummer",
                "Naam",
                "Voornaam",
                "Contactpersoon",
                "Straat en nummer",
                "Postcode",
                "Gemeente",
            ],
            ["A", 7, 7, "Peeters", "An", None, "Kerkstraat 1", 2000, "Antwerpen"],
            ["A", 8, 8, "Houthandel NV", None, "Jan Jansen", "Dok 5", 9000, "Gent"],
        )
        record = self.checked(data, name="relaties.xlsx")
        self.assertEqual(record.dialect, "octopus")
        record.action_load()
        person, company = self.partner_named("An Peeters"), self.partner_named("Houthandel NV")
        self.assertEqual((person.is_company, person.ref, person.zip), (False, "7", "2000"))
        self.assertEqual((company.is_company, company.child_ids.name), (True, "Jan Jansen"))
        record.action_undo()
        self.assertEqual(record.state, "undone")
        self.assertFalse((person | company).exists())

    def test_unreadable_files_say_what_to_do(self):
        for data, words in (
            (b"%PDF-1.4 ...", "not a table"),
            (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old Excel"),
            (b"PK\x03\x04 cut off", "damaged"),
            (b"   \n", "empty"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.start(data)

    def test_background(self):
        """Large files go on in the job, in slices, with the rights of whoever started them."""
        lines = "".join(f"{number};Klant {number};Straat {number};2000;{'x' * 400}\n" for number in range(600))
        record = self.start(f"Klantnr;Naam;Adres;Postcode;Opmerking\n{lines}", role="customer")
        record.action_check()
        self.assertEqual((record.state, record.task), ("running", "check"))
        self.env["sme.import"]._cron_run()
        self.assertEqual((record.state, record.ready_count), ("review", 600))
        record.action_load()
        self.assertEqual((record.state, record.task, record.progress), ("running", "load", 0))
        self.assertFalse(record._work(0), "one batch, then the time is up")
        self.assertTrue(0 < record.progress < 100)
        self.env["sme.import"]._cron_run()
        self.assertEqual((record.state, record.in_count), ("done", 600))
        self.assertEqual(self.partner_named("Klant 599").create_uid, self.bookkeeper)
