# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..tools.html import as_list
from ..tools.settings import reference_date
from .digital_cheque_dossier_costs import BILLS
from .digital_cheque_dossier_stage import KNOWINGLY


class AccountMove(models.Model):
    """A vendor bill that would cost a dossier its aid says so before it is confirmed."""

    _inherit = "account.move"

    digital_cheque_warning = fields.Html(compute="_compute_digital_cheque_warning", string="Subsidy at Risk")
    digital_cheque_cost_ids = fields.One2many(
        "digital.cheque.dossier.cost",
        "move_id",
        string="Costs of Dossiers",
        groups="be_digital_cheque.group_digital_cheque_user",
    )

    def _digital_cheque_dossiers(self):
        """Return the dossiers that this bill concerns: those that hold its lines, or all of its provider.

        The provider's other dossiers are left alone where each line has its dossier already.
        """
        self.ensure_one()
        Dossier = self.env["digital.cheque.dossier"]
        if self.move_type not in BILLS:
            return Dossier
        # sudo: a bookkeeper without a role in the dossiers must be warned too
        costs = self.sudo().digital_cheque_cost_ids
        lines = self.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        return Dossier._concerned_by(
            self.partner_id, self.company_id, costs, all(line._origin in costs.move_line_id for line in lines)
        )

    def _digital_cheque_warnings(self):
        """Return pairs of (certain, text) about a draft bill."""
        self.ensure_one()
        if self.state != "draft" or self.move_type == "in_refund":
            return []
        dossiers = self._digital_cheque_dossiers()
        return dossiers and dossiers._cost_warnings(
            self.commercial_partner_id, self.invoice_date or reference_date(self)
        )

    @api.depends("partner_id", "invoice_date", "state", "move_type", "company_id")
    def _compute_digital_cheque_warning(self):
        for move in self:
            move.digital_cheque_warning = as_list(text for _certain, text in move._digital_cheque_warnings())

    def action_post(self):
        stop = self._digital_cheque_stop("action_post")
        return stop or super().action_post()

    def _digital_cheque_stop(self, method, proceed=None):
        """Return the dialog that asks to go on knowingly, or None where nothing is at risk or it was answered."""
        reason = self.env.context.get(KNOWINGLY)
        drafts = self.filtered(lambda move: move.move_type in BILLS and move.state == "draft")
        problems = [text for move in drafts for certain, text in move._digital_cheque_warnings() if certain]
        if not problems:
            return None
        if not reason:
            return self.env["digital.cheque.knowingly"]._ask(proceed or self, method, problems)
        for move in drafts:
            found = [text for certain, text in move._digital_cheque_warnings() if certain]
            if found:
                move._digital_cheque_dossiers()._log_knowingly(found, reason, document=move)
        return None
