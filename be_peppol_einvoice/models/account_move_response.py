# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, fields, models

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

    @api.depends("einvoice_response_ids.state")
    def _compute_einvoice_can_answer(self):
        for move in self:
            move.einvoice_can_answer = bool(move._einvoice_open_answers())

    def _einvoice_open_answers(self):
        """The answers that the supplier can still be given, in Peppol's order."""
        about = self._einvoice_answerable()
        given = self.env["peppol.response"]._given(about).mapped("code") if about else []
        return [code for code in response.CODES if about and response.may_follow(code, given)]

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

    def _einvoice_follow(self, code):
        """Tell the suppliers what happened to their bills, as far as the company wants."""
        came_in = self.filtered(
            lambda move: move.move_type in ("in_invoice", "in_refund") and move.imported_from_einvoice
        )
        for move in came_in:
            self.env["peppol.response"]._give(move, code, automatic=True)

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
        title = self.with_context(lang=user.lang)._einvoice_answer_title(answer.code)
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

    def _einvoice_answer_title(self, code):
        texts = {
            "AB": self.env._("The customer has received this invoice."),
            "IP": self.env._("The customer is processing this invoice."),
            "AP": self.env._("The customer has accepted this invoice."),
            "PD": self.env._("The customer has paid this invoice, or says so."),
        }
        # the same words as those of the banner
        return texts.get(code) or dict(self._fields["einvoice_answer"]._description_selection(self.env))[code]
