# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..exchange import states

STATES = [
    ("prepared", "Ready to go"),
    ("retrying", "Trying again"),
    ("submitted", "On its way"),
    ("delivered", "Delivered"),
    ("accepted", "Accepted"),
    ("rejected", "Rejected"),
    ("received", "Received"),
    ("imported", "Made into a document"),
    ("answered", "Answered"),
    ("noted", "Noted on the invoice"),
    ("duplicate", "Duplicate"),
    ("attention", "Needs attention"),
    ("closed", "Closed by hand"),
]
REASONS = [
    ("temporary", "The access point could not be reached for too long"),
    ("permanent", "The access point refused the document"),
    ("invalid", "The access point found faults in the document"),
    ("unauthorised", "The access point does not accept the company's key"),
    ("receiver_unknown", "The receiver cannot get this document over Peppol"),
    ("overdue", "There is no proof that the document arrived"),
    ("not_offered", "The access point cannot do this"),
    ("unexpected", "Something went wrong in Odoo"),
    ("no_journal", "The company has no purchase journal for Peppol"),
    ("unknown_company", "The document is addressed to someone else"),
    ("unsupported", "This kind of document cannot be made into a bill"),
    ("unreadable", "The file is not readable"),
    ("import_failed", "Odoo could not make a bill of the document"),
    ("not_handed_over", "The receiver's access point could not hand it over"),
    ("unknown_document", "The answer is about an invoice that is not here"),
]


class PeppolExchange(models.Model):
    """One document that went over Peppol, or was to.

    Whoever works with invoices reads exchanges; nobody writes them: they change by their steps only (see
    :mod:`..exchange.states`), each of which leaves an event. ``provider`` is "odoo" where core's own access point is
    used, else the key of the connection's provider.
    """

    _name = "peppol.exchange"
    _description = "Peppol exchange"
    _order = "id DESC"
    _rec_name = "number"

    direction = fields.Selection([("out", "Sent"), ("in", "Received")], required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="restrict")
    connection_id = fields.Many2one("peppol.connection", readonly=True, index="btree_not_null", ondelete="restrict")
    provider = fields.Char(string="Key of the access point", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("invoice", "Invoice"),
            ("credit_note", "Credit note"),
            ("response", "Response"),
            ("other", "Other"),
        ],
        required=True,
        readonly=True,
    )
    document_type = fields.Char(readonly=True)
    process = fields.Char(readonly=True)
    sender = fields.Char(readonly=True)
    receiver = fields.Char(readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True, index=True, ondelete="set null")
    number = fields.Char(string="Document number", readonly=True)
    issue_date = fields.Date(string="Document date", readonly=True)
    amount = fields.Monetary(string="Amount due", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    message_id = fields.Char(string="Message at the access point", readonly=True)
    instance = fields.Char(string="SBDH instance", readonly=True, index="btree_not_null")
    reservation = fields.Char(readonly=True)
    key = fields.Char(readonly=True, help="The same document has the same key, and is never sent twice.")
    generation = fields.Integer(readonly=True, help="How often the access point finally failed to deliver it.")
    attachment_id = fields.Many2one("ir.attachment", string="Exact XML", readonly=True, ondelete="restrict")
    sha256 = fields.Char(string="SHA-256", readonly=True, help="Of the exact XML.")
    attempts = fields.Integer(readonly=True)
    checks = fields.Integer(readonly=True, help="How often the access point was asked what became of it.")
    next_at = fields.Datetime(string="Next attempt", required=True, readonly=True)
    lease_until = fields.Datetime(readonly=True, help="A worker has it in hand.")
    submitted_at = fields.Datetime(readonly=True)
    acknowledged = fields.Boolean(readonly=True)
    reason_kind = fields.Selection(REASONS, string="Reason", readonly=True)
    reason = fields.Text(string="Details", readonly=True, help="What the access point, or the import, said.")
    advice = fields.Text(compute="_compute_advice", string="What to do")
    can_try_again = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    move_id = fields.Many2one(
        "account.move", string="Invoice or bill", readonly=True, index="btree_not_null", ondelete="set null"
    )
    original_id = fields.Many2one(
        "peppol.exchange", string="Same as", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    confirmation = fields.Selection(
        [
            ("AP", "Handed to the receiver"),
            ("AB", "Taken in, not yet handed over"),
            ("RE", "Refused"),
        ],
        string="Says the receiver's access point",
        readonly=True,
    )
    confirm_until = fields.Datetime(readonly=True, help="Until then the receiver's access point may say more.")
    event_ids = fields.One2many("peppol.exchange.event", "exchange_id", string="History", readonly=True)

    # a document has one key, a message one exchange: no crash and no second click makes two of them
    _key_unique = models.UniqueIndex("(company_id, key) WHERE direction = 'out' AND key IS NOT NULL")
    _message_unique = models.UniqueIndex("(provider, direction, message_id) WHERE message_id IS NOT NULL")
    # the workers' questions: what is due next
    _due_index = models.Index("(next_at, id) WHERE state IN ('prepared', 'retrying', 'received', 'submitted')")
    _confirm_index = models.Index("(next_at, id) WHERE confirm_until IS NOT NULL")
    _unacknowledged_index = models.Index("(connection_id) WHERE direction = 'in' AND acknowledged IS NOT TRUE")
    # recognising a received document that came before
    _same_index = models.Index("(company_id, sender, number) WHERE direction = 'in'")

    # ------------------------------------------------------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _begin(self, values, xml, answer=None):
        """Make an exchange with its exact XML and its first event.

        :param dict values: its fields; ``direction``, ``state``, ``company_id``, ``provider`` and ``kind`` at least
        :param bytes xml: kept as it is
        """
        if values["state"] not in states.START[values["direction"]]:
            raise states.NotAllowed(values["state"])
        # sudo: exchanges are made by the machinery, on behalf of those who send and receive, and written by nobody
        exchange = self.sudo().create({"next_at": fields.Datetime.now(), **values})
        exchange.attachment_id = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{(exchange.number or exchange.message_id or exchange.kind).replace('/', '_')}.xml",
                    "raw": xml,
                    "mimetype": "application/xml",
                    "res_model": self._name,
                    "res_id": exchange.id,
                    "company_id": exchange.company_id.id,
                }
            )
        )
        exchange._record("start", answer=answer)
        exchange._keep_core_in_step()
        return exchange

    def _step(self, step, reason_kind=False, answer=False, **values):
        """Take a step; the only place where a state changes.

        :raises NotAllowed: if it cannot follow the state
        """
        self.ensure_one()
        exchange = self.sudo()  # see _begin
        exchange.write(
            {
                "state": states.after(exchange.direction, exchange.state, step),
                "reason_kind": reason_kind,
                "reason": answer,
                "lease_until": False,
                **values,
            }
        )
        exchange._record(step, reason_kind, answer)
        exchange._keep_core_in_step()

    def _record(self, step, reason_kind=False, answer=False):
        self.env["peppol.exchange.event"].sudo().create(
            [
                {
                    "exchange_id": exchange.id,
                    "company_id": exchange.company_id.id,
                    "at": fields.Datetime.now(),
                    "step": step,
                    "state": exchange.state,
                    "reason_kind": reason_kind,
                    "answer": answer,
                    "user_id": self.env.uid,
                }
                for exchange in self
            ]
        )

    def _keep_core_in_step(self):
        """Core's views and filters know the state of an invoice's last exchange; core looks after its own."""
        for exchange in self:
            if exchange.direction == "out" and exchange.provider != "odoo" and exchange.move_id:
                last = exchange.move_id._last_exchange()
                if last == exchange:
                    exchange.move_id.write(
                        {
                            "peppol_move_state": states.core_state(exchange.state),
                            "peppol_message_uuid": exchange.message_id,
                        }
                    )

    # ------------------------------------------------------------------------------------------------------------------
    # What a user sees and does
    # ------------------------------------------------------------------------------------------------------------------

    @api.depends("number", "kind", "direction")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for exchange in self:
            exchange.display_name = f"{kinds.get(exchange.kind, '')} {exchange.number or ''}".strip()

    @api.depends("state", "direction", "provider", "kind")
    def _compute_can(self):
        for exchange in self:
            ours = exchange.direction == "in" or exchange.provider != "odoo"
            stuck = exchange.state in ("attention", "retrying", "closed")
            exchange.can_try_again = ours and stuck and states.allows(exchange.direction, exchange.state, "again")
            exchange.can_close = ours and states.allows(exchange.direction, exchange.state, "close")

    @api.depends("reason_kind", "state")
    @api.depends_context("lang")
    def _compute_advice(self):
        advice = self._advice()
        for exchange in self:
            exchange.advice = advice.get(exchange.reason_kind) if exchange.state == "attention" else False

    @api.model
    def _advice(self):
        return {
            "temporary": self.env._("Try again. If it goes on, ask the access point, or send the document otherwise."),
            "permanent": self.env._("Read what the access point said, mend the invoice or customer, and send again."),
            "invalid": self.env._("Set the invoice back to draft, mend what is named below, confirm and send again."),
            "unauthorised": self.env._("Fill in a valid API key and connect again; the document then goes by itself."),
            "receiver_unknown": self.env._(
                "Check the customer's Peppol number, or send the invoice by e-mail and ask the customer to register."
            ),
            "overdue": self.env._("Ask the access point, and the customer, whether it arrived; then close it."),
            "unexpected": self.env._("Try again; if it fails again, show the message to your administrator."),
            "no_journal": self.env._("Choose the purchase journal for Peppol in the settings, then try again."),
            "unknown_company": self.env._(
                "The document names a receiver that is none of your companies. Tell the supplier, then close it; or "
                "set the right Peppol number on your company and try again."
            ),
            "unsupported": self.env._("Open the file, enter the document by hand if it concerns you, then close it."),
            "unreadable": self.env._("Ask the supplier for a new one, then close this one."),
            "import_failed": self.env._("Try again after mending what the message names, or enter the bill by hand."),
            "not_handed_over": self.env._(
                "The customer does not have it. Read what the access point said, mend the invoice or the customer's "
                "number and send again, or send it by e-mail."
            ),
            "unknown_document": self.env._(
                "It may answer an invoice of your earlier software. Open the file, do what it asks, then close it."
            ),
        }

    def action_try_again(self):
        """What is stuck goes back to the workers."""
        self.check_access("read")
        self._check_may_act()
        for exchange in self:
            if not exchange.can_try_again:
                raise UserError(self.env._("“%s” is not stuck: there is nothing to try again.", exchange.display_name))
            exchange._step("again", attempts=0, next_at=fields.Datetime.now())
        self._wake_up()

    def action_close(self):
        """Nothing more is to be done with it here."""
        self.check_access("read")
        self._check_may_act()
        for exchange in self:
            if not exchange.can_close:
                raise UserError(self.env._("“%s” cannot be closed in its state.", exchange.display_name))
            exchange._check_not_in_hand()
            exchange._step("close")

    def _check_may_act(self):
        if not self.env.user.has_group("account.group_account_invoice"):
            raise UserError(self.env._("This is for those who work with invoices: ask for access to Invoicing."))

    def _check_not_in_hand(self):
        for exchange in self.sudo():
            if exchange.lease_until and exchange.lease_until > fields.Datetime.now():
                raise UserError(
                    self.env._("“%s” is being sent at this very moment. Try again in a minute.", exchange.display_name)
                )

    def _wake_up(self):
        for direction in set(self.mapped("direction")):
            cron = {"out": "submit", "in": "import"}[direction]
            # sudo: whoever sends may wake the sender
            self.env.ref(f"be_peppol_einvoice.ir_cron_exchange_{cron}").sudo()._trigger()

    def action_open_move(self):
        self.ensure_one()
        return self.move_id._get_records_action()
