# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import CatalogueCase

TODAY = "2026-11-24"


class DeMinimisCase(CatalogueCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, digital_cheque_date=TODAY))
        cls.company = cls.env["res.company"].create({"name": "Bakery"})
        cls.other_company = cls.env["res.company"].create({"name": "Garage"})
        cls.holding = cls.env["res.partner"].create({"name": "Holding", "is_company": True})
        cls.user = new_test_user(
            cls.env,
            "aid_user",
            "be_digital_cheque.group_digital_cheque_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.undertaking = cls.env["digital.cheque.undertaking"].create(
            {
                "name": "Bakery and holding",
                "company_ids": [Command.set(cls.company.ids)],
                "partner_ids": [Command.set(cls.holding.ids)],
            }
        )

    @classmethod
    def _aid(cls, amount, day, beneficiary=None, **values):
        return cls.env["digital.cheque.aid"].create(
            {
                "name": "Cheque",
                "undertaking_id": cls.undertaking.id,
                "beneficiary_id": (beneficiary or cls.company.partner_id).id,
                "amount": amount,
                "granted_on": day,
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestDeMinimis(DeMinimisCase):
    def test_room_of_all_enterprises_together(self):
        self._aid(180_000, "2024-03-15")
        self._aid(70_000, "2025-09-01", self.holding)
        self._aid(50_000, "2026-01-01", state="planned")
        self._aid(90_000, False, state="refused")
        self.assertEqual((self.undertaking.room, self.undertaking.counted), (50_000, 250_000))
        self.assertEqual((self.undertaking.ceiling, self.undertaking.planned), (300_000, 50_000))
        self.assertEqual(self.undertaking.regulation, "2023/2831")
        self.assertIn("230,000.00", self.undertaking.next_change)
        self.assertEqual(
            [(step["on"], step["left"]) for step in self.undertaking.room_timeline],
            [(TODAY, 50_000), ("2027-03-15", 230_000), ("2028-09-01", 300_000)],
        )
        later = self.undertaking.with_context(digital_cheque_date="2027-03-15")
        self.assertEqual(later.room, 230_000)

    def test_a_grant_above_the_ceiling_is_stopped_with_the_figures(self):
        self._aid(280_000, "2025-05-05")
        with self.assertRaises(ValidationError) as stopped:
            self._aid(30_000, "2026-11-24")
        for part in ("310,000.00", "10,000.00", "300,000.00", "05/05/2028"):
            self.assertIn(part, str(stopped.exception))
        planned = self._aid(30_000, "2026-11-24", state="planned")
        with self.assertRaises(ValidationError):
            planned.state = "granted"
        planned.amount = 20_000
        planned.state = "granted"
        self.assertEqual(self.undertaking.room, 0)

    def test_a_late_entry_is_stopped_by_later_aid(self):
        self._aid(280_000, "2026-05-05")
        with self.assertRaises(ValidationError):
            self._aid(30_000, "2024-01-10")

    def test_aid_above_the_ceiling_that_was_really_granted_stays_visible(self):
        self._aid(280_000, "2025-05-05")
        aid = self._aid(30_000, "2026-11-24", over_ceiling_reason="Letter of 24 November")
        self.assertEqual(self.undertaking.excess, 10_000)
        with self.assertRaises(AccessError):
            aid.with_user(self.user).over_ceiling_reason = "Mine"

    def test_cents(self):
        for _each in range(3):
            self._aid(0.1, "2026-01-01")
        self._aid(299_999.70, "2026-01-02")
        self.assertEqual(self.undertaking.room, 0)
        with self.assertRaises(ValidationError):
            self._aid(0.01, "2026-01-03")

    def test_granted_aid_needs_its_day(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._aid(10, False)

    def test_an_enterprise_counts_in_one_undertaking_only(self):
        for values in (
            {"company_ids": [Command.set(self.company.ids)]},
            {"company_ids": [Command.set(self.other_company.ids)], "partner_ids": [Command.set(self.holding.ids)]},
            {"company_ids": [Command.clear()]},
        ):
            with self.assertRaises(ValidationError):
                self.env["digital.cheque.undertaking"].create({"name": "Second", **values})

    def test_an_enterprise_with_aid_stays_in_its_undertaking(self):
        self._aid(10, "2026-01-01", self.holding)
        with self.assertRaises(ValidationError):
            self.undertaking.partner_ids = [Command.clear()]
        outsider = self.env["res.partner"].create({"name": "Outsider", "is_company": True})
        with self.assertRaises(ValidationError):
            self._aid(10, "2026-01-01", outsider)

    def test_would_it_fit(self):
        self._aid(280_000, "2025-05-05")
        form = Form(self.env["digital.cheque.room"].with_context(default_undertaking_id=self.undertaking.id))
        form.granted_on = TODAY
        form.amount = 20_000
        self.assertEqual(form.fits, "yes")
        form.amount = 20_000.01
        self.assertEqual(form.fits, "no")
        self.assertIn("05/05/2028", form.answer)
        form.granted_on = "2031-01-01"
        self.assertEqual(form.fits, "unknown")

    def test_declaration_lists_three_years_of_granted_aid(self):
        self._aid(1, "2023-11-24", name="Too old")
        first = self._aid(2, "2023-11-25", name="First day")
        last = self._aid(3, TODAY, self.holding, name="Today")
        self._aid(4, "2026-11-25", name="Tomorrow")
        self._aid(5, "2026-01-01", state="planned", name="Planned")
        declaration = self.undertaking._declaration()
        self.assertEqual(declaration["aids"], first + last)
        self.assertEqual((declaration["total"], declaration["start"]), (5, date(2023, 11, 25)))

    def test_printed_in_the_language_of_the_documents(self):
        self._aid(1234.5, "2026-02-03")
        report = self.env["ir.actions.report"]
        for lang, words in {
            "fr_BE": ("Déclaration sur l’honneur", "Entreprise unique", "1.234,50"),
            "nl_BE": ("Verklaring op eer", "Eén onderneming", "1.234,50"),
            "de_DE": ("Ehrenwörtliche Erklärung", "Einziges Unternehmen", "1.234,50"),
        }.items():
            self.env["res.lang"]._activate_lang(lang)
            self.undertaking.lang = lang
            html = report._render_qweb_html("be_digital_cheque.declaration", self.undertaking.ids)[0].decode()
            # neither authority nor decision is known: their cells are empty, not left out
            row = html.split("<tbody>")[1].split("</tbody>")[0]
            self.assertEqual(row.count("<td"), 6)
            for word in words:
                with self.subTest(lang, word=word):
                    self.assertIn(word, html)

    def test_spreadsheet_totals_equal_the_screen(self):
        self._aid(180_000.25, "2024-03-15")
        self._aid(10, "2023-11-24")
        self._aid(7, "2026-05-05", kind="sgei")
        self._aid(9, "2026-05-06", state="planned")
        content = self.undertaking._xlsx()
        formulas = load_workbook(BytesIO(content)).active
        values = load_workbook(BytesIO(content), data_only=True).active
        self.assertTrue(formulas["B5"].value.startswith("=SUMIFS("))
        self.assertEqual(values["B5"].value, self.undertaking.counted)
        self.assertEqual(values["B6"].value, self.undertaking.room)
        rows = [[cell.value for cell in row] for row in values.iter_rows(min_row=9)]
        self.assertEqual(sum(row[6] for row in rows), sum(self.undertaking.aid_ids.mapped("amount")))
        # the formula, computed by hand on the cells that it names
        start, end = values["D4"].value, values["B4"].value
        self.assertEqual(sum(row[6] for row in rows if row[7] == 1 and start <= row[0] <= end), 180_000.25)

    def test_access_by_role_and_company(self):
        aid = self._aid(10, "2026-01-01")
        mine = self.undertaking.with_user(self.user)
        self.assertEqual(mine.room, 299_990)
        mine.aid_ids.create(
            {"name": "Mine", "undertaking_id": mine.id, "amount": 5, "granted_on": "2026-02-02", "state": "granted"}
        )
        with self.assertRaises(AccessError):
            mine.unlink()
        stranger = new_test_user(
            self.env,
            "aid_stranger",
            "be_digital_cheque.group_digital_cheque_user",
            company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )
        self.assertFalse(self.env["digital.cheque.undertaking"].with_user(stranger).search([]) & self.undertaking)
        with self.assertRaises(AccessError):
            aid.with_user(stranger).read(["amount"])
        for role in ("base.group_user", "base.group_portal"):
            reader = new_test_user(self.env, f"aid_{role}", role)
            with self.assertRaises(AccessError):
                self.env["digital.cheque.aid"].with_user(reader).search([])

    def test_the_menu_opens_the_undertaking_of_the_company(self):
        action = (
            self.env["digital.cheque.undertaking"].with_user(self.user).with_company(self.company).action_open_mine()
        )
        self.assertEqual(action["res_id"], self.undertaking.id)
        found = self.env["digital.cheque.undertaking"]._of_company(self.other_company)
        self.assertEqual((found.name, found.company_ids), ("Garage", self.other_company))
        self.assertEqual(self.env["digital.cheque.undertaking"]._of_company(self.other_company), found)

    def test_history_cannot_lose_a_programme(self):
        programme = self.env["digital.cheque.programme"].create(
            {
                "name": "Local",
                "code": "local_aid",
                "region": "wallonia",
                "authority_id": self.env.ref("be_digital_cheque.authority_spw").id,
            }
        )
        self._aid(10, "2026-01-01", programme_id=programme.id)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            programme.unlink()


@tagged("post_install", "-at_install")
class TestDeMinimisScreen(HttpCase):
    def test_spreadsheet_is_for_those_who_may_read_it(self):
        undertaking = self.env["digital.cheque.undertaking"]._of_company(self.env.company)
        url = f"/be_digital_cheque/undertaking/{undertaking.id}/de_minimis.xlsx"
        self.authenticate("admin", "admin")
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(load_workbook(BytesIO(answer.content)).active["A1"].value)
        new_test_user(self.env, "clerk", "base.group_user", password="clerk_clerk")
        self.authenticate("clerk", "clerk_clerk")
        with mute_logger("odoo.http"):
            self.assertIn(self.url_open(url).status_code, (403, 404))

    def test_tour(self):
        """In French and Dutch: an aid is entered, a second one that would exceed the ceiling is refused."""
        for lang in ("fr_BE", "nl_BE"):
            with self.subTest(lang):
                self.env["res.lang"]._activate_lang(lang)
                company = self.env["res.company"].create({"name": f"Bakery {lang}"})
                admin = self.env.ref("base.user_admin")
                admin.write({"company_ids": [Command.link(company.id)], "company_id": company.id, "lang": lang})
                self.start_tour("/odoo", "be_digital_cheque_de_minimis", login="admin", timeout=120)
                undertaking = self.env["digital.cheque.undertaking"].search([("company_ids", "in", company.ids)])
                self.assertEqual(undertaking.counted, 180_000)
