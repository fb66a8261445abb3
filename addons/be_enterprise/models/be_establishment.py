# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import number, region

REGIONS = [("wallonia", "Wallonia"), ("brussels", "Brussels"), ("flanders", "Flanders")]
LANGUAGE_AREAS = [("fr", "French"), ("nl", "Dutch"), ("de", "German"), ("bilingual", "Bilingual French-Dutch")]


class BeEstablishment(models.Model):
    """An establishment unit: a place where a company works, with its own number in the Crossroads Bank."""

    _name = "be.establishment"
    _inherit = "be.normalised"
    _description = "Establishment unit"
    _order = "partner_id, name, id"

    partner_id = fields.Many2one("res.partner", string="Company", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(
        related="partner_id.company_id", string="Visible to", store=True, index="btree_not_null"
    )
    name = fields.Char(required=True)
    number = fields.Char(
        string="Establishment number",
        index="btree_not_null",
        copy=False,
        help="Ten digits, the first one 2 to 8. Any usual writing is accepted.",
    )
    street = fields.Char()
    street2 = fields.Char()
    zip = fields.Char(string="Postal code")
    city = fields.Char()
    country_id = fields.Many2one("res.country", default=lambda self: self.env.ref("base.be", raise_if_not_found=False))
    region = fields.Selection(
        REGIONS,
        compute="_compute_region",
        store=True,
        readonly=False,
        help="Taken from the postal code where that is known; otherwise you may choose it.",
    )
    language_area = fields.Selection(
        LANGUAGE_AREAS, string="Language area", compute="_compute_region", store=True, readonly=False
    )
    german_community = fields.Boolean(
        string="German-speaking Community", compute="_compute_region", store=True, readonly=False
    )
    nace_ids = fields.Many2many("be.nace.code", string="Activities")
    main_nace_id = fields.Many2one("be.nace.code", string="Main activity", index="btree_not_null")
    staff = fields.Float(string="Staff (FTE)", digits=(12, 2))
    staff_known = fields.Boolean(
        compute="_compute_staff_known",
        store=True,
        readonly=False,
        help="Tick it where nobody works here; otherwise no staff means that it is not known.",
    )
    started_on = fields.Date(string="Started on")
    closed_on = fields.Date(string="Closed down on")
    is_principal = fields.Boolean(
        string="Principal operating seat",
        compute="_compute_is_principal",
        inverse="_inverse_is_principal",
        help="Where the company mainly works; often, not always, its registered office. Subsidies and the language of"
        " invoices depend on it.",
    )
    has_old_nace = fields.Boolean(string="Has activities of 2008", compute="_compute_has_old_nace")
    active = fields.Boolean(default=True)

    _number_unique = models.UniqueIndex(
        "(number, COALESCE(company_id, 0)) WHERE number IS NOT NULL",
        "An establishment with this number already exists.",
    )

    @api.depends("zip", "country_id")
    def _compute_region(self):
        today = fields.Date.context_today(self)
        for record in self:
            place = region.lookup(record.zip, on=today, country=record.country_id.code)
            if place:
                record.region = place.region
                record.language_area = place.language
                record.german_community = place.german_community
            elif record.country_id.code != "BE" or not record.zip:
                record.region = record.language_area = False
                record.german_community = False
            else:
                # An unknown Belgian code: what the user chose stays.
                record.region = record.region
                record.language_area = record.language_area
                record.german_community = record.german_community

    @api.depends("staff")
    def _compute_staff_known(self):
        for record in self:
            record.staff_known = bool(record.staff) or record.staff_known

    @api.depends("nace_ids.version", "main_nace_id.version")
    def _compute_has_old_nace(self):
        for record in self:
            record.has_old_nace = "2008" in (record.nace_ids | record.main_nace_id).mapped("version")

    @api.depends("partner_id.be_principal_seat_id")
    def _compute_is_principal(self):
        for record in self:
            record.is_principal = record._origin and record.partner_id.be_principal_seat_id == record._origin

    def _inverse_is_principal(self):
        for record in self:
            if record.is_principal:
                record.partner_id.be_principal_seat_id = record
            elif record.partner_id.be_principal_seat_id == record:
                record.partner_id.be_principal_seat_id = False

    @api.depends("name", "number", "city")
    def _compute_display_name(self):
        for record in self:
            written = number.format_establishment(record.number) if number.is_establishment(record.number) else ""
            record.display_name = ", ".join(filter(None, (record.name, record.city, written)))

    @api.onchange("number")
    def _onchange_number(self):
        if number.is_establishment(self.number):
            self.number = number.establishment(self.number)

    @api.onchange("main_nace_id")
    def _onchange_main_nace_id(self):
        if self.main_nace_id:
            self.nace_ids |= self.main_nace_id

    @api.model
    def _normalised(self, vals):
        if not vals.get("number"):
            return vals
        code = number.problem(vals["number"], number.establishment)
        if code:
            raise ValidationError(self._number_error(code, vals["number"]))
        return {**vals, "number": number.establishment(vals["number"])}

    @api.model
    def _number_error(self, code, text):
        """Return, in the user's words, what is wrong with an establishment number (codes of engine.number)."""
        messages = {
            "checksum": self.env._("The establishment number “%s” is not right: its last two digits do not fit.", text),
            "first_digit": self.env._(
                "“%s” is not an establishment number: that starts with 2 to 8. Is it the enterprise number?", text
            ),
        }
        return messages.get(code) or self.env._(
            "“%s” is not an establishment number: that has ten digits, such as 2.000.000.042.", text
        )

    def action_convert_nace(self):
        """Open the question to which codes of 2025 the activities of 2008 are to be moved."""
        return self.env["be.nace.convert"]._open(self)
