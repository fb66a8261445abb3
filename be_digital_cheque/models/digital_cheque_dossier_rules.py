# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_repr

from ..engine import stages
from ..tools.settings import reference_date

AID_STATES = {
    stages.SUBMITTED: "planned",
    stages.INFO_ASKED: "planned",
    stages.REFUSED: "refused",
    stages.WITHDRAWN: "refused",
    stages.GRANTED: "granted",
    stages.IN_EXECUTION: "granted",
    stages.CLAIMED: "granted",
    stages.PAID: "granted",
    stages.CLOSED: "granted",
}
AID_FIELDS = {"state", "name", "granted_amount", "expected_aid", "decided_on", "counts_de_minimis", "company_id"}


class DigitalChequeDossier(models.Model):
    """The rules by which a dossier is judged, its judgement, and its line in the register of de minimis aid."""

    _inherit = "digital.cheque.dossier"

    version_id = fields.Many2one(compute="_compute_version_id", store=True, readonly=False, precompute=True)
    counts_de_minimis = fields.Boolean(
        string="De Minimis Aid",
        compute="_compute_counts_de_minimis",
        store=True,
        readonly=False,
        precompute=True,
        help="Its amount counts towards €300,000 over three years. Where the rules do not say which aid it is, you do.",
    )

    verdict = fields.Selection(
        [("eligible", "Eligible"), ("not_eligible", "Not eligible"), ("unknown", "Not known yet")],
        compute="_compute_verdict",
    )

    @api.depends("judgement")
    def _compute_verdict(self):
        for dossier in self:
            dossier.verdict = (dossier.judgement or {}).get("verdict") or False

    @api.depends("programme_id")
    def _compute_version_id(self):
        today = reference_date(self)
        for dossier in self:
            if dossier.version_id.programme_id != dossier.programme_id:
                dossier.version_id = dossier.programme_id._version_on(today) if dossier.programme_id else False

    @api.depends("version_id")
    def _compute_counts_de_minimis(self):
        for dossier in self:
            dossier.counts_de_minimis = dossier.version_id.aid_category == "de_minimis"

    @api.constrains("programme_id", "version_id")
    def _check_version(self):
        for dossier in self:
            if dossier.version_id and dossier.version_id.programme_id != dossier.programme_id:
                raise ValidationError(self.env._("The rules of %s are those of another programme.", dossier.name))

    @api.model_create_multi
    def create(self, vals_list):
        dossiers = super().create(vals_list)
        dossiers._take_over_procedure()
        for dossier in dossiers:
            dossier._update_aid()
        return dossiers

    def write(self, vals):
        if {"version_id", "programme_id"} & set(vals):
            fixed = self.filtered(lambda dossier: dossier.state not in (stages.IDEA, stages.PREPARED))
            if fixed and not self.env.user.has_group("be_digital_cheque.group_digital_cheque_manager"):
                raise UserError(
                    self.env._(
                        "%s was sent to the authority: it keeps its programme and the rules by which it was judged.",
                        fixed[0].display_name,
                    )
                )
        before = {dossier: dossier.version_id for dossier in self}
        result = super().write(vals)
        self.filtered(lambda dossier: dossier.version_id != before[dossier])._take_over_procedure()
        if AID_FIELDS & set(vals):
            for dossier in self:
                dossier._update_aid()
        return result

    def _update_aid(self):
        """Make or update the line of this dossier in the register; the register stops a grant that does not fit."""
        self.ensure_one()
        state = AID_STATES.get(self.state)
        if not self.counts_de_minimis:
            state = "refused" if self.aid_id else None
        elif state is None and self.aid_id:
            state = "refused"
        elif state == "refused" and not self.aid_id:
            state = None
        if state is None:
            return
        values = {
            "name": self.display_name,
            "state": state,
            "amount": self.granted_amount if state == "granted" else self.granted_amount or self.expected_aid,
            "granted_on": self.decided_on if state == "granted" else False,
            "reference": self.authority_reference,
        }
        if self.aid_id:
            changed = {
                name: value for name, value in values.items() if (self.aid_id[name] or False) != (value or False)
            }
            if changed:
                self.aid_id.write(changed)
            return
        undertaking = self.env["digital.cheque.undertaking"]._of_company(self.company_id)
        self.aid_id = self.env["digital.cheque.aid"].create(
            {
                **values,
                "undertaking_id": undertaking.id,
                "beneficiary_id": self.company_id.partner_id.id,
                "programme_id": self.programme_id.id,
                "authority_id": self.authority_id.id,
            }
        )

    def _cost_decimal(self):
        return Decimal(float_repr(self.planned_cost, 2))

    def action_judge(self):
        """Judge the project by the dossier's rules and keep the judgement, its date and the aid that it gives."""
        for dossier in self:
            if not dossier.version_id or not dossier.planned_cost or not dossier.cost_kind_id:
                raise UserError(self.env._("Say first which programme, what it is for, and what it will cost."))
            on = dossier.applied_on or reference_date(dossier)
            judgement = dossier.version_id._judge(
                dossier.company_id,
                dossier._cost_decimal(),
                dossier.cost_kind_id,
                on,
                provider=dossier.provider_id or None,
                without=dossier,
            )
            dossier._keep_judgement(judgement.as_dict(), on)

    def _keep_judgement(self, judgement, on):
        """Keep a judgement (plain JSON, as the engine's ``as_dict`` gives it) and the prudent aid of it."""
        self.ensure_one()
        values = {"judgement": judgement, "judged_on": on}
        if judgement.get("aid") is not None and self.state in (stages.IDEA, stages.PREPARED):
            values["expected_aid"] = float(judgement["aid"])
        self.write(values)

    def action_open_aid(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "digital.cheque.aid",
            "res_id": self.aid_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
