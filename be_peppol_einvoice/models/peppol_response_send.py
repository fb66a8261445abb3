# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

from odoo import api, fields, models, modules

from ..exchange import backoff, envelope, response
from ..transport.identifiers import INVOICE_RESPONSE, INVOICE_RESPONSE_PROCESS

_logger = logging.getLogger(__name__)
BATCH = 200


class PeppolResponse(models.Model):
    """Sending answers: only to suppliers whose access point lists them, each in a transaction of its own."""

    _inherit = "peppol.response"

    @api.model
    def _cron_answer(self):
        """Hand the answers that are due to the exchanges, once it is known that the supplier takes them."""
        exchanges, done = self.env["peppol.exchange"], 0
        while done < BATCH and (answer := self._next_due()):
            answer._attempt()
            done += 1
            if exchanges._end_transaction(1) <= 0:
                break
        return done

    @api.model
    def _next_due(self):
        """The answer that has waited longest and is in no other worker's hands; it stays ours until the commit."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT id
              FROM peppol_response
             WHERE state = 'waiting' AND next_at <= %s
          ORDER BY next_at, id
             LIMIT 1
        FOR UPDATE SKIP LOCKED
            """,
            (fields.Datetime.now(),),
        )
        # sudo: see _give
        return self.sudo().browse(row[0] for row in self.env.cr.fetchall())

    def _attempt(self):
        try:
            self._prepare_exchange()
            self.env.flush_all()
        except Exception:
            if modules.module.current_test:
                raise
            self.env.cr.rollback()
            self.env.invalidate_all()
            _logger.exception("The answer %s went wrong", self.id)
            self._stumbled()

    def _stumbled(self):
        """Something that nobody foresaw: tried again as often as a document, and then said on the bill."""
        self._wait("failed")

    def _prepare_exchange(self):
        if self.about_id.connection_id.state != "connected":
            # it goes as soon as the company is connected again
            self.next_at = fields.Datetime.now() + timedelta(hours=1)
            return
        takes = self.about_id._takes_responses(ask=True)
        if takes is None:
            self._wait()
        elif not takes:
            self._not_given("not_taken")
        else:
            self._go()

    def _wait(self, in_the_end="not_known"):
        """Asked again later, as often as a document is tried: that nobody answered is no “no”.

        :param in_the_end: the state in which it is given up
        """
        attempts = self.attempts + 1
        wait = backoff.wait(attempts, f"{self.id:04x}"[-4:])
        if wait:
            self.write({"attempts": attempts, "next_at": fields.Datetime.now() + wait})
        else:
            self._not_given(in_the_end)

    def _not_given(self, state):
        self.state = state
        # of what follows from the bill by itself, only a fault of ours is worth a word
        if self.move_id and (state == "failed" or not self.automatic):
            self.move_id._message_log(
                body=self.env._(
                    "The supplier does not get the answer “%s” over Peppol. Tell the supplier yourself.",
                    self._fields["code"].convert_to_export(self.code, self),
                )
            )

    def _go(self):
        xml = response.build(self._as_response())
        about = self.about_id
        exchange = self.env["peppol.exchange"]._begin(
            {
                "direction": "out",
                "state": "prepared",
                "company_id": self.company_id.id,
                "connection_id": about.connection_id.id,
                "provider": about.connection_id.provider,
                "kind": "response",
                "document_type": INVOICE_RESPONSE.value,
                "process": INVOICE_RESPONSE_PROCESS,
                "sender": about.receiver,
                "receiver": about.sender,
                "partner_id": self.partner_id.id,
                "number": about.number,
                "issue_date": fields.Date.to_date(self.at),
                "move_id": self.move_id.id,
                "sha256": envelope.digest(xml),
                "key": envelope.key(about.receiver, about.sender, xml),
            },
            xml,
        )
        self.write({"state": "sent", "exchange_id": exchange.id})
        exchange._wake_up()

    def _as_response(self):
        about = self.about_id
        return response.Response(
            code=self.code,
            number=about.number,
            sender=response.Party(about.receiver, self.company_id.name),
            receiver=response.Party(about.sender, self.partner_id.name or about.sender),
            identifier=f"{self.company_id.id}-{self.id}",
            date=fields.Date.to_string(self.at),
            type_code=about._type_code(),
            number_date=fields.Date.to_string(about.issue_date) if about.issue_date else "",
            clarifications=tuple(
                response.Clarification(one["list"], one["code"], one.get("text") or "")
                for one in self.clarifications or ()
            ),
            note=self.note or "",
        )
