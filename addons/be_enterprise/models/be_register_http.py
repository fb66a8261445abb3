# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client whether there is a register, so that it only asks where there is one."""
        info = super().session_info()
        if self.env.user and self.env.user._is_internal():
            filled = self.env["be.register"].is_filled()
            info["be_register"] = {"country": self.env.ref("base.be").id} if filled else False
        return info
