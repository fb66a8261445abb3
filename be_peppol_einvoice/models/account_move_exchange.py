# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..exchange import states


class AccountMove(models.Model):
    _inherit = "account.move"

    exchange_ids = fields.One2many("peppol.exchange", "move_id", string="Peppol exchanges", readonly=True, copy=False)
    exchange_count = fields.Integer(compute="_compute_exchange_count")

    def _compute_exchange_count(self):
        counts = dict(self.env["peppol.exchange"]._read_group([("move_id", "in", self.ids)], ["move_id"], ["__count"]))
        for move in self:
            move.exchange_count = counts.get(move._origin, 0)

    def _last_exchange(self):
        """The last exchange by which this document went out, or was to."""
        self.ensure_one()
        # sudo: what becomes of an invoice follows from it, whoever works on the invoice
        return (
            self.env["peppol.exchange"]
            .sudo()
            .search([("move_id", "=", self.id), ("direction", "=", "out"), ("kind", "!=", "response")], limit=1)
        )

    def action_open_exchanges(self):
        self.ensure_one()
        return self.exchange_ids._get_records_action(name=self.env._("E-invoice exchanges"))

    def button_draft(self):
        """What has not left yet is called back; of what has, the user learns what the customer already holds.

        Core leaves such an invoice in a state in which it can never be sent again.
        """
        exchanges = {move: exchange for move in self if (exchange := move._last_exchange())}
        ours = {move: exchange for move, exchange in exchanges.items() if exchange.provider != "odoo"}
        for exchange in ours.values():
            exchange._check_not_in_hand()
        result = super().button_draft()
        for move, exchange in ours.items():
            if states.allows("out", exchange.state, "close"):
                exchange._step("close")
            elif exchange.state in states.GONE:
                move.peppol_move_state = False
                move._message_log(
                    body=self.env._(
                        "The customer already has this document as it was sent over Peppol on %(date)s. If you change "
                        "it and send it again, the customer gets a second document with the same number; as a rule a "
                        "credit note is the right way to correct an invoice.",
                        date=fields.Date.to_string(exchange.submitted_at),
                    )
                )
        return result
