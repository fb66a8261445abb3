# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import closing, contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import file_open

from odoo.addons.be_peppol_einvoice.providers import contract
from odoo.addons.be_peppol_einvoice.tests.exchange_common import ExchangeCommon
from odoo.addons.queue_job.job import Job

from ..models import peppol_exchange

# A runner's lock of the tests alone: a real runner starts with the web server of their own process.
LOCK = 2519841


@tagged("post_install", "-at_install")
class TestQueue(ExchangeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(peppol_exchange, "PG_ADVISORY_LOCK_ID", LOCK))

    def setUp(self):
        super().setUp()
        self._jobs().unlink()

    @contextmanager
    def _runner(self):
        """What a job runner does as long as it serves a database: it holds a lock, in a session of its own.

        That of a transaction, so that no connection which goes back to the pool can take it along.
        """
        with closing(self.registry._db.cursor()) as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            self.assertTrue(cursor.fetchone()[0], "another session plays the job runner")
            yield

    def _jobs(self):
        return self.env["queue.job"].sudo().search([("model_name", "=", "peppol.exchange")], order="id")

    def _run(self):
        """Run the jobs that wait, as a worker does."""
        for record in self._jobs().filtered(lambda job: job.state == "pending"):
            job = Job.load(record.env, record.uuid)
            job.func(*job.args, **job.kwargs)
            job.set_done()
            job.store()

    def test_without_a_runner_the_scheduled_job_does_the_work(self):
        exchange = self._send(self._invoice())
        self.exchanges._cron_submit()
        self.assertEqual(exchange.state, "submitted")
        self.assertFalse(self._jobs())

    def test_without_delay_the_scheduled_job_does_the_work(self):
        """OCA's own switch, as tests and debugging use it."""
        exchange = self._send(self._invoice())
        with self._runner():
            self.exchanges.with_context(queue_job__no_delay=True)._cron_submit()
        self.assertEqual(exchange.state, "submitted")
        self.assertFalse(self._jobs())

    def test_a_job_for_each_document(self):
        exchanges = [self._send(self._invoice()) for _number in range(3)]
        with self._runner():
            for _run in range(2):
                self.assertEqual(self.exchanges._cron_submit(), None)
        jobs = self._jobs()
        self.assertEqual(len(jobs), 3, "each document is queued once, however often it is due")
        self.assertEqual({job.channel for job in jobs}, {"root.peppol"})
        self.assertEqual([exchange.state for exchange in exchanges], ["prepared"] * 3)
        self.assertEqual(self.peer.sent(), [])
        self._run()
        self.assertEqual([exchange.state for exchange in exchanges], ["submitted"] * 3)
        self.assertEqual(len(self.peer.sent()), 3)

    def test_the_whole_way_by_jobs(self):
        exchange = self._send(self._invoice())
        with self._runner():
            self.exchanges._cron_submit()
            self._run()
            self.peer.finish(exchange.message_id, contract.DELIVERED)
            exchange.sudo().next_at = fields.Datetime.now()
            self.exchanges._cron_status()
            self._run()
        self.assertEqual(exchange.state, "delivered")

    def test_what_moved_on_is_left_alone(self):
        exchange = self._send(self._invoice())
        with self._runner():
            self.exchanges._cron_submit()
        exchange.action_close()
        self._run()
        self.assertEqual(exchange.state, "closed")
        self.assertEqual(self.peer.sent(), [])

    def test_what_another_worker_has_in_hand_is_left_alone(self):
        exchange = self._send(self._invoice())
        with self._runner():
            self.exchanges._cron_submit()
        exchange.sudo().lease_until = fields.Datetime.now() + timedelta(minutes=5)
        self._run()
        self.assertEqual((exchange.state, self.peer.sent()), ("prepared", []))

    def test_a_job_that_is_run_again_sends_nothing_again(self):
        """A worker that died after the document was handed over leaves its job to another one."""
        exchange = self._send(self._invoice())
        with self._runner():
            self.exchanges._cron_submit()
        job = self._jobs()
        self._run()
        job.requeue()
        self._run()
        self.assertEqual((exchange.state, exchange.attempts), ("submitted", 1))
        self.assertEqual(len(self.peer.sent()), 1)

    def test_a_document_that_comes_back_gets_a_job_of_its_own(self):
        """The identity of a job is no obstacle once the job is done: what is tried again is queued again."""
        exchange = self._send(self._invoice())
        self.peer.fault = "temporary"
        with self._runner():
            self.exchanges._cron_submit()
            self._run()
            self.peer.fault = ""
            exchange.sudo().next_at = fields.Datetime.now()
            self.exchanges._cron_submit()
            self.assertEqual(len(self._jobs()), 2)
            self._run()
        self.assertEqual((exchange.state, exchange.attempts), ("submitted", 2))

    def test_received_documents_become_bills_by_jobs(self):
        self.company.peppol_purchase_journal_id = self.company_data["default_journal_purchase"]
        with file_open("be_peppol_einvoice/tests/files/bill_ubl_bis3.xml", "rb") as file:
            message_id = self.peer.arrive(file.read(), "0208:0799000084", "0208:0477472701")
        with self._runner():
            self.exchanges._cron_fetch()
            self.exchanges._cron_import()
            exchange = self.exchanges.search([("message_id", "=", message_id), ("direction", "=", "in")])
            self.assertEqual(exchange.state, "received")
            self._run()
        self.assertEqual(exchange.state, "imported")
        self.assertEqual(exchange.move_id.move_type, "in_invoice")

    def test_a_pause_holds_for_what_is_queued(self):
        exchange = self._send(self._invoice())
        with self._runner():
            self.exchanges._cron_submit()
        self.connection.state = "paused"
        self._run()
        self.assertEqual((exchange.state, self.peer.sent()), ("prepared", []))

    def test_a_failure_stands_on_the_document_not_on_the_job(self):
        exchange = self._send(self._invoice())
        self.peer.fault = "temporary"
        with self._runner():
            self.exchanges._cron_submit()
            self._run()
        self.assertEqual((exchange.state, exchange.attempts), ("retrying", 1))
        self.assertEqual(self._jobs().state, "done")

    def test_jobs_that_nobody_takes(self):
        """The runner is there, its channel has no capacity: the scheduled job does the work."""
        exchange = self._send(self._invoice())
        with self._runner():
            self.exchanges._cron_submit()
            self.env.flush_all()
            # written past the ORM, which protects what makes a job
            long_ago = fields.Datetime.now() - timedelta(hours=1)
            self.env.cr.execute("UPDATE queue_job SET date_created = %s", [long_ago])
            self.exchanges._cron_submit()
            self.assertEqual(exchange.state, "submitted")
            self._run()
        self.assertEqual(len(self.peer.sent()), 1)

    def test_jobs_may_commit(self):
        """A document is kept before its access point may forget it; queue_job forbids that unless told."""
        function = self.env.ref("be_peppol_einvoice_queue_job.job_function_work_on").sudo()
        self.assertEqual((function.name, function.allow_commit), ("<peppol.exchange>._job_work_on", True))
