# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from ..engine import number, region
from .be_establishment import LANGUAGE_AREAS, REGIONS

SIZES = [
    ("micro", "Micro"),
    ("small", "Small"),
    ("medium", "Medium"),
    ("large", "Large (not an SME)"),
    ("unknown", "Unknown"),
]


#: Who may see figures: a customer who reads its own contact, or any employee, sees at most the class.
_FIGURES = "base.group_partner_manager,account.group_account_invoice"


class ResPartner(models.Model):
    _inherit = "res.partner"

    company_registry = fields.Char(inverse="_inverse_company_registry")
    be_registry_from_vat = fields.Char(
        string="Enterprise number taken from the VAT number",
        compute="_compute_company_registry",
        store=True,
        copy=False,
        help="Technical: as long as the enterprise number is this one, it follows the VAT number.",
    )
    be_is_belgian = fields.Boolean(string="Is Belgian", compute="_compute_be_is_belgian")
    be_enterprise_number = fields.Char(
        string="Enterprise number",
        compute="_compute_be_enterprise_number",
        inverse="_inverse_be_enterprise_number",
        search="_search_be_enterprise_number",
        help="Number in the Crossroads Bank for Enterprises (KBO/BCE). Any usual writing is accepted.",
    )
    be_number_disagrees = fields.Boolean(
        string="VAT and enterprise number disagree", compute="_compute_be_number_disagrees"
    )
    be_region = fields.Selection(
        REGIONS, string="Region", compute="_compute_be_region", store=True, help="Of this address."
    )
    be_language_area = fields.Selection(
        LANGUAGE_AREAS, string="Language area", compute="_compute_be_region", store=True, help="Of this address."
    )
    be_german_community = fields.Boolean(
        string="German-speaking Community", compute="_compute_be_region", store=True, help="Of this address."
    )
    be_establishment_ids = fields.One2many("be.establishment", "partner_id", string="Establishments")
    be_principal_seat_id = fields.Many2one(
        "be.establishment",
        string="Principal operating seat",
        domain="[('partner_id', '=', id)]",
        index="btree_not_null",
        copy=False,
        help="Where the company mainly works; often, not always, its registered office.",
    )
    be_seat_region = fields.Selection(related="be_principal_seat_id.region", string="Region of the seat")
    be_seat_language_area = fields.Selection(
        related="be_principal_seat_id.language_area", string="Language area of the seat"
    )
    be_operating_region = fields.Selection(
        REGIONS,
        string="Region where it works",
        compute="_compute_be_operating_region",
        help="Of the principal operating seat; of the address where no establishment is entered. With establishments"
        " in several regions and no principal seat it is unknown.",
    )
    be_size_year_ids = fields.One2many("be.size.year", "partner_id", string="Closed years", groups=_FIGURES)
    be_owned_ids = fields.One2many("be.holding", "owner_id", string="Holds shares in", groups=_FIGURES)
    be_owner_ids = fields.One2many("be.holding", "owned_id", string="Shareholders (enterprises)", groups=_FIGURES)
    be_first_year = fields.Boolean(
        string="The oldest year is its very first one",
        help="Nothing came before it that could still count.",
        groups=_FIGURES,
    )
    be_public_body = fields.Selection(
        [
            ("no", "Less than 25%"),
            ("yes", "25% or more"),
            ("exempt", "25% or more, by exempt investors only"),
        ],
        string="Held by public bodies",
        groups=_FIGURES,
    )
    be_group_member = fields.Selection(
        [("no", "No"), ("yes", "Yes")],
        string="Parent company or subsidiary",
        groups=_FIGURES,
        help="Such a company is never a micro-company by the Companies Code. A parent company enters its consolidated"
        " figures.",
    )
    be_size = fields.Selection(
        SIZES,
        string="Size (EU recommendation)",
        compute="_compute_be_size",
        compute_sudo=True,
        groups="base.group_user",
    )
    be_size_working = fields.Html(
        string="Working (EU recommendation)", compute="_compute_be_size", compute_sudo=True, groups=_FIGURES
    )
    be_code_size = fields.Selection(
        SIZES, string="Size (Companies Code)", compute="_compute_be_size", compute_sudo=True, groups="base.group_user"
    )
    be_code_size_working = fields.Html(
        string="Working (Companies Code)", compute="_compute_be_size", compute_sudo=True, groups=_FIGURES
    )
    be_quality_issue = fields.Char(
        string="To put right",
        compute="_compute_be_quality_issue",
        search="_search_be_quality_issue",
        groups="base.group_user",
    )

    def _auto_init(self):
        if not column_exists(self.env.cr, self._table, "be_registry_from_vat"):
            # Numbers that core took from the VAT number go on following it. In SQL: a computed column that is new
            # would have each partner's number computed again.
            create_column(self.env.cr, self._table, "be_registry_from_vat", "varchar")
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE res_partner SET be_registry_from_vat = company_registry
                     WHERE company_registry <> '' AND upper(vat) IN (company_registry, 'BE' || company_registry)
                    """
                )
            )
        return super()._auto_init()

    @api.model
    def _get_frontend_writable_fields(self):
        """Customers may give their enterprise number on the address forms of the portal and the web shop."""
        return super()._get_frontend_writable_fields() | {"be_enterprise_number"}

    # -- Enterprise number --------------------------------------------------------------------------------------------

    def _be_country_code(self):
        """Return "BE" for a Belgian partner, another code for a foreign one, "" where nothing says which."""
        self.ensure_one()
        commercial = self.commercial_partner_id or self
        return commercial._deduce_country_code() or ""

    @api.depends("country_id", "vat", "parent_id")
    @api.depends_context("company")
    def _compute_be_is_belgian(self):
        at_home = self.env.company.country_id.code == "BE"
        for partner in self:
            code = partner._be_country_code()
            partner.be_is_belgian = code == "BE" or (not code and at_home)

    @api.depends("vat", "country_id")
    def _compute_company_registry(self):
        before = {partner: (partner.company_registry, partner.be_registry_from_vat) for partner in self}
        result = super()._compute_company_registry()
        for partner in self:
            registry, followed = before[partner]
            from_vat = partner._be_number_of_vat()
            written = number.enterprise(registry) if number.is_enterprise(registry) else registry
            if not from_vat:
                partner.be_registry_from_vat = followed
            elif written and written not in (followed, from_vat):
                # A number that did not come from the VAT number: both stay, and the form shows that they disagree.
                partner.company_registry = registry
                partner.be_registry_from_vat = False
            else:
                partner.company_registry = partner.be_registry_from_vat = from_vat
        return result

    def _be_number_of_vat(self):
        """Return the enterprise number that is in the VAT number of a Belgian partner, or None."""
        self.ensure_one()
        if not self.vat or not number.is_enterprise(self.vat) or self._deduce_country_code() != "BE":
            return None
        return number.enterprise(self.vat)

    def _inverse_company_registry(self):
        for partner in self:
            registry = partner.company_registry
            if not registry or partner.commercial_partner_id != partner:
                continue  # contacts carry a copy of their company's number
            country = partner._be_country_code()
            if country == "BE":
                registry = partner._be_read_number(registry)
            elif not country and number.is_enterprise(registry):
                registry = number.enterprise(registry)
            followed = registry if registry == partner._be_number_of_vat() else False
            if partner.be_registry_from_vat != followed:
                partner.be_registry_from_vat = followed
            if registry != partner.company_registry:
                partner.company_registry = registry

    @api.model
    def _be_read_number(self, text):
        """Return the ten digits of an enterprise number, or raise what is wrong with it in the user's words.

        As for core's VAT numbers, the context key ``no_vat_validation`` lets wrong ones from other systems in.
        """
        code = number.problem(text)
        if not code:
            return number.enterprise(text)
        if self.env.context.get("no_vat_validation"):
            return text
        raise ValidationError(self._be_number_error(code, text))

    @api.model
    def _be_number_error(self, code, text):
        """Return, in the user's words, what is wrong with an enterprise number (codes of engine.number)."""
        messages = {
            "checksum": self.env._(
                "The enterprise number “%s” is not right: its last two digits do not fit the others. Please check it.",
                text,
            ),
            "first_digit": self.env._(
                "“%s” is not an enterprise number: that starts with 0 or 1. Is it the number of an establishment?", text
            ),
            "foreign": self.env._("“%s” is not a Belgian enterprise number: it starts with another country.", text),
        }
        return messages.get(code) or self.env._(
            "“%s” is not an enterprise number: that has ten digits, such as 0477.472.701.", text
        )

    @api.depends("company_registry", "country_id", "vat", "parent_id")
    @api.depends_context("company")
    def _compute_be_enterprise_number(self):
        for partner in self:
            registry = partner.be_is_belgian and partner.company_registry
            if number.is_enterprise(registry):
                partner.be_enterprise_number = number.format_enterprise(registry)
            else:
                partner.be_enterprise_number = registry

    def _inverse_be_enterprise_number(self):
        for partner in self:
            text = partner.be_enterprise_number
            partner.company_registry = self._be_read_number(text) if text else False
        # Shown from now on in the usual writing, not in the one that was typed.
        self.invalidate_recordset(["be_enterprise_number"], flush=False)

    @api.model
    def _search_be_enterprise_number(self, operator, value):
        def digits(text):
            if number.is_enterprise(text):
                return number.enterprise(text)
            return "".join(filter(str.isdigit, text)) or text if isinstance(text, str) else text

        if operator in ("in", "not in"):
            return [("company_registry", operator, [digits(item) for item in value])]
        if operator.endswith("like"):
            return [("company_registry", operator, digits(value))]
        return NotImplemented

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        if operator in ("ilike", "like", "=", "in") and isinstance(value, str) and number.is_enterprise(value):
            # The usual writings find the number as it is stored.
            domain = Domain(domain) | Domain("company_registry", "=", number.enterprise(value))
        return domain

    @api.onchange("be_enterprise_number")
    def _onchange_be_enterprise_number(self):
        text = self.be_enterprise_number
        code = number.problem(text) if text else None
        if code:
            return {
                "warning": {
                    "title": self.env._("Please check the enterprise number"),
                    "message": self._be_number_error(code, text),
                }
            }
        self.company_registry = number.enterprise(text) if text else False
        return None

    @api.onchange("peppol_endpoint", "peppol_eas")
    def _onchange_be_peppol_endpoint(self):
        """Core's check digits for scheme 0208 are never reached on a contact: say it on entry."""
        if self.peppol_eas == "0208" and self.peppol_endpoint and number.problem(self.peppol_endpoint):
            return {
                "warning": {
                    "title": self.env._("Please check the Peppol address"),
                    "message": self._be_number_error(number.problem(self.peppol_endpoint), self.peppol_endpoint),
                }
            }
        return None

    @api.constrains("peppol_endpoint", "peppol_eas")
    def _check_be_peppol_endpoint(self):
        """Refuse wrong Belgian Peppol addresses row by row in an import of contacts.

        Elsewhere they are let through, as core lets them: a received bill must not be lost for its sender's mistake.
        """
        if not self.env.context.get("import_file") or self.env.context.get("no_vat_validation"):
            return
        for partner in self.filtered(lambda one: one.peppol_eas == "0208" and one.peppol_endpoint):
            if code := number.problem(partner.peppol_endpoint):
                raise ValidationError(self._be_number_error(code, partner.peppol_endpoint))

    @api.model
    def check_vat_be(self, vat):
        """Check a Belgian VAT number (found by its name by base_vat): the library lets establishment numbers pass."""
        return number.is_enterprise(vat)

    @api.depends("company_registry", "vat", "country_id")
    def _compute_be_number_disagrees(self):
        for partner in self:
            from_vat = partner.company_registry and partner._be_number_of_vat()
            partner.be_number_disagrees = bool(from_vat) and number.agree(partner.company_registry, from_vat) is False

    def action_be_number_from_vat(self):
        """Take the enterprise number from the VAT number."""
        for partner in self:
            if from_vat := partner._be_number_of_vat():
                partner.company_registry = from_vat

    def action_be_vat_from_number(self):
        """Take the VAT number from the enterprise number."""
        for partner in self:
            if number.is_enterprise(partner.company_registry):
                partner.vat = number.vat(partner.company_registry)

    # -- Place --------------------------------------------------------------------------------------------------------

    @api.depends("zip", "country_id")
    def _compute_be_region(self):
        today = fields.Date.context_today(self)
        for partner in self:
            place = region.lookup(partner.zip, on=today, country=partner.country_id.code)
            partner.be_region = place.region if place else False
            partner.be_language_area = place.language if place else False
            partner.be_german_community = bool(place and place.german_community)

    @api.depends("be_region", "be_principal_seat_id.region", "be_establishment_ids.region")
    def _compute_be_operating_region(self):
        for partner in self:
            regions = set(partner.be_establishment_ids.mapped("region")) or {partner.be_region}
            if partner.be_principal_seat_id:
                regions = {partner.be_principal_seat_id.region}
            partner.be_operating_region = regions.pop() if len(regions) == 1 else False

    @api.constrains("be_principal_seat_id")
    def _check_be_principal_seat(self):
        for partner in self:
            if partner.be_principal_seat_id and partner.be_principal_seat_id.partner_id != partner:
                raise ValidationError(
                    self.env._("The principal operating seat must be one of the company's own establishments.")
                )

    # -- Size ---------------------------------------------------------------------------------------------------------

    @api.depends(
        "be_first_year",
        "be_public_body",
        "be_group_member",
        "be_size_year_ids.closed_on",
        "be_size_year_ids.staff",
        "be_size_year_ids.staff_known",
        "be_size_year_ids.turnover",
        "be_size_year_ids.turnover_known",
        "be_size_year_ids.balance",
        "be_size_year_ids.balance_known",
        "be_owned_ids.share",
        "be_owner_ids.share",
    )
    @api.depends_context("lang")
    def _compute_be_size(self):
        report = self.env["be.size.report"]
        related = report._related(self._origin)
        for partner in self:
            saved = partner._origin
            if not saved:
                partner.be_size = partner.be_code_size = "unknown"
                partner.be_size_working = partner.be_code_size_working = False
                continue
            european, belgian = report._european(saved, related), report._belgian(saved)
            partner.be_size = european.verdict
            partner.be_code_size = belgian.verdict
            partner.be_size_working = report._render("be_enterprise.size_working", european, saved)
            partner.be_code_size_working = report._render("be_enterprise.code_size_working", belgian, saved)

    # -- Data quality -------------------------------------------------------------------------------------------------

    def _compute_be_quality_issue(self):
        found = self.env["be.quality"]._issues_of(self)
        for partner in self:
            partner.be_quality_issue = ", ".join(found.get(partner.id, [])) or False

    @api.model
    def _search_be_quality_issue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self.env["be.quality"]._domain(code) for code in value)

    def action_be_quality_fix(self):
        """Preview what can be put right for the contacts ticked in a list of the quality page."""
        return self.env["be.quality"].action_fix(self.env.context.get("be_quality_issue"), self.ids)
