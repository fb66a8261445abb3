# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import NUMBERS, ImportCase
from .dbf import ACT, CSF, table


@tagged("post_install", "-at_install")
class TestImportDialects(ImportCase):
    def customers(self):
        dupont = ["Dupont & Frères", "", "SA", "Rue Élise 3", "4000", "Liège", "B", NUMBERS[0][1:], "04 222 33 44"]
        return table(
            CSF,
            [
                ["DUPONT", "1", *dupont, "539-0075470-34", "F", "F"],
                ["DUPONT", "2", *dupont, "", "F", "F"],
                ["JANSEN", "2", "Jansen", "", "", "Dorp 1", "9000", "Gent", "BE", "", "", "", "N", "T"],
                ["WEG", "1", "Weg", "", "", "", "", "", "", "", "", "", "", "F"],
            ],
            deleted={3},
        )

    def test_winbooks_customers_and_suppliers(self):
        record = self.checked(self.customers(), name="CSF.DBF")
        self.assertEqual((record.dialect, record.file_format), ("winbooks", "dbf"))
        self.assertIn("WinBooks", record.recognised)
        self.assertEqual(record.row_ids.mapped("verdict"), ["fixed", "existing", "ready"])
        self.assertEqual((record.row_count, record.skipped_count), (3, 1))
        record.action_load()
        partner = self.env["res.partner"].search([("vat", "=", f"BE{NUMBERS[0]}")])
        self.assertEqual(partner.name, "Dupont & Frères SA")
        self.assertEqual((partner.customer_rank, partner.supplier_rank, partner.lang), (1, 1, "fr_BE"))
        self.assertEqual((partner.street, partner.city, partner.ref), ("Rue Élise 3", "Liège", "DUPONT"))
        jansen = self.partner_named("Jansen")
        self.assertEqual((jansen.supplier_rank, jansen.customer_rank, jansen.lang), (1, 0, "nl_BE"))

    def test_winbooks_open_items(self):
        self.checked(self.customers()).action_load()
        data = table(
            ACT,
            [
                ["1", "20250012", "DUPONT", "20251215", "20260114", "1210.000"],
                ["2", "F88", "JANSEN", "20251201", "", "-121.000"],
                ["1", "20250013", "NIEMAND", "20251215", "20260114", "10.000"],
            ],
        )
        record = self.start(data, name="ACT.DBF")
        self.assertEqual((record.kind, record.sign), ("items", "ledger"), "the file says what it is")
        record.action_check()
        self.assertEqual([row.verdict == "refused" for row in record.row_ids], [False, False, True])
        record.action_load()
        lines = self.env["account.move.line"].search([("date_maturity", "!=", False), ("journal_id.code", "=", "OPEN")])
        self.assertEqual(
            {(line.partner_id.ref, line.account_id.account_type, line.balance) for line in lines},
            {("DUPONT", "asset_receivable", 1210), ("JANSEN", "liability_payable", -121)},
        )

    def test_exact(self):
        text = (
            '"Code","Naam","Adresregel 1","Postcode","Plaats","Land","Btw-nummer","Status"\n'
            f'"10","Acme BV","Weg 1","1011 AB","Amsterdam","NL","NL123456782B90","Klant"\n'
            f'"11","Lever NV","Weg 2","2000","Antwerpen","BE","BE {NUMBERS[2]}","Leverancier"\n'
        )
        record = self.checked(text)
        self.assertEqual(record.dialect, "exact")
        self.assertEqual([row.values["roles"] for row in record.row_ids], [["customer"], ["supplier"]])
        self.assertEqual(record.row_ids[1].values["vat"], f"BE{NUMBERS[2]}")
