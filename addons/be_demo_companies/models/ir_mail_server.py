# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    @api.model
    def _disable_send(self):
        """Say that mail is never to be sent: the addresses of the demo are invented."""
        return super()._disable_send() or True
