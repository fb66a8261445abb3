# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..checking.fingerprint import fingerprint_query
from ..checking.verdict import Verdict
from ..en16931.rulesets import version

# More findings of one document than anyone reads; the counts say how many there are
_KEPT = 50


class BeEinvoiceCheck(models.Model):
    """The last verdict on one invoice or bill, in a table of its own.

    Writing it on the invoice itself would lock the invoice against its users while checks run in the background, and
    would change its date of last change, which is what says that a verdict is out of date.
    """

    _name = "be.einvoice.check"
    _description = "Check of an e-invoice"
    _rec_name = "move_id"
    _order = "checked_at DESC, id DESC"

    move_id = fields.Many2one(
        "account.move", string="Document", required=True, readonly=True, ondelete="cascade", bypass_search_access=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    state = fields.Selection(
        [("ready", "Ready"), ("problems", "Problems"), ("not_applicable", "Not applicable")],
        string="E-invoice",
        required=True,
        readonly=True,
        index=True,
    )
    reason = fields.Selection(
        [
            ("sent", "It has been sent as an e-invoice."),
            ("private", "The customer is a private person: no e-invoice is needed."),
            ("abroad", "The customer is established in a country that does not use Peppol."),
            ("no_customer", "No customer is filled in yet."),
            ("company", "The company's country does not use Peppol."),
            ("document", "No e-invoice is made of this kind of document."),
            ("not_ours", "The customer made this document (self-billing)."),
            ("cancelled", "The document is cancelled."),
        ],
        readonly=True,
    )
    fatal_count = fields.Integer(string="Problems", readonly=True)
    warning_count = fields.Integer(string="Warnings", readonly=True)
    rules = fields.Char(string="Rule set", readonly=True)
    version = fields.Char(string="Rules applied", readonly=True, help="The rules and their release.")
    checked_at = fields.Datetime(string="Checked on", required=True, readonly=True)
    fingerprint = fields.Char(
        readonly=True, help="What the document and all it is made of looked like; a change means: check again."
    )
    finding_ids = fields.One2many("be.einvoice.finding", "check_id", readonly=True)
    resume = fields.Boolean(
        string="Goes out once mended",
        readonly=True,
        help="Someone asked to send it, the check held the e-invoice up: it goes out by itself when the check finds it "
        "in order.",
    )
    sender_id = fields.Many2one("res.users", readonly=True, ondelete="set null")

    _move_unique = models.UniqueIndex("(move_id)")

    # ------------------------------------------------------------------------------------------------------------------
    # Keeping verdicts
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _keep(self, verdicts, fingerprints=None):
        """Replace what is known of some documents.

        :param verdicts: dict from move to its :class:`Verdict`, or to why it needs none (a key of ``reason``)
        :param fingerprints: dict from move id to fingerprint; without one, the documents' own now
        """
        if not verdicts:
            return
        moves = self.env["account.move"].union(*verdicts)
        if fingerprints is None:
            fingerprints = self._fingerprints(moves)
        check_ids = self._upsert(
            [self._check_values(move, verdict) for move, verdict in verdicts.items()], fingerprints
        )
        # sudo: verdicts are written by the checks, on the invoices of whoever works on them, and by nobody else
        findings = self.env["be.einvoice.finding"].sudo()
        findings.search([("check_id", "in", list(check_ids.values()))]).unlink()
        findings._write_down(
            [
                (check_ids[move.id], move, verdict)
                for move, verdict in verdicts.items()
                if isinstance(verdict, Verdict) and verdict.findings
            ],
            _KEPT,
        )

    @api.model
    def _check_values(self, move, verdict):
        if not isinstance(verdict, Verdict):
            return (move.id, move.company_id.id, "not_applicable", verdict, 0, 0, None, None)
        fatal = len(verdict.fatal)
        return (
            move.id,
            move.company_id.id,
            "problems" if fatal else "ready",
            None,
            fatal,
            len(verdict.findings) - fatal,
            verdict.rules or None,
            verdict.version or None,
        )

    @api.model
    def _upsert(self, rows, fingerprints):
        """dict from move id to check id. One statement: two people may open the same invoice at the same moment."""
        now = fields.Datetime.now()
        values = SQL(", ").join(
            SQL("(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", *row, fingerprints.get(row[0]), now) for row in rows
        )
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO be_einvoice_check AS known (
                            move_id, company_id, state, reason, fatal_count, warning_count, rules, version,
                            fingerprint, checked_at
                       )
                     VALUES %s
                ON CONFLICT (move_id) DO UPDATE
                        SET company_id = EXCLUDED.company_id,
                            state = EXCLUDED.state,
                            reason = EXCLUDED.reason,
                            fatal_count = EXCLUDED.fatal_count,
                            warning_count = EXCLUDED.warning_count,
                            rules = EXCLUDED.rules,
                            version = EXCLUDED.version,
                            fingerprint = EXCLUDED.fingerprint,
                            checked_at = EXCLUDED.checked_at
                  RETURNING known.move_id, known.id
                """,
                values,
            )
        )
        check_ids = dict(self.env.cr.fetchall())
        self.invalidate_model()
        self.env["account.move"].invalidate_model(["einvoice_check_ids"])
        return check_ids

    @api.model
    def _fingerprints(self, moves):
        """dict from move id to a digest of the moments when the document, and all it is made of, last changed."""
        if not moves:
            return {}
        self.env.flush_all()
        self.env.cr.execute(fingerprint_query(SQL, moves._origin.ids, self._rules_in_force()))
        return dict(self.env.cr.fetchall())

    @api.model
    def _rules_in_force(self):
        """A text that changes when documents would be judged otherwise: the official release, and this app's own."""
        # sudo: the version of an app is no secret
        app = self.env["ir.module.module"].sudo().search([("name", "=", "be_peppol_einvoice")])
        return f"{version('peppol', fields.Date.context_today(self))} {app.latest_version}"

    @api.model
    def _forget(self, companies):
        """Have all documents of some companies checked again, because what they are checked for has changed."""
        # sudo: only to have them checked again, by the background job
        self.sudo().search([("company_id", "in", companies.ids), ("fingerprint", "!=", False)]).fingerprint = False
        self._trigger()
