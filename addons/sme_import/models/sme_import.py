# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io
from itertools import islice

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..engine import cells, csvfile, dialects, mapper, targets
from ..engine.errors import CellError, ReadError
from ..engine.source import open_source
from .sme_import_target import KINDS

SAMPLES = 3
#: Words for signs: a sign would be no good name for a choice.
SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t", "bar": "|"}
DECIMAL_SIGNS = {"comma": ",", "point": "."}


class SmeImport(models.Model):
    """One file from another program, from choosing it to taking its records back."""

    _name = "sme.import"
    _description = "Data Import"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, string="What Is in the File", default="partners", required=True)
    state = fields.Selection(
        [
            ("draft", "File"),
            ("mapping", "Columns"),
            ("review", "Check"),
            ("running", "Under way"),
            ("done", "Done"),
            ("undone", "Taken back"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    task = fields.Selection(
        [("check", "Checking the rows"), ("load", "Bringing the rows in"), ("undo", "Taking the records back")],
        string="Now",
        readonly=True,
        copy=False,
    )
    file = fields.Binary(attachment=True, required=True)
    file_name = fields.Char()
    recognised = fields.Char(string="Recognised As", compute="_compute_recognised")
    file_format = fields.Char(readonly=True)
    found_encoding = fields.Char(readonly=True)
    found_delimiter = fields.Char(readonly=True)
    sheets = fields.Char(readonly=True)
    dialect = fields.Selection(
        [("winbooks", "WinBooks"), ("octopus", "Octopus"), ("exact", "Exact Online")],
        string="Program",
        readonly=True,
    )
    encoding = fields.Selection([(name, name) for name in csvfile.ENCODINGS], help="Empty: found out by itself.")
    delimiter = fields.Selection(
        [("semicolon", "Semicolon"), ("comma", "Comma"), ("tab", "Tab"), ("bar", "Bar")],
        string="Separator",
        help="Empty: found out by itself.",
    )
    sheet = fields.Char(help="Name of the sheet of the workbook. Empty: the first with something on it.")
    header_line = fields.Integer(string="Line of the Titles", help="0: found out by itself.")
    decimal_sign = fields.Selection(
        [("comma", "Comma: 1.234,56"), ("point", "Point: 1,234.56")],
        help="Empty: found out from the amounts in the file.",
    )
    role = fields.Selection(
        [("customer", "Customers"), ("supplier", "Suppliers"), ("both", "Both")],
        string="They Are",
        default="both",
        required=True,
        help="For rows of which no column says it.",
    )
    shared = fields.Boolean(
        string="For All Companies",
        default=lambda self: self.env["res.company"].sudo().search_count([], limit=2) == 1,  # sudo: a count only
        help="The records can be used by every company of this database.",
    )
    existing = fields.Selection(
        [("complete", "Fill in what is empty in them"), ("skip", "Leave them as they are")],
        string="Records That Are There",
        default="complete",
        required=True,
    )
    sign = fields.Selection(
        [
            ("document", "An invoice is positive, a credit note negative"),
            ("ledger", "Debit is positive, credit negative"),
        ],
        string="Amounts",
        default="document",
        required=True,
    )
    opening_date = fields.Date(default=lambda self: fields.Date.context_today(self).replace(month=1, day=1))
    journal_id = fields.Many2one(
        "account.journal",
        domain="[('type', '=', 'general'), ('company_id', '=', company_id)]",
        check_company=True,
        help="A journal of its own keeps the opening entries apart.",
    )
    opening_account_id = fields.Many2one(
        "account.account",
        domain="[('company_ids', 'in', company_id), ('active', '=', True)]",
        check_company=True,
        help="Open items and opening balances meet on it: once both are in, it is back to zero.",
    )
    create_accounts = fields.Boolean(
        string="Make Missing Accounts", help="With the type of the account whose number is closest."
    )
    difference = fields.Monetary(readonly=True, help="Debit minus credit of all rows.")
    column_ids = fields.One2many("sme.import.column", "import_id", string="Columns")
    row_ids = fields.One2many("sme.import.row", "import_id", string="Rows", readonly=True)
    attention_ids = fields.Many2many("sme.import.row", compute="_compute_attention", string="To Look At First")
    row_count = fields.Integer(string="Rows in the File", readonly=True)
    ready_count = fields.Integer(string="Ready", readonly=True)
    fixed_count = fields.Integer(string="Please Look", readonly=True)
    existing_count = fields.Integer(string="Already There", readonly=True)
    refused_count = fields.Integer(string="Cannot Go In", readonly=True)
    chosen_count = fields.Integer(string="Will Go In", readonly=True)
    in_count = fields.Integer(string="In", readonly=True)
    out_count = fields.Integer(string="Not In", readonly=True)
    skipped_count = fields.Integer(string="Deleted in the File", readonly=True)
    done_count = fields.Integer(readonly=True)
    progress = fields.Float(string="Progress (%)", compute="_compute_progress")
    runner_id = fields.Many2one("res.users", string="Started By", readonly=True, copy=False)
    started_at = fields.Datetime(string="Started", readonly=True)
    finished_at = fields.Datetime(string="Finished", readonly=True)
    problem = fields.Text(string="What Went Wrong", readonly=True)

    @api.depends("file_name", "kind")
    def _compute_name(self):
        for record in self:
            record.name = record.file_name or dict(KINDS).get(record.kind)

    @api.depends("file_format", "found_encoding", "found_delimiter", "dialect", "sheet", "sheets")
    @api.depends_context("lang")
    def _compute_recognised(self):
        formats = {"csv": self.env._("Text (CSV)"), "xlsx": "Excel", "dbf": "dBase"}
        words = dict(self._fields["delimiter"]._description_selection(self.env))
        separators = {sign: words[word] for word, sign in SEPARATORS.items()}
        programs = dict(self._fields["dialect"]._description_selection(self.env))
        for record in self:
            parts = [
                programs.get(record.dialect),
                formats.get(record.file_format),
                record.found_encoding,
                separators.get(record.found_delimiter),
                record.sheet,
            ]
            record.recognised = " · ".join(part for part in parts if part)

    @api.depends("done_count", "row_count", "chosen_count", "task", "state")
    def _compute_progress(self):
        for record in self:
            total = record.row_count if record.task == "check" else max(record.chosen_count, record.in_count)
            finished = record.state in ("done", "undone")
            record.progress = 100 if finished else 100 * record.done_count / total if total else 0

    @api.depends("state", "row_count", "chosen_count")
    def _compute_attention(self):
        order = ("refused", "fixed", "existing", "ready")
        rows = self.env["sme.import.row"]
        for record in self:
            found = rows
            for verdict in order:
                if len(found) < 40 and record.ids:
                    found += rows.search(
                        [("import_id", "in", record.ids), ("verdict", "=", verdict)], limit=40 - len(found)
                    )
            record.attention_ids = found

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_runner(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_runner(vals)
        return super().write(vals)

    @api.model
    def _check_runner(self, vals):
        """The job works with the rights of the runner: nobody may name somebody else."""
        if vals.get("runner_id") and vals["runner_id"] != self.env.uid and not self.env.su:
            raise AccessError(self.env._("An import runs with the rights of the user who starts it."))

    # Files -----------------------------------------------------------------------------------------------------------

    def _stream(self):
        self.ensure_one()
        # sudo: the file of a record that the user may read
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_field", "=", "file"), ("res_id", "=", self.id)], limit=1)
        )
        return io.BytesIO(attachment.raw or b"")

    def _open(self):
        """Return the engine's reader of the file; UserError in the user's words where it cannot be read."""
        try:
            return open_source(
                self._stream(),
                encoding=self.encoding or None,
                delimiter=SEPARATORS.get(self.delimiter),
                sheet=self.sheet or None,
                header_line=self.header_line or None,
            )
        except ReadError as error:
            raise UserError(self.env["sme.import.note"]._read_error(error)) from error

    def _rows_of(self, source):
        """Yield the rows of a reader; a fault that shows only on the way is told in the user's words."""
        try:
            yield from source.rows()
        except ReadError as error:
            raise UserError(self.env["sme.import.note"]._read_error(error)) from error

    # Buttons ---------------------------------------------------------------------------------------------------------

    def action_read(self):
        """Look at the file and propose what each column holds."""
        self.ensure_one()
        if self.state not in ("draft", "mapping", "review"):
            raise UserError(self.env._("This file has been imported. Start a new import for another one."))
        self._loader()._check_rights()
        source = self._open()
        kind = dialects.kind_of(source.header)
        if self.state == "draft" and kind and not dialects.recognise(source.header, self.kind):
            self.kind = kind
        dialect = dialects.recognise(source.header, self.kind)
        remembered = self.env["sme.import.memory"]._recall(self.company_id, self.kind, source.header)
        chosen = mapper.guess(source.header, self.kind, dialect=dialect, remembered=remembered)
        target_ids = {
            target.code: target.id for target in self.env["sme.import.target"].search([("kind", "=", self.kind)])
        }
        first = list(islice((row for _line, row in self._rows_of(source)), 50))
        self._forget_rows()
        self.write(
            {
                "state": "mapping",
                "problem": False,
                "file_format": source.format,
                "found_encoding": source.encoding,
                "found_delimiter": source.delimiter,
                "sheets": ", ".join(source.sheets),
                "sheet": source.sheet,
                "dialect": dialect.name if dialect else False,
                "sign": "ledger" if dialect and dialect.name == "winbooks" else self.sign,
                "column_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "position": place,
                                "title": title,
                                "sample": self._sample(first, place),
                                "target_id": target_ids.get(chosen[place]),
                            }
                        )
                        for place, title in enumerate(source.header)
                    ),
                ],
            }
        )
        self._loader()._prepare_defaults()

    @api.model
    def _sample(self, rows, place):
        found = []
        for row in rows:
            try:
                text = cells.text(row[place]) if place < len(row) else ""
            except CellError as error:
                text = error.value
            if text and text not in found:
                found.append(text)
            if len(found) == SAMPLES:
                break
        return " | ".join(found)[:200]

    def _mapping(self):
        """Return the target code, or "", of each column in order; UserError where something necessary is missing."""
        self.ensure_one()
        columns = self.column_ids.sorted("position")
        chosen = [column.target_id.code or "" for column in columns]
        used = [code for code in chosen if code]
        twice = columns.filtered(lambda column: column.target_id and used.count(column.target_id.code) > 1)
        if twice:
            raise UserError(
                self.env._(
                    "Two columns hold the same: %s. Choose one, and empty the other.",
                    ", ".join(twice.mapped("title")),
                )
            )
        names = {
            target.code: target.name for target in self.env["sme.import.target"].search([("kind", "=", self.kind)])
        }
        for group in targets.missing(self.kind, used):
            raise UserError(
                self.env._("Say which column holds one of these: %s.", ", ".join(names[code] for code in group))
            )
        return chosen

    def action_check(self):
        """Judge every row; large files in the background."""
        self.ensure_one()
        if self.state not in ("mapping", "review"):
            return
        mapping = self._mapping()
        self._loader()._check_rights()
        self._loader()._check_choices()
        titles = self.column_ids.sorted("position").mapped("title")
        self.env["sme.import.memory"]._remember(self.company_id, self.kind, titles, mapping)
        self._start("check")

    def action_load(self):
        """Bring the chosen rows in; large files in the background."""
        self.ensure_one()
        if self.state != "review":
            return
        self._loader()._check_rights()
        self._loader()._check_choices()
        self._loader()._check_whole()
        if not self.chosen_count:
            raise UserError(self.env._("No row is to be brought in."))
        self._start("load")

    def action_back(self):
        """Back to the columns; the verdicts are thrown away."""
        self.filtered(lambda record: record.state == "review").action_read_again()

    def action_read_again(self):
        """Throw the verdicts away and choose the columns anew."""
        self._forget_rows()
        self.write({"state": "mapping", "task": False, "problem": False})

    def action_rows(self):
        """List the rows, those of a verdict or result where the context says which."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sme_import.action_sme_import_row")
        action["domain"] = [("import_id", "=", self.id)]
        action["context"] = {f"search_default_{name}": 1 for name in (self.env.context.get("row_filter"),) if name}
        return action

    def action_report(self):
        """Download the report of every row."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/sme_import/report/{self.id}.xlsx", "target": "download"}

    def action_records(self):
        """Open what the import made."""
        self.ensure_one()
        return self._loader()._action_records()

    # Counting --------------------------------------------------------------------------------------------------------

    def _loader(self):
        """Return the model that knows this kind of import, bound to this import."""
        self.ensure_one()
        return self.env[f"sme.import.load.{self.kind}"].with_context(sme_import_id=self.id)

    def _all_rows(self):
        """The model of the rows, for the import itself."""
        # sudo: what becomes of a row is the import's to write, nobody's by hand
        return self.env["sme.import.row"].sudo()

    def _forget_rows(self):
        self.env["sme.import.row"].flush_model()
        # by SQL: nothing hangs on the rows of an import that has not begun
        self.env.cr.execute(SQL("DELETE FROM sme_import_row WHERE import_id = ANY(%s)", self.ids))
        self.env["sme.import.row"].invalidate_model()
        self.invalidate_recordset(["row_ids"])

    def _count(self):
        """Count the rows by verdict, choice and result."""
        self.env["sme.import.row"].flush_model()
        for record in self:
            [(total, ready, fixed, existing, refused, chosen, inside, outside)] = self.env.execute_query(
                SQL(
                    """
                    SELECT count(*),
                           count(*) FILTER (WHERE verdict = 'ready'), count(*) FILTER (WHERE verdict = 'fixed'),
                           count(*) FILTER (WHERE verdict = 'existing'), count(*) FILTER (WHERE verdict = 'refused'),
                           count(*) FILTER (WHERE action <> 'skip'),
                           count(*) FILTER (WHERE state = 'in'), count(*) FILTER (WHERE state = 'out')
                      FROM sme_import_row WHERE import_id = %s
                    """,
                    record.id,
                )
            )
            record.write(
                {
                    "row_count": total,
                    "ready_count": ready,
                    "fixed_count": fixed,
                    "existing_count": existing,
                    "refused_count": refused,
                    "chosen_count": chosen,
                    "in_count": inside,
                    "out_count": outside,
                }
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_running(self):
        if self.filtered(lambda record: record.state == "running"):
            raise UserError(self.env._("An import that is under way cannot be deleted."))
