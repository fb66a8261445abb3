# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .test_accounting import AccountingCase


@tagged("post_install", "-at_install", "post_install_l10n")
class TestWallet(AccountingCase):
    """A bill of 1,000 + 21% VAT of which a Walloon e-cheque gives 75%: own share 250, VAT 210 straight."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = cls.dossier(name="Audit", planned_cost=1_000, granted_amount=750, state="in_execution")
        cls.bill = cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": cls.provider.id,
                "invoice_date": "2026-07-01",
                "date": "2026-07-01",
                "ref": "A1",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Audit",
                            "price_unit": 1_000,
                            "tax_ids": [Command.set(cls.company.account_purchase_tax_id.ids)],
                        }
                    )
                ],
            }
        )
        # the provider has no label: the warning is answered, as a bookkeeper would
        cls.bill = cls.bill.with_context(digital_cheque_knowingly="Test")
        cls.bill.action_post()
        cls.env["digital.cheque.dossier.cost"].create(
            {
                "dossier_id": cls.file.id,
                "name": "Audit",
                "amount": 1_000,
                "eligible_amount": 1_000,
                "move_line_id": cls.bill.invoice_line_ids.id,
                "state": "invoiced",
            }
        )

    def wallet(self, **values):
        return self.env["digital.cheque.wallet"].create({"dossier_id": self.file.id, "date": "2026-07-20", **values})

    def clearing(self):
        return self.env["account.move.line"].search(
            [("digital_cheque_dossier_id", "=", self.file.id), ("digital_cheque_role", "=", "clearing")]
        )

    def test_the_figures_before_confirming(self):
        form = Form(self.env["digital.cheque.wallet"].with_context(default_dossier_id=self.file.id))
        self.assertEqual(form.bill_id, self.bill)
        self.assertEqual((form.untaxed, form.vat, form.aid), (1_000, 210, 750))
        self.assertEqual((form.own_share, form.paid_by_wallet, form.paid_directly), (250, 1_000, 210))
        form.vat_by_wallet = True
        self.assertEqual((form.own_share, form.paid_by_wallet, form.paid_directly), (460, 1_210, 0))
        form.aid = 1_001
        self.assertIn("cannot exceed the cost", form.warning)
        form.aid = 800
        self.assertIn("750.00", form.warning)

    def test_paid_without_an_award_in_the_books(self):
        move = self.env["account.move"].browse(self.wallet().action_post()["res_id"])
        clearing = self.company.digital_cheque_clearing_account_id
        self.assertTrue(clearing.code.startswith("416") and clearing.reconcile)
        amounts = {line.digital_cheque_role: line.balance for line in move.line_ids}
        self.assertEqual(amounts, {"supplier": 1_000, "clearing": -250, "operating": -750})
        self.assertEqual((self.bill.payment_state, self.bill.amount_residual), ("partial", 210))
        self.assertEqual((self.file.paid_amount, str(self.file.paid_on)), (750, "2026-07-20"))
        self.assertEqual((self.file.booked_aid, self.file.booked_claim), (750, 0))
        with self.assertRaisesRegex(UserError, "is already booked|booked already"):
            self.file.action_book_award()

    def test_paid_out_of_the_booked_award(self):
        self.file.action_book_award()
        move = self.env["account.move"].browse(self.wallet().action_draft()["res_id"])
        amounts = {line.digital_cheque_role: line.balance for line in move.line_ids}
        self.assertEqual(amounts, {"supplier": 1_000, "clearing": -250, "receivable": -750})
        self.assertEqual(self.bill.payment_state, "not_paid")
        move.action_post()
        self.assertEqual(self.bill.amount_residual, 210)
        self.assertEqual((self.file.booked_claim, self.file.booked_income), (0, 750))

    def test_the_own_share_waits_in_the_clearing_account(self):
        bank = self.company_data["default_journal_bank"]
        transaction = self.env["account.bank.statement.line"].create(
            {"journal_id": bank.id, "date": "2026-07-05", "amount": -250, "payment_ref": "Wallet"}
        )
        self.wallet(statement_line_id=transaction.id).action_share_paid()
        self.assertTrue(transaction.is_reconciled)
        self.assertEqual(self.clearing().amount_residual, 250)
        self.assertEqual(str(self.file.share_paid_on), "2026-07-20")
        self.wallet().action_post()
        self.assertEqual(self.clearing().mapped("balance"), [-250, 250])
        self.assertTrue(all(self.clearing().mapped("reconciled")))

    def test_the_own_share_on_the_bank_with_the_payment(self):
        bank = self.company_data["default_journal_bank"]
        transaction = self.env["account.bank.statement.line"].create(
            {"journal_id": bank.id, "date": "2026-07-05", "amount": -249, "payment_ref": "Wallet"}
        )
        with self.assertRaisesRegex(UserError, "must be the same"), self.cr.savepoint():
            self.wallet(statement_line_id=transaction.id).action_post()
        self.wallet(aid=750, untaxed=999, statement_line_id=transaction.id).action_post()
        self.assertTrue(all(self.clearing().mapped("reconciled")))
        self.assertEqual(self.bill.amount_residual, 211)

    def test_a_draft_of_the_own_share(self):
        move = self.env["account.move"].browse(self.wallet().action_share_paid()["res_id"])
        self.assertEqual(
            {line.digital_cheque_role: line.balance for line in move.line_ids}, {"clearing": 250, "bank": -250}
        )

    def test_refusals(self):
        self.wallet().action_post()
        for values, message in (
            ({"aid": 1}, "only 0.00.* is left"),
            ({"aid": 0}, "above zero"),
        ):
            with self.assertRaisesRegex(UserError, message):
                self.wallet(**values).action_post()
        self.file.granted_amount = 2_000
        with self.assertRaisesRegex(UserError, "Only .*210.00"):
            self.wallet(untaxed=1_000, aid=500).action_post()
        self.file.aid_nature = "capital"
        with self.assertRaisesRegex(UserError, "Book the award"):
            self.wallet(untaxed=200, vat=0, aid=100).action_post()
        self.file.aid_nature = "operating"
        self.file.state = "granted"
        self.file.state = "submitted"
        with self.assertRaisesRegex(UserError, "not granted"):
            self.wallet(untaxed=200, vat=0, aid=100).action_post()

    def test_a_bill_in_another_currency_is_left_to_the_accountant(self):
        dollar = self.setup_other_currency("USD")
        bill = self.bill.copy({"currency_id": dollar.id, "invoice_date": "2026-07-01"})
        bill.action_post()
        with self.assertRaisesRegex(UserError, "by hand"):
            self.wallet(bill_id=bill.id, untaxed=100, vat=21, aid=50).action_post()
