# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import support


class SmeCyberDevice(models.Model):
    """A machine of the firm, and until when it gets security updates."""

    _name = "sme.cyber.device"
    _description = "Device"
    _order = "end NULLS FIRST, name"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("computer", "Computer"),
            ("phone", "Phone or tablet"),
            ("server", "Server"),
            ("network", "Router or network device"),
            ("other", "Other"),
        ],
        required=True,
        default="computer",
    )
    user_id = fields.Many2one("res.users", string="Used by", ondelete="set null")
    at_home = fields.Boolean(string="Also used from home")
    system_id = fields.Many2one("sme.cyber.system", string="Operating system", ondelete="restrict")
    own_end = fields.Date(
        string="End of support by the maker", help="Of the device itself (phones, routers): goes before the system's."
    )
    end = fields.Date(string="End of support", compute="_compute_end", store=True)
    state = fields.Selection(
        [
            (support.ENDED, "No longer supported"),
            (support.SOON, "Ends soon"),
            (support.SUPPORTED, "Supported"),
            (support.UNKNOWN, "Not known"),
        ],
        compute="_compute_state",
        search="_search_state",
    )
    encrypted = fields.Boolean(string="Disk encrypted")
    warned_for = fields.Date(readonly=True, help="The end of support of which its users were told.")

    @api.depends("own_end", "system_id.end")
    def _compute_end(self):
        for device in self:
            device.end = device.own_end or device.system_id.end

    @api.depends("end")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for device in self:
            device.state = support.state(device.end or None, today)

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        found = self.search_fetch([], ["end"]).filtered(
            lambda device: support.state(device.end or None, today) in value
        )
        return [("id", "in", found.ids)]

    @api.model
    def _warn(self):
        """Tell those who look after security once that the support of a device ends; again if the day changes."""
        # sudo: the daily action looks at the devices of every company
        ending = self.sudo().search([("end", "!=", False)])
        ending = ending.filtered(
            lambda device: device.state in (support.ENDED, support.SOON) and device.warned_for != device.end
        )
        officers = (
            self.env["res.users"]
            .sudo()
            .search([("share", "=", False), ("all_group_ids", "in", self.env.ref("sme_cyber.group_officer").ids)])
        )
        for company in ending.company_id:
            devices = ending.filtered(lambda device, company=company: device.company_id == company)
            for officer in officers.filtered(lambda user, company=company: company in user.company_ids and user.email):
                self.env["mail.mail"].sudo().create(devices._warning(company, officer))
            for device in devices:
                device.warned_for = device.end

    def _warning(self, company, officer):
        """:return: dict, values of the mail to one reader"""
        devices = self.with_context(lang=officer.lang)
        body = devices.env["ir.qweb"]._render(
            "sme_cyber.support_mail",
            {"devices": devices, "company": company, "url": f"{company.get_base_url()}/odoo/security-posture"},
        )
        return {
            "subject": devices.env._(
                "%(company)s: %(count)s devices without updates, or soon", company=company.name, count=len(self)
            ),
            "body_html": body,
            "email_from": company.email_formatted or self.env.user.email_formatted,
            "email_to": officer.email_formatted,
            "auto_delete": True,
        }
