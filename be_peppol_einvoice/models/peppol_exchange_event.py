# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .peppol_exchange import REASONS, STATES

STEPS = [
    ("start", "Begun"),
    ("submitted", "Taken over by the access point"),
    ("put_off", "Failed for the moment"),
    ("fail", "Failed"),
    ("again", "Tried again"),
    ("close", "Closed by hand"),
    ("delivered", "Delivered"),
    ("accepted", "Accepted by the customer"),
    ("rejected", "Rejected by the customer"),
    ("imported", "Made into a document"),
    ("duplicate", "Recognised as a duplicate"),
    ("acknowledged", "Acknowledged to the access point"),
    ("answered", "Answered to the supplier"),
    ("noted", "Noted on the invoice"),
    ("customer_ab", "Acknowledged by the customer"),
    ("customer_ip", "Being processed by the customer"),
    ("customer_uq", "The customer has a question"),
    ("confirmed_ap", "Handed to the receiver by its access point"),
    ("confirmed_ab", "Taken in by the receiver's access point"),
    ("confirmed_re", "Refused by the receiver's access point"),
]


class PeppolExchangeEvent(models.Model):
    """One thing that happened to a document: written once, never changed."""

    _name = "peppol.exchange.event"
    _description = "Event of a Peppol exchange"
    _rec_name = "step"
    _order = "id"

    exchange_id = fields.Many2one("peppol.exchange", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="restrict")
    at = fields.Datetime(string="When", required=True, readonly=True)
    step = fields.Selection(STEPS, string="What", required=True, readonly=True)
    state = fields.Selection(STATES, string="State after it", required=True, readonly=True)
    reason_kind = fields.Selection(REASONS, string="Reason", readonly=True)
    answer = fields.Text(string="What the access point said", readonly=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True, ondelete="restrict")

    def write(self, vals):
        if self:
            raise UserError(self.env._("What happened to a document cannot be changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_when_expired(self):
        self.exchange_id._unlink_only_when_expired()
