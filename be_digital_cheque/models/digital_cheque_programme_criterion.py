# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.be_enterprise.engine import nace
from odoo.addons.be_enterprise.models.be_establishment import REGIONS

from ..engine import criteria, facts, rules

_SIZES = ("micro", "small", "medium", "large")
_LEGAL_KINDS = (facts.COMPANY, facts.SELF_EMPLOYED, facts.ASSOCIATION, facts.PUBLIC, facts.OTHER)
_ALLOWED = {"size": _SIZES, "code_size": (*_SIZES, facts.SELF_EMPLOYED), "legal_form": _LEGAL_KINDS}


class DigitalChequeProgrammeCriterion(models.Model):
    """A condition of a programme's rules that an enterprise meets or does not meet.

    Where no fact of the company tells, its answer to the question does; without an answer it is not known.
    """

    _name = "digital.cheque.programme.criterion"
    _inherit = ["digital.cheque.programme.figure"]
    _description = "Condition of a Programme's Rules"
    _judged_by = True

    kind = fields.Selection(
        [
            ("region", "Seat in a region"),
            ("outside_german_community", "Outside the German-speaking Community"),
            ("size", "Size (EU recommendation)"),
            ("code_size", "Size (Companies Code)"),
            ("legal_form", "Kind of enterprise"),
            ("age", "Age of the enterprise"),
            ("seat_age", "Age of the establishment"),
            ("nace", "Activity (NACE-BEL)"),
            ("de_minimis_sector", "Sector that may have de minimis aid"),
            ("public_stake", "Public stake"),
            ("declared", "Declared by the enterprise"),
            ("project_count", "Projects per calendar year"),
            ("wait", "Time since the last aid"),
        ],
        required=True,
        default="declared",
    )
    region = fields.Selection(REGIONS)
    principal_seat = fields.Boolean(help="The principal operating seat; otherwise any establishment.")
    values = fields.Char(
        help="Sizes (micro, small, medium, large) or kinds of enterprise (company, self_employed, association, public,"
        " other), with commas."
    )
    excludes = fields.Boolean(help="What is listed is excluded; otherwise only what is listed is admitted.")
    nace_version = fields.Selection([("2008", "NACE-BEL 2008"), ("2025", "NACE-BEL 2025")])
    nace_codes = fields.Char(
        string="NACE Codes", help="With commas; a code stands for all that begin with it. Empty: the list is not known."
    )
    main_only = fields.Boolean(string="Main Activity Only")
    number = fields.Integer(
        help="Years, months, percent, projects, or the number of staff up to which the condition does not hold."
    )
    above = fields.Boolean(string="At Least", help="At least so many years old; otherwise younger.")
    question_id = fields.Many2one("digital.cheque.question", ondelete="restrict")
    expected = fields.Boolean(string="The Answer Must Be Yes", default=True)
    text = fields.Char(string="In Words", compute="_compute_text")

    @api.constrains("kind", "values", "nace_codes", "nace_version", "region", "question_id", "number")
    def _check_parameters(self):
        for criterion in self:
            if problem := criterion._problem():
                raise ValidationError(problem)

    def _problem(self):
        """Return in the user's words what the condition lacks, or None."""
        allowed = _ALLOWED.get(self.kind)
        if allowed and not (self._list(self.values) and set(self._list(self.values)) <= set(allowed)):
            return self.env._("Write one or more of these, with commas: %s.", ", ".join(allowed))
        if self.kind == "nace":
            try:
                codes = self._codes()
            except nace.NaceError:
                return self.env._("“%s” is not a list of NACE codes.", self.nace_codes)
            if codes and not self.nace_version:
                return self.env._(
                    "Say of which version of NACE-BEL the codes are: the same digits mean something else."
                )
        if self.kind in ("region", "seat_age") and not self.region:
            return self.env._("Choose the region.")
        if self.kind == "declared" and not self.question_id:
            return self.env._("Choose the question.")
        if self.kind in ("age", "seat_age", "public_stake", "project_count", "wait") and self.number < 1:
            return self.env._("Fill in the number.")
        return None

    @staticmethod
    def _list(text):
        return [part.strip() for part in (text or "").split(",") if part.strip()]

    def _codes(self):
        return tuple(nace.normalise(code) for code in self._list(self.nace_codes))

    def _criterion(self):
        """Return the engine's criterion."""
        return rules.Criterion(
            self.id,
            self.kind,
            self.region or None,
            self.principal_seat,
            frozenset(self._list(self.values)),
            self.nace_version or None,
            self._codes() if self.kind == "nace" else (),
            self.excludes,
            self.main_only,
            self.number,
            self.above,
            self.question_id.code or None,
            self.expected,
        )

    @api.depends(
        "kind",
        "region",
        "principal_seat",
        "values",
        "excludes",
        "nace_version",
        "nace_codes",
        "main_only",
        "number",
        "above",
        "question_id.statement",
    )
    @api.depends_context("lang")
    def _compute_text(self):
        for criterion in self:
            criterion.text = criterion._words()

    def _words(self):
        _ = self.env._
        regions = dict(self._fields["region"]._description_selection(self.env))
        region = regions.get(self.region, "")
        if self.kind == "region":
            return (
                _("Principal operating seat in %s", region)
                if self.principal_seat
                else _("An operating seat in %s", region)
            )
        if self.kind == "seat_age":
            return _("Establishment in %(region)s at least %(years)s years old", region=region, years=self.number)
        if self.kind == "age":
            if self.above:
                return _("At least %s years old", self.number)
            return _("Younger than %s years", self.number)
        if self.kind in ("size", "code_size"):
            if set(self._list(self.values)) == criteria.SME:
                return _("SME")
            labels = dict(self.env["digital.cheque.programme.rate"]._fields["size"]._description_selection(self.env))
            labels |= dict(self.env["digital.cheque.profile"]._fields["legal_kind"]._description_selection(self.env))
            sizes = ", ".join(labels.get(size, size) for size in self._list(self.values))
            return _("Size by the Companies Code: %s", sizes) if self.kind == "code_size" else _("Size: %s", sizes)
        if self.kind == "legal_form":
            labels = dict(self.env["digital.cheque.profile"]._fields["legal_kind"]._description_selection(self.env))
            kinds = ", ".join(labels.get(kind, kind) for kind in self._list(self.values))
            return _("Not: %s", kinds) if self.excludes else _("Only: %s", kinds)
        if self.kind == "nace":
            return self._nace_words()
        return {
            "outside_german_community": _("Outside the German-speaking Community"),
            "de_minimis_sector": _("Not in a sector excluded from de minimis aid (primary agriculture, fisheries)"),
            "public_stake": _("Less than %s%% of the capital is public", self.number),
            "project_count": _("At most %s projects per calendar year", self.number),
            "wait": _("%s months since the last aid of this programme", self.number),
        }.get(self.kind) or self.question_id.statement

    def _nace_words(self):
        _ = self.env._
        if not self.nace_codes:
            return self.question_id.statement or _("An admitted NACE code (list not found)")
        codes = ", ".join(nace.write(code) for code in self._codes())
        parameters = {"version": self.nace_version, "codes": codes}
        if self.main_only:
            if self.excludes:
                return _("Main activity not NACE-BEL %(version)s %(codes)s", **parameters)
            return _("Main activity NACE-BEL %(version)s %(codes)s", **parameters)
        if self.excludes:
            return _("No activity in NACE-BEL %(version)s %(codes)s", **parameters)
        return _("An activity in NACE-BEL %(version)s %(codes)s", **parameters)

    @api.depends("text")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for criterion in self:
            criterion.display_name = f"{criterion.version_id.period}: {criterion.text}"
