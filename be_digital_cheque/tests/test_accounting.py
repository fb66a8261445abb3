# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

TODAY = "2027-12-31"


class AccountingCase(AccountTestInvoicingCommon):
    """A Belgian company with its chart; entries are compared with what was computed by hand."""

    chart_template = "be_comp"

    @classmethod
    @AccountTestInvoicingCommon.setup_country("be")
    def setUpClass(cls):
        super().setUpClass()
        company = cls.company_data["company"]
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(
            context=dict(cls.env.context, lang="en_US", digital_cheque_date=TODAY, allowed_company_ids=company.ids)
        )
        cls.env.user.group_ids += cls.env.ref("be_digital_cheque.group_digital_cheque_manager")
        cls.company = company.with_env(cls.env)
        cls.provider = cls.env["res.partner"].create({"name": "Provider", "is_company": True})

    @classmethod
    def dossier(cls, **values):
        programme = cls.env.ref("be_digital_cheque.programme_fla_kmo")
        return cls.env["digital.cheque.dossier"].create(
            {
                "name": "Cybersecurity",
                "programme_id": programme.id,
                "company_id": cls.company.id,
                "provider_id": cls.provider.id,
                "planned_cost": 40_000,
                "state": "granted",
                "applied_on": "2026-05-01",
                "decided_on": "2026-06-01",
                "granted_amount": 10_000,
                **values,
            }
        )

    def booked(self, move):
        """Return the entry as {code of the account: amount}, debit positive; several lines of one account add up."""
        amounts = {}
        for line in move.line_ids:
            code = line.account_id.with_company(move.company_id).code
            amounts[code.rstrip("0")] = round(amounts.get(code.rstrip("0"), 0) + line.balance, 2)
        return amounts


class EntriesOfAid:
    """The same story on both charts; the accounts differ."""

    claim = "416"
    operating = "74"
    tax = "168"
    capital_income = "753"
    repayable = "489"

    def test_advice_is_income_of_the_award(self):
        dossier = self.dossier(granted_amount=750)
        action = dossier.action_book_award()
        move = self.env["account.move"].browse(action["res_id"])
        self.assertEqual((move.state, str(move.date)), ("draft", "2026-06-01"))
        self.assertEqual(self.booked(move), {self.claim: 750, self.operating: -750})
        self.assertEqual((dossier.booked_aid, dossier.booked_claim, dossier.booked_income), (750, 750, 750))
        self.assertEqual(move.line_ids.digital_cheque_dossier_id, dossier)
        with self.assertRaisesRegex(UserError, "already"):
            dossier.action_book_award()
        dossier.granted_amount = 800
        dossier.action_book_award()
        self.assertEqual((dossier.entry_count, dossier.booked_aid), (2, 800))

    def test_nothing_before_the_award(self):
        dossier = self.dossier(state="submitted", decided_on=False, granted_amount=0)
        with self.assertRaisesRegex(UserError, "not granted yet"):
            dossier.action_book_award()
        dossier.write({"state": "granted", "decided_on": "2026-06-01", "granted_amount": 100})
        dossier.action_book_award()
        with self.assertRaises(ValidationError):
            dossier.entry_ids.date = "2026-05-31"

    def test_a_reversal_is_taken_as_it_is_and_a_copy_is_not(self):
        dossier = self.dossier(granted_amount=750)
        dossier.action_book_award()
        dossier.entry_ids.action_post()
        copy = dossier.entry_ids.copy()
        self.assertFalse(copy.digital_cheque_dossier_id or any(copy.line_ids.mapped("digital_cheque_role")))
        dossier.entry_ids._reverse_moves([{"date": "2026-07-01"}])
        self.assertEqual((dossier.entry_count, dossier.booked_aid, dossier.booked_claim), (2, 0, 0))

    def capital_grant(self, **values):
        dossier = self.dossier(
            aid_nature="capital", asset_cost=40_000, depreciation_start="2026-01-01", depreciation_years=4, **values
        )
        dossier.action_fill_plan()
        dossier.action_book_award()
        return dossier

    def test_money_received(self):
        dossier = self.dossier(granted_amount=750, state="claimed")
        dossier.action_book_award()
        bank = self.company_data["default_journal_bank"]
        form = Form(self.env["digital.cheque.receipt"].with_context(default_dossier_id=dossier.id))
        self.assertEqual(form.amount, 750)
        form.amount = 300
        wizard = form.save()
        move = self.env["account.move"].browse(wizard.action_confirm()["res_id"])
        self.assertEqual((move.state, move.journal_id.type), ("draft", "bank"))
        self.assertEqual(move.line_ids.filtered(lambda line: line.digital_cheque_role == "bank").balance, 300)
        self.assertEqual((dossier.booked_claim, dossier.paid_amount), (450, 0))
        move.action_post()
        self.assertEqual((dossier.paid_amount, dossier.paid_on), (300, move.date))
        transaction = self.env["account.bank.statement.line"].create(
            {"journal_id": bank.id, "date": "2026-09-01", "amount": 450, "payment_ref": "Subsidy"}
        )
        wizard = self.env["digital.cheque.receipt"].create(
            {"dossier_id": dossier.id, "statement_line_id": transaction.id}
        )
        wizard.action_confirm()
        self.assertTrue(transaction.is_reconciled)
        self.assertEqual((dossier.booked_claim, dossier.paid_amount), (0, 750))
        with self.assertRaisesRegex(UserError, "Book the award first"):
            self.env["digital.cheque.receipt"].create({"dossier_id": dossier.id, "amount": 1}).action_confirm()
        dossier.state = "paid"
        transaction.action_undo_reconciliation()
        self.assertFalse(transaction.is_reconciled or transaction.move_id.digital_cheque_dossier_id)
        self.assertEqual((dossier.booked_claim, dossier.paid_amount, dossier.paid_on), (450, 300, move.date))
        move.button_draft()
        self.assertEqual((dossier.paid_amount, dossier.paid_on), (0, False))
        self.assertIn("no longer counts", dossier.message_ids[0].body)
        move.action_post()
        self.assertEqual(dossier.paid_amount, 300)

    def test_a_deleted_bank_transaction_was_no_payment(self):
        dossier = self.dossier(granted_amount=750, state="claimed")
        dossier.action_book_award()
        transaction = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": "2026-09-01",
                "amount": 750,
                "payment_ref": "Subsidy",
            }
        )
        self.env["digital.cheque.receipt"].create(
            {"dossier_id": dossier.id, "statement_line_id": transaction.id}
        ).action_confirm()
        self.assertEqual(dossier.paid_amount, 750)
        transaction.unlink()
        self.assertEqual((dossier.booked_claim, dossier.paid_amount, dossier.paid_on), (750, 0, False))

    def test_money_noted_by_hand_stays_when_another_entry_goes(self):
        dossier = self.dossier(granted_amount=750, state="paid", paid_amount=750, paid_on="2026-08-01")
        dossier.action_book_award()
        dossier.entry_ids.action_post()
        dossier.entry_ids.button_draft()
        dossier.entry_ids.unlink()
        self.assertEqual(dossier.paid_amount, 750)


@tagged("post_install", "-at_install", "post_install_l10n")
class TestCompany(EntriesOfAid, AccountingCase):
    def test_a_capital_grant_from_award_to_release(self):
        dossier = self.capital_grant()
        self.assertEqual(self.booked(dossier.entry_ids), {"416": 10_000, "15": -7_500, "168": -2_500})
        self.assertEqual(dossier.depreciation_ids.mapped("amount"), [10_000] * 4)
        self.assertEqual(dossier.releases_due, 2)
        dossier.action_book_releases()
        released = dossier.depreciation_ids.move_id
        self.assertEqual(released.mapped("state"), ["draft"] * 2)
        for move in released:
            self.assertEqual(self.booked(move), {"15": 1_875, "753": -1_875, "168": 625, "78": -625})
        self.assertEqual(released.mapped(lambda move: str(move.date)), ["2026-12-31", "2027-12-31"])
        self.assertEqual((dossier.booked_to_release, dossier.booked_income, dossier.releases_due), (5_000, 5_000, 0))
        with self.assertRaises(UserError):
            dossier.action_book_releases()
        with self.assertRaises(UserError):
            dossier.depreciation_ids[0].amount = 1
        dossier.with_context(digital_cheque_date="2030-01-01").action_book_releases()
        self.assertEqual((dossier.booked_to_release, dossier.booked_income), (0, 10_000))

    def test_a_deleted_release_can_be_booked_again(self):
        dossier = self.capital_grant()
        dossier.action_book_releases()
        dossier.depreciation_ids[0].move_id.unlink()
        self.assertEqual((dossier.releases_due, dossier.booked_to_release), (1, 7_500))

    def test_tax_exempt(self):
        dossier = self.capital_grant(grant_tax_exempt=True)
        self.assertEqual(self.booked(dossier.entry_ids), {"416": 10_000, "15": -10_000})
        dossier.action_book_releases()
        self.assertEqual(self.booked(dossier.depreciation_ids.move_id[0]), {"15": 2_500, "753": -2_500})

    def test_recovery(self):
        dossier = self.capital_grant()
        dossier.action_book_releases()
        self.env["digital.cheque.receipt"].create({"dossier_id": dossier.id, "amount": 8_000}).action_confirm()
        wizard = self.env["digital.cheque.recovery"].create(
            {"dossier_id": dossier.id, "amount": 5_000, "date": "2028-03-01", "reason": "Sold too early"}
        )
        move = self.env["account.move"].browse(wizard.action_confirm()["res_id"])
        self.assertEqual(
            self.booked(move), {"15": 1_875, "168": 625, "753": 1_875, "78": 625, "416": -2_000, "489": -3_000}
        )
        self.assertEqual((dossier.booked_aid, dossier.booked_to_release), (5_000, 2_500))
        wizard.amount = 5_000.01
        with self.assertRaisesRegex(UserError, "cannot be taken back"):
            wizard.action_confirm()

    def test_chosen_accounts_and_journal(self):
        account = self.company_data["default_account_revenue"]
        journal = self.env["account.journal"].create({"name": "Subsidies", "code": "SUB", "type": "general"})
        self.company.write({"digital_cheque_operating_account_id": account.id, "digital_cheque_journal_id": journal.id})
        dossier = self.dossier()
        dossier.action_book_award()
        self.assertIn(account, dossier.entry_ids.line_ids.account_id)
        self.assertEqual(dossier.entry_ids.journal_id, journal)

    def test_an_account_found_by_its_code(self):
        chart = self.env["account.chart.template"].with_company(self.company)
        self.env["ir.model.data"].search(
            [("module", "=", "account"), ("name", "=", chart.company_xmlid("a740").split(".")[-1])]
        ).unlink()
        self.assertTrue(self.company._digital_cheque_account("operating").code.startswith("740"))

    def test_another_currency_of_the_books(self):
        dollar = self.setup_other_currency("USD", rates=[("2026-01-01", 2.0), ("2026-07-01", 4.0)])
        company = self._create_company(
            name="Dollar books", currency_id=dollar.id, country_id=self.env.ref("base.be").id
        )
        self.env["account.chart.template"].try_loading("be_comp", company, install_demo=False)
        company.currency_id = dollar
        self.env.user.company_ids += company
        env = self.env(context=dict(self.env.context, allowed_company_ids=(self.company + company).ids))
        dossier = self.dossier(aid_nature="capital", granted_amount=1_000.01).with_env(env)
        dossier.company_id = company
        dossier.write({"asset_cost": 30, "depreciation_start": "2026-01-01", "depreciation_years": 3})
        dossier.action_fill_plan()
        dossier.action_book_award()
        euro_to_dollar = self.env.ref("base.EUR")._convert(1_000.01, dollar, company, dossier.decided_on)
        claim = dossier.entry_ids.line_ids.filtered(lambda line: line.digital_cheque_role == "receivable")
        self.assertEqual((claim.amount_currency, claim.balance), (1_000.01, euro_to_dollar))
        dossier.with_context(digital_cheque_date="2030-01-01").action_book_releases()
        for field in ("amount_currency", "balance"):
            held = dossier._position(field)
            self.assertEqual((held.capital, held.deferred_tax), (0, 0))
        self.env["digital.cheque.receipt"].with_env(env).create(
            {"dossier_id": dossier.id, "amount": 1_000.01, "date": "2026-08-01"}
        ).action_confirm()
        self.assertEqual(dossier._position("balance").receivable, 0)
        dossier.entry_ids.action_post()

    def test_another_company_and_roles(self):
        dossier = self.dossier()
        dossier.action_book_award()
        other = self.env["res.company"].create({"name": "Other"})
        clerk = new_test_user(
            self.env,
            "cheque_clerk",
            "be_digital_cheque.group_digital_cheque_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        seen = dossier.with_user(clerk)
        seen.invalidate_recordset()
        self.assertEqual((seen.booked_aid, seen.booked_claim), (10_000, 10_000))
        self.assertFalse(seen.entry_ids.has_access("read"))
        stranger = new_test_user(
            self.env,
            "cheque_stranger",
            "be_digital_cheque.group_digital_cheque_user",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        seen = dossier.with_user(stranger).with_context(allowed_company_ids=other.ids)
        self.assertFalse(seen.has_access("read"))
        self.assertFalse(seen.env["digital.cheque.depreciation"].search([]))


@tagged("post_install", "-at_install", "post_install_l10n")
class TestAssociation(EntriesOfAid, AccountingCase):
    chart_template = "be_asso"
    claim = "413"
    operating = "733"

    def test_a_capital_grant(self):
        dossier = self.capital_grant()
        self.assertEqual(self.booked(dossier.entry_ids), {"413": 10_000, "15": -10_000})
        dossier.action_book_releases()
        self.assertEqual(self.booked(dossier.depreciation_ids.move_id[0]), {"15": 2_500, "733": -2_500})
