# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

# Of a batch: how many documents are checked while the window is open, and how many are shown one by one
_CHECKED = 50
_SHOWN = 10


class BeEinvoiceCheck(models.Model):
    """What the screens show of checks, in JSON values and in the reader's language."""

    _inherit = "be.einvoice.check"

    @api.model
    def _status(self, move):
        """The state of one document, judged anew if it has changed.

        :return: dict with ``state`` (``ready``, ``problems``, ``not_applicable``, ``unchecked``), ``reason`` (a text),
            ``fatal`` and ``warning`` (counts), ``checked_at``, ``version``, ``received`` (made by others), ``resume``,
            ``draft``, ``holds_up`` (problems keep it from leaving) and ``findings`` (see ``_merged``)
        """
        received = move._einvoice_received()
        if not received:
            self._check_stale(move)
        # sudo: whoever may read the document (its salesperson, for one) may know what is wrong with it
        check = self.sudo().search([("move_id", "=", move.id)])
        check = check.with_context(lang=self.env.lang).with_user(self.env.user).sudo()
        status = {
            "state": check.state or "unchecked",
            "reason": dict(check._fields["reason"]._description_selection(self.env)).get(check.reason, ""),
            "fatal": check.fatal_count,
            "warning": check.warning_count,
            "checked_at": fields.Datetime.to_string(check.checked_at) if check else False,
            "version": check.version or "",
            "received": received,
            "resume": check.resume and move.peppol_move_state == "error",
            "draft": move.state == "draft",
            "holds_up": move.company_id.einvoice_hold_up,
            "findings": self._merged(check.finding_ids),
        }
        if received and not check:
            status["state"] = "not_applicable"
        return status

    @api.model
    def _merged(self, findings):
        """Findings as the screens list them: the same thing said of several lines is said once.

        :return: list of dicts with ``rule``, ``severity``, ``message``, ``count``, ``lines`` (positions) and ``remedy``
        """
        merged = {}
        for finding in findings:
            remedy = self.env["be.einvoice.remedy"]._for(finding)
            key = (finding.rule_id.id, remedy and (remedy["model"], remedy["id"]), finding.message)
            entry = merged.setdefault(
                key,
                {
                    "id": finding.id,
                    "rule": finding.rule_id.code,
                    "severity": finding.severity,
                    "message": finding.message,
                    "count": 0,
                    "remedy": remedy,
                },
            )
            entry["count"] += 1
        return list(merged.values())

    @api.model
    def get_batch_status(self, move_ids):
        """What a batch holds, before it is sent: which of its documents will not leave over Peppol, and why.

        :return: dict with ``checked``, ``faulty``, ``unchecked`` (counts), ``holds_up`` and ``documents``: for the
            first faulty ones, dicts with ``id``, ``name``, ``partner`` and ``findings``
        """
        moves = self.env["account.move"].browse(move_ids)
        moves.check_access("read")
        concerned = moves.filtered(lambda move: move._einvoice_leaves_over_peppol())
        self._check_stale(concerned[:_CHECKED])
        # sudo: as for one document
        checks = self.sudo().search([("move_id", "in", concerned.ids)])
        faulty = checks.filtered(lambda check: check.state == "problems").sorted(lambda check: check.move_id.name or "")
        return {
            "checked": len(checks),
            "faulty": len(faulty),
            "holds_up": all(faulty.company_id.mapped("einvoice_hold_up")),
            "unchecked": len(concerned) - len(checks),
            "documents": [
                {
                    "id": check.move_id.id,
                    "name": check.move_id.name,
                    "partner": check.move_id.commercial_partner_id.display_name,
                    "findings": self._merged(check.finding_ids.filtered(lambda finding: finding.severity == "fatal")),
                }
                for check in faulty[:_SHOWN]
            ],
        }
