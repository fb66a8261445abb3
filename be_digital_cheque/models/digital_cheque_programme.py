# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import period as periods
from ..tools.settings import reference_date
from .digital_cheque_evidence import CONFIDENCES


class DigitalChequeProgramme(models.Model):
    """A public aid programme, whatever its rules of the day. The rules are in its dated versions.

    The catalogue is the same for all companies. Nothing about "today" is stored: pass ``digital_cheque_date`` in the
    context to look at the catalogue of another day.
    """

    _name = "digital.cheque.programme"
    _inherit = ["mail.thread", "digital.cheque.seeded"]
    _description = "Aid Programme"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(required=True, copy=False, tracking=True, help="Short name without spaces, such as wal_cyber.")
    active = fields.Boolean(default=True, tracking=True)
    sequence = fields.Integer(default=10)
    region = fields.Selection(
        [("wallonia", "Wallonia"), ("brussels", "Brussels"), ("flanders", "Flanders"), ("federal", "Federal")],
        required=True,
        tracking=True,
        group_expand=True,
        help="Where the operating seat of the enterprise must be. Federal programmes hold everywhere.",
    )
    authority_id = fields.Many2one("digital.cheque.authority", required=True, ondelete="restrict", tracking=True)
    in_my_region = fields.Boolean(
        compute="_compute_in_my_region",
        search="_search_in_my_region",
        help="Open to the region where your company works, by its principal operating seat; all are where that is"
        " unknown.",
    )
    aid_form = fields.Selection(
        [
            ("cheque", "Cheque that pays the provider"),
            ("grant", "Grant"),
            ("tax", "Tax deduction"),
            ("support", "Support by experts"),
        ],
        required=True,
        default="grant",
        string="Form of Aid",
        tracking=True,
    )
    summary = fields.Text(translate=True, help="What it is for, in one or two sentences.")
    portal_url = fields.Char(string="Where to Apply", tracking=True)
    version_ids = fields.One2many("digital.cheque.programme.version", "programme_id", string="Rules by Date", copy=True)

    current_version_id = fields.Many2one(
        "digital.cheque.programme.version",
        string="Rules of Today",
        compute="_compute_current_version",
        search="_search_current_version",
    )
    in_force = fields.Boolean(string="In Force Today", compute="_compute_current_version", search="_search_in_force")
    status = fields.Selection(
        [
            ("open", "Open"),
            ("reform", "Open, reform announced"),
            ("budget_risk", "Open, budget at risk"),
            ("upcoming", "Not yet open"),
            ("closed", "Closed"),
            ("unknown", "No rules entered"),
        ],
        compute="_compute_current_version",
        search="_search_status",
    )
    rate_micro = fields.Text(related="current_version_id.rate_micro")
    rate_small = fields.Text(related="current_version_id.rate_small")
    rate_medium = fields.Text(related="current_version_id.rate_medium")
    ceiling = fields.Text(related="current_version_id.ceiling")
    range_micro = fields.Char(related="current_version_id.range_micro")
    range_small = fields.Char(related="current_version_id.range_small")
    range_medium = fields.Char(related="current_version_id.range_medium")
    own_ceiling = fields.Text(related="current_version_id.own_ceiling")
    source_ids = fields.Many2many(related="current_version_id.source_ids")
    calculation_note = fields.Text(related="current_version_id.calculation_note")
    deadline_rules = fields.Text(related="current_version_id.deadline_rules")
    who_may_apply = fields.Text(related="current_version_id.who_may_apply")
    eligible_costs = fields.Text(related="current_version_id.eligible_costs")
    excluded_costs = fields.Text(related="current_version_id.excluded_costs")
    open_points = fields.Text(related="current_version_id.open_points")
    aid_category = fields.Selection(related="current_version_id.aid_category")
    legal_base = fields.Text(related="current_version_id.legal_base")
    verified_on = fields.Date(related="current_version_id.verified_on")
    period = fields.Char(related="current_version_id.period")
    needs_verification = fields.Boolean(
        string="To Be Verified", compute="_compute_needs_verification", search="_search_needs_verification"
    )
    lowest_confidence = fields.Selection(
        CONFIDENCES, string="Confidence", compute="_compute_lowest_confidence", search="_search_lowest_confidence"
    )

    _code_unique = models.Constraint("UNIQUE (code)", "Another programme has this short name already.")

    @api.depends("region")
    @api.depends_context("company")
    def _compute_in_my_region(self):
        mine = self.env.company.be_operating_region
        for programme in self:
            programme.in_my_region = not mine or programme.region in (mine, "federal")

    @api.depends("version_ids.date_from", "version_ids.date_to", "version_ids.status", "version_ids.active")
    @api.depends_context("digital_cheque_date", "tz")
    def _compute_current_version(self):
        today = reference_date(self)
        for programme in self:
            versions = programme.version_ids
            # A closed programme shows its last rules; one to come its first.
            current = versions.filtered(
                lambda version: periods.phase(version.date_from, version.date_to, today) == periods.CURRENT
            )[:1]
            upcoming = versions.filtered(lambda version: version.phase == periods.FUTURE)
            shown = current or upcoming[-1:] or versions[:1]
            programme.current_version_id = shown
            programme.in_force = current.in_force
            if current:
                programme.status = current.status
            elif upcoming:
                programme.status = "upcoming"
            else:
                programme.status = "closed" if versions else "unknown"

    @api.depends("current_version_id.needs_verification")
    @api.depends_context("digital_cheque_date", "tz")
    def _compute_needs_verification(self):
        for programme in self:
            # The figures of a programme that is over no longer change.
            programme.needs_verification = programme.status != "closed" and (
                programme.current_version_id.needs_verification or not programme.current_version_id
            )

    @api.depends("current_version_id.lowest_confidence")
    @api.depends_context("digital_cheque_date", "tz")
    def _compute_lowest_confidence(self):
        for programme in self:
            programme.lowest_confidence = programme.current_version_id.lowest_confidence

    def _search_computed(self, name, operator, value):
        """Search on a field that depends on the day. The catalogue is small: some dozens of programmes."""
        if operator != "in":
            return NotImplemented
        programmes = self.with_context(active_test=False).search(fields.Domain.TRUE)
        # Archived versions must stay out of the comparison, archived programmes not.
        found = programmes.with_context(active_test=True).filtered(lambda programme: programme[name] in value)
        return fields.Domain("id", "in", found.ids)

    def _search_current_version(self, operator, value):
        if operator != "in":
            return NotImplemented
        versions = self.env["digital.cheque.programme.version"].browse(value).exists()
        return fields.Domain(
            "id",
            "in",
            versions.programme_id.filtered(lambda programme: programme.current_version_id in versions).ids,
        )

    def _search_in_force(self, operator, value):
        return self._search_computed("in_force", operator, value)

    def _search_status(self, operator, value):
        return self._search_computed("status", operator, value)

    def _search_needs_verification(self, operator, value):
        return self._search_computed("needs_verification", operator, value)

    def _search_in_my_region(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self.env.company.be_operating_region
        return fields.Domain("region", "in", [mine, "federal"]) if mine else fields.Domain.TRUE

    def _search_lowest_confidence(self, operator, value):
        return self._search_computed("lowest_confidence", operator, value)

    def _version_on(self, on):
        """Return the rules in force on a day: one version, or none where no version holds."""
        self.ensure_one()
        return self.version_ids.filtered(
            lambda version: periods.phase(version.date_from, version.date_to, on) == periods.CURRENT
        )[:1]

    def _overlapping_versions(self):
        """Return the pairs of active versions that have a day in common."""
        self.ensure_one()
        versions = self.with_context(active_test=True).version_ids
        pairs = periods.overlapping_pairs([(version.date_from, version.date_to) for version in versions])
        return [(versions[i], versions[j]) for i, j in pairs]

    @api.model
    def catalogue_overview(self):
        """Return the figures above the catalogue: how many programmes are in force, to be verified, uncertain, over.

        Each is the number of programmes that the search filter of the same name finds.
        """
        programmes = self.search(fields.Domain.TRUE)
        in_force = programmes.filtered("in_force")
        return {
            "in_force": len(in_force),
            "at_risk": len(in_force.filtered(lambda programme: programme.status in ("reform", "budget_risk"))),
            "to_verify": len(programmes.filtered("needs_verification")),
            "closed": len(programmes.filtered(lambda programme: programme.status == "closed")),
            "can_correct": self.has_access("write"),
        }

    def action_open_portal(self):
        """Open the authority's own page, where the application is made."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.portal_url, "target": "new"}
