# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..exchange import backoff, envelope, states
from ..providers import contract
from ..providers.errors import ProviderError, Temporary, Unauthorised


class PeppolExchange(models.Model):
    """Sending: prepared in the invoice's own transaction, handed over by a worker once that is committed."""

    _inherit = "peppol.exchange"

    # ------------------------------------------------------------------------------------------------------------------
    # Preparing
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _prepare(self, move, xml, connection):
        """The exchange that will carry an invoice.

        :param bytes xml: exactly what is to be sent
        :return: (exchange, whether it is to go out now); the receiver has the document already if not
        """
        values = self._outgoing_values(move, xml)
        known = self.sudo().search(
            [("company_id", "=", move.company_id.id), ("direction", "=", "out"), ("key", "=", values["key"])]
        )
        if known:
            gone = known.state in states.GONE
            if known.state in ("attention", "closed", "retrying"):
                known._step("again", attempts=0, next_at=fields.Datetime.now(), reservation=False)
            else:
                known._keep_core_in_step()
            return known, not gone
        values.update(state="prepared", connection_id=connection.id, provider=connection.provider)
        return self._begin(values, xml), True

    @api.model
    def _outgoing_values(self, move, xml):
        read = envelope.read(xml)
        partner = move.partner_id.commercial_partner_id.with_company(move.company_id)
        company = move.company_id.partner_id
        sender = read.sender or f"{company.peppol_eas}:{company.peppol_endpoint}"
        receiver = f"{partner.peppol_eas}:{partner.peppol_endpoint}"
        return {
            "direction": "out",
            "company_id": move.company_id.id,
            "move_id": move.id,
            "partner_id": partner.id,
            "kind": read.kind,
            "document_type": read.document_type,
            "process": read.process,
            "sender": sender,
            "receiver": receiver,
            "number": read.number,
            "issue_date": read.issue_date or False,
            "amount": move.amount_total,
            "currency_id": move.currency_id.id,
            "sha256": envelope.digest(xml),
            "key": envelope.key(sender, receiver, xml),
        }

    # ------------------------------------------------------------------------------------------------------------------
    # Handing over
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _cron_submit(self):
        """Hand over all that is ready, and what is to be tried again by now."""
        done = self._work(
            SQL(
                "exchange.direction = 'out' AND exchange.state IN %s AND connection.state = 'connected'",
                states.DUE[states.OUT],
            ),
            type(self)._submit,
        )
        if done:
            # most documents arrive within a moment: whoever sent one sees it
            now = fields.Datetime.now()
            self.env.ref("be_peppol_einvoice.ir_cron_exchange_status")._trigger(
                at=[now + backoff.check(0), now + backoff.check(1)]
            )

    def _submit(self):
        """Hand one document over. The key makes sure that a repetition after a crash sends nothing twice."""
        provider = self.connection_id._provider()
        document = self._as_outgoing()
        try:
            submitted = self._hand_over(provider, document)
        except ProviderError as error:
            self._not_submitted(error)
            return
        now = fields.Datetime.now()
        self._step(
            "submitted",
            message_id=submitted.message_id,
            attempts=self.attempts + 1,
            submitted_at=now,
            confirmation=False,
            next_at=now + backoff.check(0),
            checks=0,
        )
        if self.kind == "response":
            self._answer_handed_over()

    def _hand_over(self, provider, document):
        if self.kind == "response":
            return provider.respond(document, self._answered_message())
        if provider.reserves and not self.reservation:
            self.reservation = provider.reserve(document)
            # kept before anything is sent: a crash in between is recognised by it
            self._end_transaction()
        return provider.submit(document, self.reservation or "")

    def _as_outgoing(self):
        return contract.Outgoing(
            key=self.key,
            sender=self.sender,
            receiver=self.receiver,
            document_type=self.document_type,
            process=self.process,
            xml=self.attachment_id.raw,
            name=self.attachment_id.name,
            attempt=self.generation,
        )

    def _not_submitted(self, error):
        if isinstance(error, Unauthorised):
            # not this document's fault: it waits, and so do all others of the company
            self.lease_until = False
            self._record("put_off", error.kind, error.detail)
            self.connection_id._pause(error)
            return
        attempts = self.attempts + 1
        wait = isinstance(error, Temporary) and backoff.wait(attempts, self.key, error.retry_after)
        if wait:
            self._step("put_off", error.kind, error.detail, attempts=attempts, next_at=fields.Datetime.now() + wait)
        else:
            findings = "\n".join(getattr(error, "findings", ()))
            self._step(
                "fail",
                error.kind,
                "\n".join(filter(None, (error.detail, findings))),
                attempts=attempts,
                # after a refusal the same reservation is of no use any more
                reservation=self.reservation if isinstance(error, Temporary) else False,
            )

    # ------------------------------------------------------------------------------------------------------------------
    # What became of it
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _cron_status(self):
        """Ask what became of what was handed over."""
        self._work(
            SQL("exchange.direction = 'out' AND exchange.state = 'submitted' AND connection.state = 'connected'"),
            type(self)._follow_up,
        )
        self._work(
            SQL("exchange.confirm_until IS NOT NULL AND connection.state = 'connected'"),
            type(self)._follow_confirmation,
        )

    def _follow_up(self):
        now = fields.Datetime.now()
        answer = ""
        provider = self.connection_id._provider()
        try:
            status = provider.status(self.message_id)
        except Unauthorised as error:
            self.lease_until = False
            self.connection_id._pause(error)
            return
        except ProviderError as error:
            # that it cannot tell says nothing about the document
            status, answer = contract.Status(contract.SUBMITTED), error.detail
        instance = status.instance or self.instance
        if status.state == contract.DELIVERED:
            more = provider.confirms and self.kind != "response"
            self._step(
                "delivered",
                answer=status.reason,
                instance=instance,
                confirm_until=more and now + backoff.STATUS_WITHIN,
                checks=1,
                next_at=now + backoff.check(1),
            )
            self._confirmed(status.confirmation, status.confirmation_text)
        elif status.state == contract.FAILED:
            self._step(
                "fail",
                status.kind,
                status.reason,
                instance=instance,
                reservation=False,
                generation=self.generation + 1,
            )
        elif now - self.submitted_at > backoff.OVERDUE:
            self._step("fail", "overdue", answer)
        else:
            self.write(
                {
                    "lease_until": False,
                    "checks": self.checks + 1,
                    "next_at": now + backoff.check(self.checks + 1),
                    "instance": instance,
                    # why it is not there yet, where the access point knows
                    "reason": answer or status.reason or False,
                }
            )

    def _follow_confirmation(self):
        """Ask what the receiver's access point says of a document that it has."""
        now = fields.Datetime.now()
        try:
            status = self.connection_id._provider().status(self.message_id)
        except Unauthorised as error:
            self.lease_until = False
            self.connection_id._pause(error)
            return
        except ProviderError:
            status = contract.Status(contract.DELIVERED)
        self._confirmed(status.confirmation, status.confirmation_text)
        self.write(
            {
                "lease_until": False,
                "checks": self.checks + 1,
                "next_at": now + backoff.check(self.checks + 1),
                "confirm_until": self.confirm_until if (self.confirm_until or now) > now else False,
            }
        )
