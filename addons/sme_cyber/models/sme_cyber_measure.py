# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import support

KINDS = [
    ("restore", "A backup was restored as a test"),
    ("antivirus", "Protection against malware on every device"),
    ("network", "Firewall, and guests on a network of their own"),
    ("physical", "Rooms and machines locked"),
    ("incident", "Plan for an incident, with who calls whom"),
    ("training", "Staff told how to recognise fraud"),
    ("logs", "Log of log-ins looked through"),
    ("telework", "Agreement on working from home and the right to disconnect"),
]
# Months after which it must be declared again, and the controls (CyberFundamentals 2025, Basic) that it has to do with.
TERMS = {
    "restore": (6, "PR.DS-11.1, RC.RP-01.1"),
    "antivirus": (12, "DE.CM-01.2"),
    "network": (12, "PR.IR-01.1, PR.IR-01.2"),
    "physical": (12, "PR.AA-06.1"),
    "incident": (12, "RS.MA-01.1, RS.CO-02.1"),
    "training": (12, "PR.AT-01.1"),
    "logs": (1, "PR.PS-04.1, DE.AE-03.1"),
    "telework": (24, ""),
}
ANSWERS = [("yes", "Yes"), ("partly", "Partly"), ("no", "No")]


class SmeCyberMeasure(models.Model):
    """What no record can show, somebody declares: with evidence, and only for a while."""

    _name = "sme.cyber.measure"
    _description = "Declared Measure"
    _order = "declared_on DESC, id DESC"
    _rec_name = "kind"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="cascade", index=True
    )
    kind = fields.Selection(KINDS, string="Measure", required=True)
    answer = fields.Selection(ANSWERS, required=True, default="yes")
    declared_on = fields.Date(required=True, default=fields.Date.context_today)
    declared_by_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user, ondelete="restrict", string="Declared by"
    )
    valid_until = fields.Date(
        compute="_compute_valid_until", store=True, readonly=False, help="Afterwards it must be declared again."
    )
    evidence = fields.Text(help="What shows it: where it is written down, what was done, by whom.")
    file = fields.Binary(string="Document", attachment=True)
    file_name = fields.Char()
    controls = fields.Char(string="CyberFundamentals controls", compute="_compute_controls")
    state = fields.Selection(
        [("valid", "Holds"), ("soon", "To be declared again soon"), ("expired", "Expired"), ("no", "Not in place")],
        compute="_compute_state",
    )

    @api.depends("kind", "declared_on")
    def _compute_valid_until(self):
        for measure in self:
            months = TERMS[measure.kind][0] if measure.kind else 0
            measure.valid_until = measure.declared_on and measure.declared_on + relativedelta(months=months)

    @api.depends("kind")
    def _compute_controls(self):
        for measure in self:
            measure.controls = TERMS[measure.kind][1] if measure.kind else ""

    @api.depends("answer", "valid_until")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        states = {
            support.ENDED: "expired",
            support.SOON: "soon",
            support.SUPPORTED: "valid",
            support.UNKNOWN: "expired",
        }
        for measure in self:
            if measure.answer == "no":
                measure.state = "no"
            else:
                term = support.state(measure.valid_until or None, today, support.EXPIRES_SOON_DAYS)
                measure.state = states[term]

    @api.constrains("answer", "evidence", "file")
    def _check_evidence(self):
        for measure in self:
            if measure.answer == "yes" and not measure.evidence and not measure.file:
                raise ValidationError(
                    self.env._("A measure that is in place needs evidence: a few words or a document.")
                )

    @api.constrains("declared_on", "valid_until")
    def _check_dates(self):
        for measure in self:
            longest = measure.declared_on + relativedelta(months=TERMS[measure.kind][0])
            if measure.valid_until and not measure.declared_on <= measure.valid_until <= longest:
                raise ValidationError(
                    self.env._("It holds from the day of the declaration, at the longest until %s.", longest)
                )

    @api.model
    def _last_of_each_kind(self, company):
        """:return: dict kind → sme.cyber.measure, the last one, or an empty one where nobody declared it"""
        declared = self.search([("company_id", "=", company.id)])
        return {kind: declared.filtered(lambda one, kind=kind: one.kind == kind)[:1] for kind, _name in KINDS}
