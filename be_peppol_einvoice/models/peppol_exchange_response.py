# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from ..en16931.source import Unreadable
from ..exchange import envelope, response, states
from ..providers import contract
from ..transport import lookup
from ..transport.identifiers import (
    INVOICE_RESPONSE,
    MESSAGE_LEVEL_RESPONSE,
    MESSAGE_LEVEL_STATUS,
    InvalidIdentifier,
    ParticipantId,
    belgian_alternatives,
)
from .res_partner_lookup import utc_now

# What a customer's answer does to the invoice's exchange: a step, or only an event
STEPS = {"AP": "accepted", "CA": "accepted", "PD": "accepted", "RE": "rejected"}
EVENTS = {"AB": "customer_ab", "IP": "customer_ip", "UQ": "customer_uq"}
CONFIRMATIONS = {"AP": "confirmed_ap", "AB": "confirmed_ab", "RE": "confirmed_re"}
# How long it is known whether a supplier takes answers
KNOWN_FOR = timedelta(hours=24)


class PeppolExchange(models.Model):
    """Answers: to whom they may be given, and what those that come in change."""

    _inherit = "peppol.exchange"

    # ------------------------------------------------------------------------------------------------------------------
    # Giving them
    # ------------------------------------------------------------------------------------------------------------------

    def _takes_responses(self, ask=False):
        """Whether the sender of a received document takes answers to it over Peppol.

        :param ask: look it up where it is not known; without it, only what is known counts
        :return: True, False, or None where nobody knows
        """
        # sudo: what the network says of a supplier is no opinion of the user's
        partner = self.partner_id.sudo().with_company(self.company_id)
        known, at = partner.peppol_takes_responses, partner.peppol_takes_responses_date
        now = fields.Datetime.now()
        if known and at and at > now - KNOWN_FOR:
            return known == "yes"
        if not ask:
            return None
        kind = self._look_up_response()
        if kind == contract.UNKNOWN:
            return None
        takes = kind == contract.CAN_RECEIVE
        partner.write({"peppol_takes_responses": "yes" if takes else "no", "peppol_takes_responses_date": now})
        return takes

    def _look_up_response(self):
        """What the network says, or else the access point, of the sender and answers: a kind of outcome."""
        network = self.company_id._peppol_lookup_network()
        if network is not None:
            try:
                participant = ParticipantId.parse(self.sender or "")
            except InvalidIdentifier:
                return contract.NOT_REGISTERED
            found = lookup.look_up(participant, network, INVOICE_RESPONSE, now=utc_now())
            if found.kind != contract.UNKNOWN:
                return found.kind
        provider = self.connection_id._provider()
        if not provider.offers("look_up"):
            return contract.UNKNOWN
        return provider.look_up(self.sender, INVOICE_RESPONSE.value).kind

    def _type_code(self):
        """BT-3 of the document; that of a plain invoice or credit note where it cannot be read."""
        try:
            code = envelope.read(self.attachment_id.raw).type_code
        except Unreadable:
            code = ""
        return code or ("381" if self.kind == "credit_note" else "380")

    def _answered_message(self):
        """The message id, at the access point, of the document that this answer is about."""
        return self.env["peppol.response"].search([("exchange_id", "=", self.id)], limit=1).about_id.message_id or ""

    def _answer_handed_over(self):
        """An answer of ours has left: the bill that it is about is answered."""
        answers = self.env["peppol.response"].search([("exchange_id", "=", self.id)])
        for answer in answers:
            if answer.about_id and states.allows("in", answer.about_id.state, "answered"):
                answer.about_id._step("answered", answer=self._code_in_words(answer.code))

    # ------------------------------------------------------------------------------------------------------------------
    # Taking them in
    # ------------------------------------------------------------------------------------------------------------------

    def _import_response(self):
        """Write down what an answer or status says, where it belongs; what belongs nowhere needs attention."""
        try:
            read = envelope.read(self.attachment_id.raw)
            if MESSAGE_LEVEL_RESPONSE.customization in read.document_type or (
                MESSAGE_LEVEL_STATUS.customization in read.document_type
            ):
                self._import_status(read.xml)
                return
            said = response.read(read.xml)
        except Unreadable as error:
            self._step("fail", "unreadable", error.id)
            return
        except response.NotAResponse as error:
            self._step("fail", "unsupported", str(error))
            return
        same = self._same_response()
        if same:
            self._step("duplicate", original_id=same.id, move_id=same.move_id.id)
            return
        about = self._answered_exchange(said)
        move = about.move_id or self._answered_move(said)
        if not about and not move:
            self._step("fail", "unknown_document", said.number)
            return
        answer = self._keep_response(said, about, move)
        if about:
            about._customer_says(said.code, "\n".join(filter(None, [self._code_in_words(said.code), answer.summary])))
        self._step("noted", move_id=move.id, partner_id=(about.partner_id or move.commercial_partner_id).id)
        if move:
            move._einvoice_tell_answer(answer)

    def _same_response(self):
        """An answer came before if its SBDH instance or its very bytes did; numbers of answers mean nothing."""
        others = [
            ("id", "!=", self.id),
            ("company_id", "=", self.company_id.id),
            ("direction", "=", "in"),
            ("state", "=", "noted"),
            ("sender", "=", self.sender),
        ]
        alike = [("sha256", "=", self.sha256)]
        if self.instance:
            alike = ["|", *alike, ("instance", "=", self.instance)]
        return self.search([*others, *alike], limit=1)

    def _answered_exchange(self, said):
        """The exchange by which the invoice went out: only its receiver may answer it."""
        sent = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("direction", "=", "out"),
                ("kind", "in", ("invoice", "credit_note")),
                ("number", "=", said.number),
                ("state", "in", (*states.GONE, "attention")),
            ],
            order="id DESC",
        )
        sender = same_party(self.sender)
        theirs = sent.filtered(lambda one: same_party(one.receiver) & sender)
        dated = theirs.filtered(lambda one: fields.Date.to_string(one.issue_date) == said.number_date)
        return (dated or theirs)[:1]

    def _answered_move(self, said):
        """The invoice itself, where it went out by another way than an exchange."""
        moves = self.env["account.move"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("move_type", "in", ("out_invoice", "out_refund")),
                ("state", "=", "posted"),
                ("name", "=", said.number),
            ]
        )
        sender = same_party(self.sender)
        return moves.filtered(
            lambda move: (
                same_party(f"{move.commercial_partner_id.peppol_eas}:{move.commercial_partner_id.peppol_endpoint}")
                & sender
            )
        )[:1]

    def _keep_response(self, said, about, move):
        return self.env["peppol.response"].create(
            {
                "direction": "in",
                "company_id": self.company_id.id,
                "move_id": move.id,
                "about_id": about.id,
                "exchange_id": self.id,
                "partner_id": (about.partner_id or move.commercial_partner_id).id,
                "code": said.code,
                "clarifications": [
                    {"list": one.list, "code": one.code, "text": one.text, "details": one.details}
                    for one in said.clarifications
                ],
                "note": said.note,
                "at": fields.Datetime.now(),
                "state": "received",
            }
        )

    def _customer_says(self, code, answer):
        """The buyer's answer also proves that the document arrived."""
        if self.state == "submitted" and code in EVENTS:
            self._step("delivered")
        step = STEPS.get(code)
        if step and states.allows("out", self.state, step):
            self._step(step, answer=answer)
        else:
            self._record(EVENTS.get(code, step), answer=answer)

    @api.model
    def _code_in_words(self, code):
        return dict(self.env["peppol.response"]._fields["code"]._description_selection(self.env))[code]

    # ------------------------------------------------------------------------------------------------------------------
    # The receiver's access point
    # ------------------------------------------------------------------------------------------------------------------

    def _import_status(self, xml):
        """A message level response or status that came as a document: it names an SBDH instance of ours."""
        instance, code, text = response.read_status(xml)
        sent = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("direction", "=", "out"),
                ("instance", "=", instance),
            ],
            limit=1,
        )
        if not instance or code not in CONFIRMATIONS or not sent:
            self._step("fail", "unknown_document", instance)
            return
        if sent.state == "submitted":
            sent._step("delivered", instance=instance)
        sent._confirmed(code, text)
        self._step("noted", move_id=sent.move_id.id, partner_id=sent.partner_id.id)

    def _confirmed(self, code, text):
        """The receiver's access point has said what became of a delivered document; the last word counts."""
        if code not in CONFIRMATIONS or code == self.confirmation:
            return
        self.confirmation = code
        self._record(CONFIRMATIONS[code], answer=text)
        if code == "AB":
            return
        self.confirm_until = False
        if code == "RE" and states.allows("out", self.state, "fail"):
            # sent once more, it is another message
            self._step("fail", "not_handed_over", text, generation=self.generation + 1)


def same_party(participant):
    """The identifiers of one party, Belgian ones under both schemes; empty for none.

    >>> sorted(map(str, same_party("9925:BE0477472701") & same_party("0208:0477472701")))
    ['0208:0477472701', '9925:be0477472701']
    """
    try:
        return set(belgian_alternatives(ParticipantId.parse(participant or "")))
    except InvalidIdentifier:
        return set()
