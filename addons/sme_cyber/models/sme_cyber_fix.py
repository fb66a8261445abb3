# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import config

from ..engine import posture

WORKING_DAY = 8 * 3600


class SmeCyberFix(models.AbstractModel):
    """Mends what one click can mend: a method ``_fix_<code>()`` returns an action to open, or None where it is done."""

    _name = "sme.cyber.fix"
    _description = "Security Fix"

    @api.model
    def _fix_second_factor(self):
        """Odoo then mails a code to whoever has no second factor: where mail does not leave, nobody would get in."""
        if not self.env["ir.mail_server"].search_count([]) and config["smtp_server"] in (False, "localhost"):
            raise UserError(
                self.env._("The code comes by e-mail. Set up an outgoing mail server first, or nobody could log in.")
            )
        without = self.env["sme.cyber.sensor"]._unprotected().filtered(lambda user: not user.email)
        if without:
            raise UserError(
                self.env._(
                    "These users have no e-mail address and could not log in any more: %s",
                    ", ".join(without.mapped("name")),
                )
            )
        self.env["ir.config_parameter"].set_param("auth_totp.policy", "employee_required")

    @api.model
    def _fix_stale_users(self):
        self.env["sme.cyber.sensor"]._stale().action_archive()

    @api.model
    def _fix_idle_session(self):
        self.env["ir.config_parameter"].set_param("sessions.max_inactivity_seconds", str(WORKING_DAY))

    @api.model
    def _fix_password_length(self):
        self.env["ir.config_parameter"].set_param("auth_password_policy.minlength", str(posture.MIN_PASSWORD))

    @api.model
    def _fix_default_password(self):
        return self._open_users(self.env["sme.cyber.sensor"]._administrators())

    @api.model
    def _fix_administrators(self):
        return self._open_users(self.env["sme.cyber.sensor"]._administrators())

    @api.model
    def _fix_updates(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("base.open_module_tree")
        action["context"] = {"search_default_installed": 1}
        return action

    @api.model
    def _open_users(self, users):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Users"),
            "res_model": "res.users",
            "views": [[False, "list"], [False, "form"]],
            "domain": [("id", "in", users.ids)],
        }
