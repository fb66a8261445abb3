# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.http import SESSION_LIFETIME
from odoo.tools import config

from ..controllers.backup import PARAMETER
from ..engine import posture

COMMON_PASSWORDS = ("admin", "odoo", "demo", "password")


class SmeCyberSensor(models.AbstractModel):
    """Measures this Odoo: for each check a method ``_measure_<code>()`` that returns an engine.posture.Outcome."""

    _name = "sme.cyber.sensor"
    _description = "Security Sensor"

    @api.model
    def _users(self):
        """:return: res.users, active people with a password, without portal users and Odoo's own"""
        return self.env["res.users"].search([("share", "=", False)])

    @api.model
    def _unprotected(self):
        """:return: res.users who get in with a password alone"""
        if self._parameter("auth_totp.policy"):
            return self.env["res.users"]
        users = self._users().filtered(lambda user: not user.totp_enabled)
        if "auth.passkey.key" in self.env:
            # a passkey asks for the device and its owner
            users -= self.env["auth.passkey.key"].search([("create_uid", "in", users.ids)]).create_uid
        return users

    @api.model
    def _stale(self):
        """:return: res.users who have not logged in for long

        Neither Odoo's own user, nor the one who asks, nor who works through keys of the programming interface: that is
        no log-in, and archiving them would cut off other programs.
        """
        now = fields.Datetime.now()
        root = self.env.ref("base.user_root") | self.env.user
        return (self._users() - root).filtered(
            lambda user: not user.api_key_ids and posture.is_stale(user.login_date or None, user.create_date, now)
        )

    @api.model
    def _administrators(self):
        return self._users().filtered(lambda user: user.has_group("base.group_system"))

    @api.model
    def _parameter(self, key, default=""):
        return self.env["ir.config_parameter"].get_param(key, default)

    def _measure_second_factor(self):
        return posture.share(len(self._unprotected()), len(self._users()))

    def _measure_default_password(self):
        administrators = self._administrators()
        self.env["res.users"].flush_model(["password"])
        self.env.cr.execute("SELECT id, login, password FROM res_users WHERE id = ANY(%s)", (administrators.ids,))
        context = self.env["res.users"]._crypt_context()
        found = [
            login
            for _id, login, hashed in self.env.cr.fetchall()
            if hashed and any(context.verify(word, hashed) for word in dict.fromkeys((login, *COMMON_PASSWORDS)))
        ]
        return posture.share(len(found), len(administrators), logins=", ".join(sorted(found)))

    def _measure_administrators(self):
        return posture.administrators(len(self._administrators()), len(self._users()))

    def _measure_stale_users(self):
        return posture.share(len(self._stale()), len(self._users()))

    def _measure_idle_session(self):
        return posture.idle_time(_integer(self._parameter("sessions.max_inactivity_seconds"), SESSION_LIFETIME))

    def _measure_password_length(self):
        return posture.password_length(_integer(self._parameter("auth_password_policy.minlength"), 0))

    def _measure_database_list(self):
        return posture.Outcome(posture.WEAK if config["list_db"] else posture.OK)

    def _measure_master_password(self):
        weak = any(config.verify_admin_password(word) for word in COMMON_PASSWORDS)
        return posture.Outcome(posture.WEAK if weak else posture.OK)

    def _measure_https(self):
        return posture.address(self._parameter("web.base.url"))

    def _measure_updates(self):
        installed = self.env["ir.module.module"].search([("state", "in", ("installed", "to upgrade"))])
        # the names are Odoo's: “installed” is the version on the disk, “latest” the one in the database
        waiting = installed.filtered(
            lambda module: (
                module.state == "to upgrade"
                or (module.installed_version and module.latest_version != module.installed_version)
            )
        )
        return posture.share(len(waiting), len(installed), names=", ".join(waiting.mapped("shortdesc")[:5]))

    @api.model
    def _backup_on(self):
        """:return: datetime (UTC) at which the last backup reported itself, or None"""
        return fields.Datetime.to_datetime(self._parameter(PARAMETER)) or None

    def _measure_backup(self):
        return posture.backup(self._backup_on(), fields.Datetime.now())


def _integer(text, default):
    """A parameter that is not a number is as if it were not there, as for Odoo itself."""
    try:
        return int(text)
    except ValueError:
        return default
