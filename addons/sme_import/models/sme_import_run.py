# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
import time

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.modules import module
from odoo.tools import SQL

from ..engine import dialects, reading
from ..engine.verdict import Verdict
from .sme_import import DECIMAL_SIGNS

_logger = logging.getLogger(__name__)

#: Bytes up to which a file is checked, and rows up to which one is brought in, while the user waits.
AT_ONCE_BYTES = 200_000
AT_ONCE_ROWS = 200
#: Seconds of work per run of the job.
SLICE = 40
CHECK_BATCH = 1000
LOAD_BATCH = 250


class SmeImport(models.Model):
    _inherit = "sme.import"

    def _start(self, task):
        """Begin a ``task``: at once where it is small, otherwise in the background."""
        self.ensure_one()
        self.write(
            {
                "state": "running",
                "task": task,
                "done_count": 0,
                "problem": False,
                "runner_id": self.env.uid,
                "started_at": fields.Datetime.now(),
                "finished_at": False,
            }
        )
        small = len(self._stream().getbuffer()) <= AT_ONCE_BYTES if task == "check" else self.row_count <= AT_ONCE_ROWS
        if small:
            self._work(None)
        else:
            # sudo: whoever imports may wake the job
            self.env.ref("sme_import.cron_sme_import").sudo()._trigger()

    @api.model
    def _cron_run(self):
        """Work on the oldest import that is under way, with the rights of the user who started it."""
        record = self.search([("state", "=", "running")], order="id", limit=1)
        if not record:
            return
        own = record.with_user(record.runner_id).with_context(
            allowed_company_ids=record.company_id.ids, lang=record.runner_id.lang
        )
        try:
            finished = own._work(time.monotonic() + SLICE)
        except psycopg2.errors.TransactionRollbackError:
            # somebody else wrote at the same time: what was committed stays, and the job comes back at once
            self._rollback()
            finished = False
        except UserError as error:
            self._rollback()
            record._stop(str(error))
            finished = True
        except Exception:
            # an import that nobody can go on with must not look as if it were under way for ever
            _logger.exception("Import %s cannot go on", record.id)
            self._rollback()
            record._stop(self.env._("Something unexpected happened; the server's log says what. Nothing is lost."))
            finished = True
        more = self.search_count([("state", "=", "running")], limit=1)
        if not finished or more:
            self.env.ref("sme_import.cron_sme_import")._trigger()
        record._commit(remaining=more)

    def _work(self, deadline):
        """Go on with the task until it is finished or the ``deadline`` (monotonic seconds) is past; tell if it is."""
        self.ensure_one()
        work = self.with_company(self.company_id).with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        )
        return getattr(work, f"_task_{self.task}")(deadline)

    def _stop(self, problem):
        """End a task that cannot go on, with what the user has to know."""
        self.ensure_one()
        before = {"check": "mapping", "load": "review", "undo": "done"}[self.task]
        if self.task == "load" and self.env["sme.import.row"].search_count(
            [("import_id", "=", self.id), ("state", "=", "in")], limit=1
        ):
            before = "done"
        self.write({"state": before, "task": False, "problem": problem, "finished_at": fields.Datetime.now()})
        self._count()

    def _end(self, state):
        self.write({"state": state, "task": False, "finished_at": fields.Datetime.now()})
        self._count()

    def _commit(self, remaining=None):
        """Keep what was done, in the job; while a user waits, one transaction holds the whole."""
        self.env.flush_all()
        if self.env.context.get("ir_cron_progress_id") and not module.current_test:
            self.env["ir.cron"]._commit_progress(remaining=remaining)
        self.env.invalidate_all()

    @api.model
    def _rollback(self):
        if not module.current_test:
            self.env.cr.rollback()
        self.env.invalidate_all()

    # Checking --------------------------------------------------------------------------------------------------------

    def _task_check(self, _deadline):
        """Read the whole file and keep each row with its verdict; begins anew where it was cut off."""
        self._forget_rows()
        source = self._open()
        mapping = self._mapping()
        dialect = dialects.recognise(source.header, self.kind)
        if len(source.header) != len(mapping):
            raise UserError(self.env._("The file has other columns than before. Read it again."))
        first = []
        for _line, row in self._rows_of(source):
            first.append(row)
            if len(first) == reading.LEARN_FROM:
                break
        styles = reading.styles(first, mapping, self.kind)
        if self.decimal_sign:
            styles = {
                code: type(style)(decimal=DECIMAL_SIGNS[self.decimal_sign], month_first=style.month_first)
                for code, style in styles.items()
            }
        loader = self._loader()
        facts = loader._facts()
        batch = []
        for line, row in self._rows_of(source):
            verdict = Verdict()
            found = reading.read(row, mapping, self.kind, verdict, styles=styles, dialect=dialect)
            loader._judge(found, verdict, facts)
            batch.append((line, row, verdict))
            if len(batch) == CHECK_BATCH:
                self._keep(loader, facts, batch)
                batch = []
        self._keep(loader, facts, batch)
        self.skipped_count = source.skipped
        self._end("review")
        loader._finish_check()
        return True

    def _keep(self, loader, facts, batch):
        """Look for what is there already, and store a batch of judged rows."""
        if not batch:
            return
        loader._match(batch, facts)
        self._all_rows().create([loader._row_values(*entry, facts) for entry in batch])
        self.row_count = self.done_count = self.done_count + len(batch)
        self._commit()

    # Bringing in -----------------------------------------------------------------------------------------------------

    def _task_load(self, deadline):
        """Bring rows in, batch by batch; a row that Odoo refuses stays out with Odoo's reason, alone."""
        loader = self._loader()
        rows = self._all_rows()
        if not self.done_count:
            rows.flush_model()
            self.env.cr.execute(
                SQL(
                    "UPDATE sme_import_row SET state = 'out' WHERE import_id = %s AND action = 'skip'"
                    " AND state = 'waiting'",
                    self.id,
                )
            )
            rows.invalidate_model(["state"])
        while True:
            waiting = rows.search(
                [("import_id", "=", self.id), ("state", "=", "waiting")],
                limit=loader._batch_size or None,
                order="id",
            )
            if not waiting:
                break
            self._load_rows(loader, waiting)
            self.done_count += len(waiting)
            self._commit()
            if deadline is not None and time.monotonic() > deadline:
                return False
        self._end("done")
        return True

    def _load_rows(self, loader, rows):
        """Bring ``rows`` in together, or where that fails each half by itself, down to the row at fault."""
        try:
            with self.env.cr.savepoint():
                loader._load(rows)
            return
        except psycopg2.errors.TransactionRollbackError:
            raise
        except (UserError, ValidationError, psycopg2.Error, ValueError) as error:
            if not loader._batch_size:
                raise UserError(self._reason(error)) from error
            if len(rows) == 1:
                _logger.info("Row %s of import %s is refused: %s", rows[:1].line, self.id, type(error).__name__)
                rows.write({"state": "out", "error": self._reason(error)})
                return
        half = len(rows) // 2
        self._load_rows(loader, rows[:half])
        self._load_rows(loader, rows[half:])

    @api.model
    def _reason(self, error):
        """Return what Odoo or the database says, in one line."""
        if isinstance(error, psycopg2.Error):
            text = (error.diag.message_primary or "") if error.diag else ""
            return self.env._("The database refuses this row: %s", text)
        return " ".join(str(error).split())[:500]
