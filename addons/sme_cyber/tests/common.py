# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, new_test_user


class CyberCommon(TransactionCase):
    """A firm of three people in a company of its own; whoever else is in the database is out of the way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.env["res.users"].search(
            [("share", "=", False), ("id", "!=", cls.env.ref("base.user_admin").id)]
        ).action_archive()
        cls.admin = cls.env.ref("base.user_admin")
        cls.admin.write({"email": "admin@ourthe.example", "password": "a long secret of the admin", "lang": "en_US"})
        cls.company = cls.env["res.company"].create({"name": "Atelier Ourthe SRL"})
        cls.admin.write({"company_ids": [(4, cls.company.id)], "company_id": cls.company.id})
        cls.officer = cls.make_user("officer", "sme_cyber.group_officer")
        cls.employee = cls.make_user("employee", "base.group_user")
        cls.logged_in(cls.admin | cls.officer | cls.employee)
        cls.parameters = cls.env["ir.config_parameter"]

    @classmethod
    def make_user(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            groups=groups,
            email=f"{login}@ourthe.example",
            password=f"{login} has a long secret",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    @classmethod
    def logged_in(cls, users, when=None):
        for user in users:
            cls.env["res.users.log"].with_user(user).sudo().search([("create_uid", "=", user.id)]).unlink()
            log = cls.env["res.users.log"].with_user(user).sudo().create({})
            if when:
                cls.env.flush_all()
                cls.env.cr.execute("UPDATE res_users_log SET create_date = %s WHERE id = %s", (when, log.id))
        cls.env.invalidate_all()

    def finding(self, code):
        self.env["sme.cyber.finding"]._measure([code])
        return self.env["sme.cyber.finding"].search([("check_id.code", "=", code)])

    def fix(self, code):
        """Press the button as an administrator."""
        return self.finding(code).with_user(self.admin).action_fix()
