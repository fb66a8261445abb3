# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from hashlib import sha256

from odoo import api, fields, models

from ..exchange import response

CODES = [
    ("AB", "Received"),
    ("IP", "Being processed"),
    ("UQ", "Question"),
    ("CA", "Accepted under conditions"),
    ("RE", "Refused"),
    ("AP", "Accepted"),
    ("PD", "Paid"),
]
REASONS = [
    ("REF", "An order number or reference is missing or wrong"),
    ("LEG", "Something that the law asks for is missing or wrong"),
    ("REC", "The document is not for us"),
    ("QUA", "The quality is not good enough"),
    ("DEL", "The delivery is missing, late or incomplete"),
    ("PRI", "The price is not the one agreed"),
    ("QTY", "The quantity is not right"),
    ("ITM", "These are not the goods or services that we ordered"),
    ("PAY", "The payment terms are not those agreed"),
    ("UNR", "We do not know of this purchase"),
    ("FIN", "The financial terms are not right"),
    ("NON", "There is no problem"),
    ("PPD", "Paid in part"),
    ("OTH", "Another reason"),
]
ACTIONS = [
    ("NOA", "Nothing has to be done"),
    ("PIN", "Send the missing information"),
    ("NIN", "Send a new, corrected invoice"),
    ("CNF", "Send a credit note for the whole invoice"),
    ("CNP", "Send a credit note for a part of it"),
    ("CNA", "Pay back what was paid"),
    ("OTH", "Something else"),
]
# An answer that was or may still be told; one that was not does not stand in the way of another
TOLD = ("waiting", "sent")


class PeppolResponse(models.Model):
    """What the buyer says of an invoice (Peppol's Invoice Response): ours to suppliers, and customers' to us.

    Made by the machinery and read by those who work with invoices. The exact XML is that of the exchange by which it
    travelled.
    """

    _name = "peppol.response"
    _description = "Answer to an e-invoice"
    _rec_name = "code"
    _order = "at DESC, id DESC"

    direction = fields.Selection([("out", "Given"), ("in", "Received")], required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="restrict")
    move_id = fields.Many2one(
        "account.move", string="Invoice or bill", readonly=True, index="btree_not_null", ondelete="set null"
    )
    about_id = fields.Many2one(
        "peppol.exchange",
        string="Document that it answers",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    exchange_id = fields.Many2one(
        "peppol.exchange", string="Travelled by", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    partner_id = fields.Many2one("res.partner", readonly=True, ondelete="set null")
    code = fields.Selection(CODES, string="Answer", required=True, readonly=True)
    key = fields.Char(readonly=True, help="The same answer is never given twice.")
    clarifications = fields.Json(readonly=True)
    note = fields.Text(readonly=True)
    summary = fields.Text(compute="_compute_summary", string="Reason")
    at = fields.Datetime(string="When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True, ondelete="restrict")
    who = fields.Char(compute="_compute_who")
    automatic = fields.Boolean(readonly=True, help="It follows from what happened to the bill.")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("sent", "Handed over"),
            ("not_taken", "The supplier takes no answers over Peppol"),
            ("not_known", "Nobody could say whether the supplier takes answers"),
            ("failed", "Something went wrong: it was not sent"),
            ("superseded", "Overtaken by a later answer"),
            ("withdrawn", "Taken back before it was sent"),
            ("received", "Received"),
        ],
        string="Status",
        required=True,
        readonly=True,
    )
    exchange_state = fields.Selection(related="exchange_id.state", string="Transport")
    attempts = fields.Integer(readonly=True)
    next_at = fields.Datetime(readonly=True)

    _once = models.UniqueIndex("(about_id, key) WHERE direction = 'out' AND state IN ('waiting', 'sent')")
    _due_index = models.Index("(next_at, id) WHERE state = 'waiting'")

    @api.depends("clarifications", "note")
    @api.depends_context("lang")
    def _compute_summary(self):
        for one in self:
            one.summary = "\n".join(self._in_words(one.clarifications or [], one.note)) or False

    @api.model
    def _in_words(self, clarifications, note):
        """list of texts, in the user's language, of what an answer gives as its reasons and asks for."""
        lists = {response.REASON: dict(self._reasons()), response.ACTION: dict(self._actions())}
        lines = []
        for one in clarifications:
            known = lists.get(one["list"], {}).get(one["code"], one["code"])
            lines.append(": ".join(filter(None, (known, one.get("text")))))
            lines += [f"{term}: {value}" for term, value in one.get("details") or ()]
        if note:
            lines.append(note)
        return lines

    @api.model
    def _reasons(self):
        return self.env["peppol.answer"]._fields["reason"]._description_selection(self.env)

    @api.model
    def _actions(self):
        return self.env["peppol.answer"]._fields["action"]._description_selection(self.env)

    @api.depends("direction", "user_id", "partner_id", "automatic")
    @api.depends_context("lang")
    def _compute_who(self):
        for one in self:
            if one.direction == "in":
                one.who = one.partner_id.display_name
            else:
                # sudo: the name of a colleague who may work in another company
                one.who = self.env._("Odoo") if one.automatic else one.user_id.sudo().name

    # ------------------------------------------------------------------------------------------------------------------
    # Giving an answer
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _give(self, move, code, clarifications=(), note="", automatic=False):
        """Answer the supplier's e-invoice; nothing is sent before this transaction is committed.

        :param code: one of Peppol's codes
        :param clarifications: list of dict with ``list``, ``code`` and ``text``
        :return: the answer; empty where there is none to give: not received here, told before, not carried, not wanted
        """
        about = move._einvoice_answerable()
        given = self._given(about)
        status, key = self._status(code, clarifications), self._key(code, clarifications, note)
        if not about or key in given.mapped("key") or not response.may_follow(status, given._statuses()):
            return self.browse()
        if automatic and (not move.company_id._einvoice_answers(code) or about._takes_responses() is False):
            return self.browse()
        # the later answer says more, and the earlier one need not be told (OP-BR111-R012)
        given.filtered(lambda one: one.state == "waiting" and one.automatic).state = "superseded"
        # sudo: answers are made by the machinery, on behalf of those who decide on the bill
        answer = self.sudo().create(
            {
                "direction": "out",
                "company_id": about.company_id.id,
                "move_id": move.id,
                "about_id": about.id,
                "partner_id": move.commercial_partner_id.id,
                "code": code,
                "key": key,
                "clarifications": list(clarifications),
                "note": note,
                "at": fields.Datetime.now(),
                "user_id": self.env.uid,
                "automatic": automatic,
                "state": "waiting",
                "next_at": fields.Datetime.now(),
            }
        )
        # sudo: whoever answers may wake the sender
        self.env.ref("be_peppol_einvoice.ir_cron_response").sudo()._trigger()
        return answer

    @api.model
    def _given(self, about):
        """The answers to a received document that were told, or will be."""
        # sudo: whether an answer was given does not depend on who asks
        domain = [("about_id", "in", about.ids), ("direction", "=", "out"), ("state", "in", TOLD)]
        return self.sudo().search(domain)

    @api.model
    def _status(self, code, clarifications):
        """Peppol's code, or ``response.PARTIAL``."""
        return response.status(code, [one["code"] for one in clarifications or ()])

    def _statuses(self):
        return [self._status(one.code, one.clarifications) for one in self]

    @api.model
    def _key(self, code, clarifications, note):
        status = self._status(code, clarifications)
        if status not in ("UQ", response.PARTIAL):
            return status
        # one may ask several questions and pay several parts, but none of them twice
        words = [text for one in clarifications for text in (one["list"], one["code"], one.get("text") or "")]
        return f"{status} {sha256(repr([*words, note]).encode()).hexdigest()}"
