# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from itertools import chain
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..en16931 import validate
from .einvoice_common import EinvoiceCommon


@tagged("post_install", "-at_install")
class TestCheck(EinvoiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.odd_customer = cls._customer("Frituur Fout")
        cls._break(cls.odd_customer)
        cls.good = cls._invoice()
        cls.bad = cls._invoice(cls.odd_customer)
        cls.problems = cls.env.ref("be_peppol_einvoice.action_einvoice_problems")

    def _refresh(self):
        self._run_checks()

    def _listed(self, env=None):
        """The invoices in the list of problems."""
        domain = [*safe_eval(self.problems.domain), ("severity", "=", "fatal")]
        return (env or self.env)["be.einvoice.finding"].search(domain).move_id

    def test_states_of_a_document(self):
        private = self.env["res.partner"].create({"name": "Jan", "country_id": self.env.ref("base.be").id})
        abroad = self.env["res.partner"].create(
            {"name": "Acme", "is_company": True, "country_id": self.env.ref("base.us").id}
        )
        sent = self._invoice(self.good.partner_id)
        sent.peppol_move_state = "done"
        for move, state, reason in (
            (self.good, "ready", ""),
            (self.bad, "problems", ""),
            (self._invoice(private), "not_applicable", "private person"),
            (self._invoice(abroad), "not_applicable", "country"),
            (sent, "not_applicable", "sent"),
        ):
            status = move.get_einvoice_status()
            self.assertEqual(status["state"], state, move.partner_id.name)
            self.assertIn(reason, status["reason"])

    def test_a_draft_is_judged_as_if_it_were_confirmed(self):
        draft = self._invoice(self.good.partner_id, post=False, invoice_date=False)
        status = draft.get_einvoice_status()
        self.assertEqual((status["state"], status["findings"]), ("ready", []))
        self.assertFalse(draft.invoice_date)
        self.assertIn(draft.name, (False, "/"))
        self.assertEqual(self._invoice(self.odd_customer, post=False).get_einvoice_status()["state"], "problems")

    def test_a_line_without_tax_is_said_in_odoos_own_words(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        move = self._invoice(self.good.partner_id, lines=[{"name": "x", "price_unit": 1, "tax_ids": []}])
        (finding,) = move.get_einvoice_status()["findings"]
        self.assertEqual(finding["rule"], "ODOO-EXPORT")
        self.assertIn("should have at least one tax", finding["message"])
        (finding,) = move.with_context(lang="fr_BE").get_einvoice_status()["findings"]
        self.assertNotIn("should have", finding["message"])

    def test_the_list_follows_the_background_job(self):
        self._refresh()
        self.assertEqual(self._check(self.good).state, "ready")
        self.assertIn(self.bad, self._listed())
        self.assertNotIn(self.good, self._listed())
        self.assertFalse(self.env["be.einvoice.check"]._stale_move_ids())
        self.odd_customer.peppol_endpoint = "0417497106"
        self._later(self.odd_customer)
        self.assertEqual(self.env["be.einvoice.check"]._stale_move_ids(), self.bad.ids)
        self._refresh()
        self.assertNotIn(self.bad, self._listed())

    def test_every_ingredient_makes_a_verdict_stale(self):
        product = self.env["product.product"].create({"name": "Advice"})
        seat = self.env["be.establishment"].create({"partner_id": self.company.partner_id.id, "name": "Brussel"})
        self.company.be_principal_seat_id = seat
        member = self.tax.copy({"name": "member"})
        group = self.env["account.tax"].create(
            {"name": "group", "amount_type": "group", "children_tax_ids": [Command.set(member.ids)]}
        )
        lines = [
            {"product_id": product.id, "price_unit": 5},
            {"name": "x", "price_unit": 5, "tax_ids": [Command.set(group.ids)]},
        ]
        move = self._invoice(self.good.partner_id, lines=lines)
        stale = self.env["be.einvoice.check"]._stale_move_ids
        self.env["be.einvoice.check"]._check(move)
        self.assertNotIn(move.id, stale())
        for record in (
            move,
            move.invoice_line_ids,
            move.partner_id,
            self.company,
            self.company.partner_id,
            self.tax,
            self.tax.invoice_repartition_line_ids,
            member,
            seat,
            product,
            product.product_tmpl_id,
            move.journal_id,
            move.partner_bank_id,
        ):
            self.assertTrue(record, record._name)
            self._later(record)
            self.assertIn(move.id, stale(), record._name)
            self.env["be.einvoice.check"]._check(move)
            self.assertNotIn(move.id, stale(), record._name)

    def test_what_is_not_to_be_sent_is_not_checked_in_the_background(self):
        private = self._invoice(
            self.env["res.partner"].create({"name": "Jan", "country_id": self.env.ref("base.be").id})
        )
        draft = self._invoice(self.odd_customer, post=False)
        sent = self._invoice(self.odd_customer)
        sent.peppol_move_state = "processing"
        bill = self.env["account.move"].create({"move_type": "in_invoice", "partner_id": self.odd_customer.id})
        stale = self.env["be.einvoice.check"]._stale_move_ids()
        self.assertLessEqual(set((self.good + self.bad).ids), set(stale))
        self.assertFalse(set((private + draft + sent + bill).ids) & set(stale))

    def test_a_failure_of_cores_builder_is_no_verdict_and_no_obstacle(self):
        builder = self.env.registry["account.edi.xml.ubl_bis3"]
        with (
            patch.object(builder, "_export_invoice", side_effect=ZeroDivisionError),
            self.assertLogs("odoo.addons.be_peppol_einvoice.models.account_move_check", "WARNING"),
        ):
            self.assertEqual(self.good.get_einvoice_status()["state"], "unchecked")

    def test_the_same_bytes_are_judged_once(self):
        judged = []
        module = "odoo.addons.be_peppol_einvoice.models.account_move_check"
        self.env.cr.cache.pop("be_peppol_einvoice.judge", None)
        with patch(f"{module}.validate", lambda data, on: judged.append(data) or validate(data, on=on)):
            self.good._einvoice_preview()
        self.env.cr.cache.pop("be_peppol_einvoice.judge", None)
        self.assertEqual(len(judged), 1)

    def test_the_background_jobs_share_the_invoices_out(self):
        checks, ids = self.env["be.einvoice.check"], list(range(1, 42))
        shares = [checks._of_share(ids, share) for share in range(1, 5)]
        self.assertEqual(sorted(chain.from_iterable(shares)), ids)
        moves = self.env["account.move"].union(*[self._invoice(self.good.partner_id) for _number in range(4)])
        with self.enter_registry_test_mode():
            self.env.ref("be_peppol_einvoice.ir_cron_einvoice_check_2").method_direct_trigger()
        self.assertEqual({move.id % 4 for move in moves if self._check(move)}, {1})

    def test_a_rule_that_another_check_has_just_written_down(self):
        rules = self.env["be.einvoice.rule"]
        first = rules._for_codes({"X-1"})
        self.assertEqual(rules._for_codes({"X-1", "X-2"})["X-1"], first["X-1"])

    def test_check_again(self):
        self.env["be.einvoice.check"]._check(self.bad)
        findings = self._check(self.bad).finding_ids
        action = findings[:1].action_check_again()
        self.assertEqual(action["tag"], "display_notification")
        self.assertFalse(findings.exists())
        self.assertTrue(self._check(self.bad).finding_ids)

    # ------------------------------------------------------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------------------------------------------------------

    def test_roles(self):
        self._refresh()
        for role in ("accountant", "invoicing", "auditor"):
            env = self.env(user=self._user(role))
            self.assertIn(self.bad, self._listed(env), role)
            finding = env["be.einvoice.finding"].search([("move_id", "=", self.bad.id)], limit=1)
            for action in (
                lambda finding=finding: finding.write({"severity": "warning"}),
                lambda finding=finding: finding.unlink(),
                lambda finding=finding: finding.check_id.write({"state": "ready"}),
            ):
                with self.assertRaises(AccessError, msg=role):
                    action()
        status = self.bad.with_user(
            self.env["res.users"].search([("login", "=", "auditor_checks")])
        ).get_einvoice_status()
        self.assertFalse(status["findings"][0]["remedy"]["editable"])
        employee = self.env(user=self._user("employee"))
        with self.assertRaises(AccessError):
            employee["be.einvoice.finding"].search([])
        with self.assertRaises(AccessError):
            self.bad.with_user(employee.user).get_einvoice_status()
        with self.assertRaises(AccessError):
            employee["be.einvoice.check"].get_batch_status(self.bad.ids)

    def test_companies(self):
        other = self.setup_other_company(name="Second BV")["company"]
        self._settle(other, "0403170701")
        customer = self._customer("Frituur Twee", company=other)
        customer.write({"vat": False, "company_registry": False, "peppol_endpoint": "0477472702"})
        customer.with_company(other).peppol_verification_state = "valid"
        tax = self.env["account.tax"].search(
            [("company_id", "=", other.id), ("type_tax_use", "=", "sale"), ("amount", "=", 21)], limit=1
        )
        theirs = self._invoice(customer, company=other, tax=tax)
        self._refresh()
        self.assertEqual(self._check(theirs).state, "problems")
        mine = self.env(user=self._user("accountant"))
        self.assertIn(self.bad, self._listed(mine))
        self.assertNotIn(theirs, self._listed(mine))

    def test_the_same_fault_on_several_lines_is_said_once(self):
        self.tax.ubl_cii_tax_category_code = "E"
        move = self._invoice(self.good.partner_id, lines=[{"name": "x", "price_unit": 1}] * 3)
        status = move.get_einvoice_status()
        said = [finding["message"] for finding in status["findings"]]
        self.assertEqual(len(set(said)), len(said))
        self.assertLess(len(said), status["fatal"])
        self.assertIn(3, [finding["count"] for finding in status["findings"]])

    def test_the_first_page_counts_and_leads_to_them(self):
        overview = self.env["be.peppol.overview"].with_company(self.company)
        self._refresh()
        page = overview.with_context(allowed_company_ids=self.company.ids).get_overview()
        counts = {need["key"]: need["count"] for need in page["needs"]}
        listed = self._listed(overview.env).filtered(lambda move: move.company_id == self.company)
        self.assertTrue(listed)
        self.assertEqual(counts["problems"], len(listed))
