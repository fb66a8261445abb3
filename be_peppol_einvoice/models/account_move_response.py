# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import formatLang

from ..exchange import response


class AccountMove(models.Model):
    """Answers to e-invoices: given to suppliers as their bills go on, received from customers."""

    _inherit = "account.move"

    einvoice_response_ids = fields.One2many(
        "peppol.response", "move_id", string="Answers over Peppol", readonly=True, copy=False
    )
    einvoice_answer = fields.Selection(
        [
            ("UQ", "The customer has a question about this invoice."),
            ("CA", "The customer has accepted this invoice under conditions."),
            ("RE", "The customer has refused this invoice."),
        ],
        compute="_compute_einvoice_answer",
    )
    einvoice_answer_reason = fields.Text(compute="_compute_einvoice_answer")
    einvoice_can_answer = fields.Boolean(compute="_compute_einvoice_can_answer")

    @api.depends("einvoice_response_ids")
    @api.depends_context("lang")
    def _compute_einvoice_answer(self):
        for move in self:
            last = move.einvoice_response_ids.filtered(lambda one: one.direction == "in").sorted("id")[-1:]
            shown = last.code in ("UQ", "CA", "RE")
            move.einvoice_answer = last.code if shown else False
            move.einvoice_answer_reason = last.summary if shown else False

    @api.depends("einvoice_response_ids.state", "state")
    def _compute_einvoice_can_answer(self):
        for move in self:
            move.einvoice_can_answer = bool(move._einvoice_open_answers())

    def _einvoice_open_answers(self):
        """The answers that the supplier can still be given, in Peppol's order."""
        about = self._einvoice_answerable()
        if not about:
            return []
        given = self.env["peppol.response"]._given(about)._statuses()
        # of a bill that was cancelled there is but one thing to say
        codes = ("RE",) if self.state == "cancel" else response.CODES
        return [code for code in codes if response.may_follow(code, given)]

    def _einvoice_answerable(self):
        """The exchange by which a bill came in, if its supplier can be answered over the same access point.

        Odoo's own access point is core's business: a later core answers there with an add-on of its own. Where that
        one has answered a bill already, this one keeps silent.
        """
        none = self.env["peppol.exchange"]
        if self.move_type not in ("in_invoice", "in_refund") or self._einvoice_answered_by_core():
            return none
        # sudo: whether a bill can be answered does not depend on what its user may see of exchanges
        about = none.sudo().search(
            [
                ("move_id", "in", self.ids),
                ("direction", "=", "in"),
                ("kind", "in", ("invoice", "credit_note")),
                ("state", "in", ("imported", "answered")),
                ("connection_id", "!=", False),
            ],
            limit=1,
        )
        return about if about and about.connection_id._carries_responses() else none

    def _einvoice_answered_by_core(self):
        """Whether core's own add-on for responses (account_peppol_response) has answered the bill."""
        # sudo: as above
        return "peppol_response_ids" in self._fields and bool(self.sudo()["peppol_response_ids"])

    # ------------------------------------------------------------------------------------------------------------------
    # What happens to a bill
    # ------------------------------------------------------------------------------------------------------------------

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        posted._einvoice_follow("AP")
        return posted

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        self._einvoice_follow("PD")
        return result

    def _einvoice_paid_in_part(self):
        """Each part is told: how much was paid so far, and of how much. What a credit note settles is no payment."""
        for move in self._einvoice_came_in():
            parts = (move.invoice_payments_widget or {}).get("content", ())
            paid = sum(part["amount"] for part in parts if not part["is_refund"] and not part["is_exchange"])
            if move.currency_id.compare_amounts(paid, 0) > 0:
                speaker = move.with_context(lang=move.commercial_partner_id.lang or self.env.lang)
                text = speaker.env._(
                    "%(paid)s of %(total)s",
                    paid=formatLang(speaker.env, paid, currency_obj=move.currency_id),
                    total=formatLang(speaker.env, move.amount_total, currency_obj=move.currency_id),
                )
                reason = {"list": response.REASON, "code": response.PARTIAL, "text": text}
                self.env["peppol.response"]._give(move, "PD", [reason], automatic=True)

    def button_draft(self):
        """What the supplier was to be told of a bill is taken back as long as it has not left."""
        result = super().button_draft()
        came_in = self._einvoice_came_in()
        # sudo: as in PeppolResponse._give
        answers = self.env["peppol.response"].sudo()
        waiting = [("move_id", "in", came_in.ids), ("state", "=", "waiting"), ("automatic", "=", True)]
        answers.search([*waiting, ("code", "in", ("AP", "PD"))]).state = "withdrawn"
        return result

    def button_cancel(self):
        """A supplier must not wait for a bill that was thrown away: whoever cancels one is offered to say why."""
        result = super().button_cancel()
        came_in = self._einvoice_came_in()
        for move in came_in:
            given = self.env["peppol.response"]._given(move._einvoice_answerable()).mapped("code")
            if {"AP", "PD"} & set(given):
                move._message_log(
                    body=self.env._(
                        "The supplier was told over Peppol that this bill is accepted, and that cannot be taken back "
                        "there. Tell the supplier yourself."
                    )
                )
        return result or (len(self) == 1 and came_in._einvoice_offer_refusal()) or result

    def _einvoice_offer_refusal(self):
        """The window to refuse a cancelled bill, with a reason; False where nobody is to be told."""
        about = self and self._einvoice_answerable()
        wanted = about and self.company_id._einvoice_answers("RE") and about._takes_responses() is not False
        if not wanted or "RE" not in self._einvoice_open_answers():
            return False
        action = self.action_answer_supplier()
        action["name"] = self.env._("Tell the supplier why?")
        action["context"] |= {"default_code": "RE", "einvoice_cancelled": True}
        return action

    def _einvoice_follow(self, code):
        """Tell the suppliers what happened to their bills, as far as the company wants."""
        for move in self._einvoice_came_in():
            self.env["peppol.response"]._give(move, code, automatic=True)

    def _einvoice_came_in(self):
        return self.filtered(lambda move: move.move_type in ("in_invoice", "in_refund") and move.imported_from_einvoice)

    def action_answer_supplier(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer the supplier"),
            "res_model": "peppol.answer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_id": self.id},
        }

    # ------------------------------------------------------------------------------------------------------------------
    # What customers say
    # ------------------------------------------------------------------------------------------------------------------

    def _einvoice_tell_answer(self, answer):
        """Write a customer's answer on the invoice, and give whoever looks after it something to do if need be."""
        user = self.invoice_user_id or self.create_uid
        speaker = answer.with_context(lang=user.lang or self.env.lang)
        status = answer._status(answer.code, answer.clarifications)
        title = self.with_context(lang=user.lang)._einvoice_answer_title(status)
        self._message_log(
            body=Markup("<br/>").join([title, *(speaker.summary or "").splitlines()]),
            author_id=answer.partner_id.id or None,
        )
        if answer.code in ("UQ", "RE", "CA"):
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=title,
                note=Markup("<br/>").join((speaker.summary or "").splitlines()),
                user_id=user.id,
            )

    def _einvoice_answer_title(self, status):
        texts = {
            "AB": self.env._("The customer has received this invoice."),
            "IP": self.env._("The customer is processing this invoice."),
            "AP": self.env._("The customer has accepted this invoice."),
            "PPD": self.env._("The customer has paid a part of this invoice, or says so."),
            "PD": self.env._("The customer has paid this invoice, or says so."),
        }
        # the same words as those of the banner
        return texts.get(status) or dict(self._fields["einvoice_answer"]._description_selection(self.env))[status]
