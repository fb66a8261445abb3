# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL, split_every

from odoo.addons.account.models.company import PEPPOL_LIST

from ..checking.fingerprint import stale_query
from ..checking.memory import KNOWN, Known
from ..exchange.states import CORE_SENT

# Law of 6 February 2024: from this day on, invoices between Belgian businesses are structured e-invoices
_DUTY_FROM = date(2026, 1, 1)
# Between two commits of the background job
_BATCH = 100
# Background jobs among which the documents are shared out: one for each record in data/be_einvoice_cron.xml
_SHARES = 4
# What a person waits for at most, in documents; more are left to the background job
_AT_ONCE = 50
_RESUMED_AT_ONCE = 10
_ATTEMPTS = 3


class BeEinvoiceCheck(models.Model):
    _inherit = "be.einvoice.check"

    # ------------------------------------------------------------------------------------------------------------------
    # Checking documents now
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _check(self, moves):
        """Judge documents as they are now, and keep the verdicts; those on what others made stay as they are."""
        # sudo: as core does when it sends; a salesperson may see the invoice and not all that it is made of. Whether
        # they may see it is looked at where they ask
        ours = moves.sudo().filtered(lambda move: not move._einvoice_received()).with_context(**{KNOWN: Known()})
        fingerprints = self._fingerprints(ours)
        # what core reads line by line, for all of them at once
        ours.line_ids.fetch(["tax_ids", "tax_tag_ids"])
        verdicts = {}
        for move in ours:
            verdict = move._einvoice_not_applicable() or move.with_company(move.company_id)._einvoice_preview()
            if verdict is not None:
                verdicts[move] = verdict
        self._keep(verdicts, fingerprints)
        # sudo: the mark is the checks' own
        if self.sudo().search_count(
            [("move_id", "in", ours.ids), ("resume", "=", True), ("state", "=", "ready")], limit=1
        ):
            self._trigger()

    @api.model
    def _check_stale(self, moves):
        """Judge those of some documents that have changed, or that nobody has judged yet."""
        # sudo: whoever may read the document may know what is wrong with it
        known = {
            check.move_id.id: (check.fingerprint, check.reason or False)
            for check in self.sudo().search([("move_id", "in", moves.ids)])
        }
        fingerprints = self._fingerprints(moves)
        self._check(
            moves.filtered(
                # whether it has been sent, for one, is also told without a change of the document
                lambda move: known.get(move.id) != (fingerprints[move.id], move._einvoice_not_applicable())
            )
        )

    @api.model
    def _check_again(self, moves):
        now, later = moves[:_AT_ONCE], moves[_AT_ONCE:]
        self._check(now)
        if later:
            # sudo: only to have them checked again, by the background job
            self.sudo().search([("move_id", "in", later.ids)]).fingerprint = False
            self._trigger()
            message = self.env._(
                "%(now)s checked, %(later)s are being checked in the background.", now=len(now), later=len(later)
            )
        else:
            message = self.env._("%s checked.", len(now))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "info", "message": message, "next": {"type": "ir.actions.client", "tag": "soft_reload"}},
        }

    # ------------------------------------------------------------------------------------------------------------------
    # Checking in the background
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _unsent_domain(self):
        """Confirmed documents of all companies that should leave as e-invoices and have not."""
        partner = "commercial_partner_id"
        business = Domain(f"{partner}.is_company", "=", True) | Domain(f"{partner}.vat", "not in", (False, "", "/"))
        due = (
            Domain("invoice_date", ">=", _DUTY_FROM)
            & Domain("peppol_move_state", "not in", CORE_SENT)
            & Domain("ubl_cii_xml_file", "=", False)
            & business
            & Domain(f"{partner}.country_id.code", "in", list(PEPPOL_LIST))
        )
        asked_for = Domain("peppol_move_state", "in", ("ready", "to_send", "error"))
        return (
            Domain("state", "=", "posted")
            & Domain("move_type", "in", ("out_invoice", "out_refund"))
            & Domain("imported_from_einvoice", "=", False)
            & Domain("company_id.account_fiscal_country_id.code", "in", list(PEPPOL_LIST))
            & (due | asked_for)
        )

    @api.model
    def _listed_domain(self):
        """The checks whose findings the list of problems shows."""
        return [
            ("move_id.state", "=", "posted"),
            ("move_id.move_type", "in", ("out_invoice", "out_refund")),
            ("move_id.imported_from_einvoice", "=", False),
            ("move_id.peppol_move_state", "not in", CORE_SENT),
        ]

    @api.model
    def _stale_move_ids(self):
        """The ids of the unsent documents whose verdict is missing or out of date, the latest first."""
        # sudo: the background job works for all companies
        moves = self.env["account.move"].sudo().search(self._unsent_domain(), order="invoice_date DESC, id DESC")
        self.env.flush_all()
        self.env.cr.execute(stale_query(SQL, moves.ids, self._rules_in_force()))
        stale = {move_id for (move_id,) in self.env.cr.fetchall()}
        return [move_id for move_id in moves.ids if move_id in stale]

    @api.model
    def _cron_refresh(self):
        """Check what is new or has changed, a batch between two commits, and send what was held up and is mended.

        The documents are shared out by their ids among several jobs, which run at the same time where the server has
        several workers for them. A document is always in the same job's share: two never work on the same one.
        """
        stale = self._stale_move_ids()
        for share in range(2, _SHARES + 1):
            if self._of_share(stale, share):
                # sudo: the background job sets its helpers going
                self.env.ref(f"be_peppol_einvoice.ir_cron_einvoice_check_{share}").sudo()._trigger()
        if self._refresh_all(self._of_share(stale, 1)):
            self._resume_mended()

    @api.model
    def _cron_refresh_share(self, share):
        """Check what is new or has changed in one job's share of the documents."""
        self._refresh_all(self._of_share(self._stale_move_ids(), share))

    @api.model
    def _of_share(self, ids, share):
        return [move_id for move_id in ids if move_id % _SHARES + 1 == share]

    @api.model
    def _refresh_all(self, ids):
        """Whether all has been done: the time of a background job is limited."""
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(ids))
        for batch in split_every(_BATCH, ids):
            self._refresh_retrying(batch)
            if not cron._commit_progress(len(batch)):
                return False
        return True

    @api.model
    def _refresh_retrying(self, ids):
        """Check documents; once more where somebody else has written the same at the same moment."""
        for attempts_left in reversed(range(_ATTEMPTS)):
            try:
                self._refresh(ids)
                self.env.flush_all()
                return
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                if not attempts_left:
                    raise
                self.env.cr.rollback()
                self.env.invalidate_all(flush=False)

    @api.model
    def _refresh(self, ids):
        # someone else may be checking the same document at this moment
        free = self.sudo().search([("move_id", "in", ids)])
        taken = free - free.try_lock_for_update()
        moves = self.env["account.move"].sudo().browse(ids).exists() - taken.move_id
        for of_company in moves.grouped("company_id").values():
            self._check(of_company)
        self.env.invalidate_all()

    @api.model
    def _resume_mended(self):
        """Send over Peppol what someone wanted to send, was held up, and is in order now."""
        mended = self.sudo().search(
            [
                ("resume", "=", True),
                ("state", "=", "ready"),
                ("move_id.state", "=", "posted"),
                ("move_id.peppol_move_state", "=", "error"),
            ],
            limit=_RESUMED_AT_ONCE,
        )
        for check in mended:
            move = check.move_id
            sender = check.sender_id or self.env.user
            check.resume = False
            # the e-mail, if there was one, has gone out already
            self.env["account.move.send"].with_company(move.company_id)._generate_and_send_invoices(
                move,
                from_cron=True,
                sending_methods={"peppol"},
                author_user_id=sender.id,
                author_partner_id=sender.partner_id.id,
            )
            self.env["ir.cron"]._commit_progress(1)
        if len(mended) == _RESUMED_AT_ONCE:
            self._trigger()

    @api.model
    def _trigger(self, in_seconds=0):
        # sudo: anyone who works on invoices may set the background job going
        self.env.ref("be_peppol_einvoice.ir_cron_einvoice_check").sudo()._trigger(
            at=fields.Datetime.now() + timedelta(seconds=in_seconds)
        )
