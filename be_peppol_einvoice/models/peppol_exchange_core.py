# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..en16931.source import Unreadable
from ..exchange import envelope, states


class PeppolExchange(models.Model):
    """What goes over Odoo's own access point, by core's own code: recorded, never interfered with."""

    _inherit = "peppol.exchange"

    @api.model
    def _record_core_sent(self, move, move_data):
        """Core's access point has taken a document over."""
        made = move_data.get("ubl_cii_xml_attachment_values")
        xml = made["raw"] if made else move.ubl_cii_xml_id.raw
        if not xml or self.sudo().search_count(
            [("provider", "=", "odoo"), ("direction", "=", "out"), ("message_id", "=", move.peppol_message_uuid)]
        ):
            return
        values = self._outgoing_values(move, xml)
        values.update(
            state="submitted",
            provider="odoo",
            message_id=move.peppol_message_uuid,
            submitted_at=fields.Datetime.now(),
            # core alone decides whether it goes again
            key=False,
        )
        self._begin(values, xml)._follow_core()

    def _follow_core(self):
        """Take over what core has learnt of documents that it sent."""
        for exchange in self:
            step = states.next_outgoing_state(exchange.move_id.peppol_move_state)
            if step and step != exchange.state and states.allows("out", exchange.state, step):
                exchange._step(step, reason_kind="permanent" if step == "fail" else False)

    @api.model
    def _record_core_received(self, company, attachment, message_id, move):
        """Core has fetched a document and made of it what it could."""
        raw = attachment.raw
        try:
            read = envelope.read(raw)
        except Unreadable:
            read = envelope.Envelope("other")
        currency = self.env["res.currency"].with_context(active_test=False).search([("name", "=", read.currency)])
        exchange = self._begin(
            {
                "direction": "in",
                "state": "received",
                "company_id": company.id,
                "provider": "odoo",
                "message_id": message_id,
                "kind": read.kind,
                "document_type": read.document_type,
                "process": read.process,
                "sender": read.sender,
                "receiver": read.receiver,
                "instance": read.instance,
                "number": read.number,
                "issue_date": self._as_date(read.issue_date),
                "amount": self._as_amount(read.amount),
                "currency_id": currency.id,
                "sha256": envelope.digest(raw),
                "move_id": move.id,
            },
            raw,
        )
        if move.invoice_line_ids:
            exchange._step("imported", partner_id=move.partner_id.commercial_partner_id.id)
        else:
            exchange._step("fail", "import_failed", exchange._why(move))
        return exchange
