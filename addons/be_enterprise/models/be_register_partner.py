# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import number as be_number
from .be_register_view import look_up_in


class ResPartner(models.Model):
    _inherit = "res.partner"

    be_register_number = fields.Char(
        string="Chosen in the Register",
        store=False,
        help="Set by the look-up, so that saving the contact also takes over its establishments and activities.",
    )
    be_legal_form = fields.Char(
        string="Legal Form", help="As users write it (SRL, BV, GmbH…); taken from the company register."
    )
    be_nace_ids = fields.Many2many(
        "be.nace.code",
        "be_register_partner_nace_rel",
        string="Economic Activities",
        help="Activities that the company register gives for the enterprise itself; its establishments have their own.",
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
            look_up_in(arch, ("name", "vat", "company_registry", "be_enterprise_number"), "be_register_number")
        return arch, view

    @api.model_create_multi
    def create(self, vals_list):
        chosen = [vals.get("be_register_number") for vals in vals_list]
        partners = super().create(
            [{name: value for name, value in vals.items() if name != "be_register_number"} for vals in vals_list]
        )
        for partner, number in zip(partners, chosen, strict=True):
            if number:
                partner._be_register_fill(number)
        return partners

    def write(self, vals):
        number = vals.get("be_register_number")
        result = super().write({name: value for name, value in vals.items() if name != "be_register_number"})
        if number:
            self._be_register_fill(number)
        return result

    def _be_register_fill(self, number):
        """Complete contacts from the register: what is empty, and what no form carries (establishments, activities).

        Nothing that the user filled in is changed. A number that the register does not know fills nothing.
        """
        register = self.env["be.register"]
        if not be_number.is_enterprise(number):
            return
        details = register.details(number)
        if not details:
            return
        values = register._partner_values(details)
        values.pop("be_register_number")
        for partner in self:
            missing = {
                name: value
                for name, value in values.items()
                if name in ("street", "zip", "city", "country_id", "email", "phone", "website") and not partner[name]
            }
            if missing.get("street") and (partner.zip or partner.city):
                # An address is taken over as a whole or not at all.
                missing = {name: v for name, v in missing.items() if name not in ("street", "zip", "city")}
            if not partner.be_legal_form:
                missing["be_legal_form"] = details["form"] or details["form_description"]
            nace = self._be_register_nace(details["activities"])
            if nace - partner.be_nace_ids:
                missing["be_nace_ids"] = [(4, code.id) for code in nace]
            partner.write(missing)
            partner._be_register_fill_establishments(details["establishments"])

    def _be_register_fill_establishments(self, units):
        """Add the establishments that this contact does not have yet; the only one is its principal seat."""
        self.ensure_one()
        register = self.env["be.register"]
        # sudo: whoever may write the contact may have the register's facts about it filled in.
        Establishment = self.env["be.establishment"].sudo().with_context(active_test=False)
        numbers = [f"{unit['number']:010d}" for unit in units]
        taken = set(
            Establishment.search([("number", "in", numbers), ("company_id", "in", (False, self.company_id.id))]).mapped(
                "number"
            )
        )
        vals_list = []
        for unit, number in zip(units, numbers, strict=True):
            if number in taken:
                continue
            nace = self._be_register_nace(unit["activities"])
            address = unit["address"]
            vals_list.append(
                {
                    "partner_id": self.id,
                    "number": number,
                    "name": unit["name"] or self.name,
                    "started_on": unit["started"],
                    "nace_ids": [(6, 0, nace.ids)],
                    "main_nace_id": self._be_register_main_nace(unit["activities"], nace).id,
                    **(register._address_values(address) if address else {}),
                }
            )
        created = Establishment.create(vals_list)
        if len(units) == 1 and created and not self.be_principal_seat_id:
            self.be_principal_seat_id = created

    @api.model
    def _be_register_nace(self, activities):
        """Return the activity codes (2008 and 2025) of the register's activities; new ones are made with their text."""
        # sudo: activity codes are shared reference data; the register's own are added as they turn up.
        Nace = self.env["be.nace.code"].sudo().with_context(active_test=False)
        wanted = {(item["version"], item["nace"]) for item in activities if item["version"] in ("2008", "2025")}

        def known():
            codes = Nace.search([("code", "in", [code for _version, code in wanted])])
            return codes.filtered(lambda record: (record.version, record.code) in wanted)

        found = known()
        missing = wanted - {(record.version, record.code) for record in found}
        if missing:
            lookup = self.env["be.register"]._lookup()
            Nace._take_over((version, code, lookup.descriptions(f"Nace{version}", code)) for version, code in missing)
            found = known()
        return found.sudo(False)

    @api.model
    def _be_register_main_nace(self, activities, nace):
        """Return the main activity: of VAT before the others, in the newest version that there is."""
        main = [item for item in activities if item["classification"] == "MAIN"]
        for item in sorted(main, key=lambda item: (item["group"], -int(item["version"]))):
            record = nace.filtered(lambda n, item=item: (n.version, n.code) == (item["version"], item["nace"]))
            if record:
                return record
        return nace.browse()
