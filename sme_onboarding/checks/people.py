# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter

from odoo import models
from odoo.tools import email_normalize

from ..engine.outcome import LazyText, failed, passed

_lt = LazyText(__name__)

# Logins that come with the database or are made to be shared.
SHARED_LOGINS = {"admin", "administrator", "demo", "user", "test", "info", "office", "bureau", "kantoor"}


class SmeOnboardingCheck(models.AbstractModel):
    _inherit = "sme.onboarding.check"

    def _internal_users(self, company):
        return self.env["res.users"].search([("share", "=", False), ("company_ids", "in", company.ids)])

    def _check_user_logins(self, company):
        users = self._internal_users(company)
        languages = {code for code, _name in self.env["res.lang"].get_installed()}
        addresses = Counter(email_normalize(user.email or "") or "" for user in users)
        shared = users.filtered(lambda user: user.login.strip().lower() in SHARED_LOGINS)
        no_mail = users.filtered(lambda user: not email_normalize(user.email or ""))
        same_mail = (users - no_mail).filtered(lambda user: addresses[email_normalize(user.email)] > 1)
        no_language = users.filtered(lambda user: user.lang not in languages)
        total = len(users)
        texts = []
        if shared:
            texts.append(
                _lt("Login that does not name one person: %(logins)s", logins=sorted(shared.mapped("login"))[:5])
            )
        if no_mail:
            texts.append(_lt("%(missing)s of %(total)s users: no e-mail address", missing=len(no_mail), total=total))
        if same_mail:
            texts.append(
                _lt(
                    "%(missing)s of %(total)s users: same e-mail address as another",
                    missing=len(same_mail),
                    total=total,
                )
            )
        if no_language:
            texts.append(
                _lt(
                    "%(missing)s of %(total)s users: no language that is installed",
                    missing=len(no_language),
                    total=total,
                )
            )
        if texts:
            wrong = shared | no_mail | same_mail | no_language
            return failed(*texts, started=len(wrong) < total, model="res.users", domain=[["id", "in", wrong.ids]])
        return passed(
            _lt("Users with a login, e-mail address and language of their own: %(total)s", total=total),
            model="res.users",
            domain=[["id", "in", users.ids]],
        )

    def _check_two_factor(self, company):
        administrators = self._internal_users(company).filtered_domain(
            [("all_group_ids", "in", self.env.ref("base.group_system").ids)]
        )
        total = len(administrators)
        # What core itself asks for at the next login: a code from an app, or one by mail where the policy says so.
        without = administrators.filtered(lambda user: not user._mfa_type())
        if not administrators:
            return failed(_lt("No administrator has access to this company"))
        if without:
            return failed(
                _lt(
                    "%(missing)s of %(total)s administrators: no second factor at login",
                    missing=len(without),
                    total=total,
                ),
                started=without != administrators,
                model="res.users",
                domain=[["id", "in", without.ids]],
            )
        return passed(
            _lt("Administrators with a second factor at login: %(total)s of %(total)s", total=total),
            model="res.users",
            domain=[["id", "in", administrators.ids]],
        )
