# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.be_peppol_einvoice.models.peppol_exchange_work import BATCH
from odoo.addons.queue_job.jobrunner.runner import PG_ADVISORY_LOCK_ID
from odoo.addons.queue_job.utils import must_run_without_delay

#: Documents that one run of a scheduled job hands to the queue; the next run goes on.
QUEUED_AT_ONCE = 2000
#: A job that nobody takes for so long shows that the channel does not run, whatever the runner says.
PATIENCE = timedelta(minutes=15)


class PeppolExchange(models.Model):
    """One job for each document that is due, for the workers of several machines.

    The lease on a document is taken by the job itself: whether a document is worked on by a job or by the scheduled job
    without a queue, it is so by one of them at a time.
    """

    _inherit = "peppol.exchange"

    @api.model
    def _work(self, due, job, limit=BATCH):
        """Queue what is due, where a job runner takes jobs; else do it here and now, as without a queue."""
        if must_run_without_delay(self.env) or not self._jobs_are_taken():
            return super()._work(due, job, limit=limit)
        exchanges = self.sudo()._all_due(due)  # sudo: exchanges are worked on by the machinery, see _begin
        for exchange in exchanges:
            exchange._queue(job.__name__)
        self._end_transaction(len(exchanges))
        return len(exchanges)

    @api.model
    def _jobs_are_taken(self):
        """Whether jobs put into the queue now will be run.

        A runner holds a lock of PostgreSQL on each database that it serves. Where the runner runs and our channel does
        not (its capacity is 0), jobs wait without end.
        """
        high, low = divmod(PG_ADVISORY_LOCK_ID, 1 << 32)
        self.env.cr.execute(
            SQL(
                """
                SELECT EXISTS (
                           SELECT FROM pg_locks
                             JOIN pg_database ON pg_database.oid = pg_locks.database
                            WHERE pg_locks.locktype = 'advisory' AND pg_locks.granted
                              AND pg_locks.classid = %(high)s AND pg_locks.objid = %(low)s
                              AND pg_database.datname = current_database()
                       )
                   AND NOT EXISTS (
                           SELECT FROM queue_job
                            WHERE state = 'pending' AND model_name = %(model)s AND method_name = '_job_work_on'
                              AND COALESCE(eta, date_created) < %(long_ago)s
                       )
                """,
                high=high,
                low=low,
                model=self._name,
                long_ago=fields.Datetime.now() - PATIENCE,
            )
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _all_due(self, due):
        """The documents that :meth:`_claim` would take one after the other."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT exchange.id
                  FROM peppol_exchange AS exchange
             LEFT JOIN peppol_connection AS connection ON connection.id = exchange.connection_id
                 WHERE exchange.next_at <= %(now)s
                   AND (exchange.lease_until IS NULL OR exchange.lease_until <= %(now)s)
                   AND %(due)s
              ORDER BY exchange.next_at, exchange.id
                 LIMIT %(limit)s
                """,
                now=fields.Datetime.now(),
                due=due,
                limit=QUEUED_AT_ONCE,
            )
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())

    def _queue(self, method):
        """Queue a document once, however often it is found to be due before its job is run."""
        self.with_delay(
            identity_key=f"{self._name}/{self.id}/{method}",
            description=f"Peppol: {self.display_name}",
            # what can go wrong with a document is recorded on it, and comes back by itself
            max_retries=1,
        )._job_work_on(method, self.state)

    def _job_work_on(self, method, state):
        """Work on one document, unless it has moved on since it was queued, or another worker has it in hand.

        :param method: the worker's method
        :param state: the state in which the document was queued
        """
        exchange = self.sudo()._claim(  # sudo: see _work
            SQL(
                "exchange.id = %s AND exchange.state = %s"
                " AND (exchange.direction = 'in' OR connection.state = 'connected')",
                self.id,
                state,
            )
        )
        if exchange:
            exchange._end_transaction()
            exchange._attempt(getattr(type(exchange), method))
            exchange._end_transaction()
