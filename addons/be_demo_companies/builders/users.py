# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command

from ..tables.companies import COMPANIES, USERS


def build(demo):
    """Create one user per company and the bookkeeper of two; the administrator sees all four companies."""
    domains = {row.key: row.domain for row in COMPANIES}
    rows = {
        f"user_{user.login}": {
            "name": user.name,
            "login": user.login,
            "password": user.login,
            "email": f"{user.login}@{domains[user.companies[0]]}",
            "lang": user.lang,
            "tz": "Europe/Brussels",
            "company_id": demo.company(user.companies[0]).id,
            "company_ids": [Command.set([demo.company(key).id for key in user.companies])],
            "group_ids": [Command.set([demo.env.ref(xmlid).id for xmlid in ("base.group_user", *user.groups)])],
        }
        for user in USERS
    }
    with demo.any_password():
        created = demo.ensure(demo.env["res.users"], rows)
    if created:
        everyone = [Command.link(demo.company(row.key).id) for row in COMPANIES]
        demo.env.ref("base.user_admin").write({"company_ids": everyone, "tz": "Europe/Brussels"})
