# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

from psycopg2.extensions import TransactionRollbackError

from odoo import api, fields, models, modules
from odoo.tools import SQL

from ..exchange import states

_logger = logging.getLogger(__name__)

# How long a worker may have a document in hand: longer than its calls can take. After a crash the next worker takes the
# document up when this has passed.
LEASE = timedelta(minutes=10)
BATCH = 200


class PeppolExchange(models.Model):
    """How the workers share the documents: a lease on one at a time, and a transaction for each."""

    _inherit = "peppol.exchange"

    @api.model
    def _claim(self, due):
        """Take one document that is due in hand.

        :param SQL due: condition on ``exchange`` and its ``connection``
        :return: the exchange, or an empty one if none is due or free
        """
        now = fields.Datetime.now()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE peppol_exchange
                   SET lease_until = %(until)s
                 WHERE id = (
                           SELECT exchange.id
                             FROM peppol_exchange AS exchange
                        LEFT JOIN peppol_connection AS connection ON connection.id = exchange.connection_id
                            WHERE exchange.next_at <= %(now)s
                              AND (exchange.lease_until IS NULL OR exchange.lease_until <= %(now)s)
                              AND %(due)s
                         ORDER BY exchange.next_at, exchange.id
                            LIMIT 1
                       FOR UPDATE OF exchange SKIP LOCKED
                       )
             RETURNING id
                """,
                now=now,
                until=now + LEASE,
                due=due,
            )
        )
        found = self.browse(row[0] for row in self.env.cr.fetchall())
        found.invalidate_recordset()
        return found

    @api.model
    def _work(self, due, job, limit=BATCH):
        """Do a job on all that is due, each in a transaction of its own.

        :param job: callable that takes one exchange; what it raises is recorded on the exchange by ``_stumbled``
        :return: number of documents done
        """
        done = 0
        while done < limit:
            try:
                exchange = self.sudo()._claim(due)  # sudo: see _begin
            except TransactionRollbackError:
                # another worker took it between our looking and our taking
                self.env.cr.rollback()
                continue
            if not exchange:
                return done
            left = self._end_transaction()
            exchange._attempt(job)
            done += 1
            left = self._end_transaction(1)
            if left <= 0:
                break
        return done

    def _attempt(self, job):
        try:
            job(self)
            self.env.flush_all()
        except TransactionRollbackError:
            # someone changed the same records meanwhile: nothing is wrong with the document, which is taken up again
            # in a minute
            self.env.cr.rollback()
            self.env.invalidate_all()
            self.lease_until = fields.Datetime.now() + timedelta(minutes=1)
        except Exception as error:
            if modules.module.current_test:
                raise
            self.env.cr.rollback()
            self.env.invalidate_all()
            _logger.exception("The Peppol exchange %s went wrong", self.id)
            self._stumbled(error)

    def _stumbled(self, error):
        """Something that nobody foresaw: no endless loop over the same document, and someone gets to see it."""
        if self.state not in states.GONE:
            self._step("fail", "unexpected", f"{type(error).__name__}: {error}"[:2000])
        else:
            self.write({"lease_until": False, "next_at": fields.Datetime.now() + timedelta(hours=1)})

    @api.model
    def _end_transaction(self, processed=0):
        """Commit; return the seconds that are left to the running job. A test's transaction is never ended."""
        self.env.flush_all()
        if modules.module.current_test:
            return float("inf")
        return self.env["ir.cron"]._commit_progress(processed)
