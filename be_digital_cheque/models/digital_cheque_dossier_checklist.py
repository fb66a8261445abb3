# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import deadlines
from ..tools.settings import reference_date
from .digital_cheque_dossier_step import ACT_FIELDS, PLANNED_FIELDS


class DigitalChequeDossier(models.Model):
    """The checklist of a dossier: the steps and the documents of the rules by which it is judged."""

    _inherit = "digital.cheque.dossier"

    next_deadline = fields.Date(compute="_compute_next_deadline", store=True, index=True)
    next_step_id = fields.Many2one("digital.cheque.dossier.step", compute="_compute_next_deadline", store=True)
    next_step_name = fields.Char(related="next_step_id.name", string="What Comes Next")
    deadline_state = fields.Selection(
        [("overdue", "Overdue"), ("soon", "Within two weeks"), ("later", "Later")], compute="_compute_deadline_state"
    )
    steps_done = fields.Char(compute="_compute_progress")
    documents_done = fields.Char(compute="_compute_progress", string="Documents There")
    newer_version_id = fields.Many2one(
        "digital.cheque.programme.version", compute="_compute_newer_version", string="Newer Rules"
    )

    @api.depends("step_ids.deadline", "step_ids.state", "state")
    def _compute_next_deadline(self):
        for dossier in self:
            waiting = dossier.step_ids.filtered(lambda step: step.state == "todo")
            if dossier.state in ("closed", "refused", "withdrawn"):
                waiting = waiting.browse()
            dated = waiting.filtered("deadline")
            first = dated.sorted(lambda step: (step.deadline, step.sequence, step.id))[:1]
            dossier.next_step_id = first or waiting[:1]
            dossier.next_deadline = first.deadline

    @api.depends("next_deadline")
    @api.depends_context("digital_cheque_date", "tz")
    def _compute_deadline_state(self):
        today = reference_date(self)
        for dossier in self:
            days = dossier.next_deadline and (dossier.next_deadline - today).days
            dossier.deadline_state = (
                False if not dossier.next_deadline else "overdue" if days < 0 else "soon" if days <= 14 else "later"
            )

    @api.depends("step_ids.state", "document_ids.state", "document_ids.mandatory", "document_ids.expires_on")
    def _compute_progress(self):
        for dossier in self:
            steps = dossier.step_ids.filtered(lambda step: step.state != "skipped")
            done = steps.filtered(lambda step: step.state == "done")
            needed = dossier.document_ids.filtered("mandatory")
            there = needed.filtered(lambda document: document._is_there())
            dossier.steps_done = f"{len(done)}/{len(steps)}"
            dossier.documents_done = f"{len(there)}/{len(needed)}"

    @api.depends("programme_id", "version_id")
    @api.depends_context("digital_cheque_date", "tz")
    def _compute_newer_version(self):
        today = reference_date(self)
        for dossier in self:
            current = dossier.programme_id._version_on(today) if dossier.programme_id else dossier.version_id
            mine = dossier.version_id
            newer = (
                current != mine
                and mine
                and current.date_from
                and (not mine.date_from or current.date_from > mine.date_from)
            )
            dossier.newer_version_id = current if newer else False

    def _act_dates(self):
        """Return the dates of the acts that took place, and of those that are planned: {act: date or None}."""
        dates = {act: self[name] or None for act, name in ACT_FIELDS.items()}
        for act, name in PLANNED_FIELDS.items():
            dates[act] = dates[act] or self[name] or None
        return dates

    def _step_limits(self):
        """Return the last day of each step, in the order that keeps the right to the aid: {step: date or None}."""
        steps = self.step_ids.sorted(lambda step: (step.sequence, step._origin.id or 0))
        dates = self._act_dates()
        limits = [deadlines.latest(step._rule(), dates) for step in steps]
        return dict(zip(steps, deadlines.in_order(limits), strict=True))

    def _take_over_procedure(self):
        """Replace the checklist by that of the rules; what was added by hand or already done stays."""
        for dossier in self:
            version = dossier.version_id
            dossier.step_ids.filtered(
                lambda step: (
                    step.programme_step_id
                    and step.programme_step_id.version_id != step.dossier_id.version_id
                    and not step.checked_on
                )
            ).unlink()
            dossier.document_ids.filtered(
                lambda document: (
                    document.programme_document_id
                    and document.programme_document_id.version_id != document.dossier_id.version_id
                    and not document.file
                )
            ).unlink()
            known_steps = dossier.step_ids.programme_step_id
            known_documents = dossier.document_ids.programme_document_id
            self.env["digital.cheque.dossier.step"].create(
                [
                    {
                        "dossier_id": dossier.id,
                        "programme_step_id": step.id,
                        "sequence": step.sequence,
                        "act": step.act,
                        "rule": step.deadline,
                        "anchor": step.anchor,
                        "days": step.days,
                        "keeps_right": step.keeps_right,
                    }
                    for step in version.step_ids - known_steps
                ]
            )
            self.env["digital.cheque.dossier.document"].create(
                [
                    {
                        "dossier_id": dossier.id,
                        "programme_document_id": document.id,
                        "sequence": document.sequence,
                        "kind": document.kind,
                        "needed_for": document.needed_for,
                        "mandatory": document.mandatory,
                    }
                    for document in version.document_ids - known_documents
                ]
            )

    def action_take_newer_version(self):
        """Judge by the rules of today instead: the user's choice, while the application is not sent."""
        for dossier in self:
            if dossier.newer_version_id:
                dossier.version_id = dossier.newer_version_id
