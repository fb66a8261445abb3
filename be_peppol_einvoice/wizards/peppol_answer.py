# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..exchange import response
from ..models.peppol_response import ACTIONS, REASONS


class PeppolAnswer(models.TransientModel):
    """Telling a supplier by hand what becomes of the bill: in the user's words, sent as Peppol's codes."""

    _name = "peppol.answer"
    _description = "Answer to a supplier's e-invoice"

    move_id = fields.Many2one("account.move", string="Bill", required=True)
    partner_id = fields.Many2one(related="move_id.commercial_partner_id", string="Supplier")
    code = fields.Selection(selection="_selection_code", string="Answer", required=True)
    reason = fields.Selection(REASONS)
    explanation = fields.Text(help="The supplier reads this.")
    action = fields.Selection(ACTIONS, string="What you ask for")
    action_explanation = fields.Char(string="In your words")
    needs_reason = fields.Boolean(compute="_compute_needs_reason")
    cancel_bill = fields.Boolean(
        compute="_compute_cancel_bill", store=True, readonly=False, string="Cancel the bill as well"
    )
    can_cancel = fields.Boolean(compute="_compute_can_cancel")
    told = fields.Text(compute="_compute_told", string="Told so far")
    taken = fields.Selection(
        [("yes", "Yes"), ("no", "No"), ("unknown", "Unknown")], compute="_compute_told", string="Takes answers"
    )

    @api.model
    def _selection_code(self):
        texts = {
            "IP": self.env._("We are working on it"),
            "UQ": self.env._("We have a question"),
            "CA": self.env._("We accept it under conditions"),
            "RE": self.env._("We refuse it"),
            "AP": self.env._("We accept it"),
        }
        move = self.env["account.move"].browse(self.env.context.get("default_move_id", ())).exists()
        possible = move._einvoice_open_answers() if move else texts
        return [(code, text) for code, text in texts.items() if code in possible]

    @api.depends("code")
    def _compute_needs_reason(self):
        for answer in self:
            answer.needs_reason = answer.code in response.CLARIFIED

    @api.depends("code", "move_id")
    def _compute_can_cancel(self):
        for answer in self:
            answer.can_cancel = answer.code == "RE" and answer.move_id.state == "draft"

    @api.depends("code", "move_id")
    def _compute_cancel_bill(self):
        for answer in self:
            answer.cancel_bill = answer.can_cancel

    @api.depends("move_id")
    def _compute_told(self):
        for answer in self:
            about = answer.move_id._einvoice_answerable()
            given = answer.env["peppol.response"]._given(about).sorted("id") if about else ()
            codes = dict(answer.env["peppol.response"]._fields["code"]._description_selection(answer.env))
            answer.told = ", ".join(codes[one.code] for one in given) or False
            takes = about._takes_responses() if about else None
            answer.taken = {True: "yes", False: "no"}.get(takes, "unknown")

    def action_answer(self):
        """Queue the answer; it leaves when the supplier is known to take it."""
        self.ensure_one()
        self.move_id.check_access("write")
        if self.needs_reason and not self.reason:
            raise UserError(self.env._("Choose a reason: the supplier needs it to put things right."))
        if self.reason == "OTH" and not (self.explanation or "").strip():
            raise UserError(self.env._("Explain the other reason."))
        if self.action == "OTH" and not (self.action_explanation or "").strip():
            raise UserError(self.env._("Explain what else you ask for."))
        if self.code not in self.move_id._einvoice_open_answers():
            raise UserError(
                self.env._(
                    "This answer cannot follow what the supplier was told before. Tell the supplier in another way."
                )
            )
        # what can be chosen changes with the answer that is given
        title = dict(self._selection_code())[self.code]
        given = self.env["peppol.response"]._give(
            self.move_id, self.code, self._clarifications(), self._note(), automatic=False
        )
        self.move_id._message_log(
            body=self.env._(
                "The supplier is told over Peppol: %s",
                "; ".join([title, *(given.summary or "").splitlines()]),
            )
        )
        if self.cancel_bill and self.can_cancel:
            self.move_id.button_cancel()
        return {"type": "ir.actions.act_window_close"}

    def _clarifications(self):
        chosen = []
        if self.reason:
            chosen.append(
                {"list": response.REASON, "code": self.reason, "text": (self.explanation or "").strip()},
            )
        if self.action:
            text = (self.action_explanation or "").strip() if self.action == "OTH" else ""
            chosen.append({"list": response.ACTION, "code": self.action, "text": text})
        return chosen

    def _note(self):
        """What is explained without a reason that could carry it."""
        return "" if self.reason else (self.explanation or "").strip()
