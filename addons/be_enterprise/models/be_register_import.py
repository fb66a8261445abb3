# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import os
import time
from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.modules import module

from ..register import load, store
from ..register.archive import open_archive
from ..register.errors import RegisterError

#: Seconds of work per run of the job: well under the usual limit for scheduled jobs (120 s), of which building the
#: largest index may need most.
SLICE = 40
LICENCE_PARAMETER = "be_enterprise.register_licence"
FOLDER_PARAMETER = "be_enterprise.register_folder"


class BeRegisterImport(models.Model):
    """One import of an edition of the register, from choosing the file to using it.

    The work is done by a scheduled job in slices; progress is kept beside the tables being built, so that buttons on
    this record never wait for the job.
    """

    _name = "be.register.import"
    _description = "Company Register Import"
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    path = fields.Char(string="File on the Server", required=True, readonly=True)
    file_name = fields.Char(string="File", readonly=True)
    source = fields.Selection(
        [("upload", "Upload"), ("path", "File on the server"), ("folder", "Scheduled folder")],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("queued", "Waiting"),
            ("running", "Running"),
            ("paused", "Paused"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        default="queued",
        required=True,
        readonly=True,
        index=True,
    )
    kind = fields.Selection([("full", "Full"), ("update", "Update")], string="Edition", readonly=True)
    number = fields.Integer(string="Extract Number", readonly=True)
    snapshot_date = fields.Date(string="Data Of", readonly=True)
    size = fields.Float(string="Size (MB)", digits=(16, 1), readonly=True, help="Of the unpacked files.")
    started_at = fields.Datetime(string="Started", readonly=True)
    finished_at = fields.Datetime(string="Finished", readonly=True)
    rows = fields.Float(string="Rows Read", digits=(16, 0), compute="_compute_progress")
    rows_done = fields.Float(digits=(16, 0), readonly=True)
    rejected = fields.Integer(string="Rows Left Out", compute="_compute_progress")
    rejected_done = fields.Integer(readonly=True)
    progress = fields.Float(string="Progress (%)", compute="_compute_progress")
    phase = fields.Char(compute="_compute_progress")
    rate = fields.Float(string="Rows per Second", digits=(16, 0), compute="_compute_progress")
    remaining = fields.Char(string="Time Left", compute="_compute_progress")
    error_code = fields.Char(readonly=True)
    error_details = fields.Json(readonly=True)
    error = fields.Text(string="What Went Wrong", compute="_compute_error")
    reject_ids = fields.One2many("be.register.reject", "import_id", string="Rows Left Out by Reason", readonly=True)

    @api.depends("kind", "number", "file_name")
    @api.depends_context("lang")
    def _compute_name(self):
        for record in self:
            if record.kind == "full":
                record.name = self.env._("Full edition %s", record.number)
            elif record.kind == "update":
                record.name = self.env._("Update %s", record.number)
            else:
                record.name = record.file_name or self.env._("Register file")

    # Creating -----------------------------------------------------------------------------------------------------

    @api.model
    def _start(self, path, source):
        """Check the file at ``path``, queue its import and wake the job; UserError in the user's words if it can't be.

        Nothing is read but what the zip says of itself; the rows are checked as they are loaded.
        """
        self.check_access("create")
        if not self._licence():
            raise UserError(self.env._("Accept the licence of the register first."))
        if self.search_count([("state", "in", ("queued", "running", "paused"))], limit=1):
            raise UserError(self.env._("Another import is not finished. Let it finish, or cancel it, first."))
        edition = self._edition(path)
        record = self.create(
            {
                "path": path,
                "file_name": os.path.basename(path),
                "source": source,
                "kind": edition.kind,
                "number": edition.number,
                "snapshot_date": edition.snapshot,
                "size": edition.size / 1e6,
            }
        )
        record._wake()
        return record

    @api.model
    def _edition(self, path):
        """Return the edition in a zip that can follow the register in use; UserError otherwise."""
        try:
            archive, edition = open_archive(path)
            archive.close()
            load.check_order(self.env["be.register"].state(), edition)
        except RegisterError as error:
            raise UserError(self._explain(error.code, error.details)) from error
        return edition

    @api.model
    def _licence(self):
        """Return who accepted the licence's terms and when, or an empty dict."""
        value = self.env["ir.config_parameter"].sudo().get_param(LICENCE_PARAMETER)
        return json.loads(value) if value else {}

    @api.model
    def _accept_licence(self):
        self.env["ir.config_parameter"].sudo().set_param(
            LICENCE_PARAMETER,
            json.dumps({"user": self.env.user.name, "date": fields.Date.to_string(fields.Date.context_today(self))}),
        )

    def _wake(self):
        self.env.ref("be_enterprise.cron_be_register_import")._trigger()

    # Buttons ------------------------------------------------------------------------------------------------------

    def action_pause(self):
        """Stop at the end of the current batch; what was read stays."""
        self.filtered(lambda record: record.state in ("queued", "running")).state = "paused"

    def action_resume(self):
        """Go on where the import was left, also after a failure whose cause is gone."""
        self.ensure_one()
        if self.state not in ("paused", "failed"):
            return
        others = self.search_count([("state", "in", ("queued", "running", "paused")), ("id", "!=", self.id)], limit=1)
        if others:
            raise UserError(self.env._("Another import is not finished. Let it finish, or cancel it, first."))
        self._edition(self.path)
        self.write({"state": "queued", "error_code": False, "error_details": False, "finished_at": False})
        self._wake()

    def action_cancel(self):
        """Throw away what was built. The register in use stays as it is."""
        self.ensure_one()
        if self.state not in ("queued", "running", "paused", "failed"):
            return
        if self.state == "running":
            # The job is at work on the tables: it cleans up when it sees this record's state.
            self._wake()
        else:
            load.abandon(self.env.cr, self.env["be.register"]._schema())
        self.write({"state": "cancelled", "finished_at": fields.Datetime.now()})
        self._remove_upload()

    # The job ------------------------------------------------------------------------------------------------------

    @api.model
    def _cron_run(self):
        """Work on the oldest unfinished import for a slice of time; the job comes back as long as there is work."""
        record = self.search([("state", "in", ("running", "queued"))], order="id", limit=1)
        if not record:
            if not self.search_count([("state", "in", ("paused", "failed"))], limit=1):
                load.abandon(self.env.cr, self.env["be.register"]._schema())
            return
        if record.state == "queued":
            record.write({"state": "running", "started_at": record.started_at or fields.Datetime.now()})
            record._commit()
        outcome = record._run_slice()
        if outcome == load.PAUSED and record._current_state() in ("running", "cancelled"):
            record._wake()
            record._commit(remaining=1)
        else:
            record._commit(remaining=0)

    def _run_slice(self, seconds=SLICE):
        """Work on this import for some seconds; return the engine's outcome, or "failed"."""
        self.ensure_one()
        job = load.Import(
            self.env.cr, self.path, schema=self.env["be.register"]._schema(), commit=self._commit, clock=time.monotonic
        )
        try:
            outcome = job.run(
                deadline=time.monotonic() + seconds,
                should_stop=lambda: self._current_state() != "running",
                progress=self._note,
            )
        except RegisterError as error:
            if error.code == "busy":
                return load.PAUSED
            self._rollback()
            self.write(
                {
                    "state": "failed",
                    "finished_at": fields.Datetime.now(),
                    "error_code": error.code,
                    "error_details": error.details,
                }
            )
            return "failed"
        if outcome == load.DONE:
            self._finish()
        return outcome

    def _finish(self):
        """Keep the import's figures and report with the record."""
        schema = self.env["be.register"]._schema()
        state = store.read_state(self.env.cr, schema)
        report = [
            {
                "import_id": self.id,
                "file": f"{file}.csv",
                "reason": reason,
                "count": count,
                "lines": ", ".join(map(str, lines[:20])),
            }
            for (file, reason), (count, lines) in store.read_rejects(self.env.cr, schema).items()
        ]
        self.env["be.register.reject"].create(report)
        self.env["be.nace.code"]._take_over(self.env["be.register"]._nace_titles())
        self.write(
            {
                "state": "done",
                "finished_at": fields.Datetime.now(),
                "rows_done": float(state["rows"]),
                "rejected_done": int(state["rejects"]),
            }
        )
        self._remove_upload()

    def _current_state(self):
        """Return the state as the last commit left it: a button may have changed it."""
        self.env.cr.execute("SELECT state FROM be_register_import WHERE id = %s", (self.id,))
        row = self.env.cr.fetchone()
        return row[0] if row else "cancelled"

    def _note(self, progress):
        """Keep the progress beside the tables being built: no button's transaction ever collides with it."""
        store.write_state(
            self.env.cr,
            store.following(self.env["be.register"]._schema()),
            {
                "progress": json.dumps(
                    {
                        "phase": progress.phase,
                        "rows": progress.rows,
                        "rejects": progress.rejects,
                        "fraction": progress.fraction,
                        "rate": progress.rate,
                        "remaining": progress.remaining,
                    }
                )
            },
        )

    def _commit(self, remaining=None):
        self.env.flush_all()
        if not module.current_test:
            self.env["ir.cron"]._commit_progress(remaining=remaining)
            self.env.invalidate_all()

    def _rollback(self):
        if not module.current_test:
            self.env.cr.rollback()
        self.env.invalidate_all()

    @api.model
    def _cron_scan_folder(self):
        """Import what the scheduled folder holds next: the newest full edition once, then each update in its turn."""
        folder = self.env["ir.config_parameter"].sudo().get_param(FOLDER_PARAMETER)
        if not folder or not self._licence():
            return self.browse()
        if self.search_count([("state", "in", ("queued", "running", "paused"))], limit=1):
            return self.browse()
        path = self._next_in_folder(folder)
        return self._start(path, "folder") if path else self.browse()

    @api.model
    def _next_in_folder(self, folder):
        """Return the path of the edition that comes next, or None. Files that are no editions are left alone."""
        state = self.env["be.register"].state()
        current = int(state["number"]) if state else None
        editions = []
        try:
            names = sorted(os.listdir(folder))
        except OSError as error:
            raise UserError(self.env._("The folder %s cannot be read by the server.", folder)) from error
        for name in names:
            path = os.path.join(folder, name)
            if not name.lower().endswith(".zip") or not os.path.isfile(path):
                continue
            try:
                archive, edition = open_archive(path)
            except RegisterError:
                continue
            archive.close()
            editions.append((edition.kind, edition.number, path))
        following = [path for kind, number, path in editions if kind == "update" and number == (current or 0) + 1]
        if current is not None and following:
            return following[0]
        full = max(((number, path) for kind, number, path in editions if kind == "full"), default=None)
        if full and (current is None or full[0] > current):
            return full[1]
        return None

    # Uploads ------------------------------------------------------------------------------------------------------

    @api.model
    def _upload_folder(self):
        """Return the folder of this database's uploads, which is made where it is not there."""
        folder = os.path.join(tools.config["data_dir"], "be_register", self.env.cr.dbname)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        return folder

    def _remove_upload(self):
        for record in self.filtered(lambda record: record.source == "upload"):
            if os.path.dirname(record.path) == self._upload_folder() and os.path.exists(record.path):
                os.unlink(record.path)

    @api.autovacuum
    def _gc_uploads(self):
        """Remove uploads that no import has used for a day."""
        folder = self._upload_folder()
        used = set(self.search([("state", "in", ("queued", "running", "paused", "failed"))]).mapped("path"))
        limit = time.time() - timedelta(days=1).total_seconds()
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            if path not in used and os.path.getmtime(path) < limit:
                os.unlink(path)

    # What the user reads --------------------------------------------------------------------------------------------

    @api.depends("state", "rows_done", "rejected_done")
    @api.depends_context("lang")
    def _compute_progress(self):
        build = {}
        if any(record.state in ("running", "paused", "failed") for record in self):
            build = store.read_state(self.env.cr, store.following(self.env["be.register"]._schema()))
        for record in self:
            mine = record.state in ("running", "paused", "failed") and (
                build.get("kind"),
                build.get("number"),
            ) == (record.kind, str(record.number))
            current = json.loads(build.get("progress", "{}")) if mine else {}
            done = record.state == "done"
            record.rows = record.rows_done if done else current.get("rows", 0)
            record.rejected = record.rejected_done if done else current.get("rejects", 0)
            record.progress = 100 if done else 100 * current.get("fraction", 0)
            record.phase = self._phase(current.get("phase")) if not done else False
            running = record.state == "running"
            record.rate = (current.get("rate") or 0) if running else 0
            record.remaining = self._duration(current.get("remaining")) if running else False

    @api.model
    def _phase(self, phase):
        return {
            "code": self.env._("Reading the codes"),
            "enterprise": self.env._("Reading the enterprises"),
            "establishment": self.env._("Reading the establishments"),
            "branch": self.env._("Reading the branches"),
            "denomination": self.env._("Reading the names"),
            "address": self.env._("Reading the addresses"),
            "contact": self.env._("Reading the contact details"),
            "activity": self.env._("Reading the activities"),
            "index": self.env._("Building the indexes"),
            "swap": self.env._("Taking the register into use"),
        }.get(phase, False)

    @api.model
    def _duration(self, seconds):
        if seconds is None:
            return False
        minutes = round(seconds / 60)
        if minutes < 1:
            return self.env._("less than a minute")
        if minutes == 1:
            return self.env._("about a minute")
        return self.env._("about %s minutes", minutes)

    @api.depends("error_code", "error_details")
    @api.depends_context("lang")
    def _compute_error(self):
        for record in self:
            record.error = self._explain(record.error_code, record.error_details or {}) if record.error_code else False

    @api.model
    def _explain(self, code, details):
        """Return what an error of the engine means for the user and what can be done, in their language."""
        details = {"name": "", "file": "", "line": 0, "missing": "", "column": "", **details}
        texts = {
            "missing": self.env._("The server cannot find or read this file. Check the path and the access rights."),
            "not_zip": self.env._(
                "This is not a zip file, or it was not downloaded completely. Download the register file again."
            ),
            "path": self.env._("The zip holds “%(name)s”, which is a folder or a link. The official file holds none."),
            "encrypted": self.env._("“%(name)s” in the zip is encrypted. The official file is not."),
            "compression": self.env._("“%(name)s” in the zip is packed in a way that the official file never is."),
            "bomb": self.env._("The zip would unpack to far more than the register: it was refused as a zip bomb."),
            "duplicate": self.env._("“%(name)s” is in the zip twice."),
            "members": self.env._("The zip holds too many files to be the register."),
            "not_register": self.env._(
                "This is not a KBO/BCE Open Data file: %(missing)s is missing in the zip. Choose the file named like "
                "KboOpenData_0140_2025_10_05_Full.zip."
            ),
            "damaged": self.env._("%(name)s is damaged in the zip. Download the register file again."),
            "meta": self.env._("The file meta.csv does not say which edition this is."),
            "encoding": self.env._(
                "%(file)s is not UTF-8 text (line %(line)s). Do not open and save it before importing."
            ),
            "header": self.env._("%(file)s does not have the column %(column)s."),
            "no_register": self.env._("This is an update. Import a full edition first."),
            "already": self.env._("Update %(number)s is already in the register, which is at %(current)s."),
            "gap": self.env._(
                "Update %(number)s cannot be imported yet: the register is at %(current)s and update %(missing)s comes "
                "first. Import the updates in order, or a newer full edition."
            ),
            "older": self.env._("This full edition (%(number)s) is older than the register in use (%(current)s)."),
            "busy": self.env._("Another import is running."),
            "no_space": self.env._(
                "The disk of the database server is full. The register in use is unchanged. Make room, then press "
                "Resume."
            ),
        }
        text = texts.get(code)
        return text % details if text else self.env._("The import failed (%s).", code)
