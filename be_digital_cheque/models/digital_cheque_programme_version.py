# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..engine import period as periods
from ..engine import rates
from ..tools.settings import reference_date
from ..tools.snapshot import percentage_range
from .digital_cheque_evidence import CONFIDENCES

OPEN_STATUSES = ("open", "reform", "budget_risk")


class DigitalChequeProgrammeVersion(models.Model):
    """The rules of a programme during one period. New rules are a new version; the former ones stay as they were."""

    _name = "digital.cheque.programme.version"
    _inherit = ["digital.cheque.journalled", "digital.cheque.seeded", "digital.cheque.evidence"]
    _description = "Rules of a Programme during a Period"
    _order = "programme_id, date_from desc nulls last, id desc"

    programme_id = fields.Many2one("digital.cheque.programme", required=True, index=True, ondelete="cascade")
    region = fields.Selection(related="programme_id.region", store=True)
    aid_form = fields.Selection(related="programme_id.aid_form")
    active = fields.Boolean(default=True)
    date_from = fields.Date(string="In Force From", help="First day. Empty: not known.")
    date_from_estimated = fields.Boolean(string="Start Estimated", help="No source gives the exact first day.")
    date_to = fields.Date(string="In Force Until", help="Last day. Empty: until further notice, or not known.")
    date_to_estimated = fields.Boolean(string="End Estimated", help="No source gives the exact last day.")
    status = fields.Selection(
        [
            ("open", "Open"),
            ("reform", "Open, reform announced"),
            ("budget_risk", "Open, budget at risk"),
            ("closed", "Closed"),
        ],
        required=True,
        default="open",
        help="How the programme stands, or stood, under these rules.",
    )
    aid_category = fields.Selection(
        [
            ("de_minimis", "De minimis"),
            ("gber", "Block exemption (GBER)"),
            ("tax", "Tax measure"),
            ("unknown", "Not known"),
        ],
        required=True,
        default="unknown",
        help="EU state aid rules under which the aid is given. De minimis aid counts towards €300,000 over 3 years.",
    )
    legal_base = fields.Text(translate=True)
    who_may_apply = fields.Text(translate=True)
    eligible_costs = fields.Text(translate=True)
    excluded_costs = fields.Text(translate=True)
    deadline_rules = fields.Text(string="Order of Steps and Deadlines", translate=True)
    calculation_note = fields.Text(
        string="How the Aid Is Counted", translate=True, help="What rates and ceilings alone do not say."
    )
    open_points = fields.Text(translate=True, help="What is not known, or on what the sources disagree.")
    rate_ids = fields.One2many("digital.cheque.programme.rate", "version_id", string="Rates", copy=True)
    limit_ids = fields.One2many("digital.cheque.programme.limit", "version_id", string="Ceilings", copy=True)

    provider_requirement = fields.Selection(
        [
            ("none", "Any provider"),
            ("labelled", "Labelled by the authority"),
            ("registered", "Registered with the authority"),
            ("framework", "In the authority's framework contract"),
            ("unknown", "Not known"),
        ],
        required=True,
        default="unknown",
        string="Provider",
    )

    period = fields.Char(compute="_compute_period")
    phase = fields.Selection(
        [("past", "Past"), ("current", "In force"), ("future", "To come")], string="Stands", compute="_compute_in_force"
    )
    in_force = fields.Boolean(compute="_compute_in_force", search="_search_in_force")
    rate_micro = fields.Text(string="Micro Enterprise", compute="_compute_figures")
    rate_small = fields.Text(string="Small Enterprise", compute="_compute_figures")
    rate_medium = fields.Text(string="Medium Enterprise", compute="_compute_figures")
    ceiling = fields.Text(string="Ceilings and Minimums", compute="_compute_figures")
    range_micro = fields.Char(string="Micro, Lowest to Highest", compute="_compute_figures")
    range_small = fields.Char(string="Small, Lowest to Highest", compute="_compute_figures")
    range_medium = fields.Char(string="Medium, Lowest to Highest", compute="_compute_figures")
    own_ceiling = fields.Text(string="Own Ceilings", compute="_compute_figures")
    lowest_confidence = fields.Selection(CONFIDENCES, compute="_compute_lowest_confidence", string="Weakest Figure")

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "The last day of the rules lies before their first day."
    )

    def _journal_programme(self):
        return self.programme_id

    @api.depends("date_from", "date_from_estimated", "date_to", "date_to_estimated", "status")
    @api.depends_context("lang")
    def _compute_period(self):
        for version in self:
            start, end = (
                day and ("≈ " if estimated else "") + format_date(self.env, day, date_format="d MMM y")
                for day, estimated in (
                    (version.date_from, version.date_from_estimated),
                    (version.date_to, version.date_to_estimated),
                )
            )
            if start and end:
                version.period = self.env._("%(start)s to %(end)s", start=start, end=end)
            elif start:
                version.period = self.env._("since %(start)s", start=start)
            elif end:
                version.period = self.env._("until %(end)s", end=end)
            else:
                version.period = self.env._("dates not known")

    @api.depends("period", "programme_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = f"{version.programme_id.name or ''}: {version.period}"

    @api.depends("date_from", "date_to", "status")
    @api.depends_context("digital_cheque_date", "tz")
    def _compute_in_force(self):
        today = reference_date(self)
        for version in self:
            phase = periods.phase(version.date_from, version.date_to, today)
            if version.status == "closed":
                # A closed programme without a last day is over, whenever that was.
                phase = periods.PAST
            version.phase = phase
            version.in_force = phase == periods.CURRENT

    def _search_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = reference_date(self)
        Domain = fields.Domain
        in_force = (
            Domain("status", "in", OPEN_STATUSES)
            & (Domain("date_from", "=", False) | Domain("date_from", "<=", today))
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
        )
        return in_force if True in value else ~in_force

    @api.depends(
        "rate_ids.rate",
        "rate_ids.rate_max",
        "rate_ids.size",
        "rate_ids.purpose",
        "limit_ids.text",
        "limit_ids.kind",
        "limit_ids.scope",
        "calculation_note",
    )
    @api.depends_context("lang")
    def _compute_figures(self):
        unknown = self.env._("not known")
        for version in self:
            # Aid that is not a share of the cost is told in words.
            no_rate = self.env._("see “How to Apply”") if version.calculation_note else unknown
            figures = [(rate.size, rate.purpose or "", rate) for rate in version.rate_ids]
            for size in (rates.MICRO, rates.SMALL, rates.MEDIUM):
                known = rates.for_size(figures, size)
                texts = [f"{rate.text} {purpose}".strip() for purpose, rate in known.items()]
                # Rates that name other sizes only: nothing says that this size is served.
                version[f"rate_{size}"] = "\n".join(texts) or (self.env._("no rate for it") if figures else no_rate)
                if known:
                    low = min(rate.rate for rate in known.values())
                    high = max(rate.rate_max for rate in known.values())
                    version[f"range_{size}"] = percentage_range(self.env, low, high)
                else:
                    version[f"range_{size}"] = "–" if figures else no_rate
            version.ceiling = "\n".join(version.limit_ids.mapped("text")) or unknown
            own = version.limit_ids.filtered(lambda limit: limit.kind == "max" and limit.scope == "programme")
            version.own_ceiling = "\n".join(own.mapped("short_text")) or unknown

    @api.depends("confidence", "rate_ids.confidence", "limit_ids.confidence")
    def _compute_lowest_confidence(self):
        order = [key for key, _label in CONFIDENCES]
        for version in self:
            found = [
                version.confidence,
                *version.rate_ids.mapped("confidence"),
                *version.limit_ids.mapped("confidence"),
            ]
            version.lowest_confidence = max(filter(None, found), key=order.index, default=False)

    @api.depends("verified_on", "rate_ids.verified_on", "limit_ids.verified_on")
    @api.depends_context("digital_cheque_date", "tz")
    def _compute_needs_verification(self):
        result = super()._compute_needs_verification()
        for version in self:
            if any(version.rate_ids.mapped("needs_verification") + version.limit_ids.mapped("needs_verification")):
                version.needs_verification = True
        return result

    def _search_needs_verification(self, operator, value):
        own = super()._search_needs_verification(operator, value)
        if own is NotImplemented:
            return own
        if True not in value:
            own = ~own
        stale = (
            own
            | fields.Domain("rate_ids.needs_verification", "=", True)
            | fields.Domain("limit_ids.needs_verification", "=", True)
        )
        return stale if True in value else ~stale

    @api.constrains("programme_id", "date_from", "date_to", "active")
    def _check_overlap(self):
        if self.env.context.get("digital_cheque_seeding"):
            # While an update moves a boundary, two supplied versions may overlap for a moment: settled at its end.
            return
        for programme in self.programme_id:
            for first, second in programme._overlapping_versions():
                raise ValidationError(
                    self.env._(
                        "%(programme)s: two sets of rules cannot be in force on the same day. Those “%(first)s” and "
                        "those “%(second)s” overlap. End the earlier ones on the day before the later ones start.",
                        programme=programme.name,
                        first=first.period,
                        second=second.period,
                    )
                )

    @api.model
    def _seed_settle_overlaps(self):
        """Put supplied versions aside where they overlap with a version that users added or corrected."""
        for programme in (
            self.env["digital.cheque.programme"].with_context(active_test=False).search(fields.Domain.TRUE)
        ):
            for pair in programme._overlapping_versions():
                supplied = [version for version in pair if version.active and version._seed_is_as_supplied()]
                if len(supplied) == len(pair):
                    raise ValidationError(self.env._("The app supplies overlapping rules: %s", pair[0].display_name))
                for version in supplied:
                    version.with_context(digital_cheque_seeding=True).active = False
                    version._journal(
                        [
                            self.env._(
                                "An update of the app brought these rules. They overlap with rules added or corrected "
                                "here, which stay in force. They are kept in the archive, to compare."
                            )
                        ]
                    )

    def _seed_is_as_supplied(self):
        return bool(self.seed_values) and not {"date_from", "date_to", "active"} & set(self._seed_corrected())

    def _all_figures(self):
        """Return the rates and the limits, archived ones included: recordsets of two models."""
        version = self.with_context(active_test=False)
        return version.rate_ids, version.limit_ids

    @api.depends("rate_ids.seed_difference", "rate_ids.active", "limit_ids.seed_difference", "limit_ids.active")
    @api.depends_context("lang")
    def _compute_seed_difference(self):
        """Tell the corrections of the figures with those of the rules themselves."""
        result = super()._compute_seed_difference()
        for version in self:
            lines = version.seed_difference.split("\n") if version.seed_difference else []
            for figures in version._all_figures():
                for figure in figures.filtered("seed_values"):
                    if not figure.active:
                        lines.append(self.env._("%(figure)s: deleted here", figure=figure.display_name))
                    lines += [f"{figure.display_name}: {line}" for line in (figure.seed_difference or "").splitlines()]
            version.is_corrected = bool(lines)
            version.seed_difference = "\n".join(lines) or False
        return result

    def action_restore_supplied(self):
        result = super().action_restore_supplied()
        for figures in self._all_figures():
            supplied = figures.filtered("seed_values")
            supplied.filtered(lambda figure: not figure.active).active = True
            supplied.action_restore_supplied()
        return result

    def action_mark_verified(self):
        """Note that the user compared these rules and all their figures with the sources today."""
        today = reference_date(self)
        for record in (self, self.rate_ids, self.limit_ids):
            record.verified_on = today

    def action_add_next(self):
        """End these rules today and open a copy that starts tomorrow, for the user to correct.

        Rules that already have a last day keep it; the copy then starts on the day after.
        """
        self.ensure_one()
        if not self.date_to:
            self.date_to = max(reference_date(self), self.date_from or reference_date(self))
        copy = self.copy(
            {
                "date_from": self.date_to + timedelta(days=1),
                "date_from_estimated": False,
                "date_to": False,
                "date_to_estimated": False,
                "verified_on": False,
            }
        )
        copy.rate_ids.verified_on = False
        copy.limit_ids.verified_on = False
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": copy.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
        }
