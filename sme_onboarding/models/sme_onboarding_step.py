# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SmeOnboardingStep(models.Model):
    """One step on the way to a firm that works digitally. Another module adds a step with a record of this model and
    a ``_check_…`` method on ``sme.onboarding.check``."""

    _name = "sme.onboarding.step"
    _description = "Step"
    _order = "theme_sequence, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Technical name, does not change.")
    active = fields.Boolean(default=True)
    theme_id = fields.Many2one("sme.onboarding.theme", required=True, ondelete="restrict", index=True)
    theme_sequence = fields.Integer(related="theme_id.sequence", store=True, string="Theme sequence")
    sequence = fields.Integer(default=10)
    why = fields.Text(required=True, translate=True, help="What the firm gets from this step.")
    instruction = fields.Text(string="What to do", required=True, translate=True)
    button_label = fields.Char(required=True, translate=True, help="Text of the button that opens the screen.")
    check_method = fields.Char(
        required=True, help="Method of the model sme.onboarding.check that looks at the records; starts with _check_."
    )
    screen_method = fields.Char(
        help="Method of the model sme.onboarding.screen that returns the action to open; starts with _open_."
    )
    action_xmlid = fields.Char(
        string="Action", help="External id of the action to open, for a step without a screen method."
    )
    target_model = fields.Char(required=True, help="Model of the records that the user changes on that screen.")
    target_access = fields.Selection(
        [("read", "Read"), ("write", "Change"), ("create", "Create")],
        required=True,
        default="write",
        help="Access to those records that the user needs. Users without it are told whom to ask.",
    )
    required_modules = fields.Char(help="Technical names, separated by commas. Without them the step is not measured.")
    only_installed = fields.Boolean(
        string="Only where its apps are installed",
        help="Without the required modules the firm does not have this step: it appears when they are installed.",
    )
    after_ids = fields.Many2many(
        "sme.onboarding.step",
        "sme_step_after_rel",
        "step_id",
        "after_id",
        string="Comes After",
        help="Steps that are best done first. The page proposes this one when they are done.",
    )
    rhythm_days = fields.Integer(
        string="Rhythm (days)", help="How often somebody has to look after it, unless the firm says otherwise."
    )
    tour_name = fields.Char(string="Guided tour", help="Name of the tour that shows the step on the real screens.")
    is_remote = fields.Boolean(
        string="Asks another machine",
        help="A part of the check talks to another machine. It runs in the daily check and on request, "
        "not each time the page opens.",
    )

    _code_unique = models.Constraint("UNIQUE (code)", "There is already a step with this code.")

    @api.constrains("after_ids")
    def _check_after(self):
        if self._has_cycle("after_ids"):
            raise ValidationError(self.env._("Steps cannot wait for each other in a circle."))

    @api.constrains("check_method", "screen_method", "action_xmlid")
    def _check_methods(self):
        # The names are called as methods: the prefix keeps them to the two models made for it.
        for step in self:
            if not step.check_method.startswith("_check_"):
                raise ValidationError(self.env._("The check method must start with _check_: %s", step.check_method))
            if step.screen_method and not step.screen_method.startswith("_open_"):
                raise ValidationError(self.env._("The screen method must start with _open_: %s", step.screen_method))
            if not step.screen_method and not step.action_xmlid:
                raise ValidationError(self.env._("The step %s opens no screen.", step.name))

    def _missing_modules(self):
        """:return: list of the technical names of required modules that are not installed"""
        self.ensure_one()
        installed = self.env["ir.module.module"]._installed()
        return [
            name for name in (self.required_modules or "").replace(" ", "").split(",") if name and name not in installed
        ]

    def _applies(self):
        """Whether the step is there at all on this database."""
        self.ensure_one()
        return not self.only_installed or not self._missing_modules()

    def _can_open(self):
        """Whether the user may do on the step's screen what the step is about."""
        self.ensure_one()
        return self.target_model in self.env and self.env[self.target_model].has_access(self.target_access)

    def _open_screen(self, company):
        """
        :param company: res.company the step is about
        :return: dict, the action that opens the screen of this step
        """
        self.ensure_one()
        if self.screen_method:
            return getattr(self.env["sme.onboarding.screen"].with_company(company), self.screen_method)(company)
        return self.env["ir.actions.act_window"]._for_xml_id(self.action_xmlid)
