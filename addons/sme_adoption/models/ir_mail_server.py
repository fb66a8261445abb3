# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

#: RFC 5322, 2.1.1
MOST_CHARACTERS_OF_A_LINE = 998


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def _build_email__(self, *args, **kwargs):
        """Keep the address to unsubscribe at readable for mail programs.

        Python's e-mail library encodes (RFC 2047) whatever does not fit in 78 characters; an address may not be encoded
        (RFC 2369), and mail programs show no button then.
        """
        message = super()._build_email__(*args, **kwargs)
        if "List-Unsubscribe" in message:
            message.policy = message.policy.clone(max_line_length=MOST_CHARACTERS_OF_A_LINE)
        return message
