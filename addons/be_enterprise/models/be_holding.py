# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_repr

from ..engine import size


class BeHolding(models.Model):
    """A share that one enterprise holds in another: what makes them partner or linked enterprises."""

    _name = "be.holding"
    _description = "Holding in an enterprise"
    _order = "owned_id, share desc"

    owner_id = fields.Many2one("res.partner", required=True, ondelete="cascade", index=True)
    owned_id = fields.Many2one("res.partner", string="Enterprise", required=True, ondelete="cascade", index=True)
    share = fields.Float(
        string="Share (%)", digits=(5, 2), required=True, help="Of the capital or of the votes, whichever is more."
    )
    control = fields.Boolean(
        string="Controls it otherwise",
        help="By contract, statutes, agreement with others or the right to appoint the management.",
    )
    exempt = fields.Boolean(
        string="Exempt investor",
        help="University, business angel, regional investment fund, small autonomous municipality… (article 3(2) of"
        " Recommendation 2003/361): up to 50% does not make it a partner enterprise.",
    )

    _pair_unique = models.Constraint("unique (owner_id, owned_id)", "This holding is already there.")
    _share_percentage = models.Constraint(
        "check (share >= 0 and share <= 100)", "A share is a percentage between 0 and 100."
    )

    @api.constrains("owner_id", "owned_id")
    def _check_other(self):
        for record in self:
            if record.owner_id == record.owned_id:
                raise ValidationError(self.env._("An enterprise does not hold a share in itself here."))

    @api.depends("owner_id", "owned_id", "share")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.owner_id.name or ''} → {record.owned_id.name or ''} ({record.share:g} %)"

    def _figures(self):
        """Return the engine's holding; enterprises are keyed by their database id."""
        self.ensure_one()
        return size.Holding(
            str(self.owner_id.id), str(self.owned_id.id), Decimal(float_repr(self.share, 2)), self.control, self.exempt
        )
