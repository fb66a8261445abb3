# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountEdiProxyClientUser(models.Model):
    """Core's access point: each document that comes or goes by it is recorded as an exchange."""

    _inherit = "account_edi_proxy_client.user"

    def _peppol_import_invoice(self, attachment, peppol_state, uuid, *args, **kwargs):
        """Never make the same message into a bill twice; record what came.

        A message that is known is acknowledged once more: core fetches it again only because that got lost.
        """
        exchanges = self.env["peppol.exchange"]
        if exchanges._known("odoo", uuid):
            return {"uuid": uuid}
        result = super()._peppol_import_invoice(attachment, peppol_state, uuid, *args, **kwargs)
        move = self.env["account.move"].search(
            [("peppol_message_uuid", "=", uuid), ("company_id", "child_of", self.company_id.id)], limit=1, order="id"
        )
        if move:
            exchanges._record_core_received(self.company_id, attachment, uuid, move)
        return result

    def _peppol_send_response(self, reference_moves, *args, **kwargs):
        """A later core's own answers (account_peppol_response): only to what came over Odoo's access point.

        It asks for an answer whenever a bill is posted, also for companies that have no account there.
        """
        elsewhere = reference_moves.filtered(
            lambda move: move.exchange_ids.sudo().filtered(lambda one: one.direction == "in" and one.connection_id)
        )
        others = reference_moves - elsewhere
        return super()._peppol_send_response(others, *args, **kwargs) if self and others else None

    def _peppol_get_message_status(self):
        """Companies that another access point serves are none of core's; of the others, take over what core learns."""
        connections = self.env["peppol.connection"]
        served = self.filtered(lambda user: not connections._of(user.company_id))
        result = super(AccountEdiProxyClientUser, served)._peppol_get_message_status()
        # sudo: see PeppolExchange._begin
        self.env["peppol.exchange"].sudo().search(
            [
                ("provider", "=", "odoo"),
                ("direction", "=", "out"),
                ("company_id", "in", served.company_id.ids),
                "|",
                ("state", "=", "submitted"),
                # a later core writes the customer's answer there
                "&",
                ("state", "=", "delivered"),
                ("move_id.peppol_move_state", "in", ("AP", "RE")),
            ]
        )._follow_core()
        return result
