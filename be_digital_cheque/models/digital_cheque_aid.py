# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_repr

from ..engine import de_minimis


class DigitalChequeAid(models.Model):
    """De minimis aid that an enterprise of a single undertaking received or applied for."""

    _name = "digital.cheque.aid"
    _inherit = ["mail.thread"]
    _description = "De Minimis Aid"
    _order = "granted_on desc, id desc"

    name = fields.Char(string="Aid", required=True, tracking=True, help="What it is, as in the authority's letter.")
    undertaking_id = fields.Many2one(
        "digital.cheque.undertaking", string="Single Undertaking", required=True, ondelete="restrict", index=True
    )
    member_ids = fields.Many2many(related="undertaking_id.member_ids")
    beneficiary_id = fields.Many2one(
        "res.partner",
        string="Enterprise",
        required=True,
        ondelete="restrict",
        domain="[('id', 'in', member_ids)]",
        compute="_compute_beneficiary_id",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    company_ids = fields.Many2many(related="undertaking_id.company_ids")
    kind = fields.Selection(
        [
            (de_minimis.GENERAL, "General (Regulation 2023/2831)"),
            (de_minimis.SGEI, "Services of general economic interest (2023/2832)"),
        ],
        required=True,
        default=de_minimis.GENERAL,
        tracking=True,
    )
    state = fields.Selection(
        [("planned", "Applied for"), ("granted", "Granted"), ("refused", "Refused or withdrawn")],
        required=True,
        default="granted",
        tracking=True,
    )
    granted_on = fields.Date(
        tracking=True,
        help="The day of the decision that gives the right to the aid. The day of payment does not matter.",
    )
    amount = fields.Monetary(
        string="Gross Grant Equivalent",
        required=True,
        tracking=True,
        help="In euros before taxes. Of a loan or a guarantee only the advantage counts: the authority states it.",
    )
    currency_id = fields.Many2one(related="undertaking_id.currency_id")
    authority_id = fields.Many2one("digital.cheque.authority", ondelete="restrict", tracking=True)
    programme_id = fields.Many2one("digital.cheque.programme", ondelete="restrict", tracking=True)
    reference = fields.Char(string="Decision Number", tracking=True)
    over_ceiling_reason = fields.Text(
        string="Why It Stands Although Above the Ceiling",
        tracking=True,
        groups="be_digital_cheque.group_digital_cheque_manager",
        help="Only for aid that the authority really granted: the register then shows the ceiling as exceeded.",
    )

    _amount_positive = models.Constraint("CHECK (amount >= 0)", "The amount of an aid cannot be negative.")
    _granted_dated = models.Constraint(
        "CHECK (state != 'granted' OR granted_on IS NOT NULL)", "Aid that is granted needs the day of the decision."
    )

    @api.depends("undertaking_id")
    def _compute_beneficiary_id(self):
        for aid in self:
            if aid.beneficiary_id not in aid.undertaking_id.member_ids:
                aid.beneficiary_id = aid.undertaking_id.company_ids[:1].partner_id

    @api.onchange("programme_id")
    def _onchange_programme_id(self):
        if self.programme_id:
            self.authority_id = self.programme_id.authority_id
            self.name = self.name or self.programme_id.name

    @api.constrains("undertaking_id", "beneficiary_id")
    def _check_beneficiary(self):
        for aid in self:
            if aid.beneficiary_id not in aid.undertaking_id.member_ids:
                raise ValidationError(
                    self.env._(
                        "%(enterprise)s is not part of the single undertaking %(undertaking)s. Add it there first.",
                        enterprise=aid.beneficiary_id.display_name,
                        undertaking=aid.undertaking_id.display_name,
                    )
                )

    @api.constrains("undertaking_id", "state", "kind", "granted_on", "amount", "over_ceiling_reason")
    def _check_ceiling(self):
        """Stop a grant that would exceed the ceiling, with the figures."""
        for aid in self:
            # sudo: the reason is a manager's to give; whether there is one matters to everybody's entries
            if aid.state != "granted" or aid.sudo().over_ceiling_reason:
                continue
            grant = aid._grant()
            exceeded, free_from = aid.undertaking_id._fits(grant.amount, grant.granted_on, grant.kind, excluding=aid)
            if exceeded:
                raise ValidationError(aid.undertaking_id._explain_excess(grant.amount, exceeded, free_from))

    def _grant(self):
        """Return the engine's grant; money becomes a Decimal of whole cents."""
        self.ensure_one()
        return de_minimis.Grant(self.granted_on, Decimal(float_repr(self.amount, 2)), self.kind)
