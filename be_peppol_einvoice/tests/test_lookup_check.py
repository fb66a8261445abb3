# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import threading
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import be_peppol_check
from ..models.res_company_lookup import NETWORK
from ..transport import bulk, lookup
from .fake_network import CREDIT_NOTE, SERVFAIL
from .lookup_common import LookupCommon


@tagged("post_install", "-at_install")
class TestLookupCheck(LookupCommon):
    """All customers of a company, in the background."""

    def setUp(self):
        super().setUp()
        # a test is one transaction
        self.startPatcher(patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_, **__: 1))
        # as the scheduled job does
        self.checks = self.env["be.peppol.check"].sudo()
        self.days = self.env["be.peppol.readiness.day"].sudo()

    def _customers(self, count, first=100):
        return self.env["res.partner"].union(*(self._customer(first + serial) for serial in range(count)))

    def _sort(self, customers):
        """One in three can receive, one in three is registered for something else, one in three is not there."""
        for place, customer in enumerate(customers):
            if place % 3 < 2:
                self._register(customer, **({"documents": [CREDIT_NOTE]} if place % 3 else {}))

    def test_check_my_customers(self):
        customers = self._customers(9)
        self._sort(customers)
        self._customer(150, peppol_eas=False, peppol_endpoint=False, name="No number")
        self.readiness.start_check()
        check = self.checks.search([("company_id", "=", self.company.id)])
        self.assertEqual((check.state, check.total, check.done), ("queued", 9, 0))
        self.checks._cron_work()
        self.assertRecordValues(
            check,
            [
                {
                    "state": "done",
                    "total": 9,
                    "done": 9,
                    "can_receive": 3,
                    "other_documents": 3,
                    "not_registered": 3,
                    "unknown": 0,
                }
            ],
        )
        page = self.readiness.get_readiness()
        self.assertEqual(page["figures"]["can_receive"], 3)
        self.assertEqual(page["figures"]["no_number"], 1)
        self.assertEqual((page["checked"], page["share"]), (9, 33))
        self.assertEqual({one["code"]: one["count"] for one in page["reasons"]}, {"no_document": 3, "not_in_sml": 3})
        self.assertEqual(page["failures"], [])
        self.assertEqual([day["can_receive"] for day in page["days"]], [3])
        self.assertEqual(page["check"]["state"], "done")
        # each reason's list has as many customers as the page says
        for reason in page["reasons"]:
            action = self.readiness.get_list_action("peppol_lookup_reason", reason["code"])
            found = self.env["res.partner"].with_company(self.company).search(action["domain"])
            self.assertEqual(len(found), reason["count"])

    def test_goes_on_where_it_was(self):
        """A server that is stopped in the middle loses one batch at most."""
        customers = self._customers(7)
        self._sort(customers)
        check = self.checks._start(self.company)
        with patch.object(be_peppol_check, "BATCH", 3):
            self.assertEqual(check._work(), 4)
            self.assertEqual((check.state, check.done, check.total), ("running", 3, 7))
            # the next batch is cut off: nothing of it is counted, and it comes again
            with (
                patch.object(type(self.env["res.partner"]), "_peppol_keep_outcome", side_effect=RuntimeError),
                self.assertRaises(RuntimeError),
                self.env.cr.savepoint(),
            ):
                check._work()
            self.assertEqual(check.done, 3)
            self.assertEqual(self.checks._start(self.company), check, "starting again goes on with the same check")
            self.checks._cron_work()
        self.assertEqual((check.state, check.done), ("done", 7))
        self.assertTrue(all(customers.mapped("peppol_lookup_outcome")))

    def test_interrupted_without_a_network(self):
        """If nobody answers, the check waits instead of going through thousands of customers for nothing."""
        customers = self._customers(4)
        self._sort(customers)
        self._use_network(nameservers=[["127.0.0.1", 1]], timeout=0.6)
        check = self.checks._start(self.company)
        self.checks._cron_work()
        self.assertEqual((check.state, check.done), ("interrupted", 0))
        self.assertEqual(len(self.readiness.get_readiness()["failures"]), 1)
        self._use_network()
        self.readiness.start_check()
        self.checks._cron_work()
        self.assertEqual((check.state, check.done), ("done", 4))
        self.assertEqual(self.readiness.get_readiness()["failures"], [])

    def test_some_unknown(self):
        customers = self._customers(3)
        self._sort(customers)
        self.fake.locate(f"0208:{customers[0].peppol_endpoint}", SERVFAIL)
        check = self.checks._start(self.company)
        self.checks._cron_work()
        self.assertEqual((check.state, check.unknown, check.done), ("done", 1, 3))
        page = self.readiness.get_readiness()
        self.assertEqual(page["figures"]["unchecked"], 1)
        self.assertEqual(page["checked"], 2, "unknown does not weigh on the share")

    def test_stop(self):
        self._customers(2)
        page = self.readiness.start_check()
        self.assertEqual(page["check"]["state"], "queued")
        page = self.readiness.stop_check()
        self.assertEqual(page["check"]["state"], "stopped")
        self.checks._cron_work()
        self.assertEqual(self.fake.dns_questions, [])

    def test_bounded_concurrency(self):
        """Never more questions at a time than workers, and no database in their threads."""
        customers = self._customers(40)
        lock, barrier = threading.Lock(), threading.Event()
        now, most, threads = 0, 0, set()

        def slow(participant, network, *_, **__):
            nonlocal now, most
            with lock:
                now += 1
                most = max(most, now)
                threads.add(threading.current_thread())
            barrier.wait(0.02)
            with lock:
                now -= 1
            return lookup.Outcome(participant, "not_registered", "not_in_sml")

        writer = set()
        keep = type(self.env["res.partner"])._peppol_keep_outcome

        def kept(partner, *args, **kwargs):
            writer.add(threading.current_thread())
            return keep(partner, *args, **kwargs)

        with (
            patch.object(bulk, "look_up", slow),
            patch.object(type(self.env["res.partner"]), "_peppol_keep_outcome", kept),
        ):
            counts = customers._peppol_look_up_many(self.company, workers=5)
        self.assertEqual(counts["not_registered"], 40)
        self.assertEqual(most, 5)
        self.assertEqual(writer, {threading.current_thread()})
        self.assertNotIn(threading.current_thread(), threads)

    def test_nightly(self):
        """Only those whose answer has grown old, and a note for the day."""
        customers = self._customers(6)
        self._sort(customers)
        self.checks._start(self.company)
        self.checks._cron_work()
        self.fake.dns_questions.clear()
        for hours, asked in ((23, 0), (25, 4), (24 * 7 + 1, 6)):
            self._age_all(customers, hours)
            self.fake.dns_questions.clear()
            self.checks._cron_nightly()
            self.checks._cron_work()
            names = {name for name, kind in self.fake.dns_questions if kind == "NAPTR"}
            # those who cannot receive under one number are asked under the other one as well
            self.assertEqual(len(names), {0: 0, 4: 8, 6: 10}[asked], hours)
        day = self.days.search([("company_id", "=", self.company.id)])
        self.assertEqual((len(day), day.can_receive, day.date), (1, 2, fields.Date.today()))

    def _age_all(self, customers, hours):
        for customer in customers:
            self._age(customer.with_company(self.company), hours)

    # ------------------------------------------------------------------------------------------------------------------
    # Who may do what
    # ------------------------------------------------------------------------------------------------------------------

    def test_access(self):
        for role, may_see, may_check in (
            ("accountant", True, True),
            ("invoicing", True, True),
            ("auditor", True, False),
            ("employee", False, False),
            ("portal", False, False),
        ):
            page = self.readiness.with_user(self._user(role))
            if not may_see:
                for call in (page.get_readiness, page.start_check, page.stop_check):
                    self.assertRaises(AccessError, call)
                continue
            self.assertEqual(page.get_readiness()["may_check"], may_check, role)
            if may_check:
                page.start_check()
                page.stop_check()
            else:
                self.assertRaises(AccessError, page.start_check)
                self.assertRaises(AccessError, page.stop_check)

    def test_records_are_the_servers(self):
        user = self._user("accountant")
        self.checks._start(self.company)
        checks = self.checks.with_user(user)
        check = checks.search([])
        self.assertTrue(check)
        for change in (lambda: check.write({"done": 5}), lambda: checks.create({}), check.unlink):
            self.assertRaises(AccessError, change)

    def test_other_companies_stay_out_of_sight(self):
        other = self._create_company(name="Other company", country_id=self.env.ref("base.be").id)
        self.checks._start(other)
        self.days._take(other)
        user = self._user("accountant")
        self.assertFalse(self.checks.with_user(user).search([("company_id", "=", other.id)]))
        self.assertFalse(self.days.with_user(user).search([("company_id", "=", other.id)]))
        self.assertFalse(self.readiness.with_user(user).get_readiness()["check"])

    def test_one_check_at_a_time(self):
        self.checks._start(self.company)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.checks.create({"company_id": self.company.id})

    def test_without_a_network(self):
        self.env["ir.config_parameter"].set_param(NETWORK, "off")
        self.assertFalse(self.readiness.get_readiness()["network"])
        with self.assertRaisesRegex(UserError, "settings"):
            self.readiness.start_check()
        self.checks._cron_nightly()
        self.assertFalse(self.checks.search([("company_id", "=", self.company.id)]))

    def test_whom_only_core_has_looked_up(self):
        """They stand among the reasons, and leave them once the network has said why."""
        self.assertEqual(self.readiness.get_readiness()["reasons"], [])
        customers = self._customers(2)
        customers.peppol_verification_state = "not_valid"
        (reason,) = self.readiness.get_readiness()["reasons"]
        self.assertEqual((reason["code"], reason["count"]), ("unexplained", 2))
        action = self.readiness.get_list_action("peppol_lookup_reason", "unexplained")
        self.assertEqual(self.env["res.partner"].with_company(self.company).search(action["domain"]), customers)
        self._check(customers[0])
        reasons = {one["code"]: one["count"] for one in self.readiness.get_readiness()["reasons"]}
        self.assertEqual(reasons, {"not_in_sml": 1, "unexplained": 1})

    def test_no_such_reason(self):
        for field, code in (
            ("peppol_lookup_reason", "nonsense"),
            ("peppol_lookup_failure", "unexplained"),
            ("name", "not_in_sml"),
        ):
            with self.assertRaises(UserError):
                self.readiness.get_list_action(field, code)

    def test_old_checks_go(self):
        check = self.checks._start(self.company)
        check._stop()
        self.checks._gc_checks()
        self.assertTrue(check.exists())
        check.finished_at = fields.Datetime.subtract(fields.Datetime.now(), days=91)
        self.checks._gc_checks()
        self.assertFalse(check.exists())
