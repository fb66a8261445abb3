# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import NUMBERS, ImportCase

ITEMS = f"""Klantnr;Naam;BTW-nummer;Factuurnummer;Factuurdatum;Vervaldatum;Openstaand
1;Bakkerij Peeters;BE{NUMBERS[0]};2025/12;15/12/2025;14/01/2026;"1.210,00"
2;Garage Lambert;;2025/13;20/12/2025;;-60,50
9;Onbekend;;2025/14;20/12/2025;;100,00
1;Bakkerij Peeters;;2025/15;20/12/2025;;0,00
"""
BALANCE = """Compte;Libellé;Débit;Crédit
100000;Capital;;18600,00
4000;Clients;1149,50;
440000;Fournisseurs;;242,00
550999;Banque;17692,50;
613999;Divers;0,00;
"""


@tagged("post_install", "-at_install")
class TestImportEntries(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.peeters = cls.env["res.partner"].create(
            {"name": "Bakkerij Peeters", "vat": f"BE{NUMBERS[0]}", "ref": "1", "customer_rank": 1}
        )
        cls.lambert = cls.env["res.partner"].create({"name": "Garage Lambert", "ref": "2", "customer_rank": 1})

    def items(self, **values):
        return self.checked(ITEMS, "items", role="customer", opening_date="2026-01-01", **values)

    def test_open_items(self):
        record = self.items()
        self.assertEqual(record.row_ids.mapped("verdict"), ["ready", "fixed", "refused", "refused"])
        self.assertIn("Onbekend", record.row_ids[2].remarks)
        self.assertEqual(record.opening_account_id.code[:3], "499")
        record.action_load()
        self.assertEqual((record.state, record.in_count, record.out_count), ("done", 2, 2))
        moves = self.env["account.move"].browse([row.created[0][1] for row in record.row_ids[:2]])
        self.assertEqual(set(moves.mapped("state")), {"draft"}, "reviewed before they are posted")
        self.assertEqual(set(moves.mapped("move_type")), {"entry"}, "no turnover and no VAT a second time")
        self.assertEqual((moves.journal_id.type, moves.journal_id.code), ("general", "OPEN"))
        invoice, credit_note = (move.line_ids.filtered("date_maturity") for move in moves)
        self.assertEqual((invoice.partner_id, invoice.balance), (self.peeters, 1210))
        self.assertEqual(invoice.date_maturity, date(2026, 1, 14))
        self.assertEqual(invoice.account_id, self.peeters.property_account_receivable_id)
        self.assertEqual((credit_note.partner_id, credit_note.balance), (self.lambert, -60.5))
        self.assertEqual(credit_note.date_maturity, date(2025, 12, 20))
        self.assertEqual((moves.line_ids - invoice - credit_note).account_id, record.opening_account_id)

    def test_payment_is_matched_with_an_open_item(self):
        record = self.items()
        record.action_load()
        move = self.env["account.move"].browse(record.row_ids[0].created[0][1])
        move.action_post()
        payment = self.env["account.payment"].create(
            {
                "partner_id": self.peeters.id,
                "amount": 1210,
                "payment_type": "inbound",
                "partner_type": "customer",
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        lines = (move.line_ids + payment.move_id.line_ids).filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        if payment.move_id:
            lines.reconcile()
            self.assertTrue(all(line.reconciled for line in lines))
        record.action_undo()
        self.assertEqual(record.state, "done", "a posted entry is in use")
        self.assertIn("posted", record.row_ids[0].error)

    def test_suppliers(self):
        text = "Fournisseur;Numéro facture;Solde\nGarage Lambert;F1;100,00\nGarage Lambert;F2;-10,00\n"
        record = self.checked(text, "items", role="supplier")
        self.assertEqual([row.values["balance"] for row in record.row_ids], ["-100.00", "10.00"])
        record = self.checked(text, "items", role="supplier", sign="ledger")
        self.assertEqual([row.values["balance"] for row in record.row_ids], ["100.00", "-10.00"])
        record = self.checked(text, "items")
        self.assertEqual(set(record.row_ids.mapped("verdict")), {"refused"}, "nobody said whose items these are")

    def test_a_second_time(self):
        self.items().action_load()
        again = self.items()
        self.assertEqual(again.row_ids.mapped("action"), ["skip"] * 4)
        self.assertIn("booked already", again.row_ids[0].remarks)

    def test_undo(self):
        record = self.items()
        record.action_load()
        moves = self.env["account.move"].browse([row.created[0][1] for row in record.row_ids[:2]])
        record.action_undo()
        self.assertEqual(record.state, "undone", record.problem)
        self.assertFalse(moves.exists())

    def test_opening_balances_meet_the_open_items(self):
        record = self.checked(BALANCE, "balances", create_accounts=True, opening_date="2026-01-01")
        self.assertEqual(record.difference, 0)
        self.assertEqual(record.row_ids.mapped("verdict"), ["ready", "fixed", "ready", "fixed", "ready"])
        self.assertEqual(record.row_ids[4].action, "skip")
        record.action_load()
        self.assertEqual((record.state, record.in_count, record.out_count), ("done", 4, 1))
        move = self.env["account.move"].browse(record.row_ids[0].created[0][1])
        self.assertEqual((move.state, len(move.line_ids)), ("draft", 4))
        at_opening = move.line_ids.filtered(lambda line: line.account_id == record.opening_account_id)
        self.assertEqual(sum(at_opening.mapped("balance")), 907.5)
        new = self.env["account.account"].search([("code", "=", "550999")])
        self.assertEqual(len(new), 1)
        self.items().action_load()
        rest = self.env["account.move.line"].search([("account_id", "=", record.opening_account_id.id)])
        self.assertEqual(round(sum(rest.mapped("balance")), 2), -242, "what is left is the supplier that is to come")
        record.action_undo()
        self.assertEqual(record.state, "undone", record.problem)
        self.assertFalse(move.exists() or new.exists())

    def test_a_cent_is_enough_to_refuse(self):
        record = self.checked(BALANCE.replace("1149,50", "1149,51"), "balances", create_accounts=True)
        self.assertEqual(record.difference, 0.01)
        with self.assertRaisesRegex(UserError, r"0[.,]01"):
            record.action_load()
        self.assertEqual(record.state, "review")

    def test_an_unknown_account_is_enough_to_refuse(self):
        record = self.checked(BALANCE, "balances")
        self.assertEqual(record.row_ids[3].verdict, "refused")
        with self.assertRaisesRegex(UserError, "1 rows"):
            record.action_load()
        record = self.checked(BALANCE, "balances", create_accounts=True)
        record.row_ids[0].action_skip()
        with self.assertRaisesRegex(UserError, "differ"):
            record.action_load()

    def test_form(self):
        form = Form(self.imports)
        form.kind = "balances"
        form.file = "QUFB"
        record = form.save()
        self.assertEqual((record.state, record.name), ("draft", "Opening balances"))
