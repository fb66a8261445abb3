# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

# What a dossier does or undergoes. Each but the last has its date on the dossier; the deadlines count from these.
ACTS = [
    ("prior_report", "Have a report made"),
    ("agreement", "Sign the agreement with the provider"),
    ("apply", "Send the application"),
    ("share", "Pay the own share"),
    ("grant", "Receive the decision"),
    ("order", "Place the order"),
    ("start", "Start the project"),
    ("end", "Finish the project"),
    ("claim", "Claim the payment"),
    ("payment", "Receive the money"),
    ("other", "Something else"),
]
DEADLINES = [
    ("before", "at the latest on the day before"),
    ("within", "at the latest so many days after"),
    ("months", "at the latest so many months after"),
    ("year_end", "at the latest on 31 December, so many years after"),
    ("not_before", "not before"),
]


class DigitalChequeProgrammeStep(models.Model):
    """One step of a programme's procedure, and by when it must be done to keep the right to the aid."""

    _name = "digital.cheque.programme.step"
    _inherit = ["digital.cheque.programme.figure"]
    _description = "Step of a Programme's Procedure"

    name = fields.Char(required=True, translate=True)
    act = fields.Selection(ACTS, required=True, default="other", help="The date of the dossier that this step fills.")
    deadline = fields.Selection(DEADLINES, help="Empty: the sources name no date.")
    anchor = fields.Selection(ACTS, string="Counted From")
    days = fields.Integer(string="Days, Months or Years")
    keeps_right = fields.Boolean(
        string="Aid Is Lost Otherwise", help="Whoever misses this deadline loses the right to the aid."
    )
    advice = fields.Text(translate=True, help="How to do it.")

    @api.constrains("deadline", "anchor", "act", "days")
    def _check_deadline(self):
        for step in self:
            if step.deadline and (not step.anchor or step.anchor in (step.act, "other")):
                raise ValidationError(
                    self.env._("“%s”: say from which other step with a date the deadline counts.", step.name)
                )
            if step.days < 0:
                raise ValidationError(self.env._("“%s”: the number of days cannot be negative.", step.name))

    @api.depends("name", "version_id.period")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for step in self:
            step.display_name = f"{step.version_id.period}: {step.name}"
