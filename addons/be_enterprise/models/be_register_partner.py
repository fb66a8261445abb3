# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    be_register_number = fields.Char(
        string="Chosen in the Register",
        store=False,
        help="Set by the look-up, so that saving the contact also takes over its establishments and activities.",
    )
    be_vies_state = fields.Selection(
        [
            ("unasked", "Not asked yet"),
            ("unknown", "No answer yet"),
            ("valid", "Valid"),
            ("invalid", "Not valid"),
        ],
        string="VIES",
        compute="_compute_be_vies",
    )
    be_vies_date = fields.Datetime(string="Last VIES Answer", compute="_compute_be_vies")
    be_vies_failed = fields.Boolean(
        string="VIES Not Reachable",
        compute="_compute_be_vies",
        help="The last attempt got no answer. This says nothing about the number.",
    )

    @api.depends("vat")
    def _compute_be_vies(self):
        # sudo: the answers are public facts about VAT numbers; only the job and the button may write them.
        known = self.env["be.register.vies"].sudo()._known(self.mapped("vat"))
        for partner in self:
            answer = known.get(partner.vat)
            normalised = partner.vat and self.env["be.register.vies"]._normalise(partner.vat)
            partner.be_vies_state = answer.state if answer else "unasked" if normalised else False
            partner.be_vies_date = answer.answered_at if answer else False
            partner.be_vies_failed = bool(answer and answer.failure)

    def action_be_vies_check(self):
        """Ask VIES now about this contact's VAT number and tell the user what it said."""
        self.ensure_one()
        self.check_access("read")
        # sudo: a user may ask, but not write an answer of their own.
        answer = self.env["be.register.vies"].sudo()._ask(self.vat)
        self.invalidate_recordset(["be_vies_state", "be_vies_date", "be_vies_failed"])
        kind, message = self._be_vies_message(answer)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "title": self.env._("VIES"),
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _be_vies_message(self, answer):
        if not answer:
            return "warning", self.env._("VIES only knows VAT numbers of European Union countries.")
        if answer.failure:
            if answer.answered_at:
                return "warning", self.env._(
                    "VIES cannot be reached now. Its last answer about %(vat)s is of %(date)s.",
                    vat=answer.vat,
                    date=fields.Date.to_date(answer.answered_at),
                )
            return "warning", self.env._("VIES cannot be reached now. This says nothing about %s.", answer.vat)
        if answer.state == "valid":
            return "success", self.env._("%s is a valid VAT number.", answer.vat)
        return "danger", self.env._("VIES does not know %s as a valid VAT number.", answer.vat)

    # The register ---------------------------------------------------------------------------------------------------

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            for node in arch.xpath("//field[@name='name' or @name='vat' or @name='company_registry']"):
                if node.xpath("ancestor::field"):
                    continue
                node.set("widget", "be_register_char")
            if not arch.xpath("//field[@name='be_register_number']"):
                for node in arch.xpath("(//field[@name='name'])[1]"):
                    node.addprevious(node.makeelement("field", {"name": "be_register_number", "invisible": "1"}))
        return arch, view

    @api.model_create_multi
    def create(self, vals_list):
        chosen = [vals.pop("be_register_number", False) for vals in vals_list]
        partners = super().create(vals_list)
        for partner, number in zip(partners, chosen, strict=True):
            if number:
                partner._be_register_fill(number)
        return partners

    def write(self, vals):
        number = vals.get("be_register_number")
        if "be_register_number" in vals:
            vals = {name: value for name, value in vals.items() if name != "be_register_number"}
        result = super().write(vals) if vals else True
        if number:
            self._be_register_fill(number)
        return result
