# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DigitalChequeProviderLabel(models.Model):
    """What the register of an authority says about a provider: a label, a registration, or that there is none."""

    _name = "digital.cheque.provider.label"
    _inherit = ["mail.thread"]
    _description = "Label or Registration of a Provider"
    _order = "partner_id, valid_to desc nulls first, id"

    partner_id = fields.Many2one(
        "res.partner", string="Provider", required=True, index=True, ondelete="cascade", tracking=True
    )
    authority_id = fields.Many2one(
        "digital.cheque.authority", required=True, ondelete="restrict", index=True, tracking=True
    )
    programme_ids = fields.Many2many(
        "digital.cheque.programme",
        string="Programmes",
        domain="[('authority_id', '=', authority_id)]",
        help="Empty: all programmes of the authority that ask for a label or a registration.",
    )
    kind = fields.Selection(
        [
            ("labelled", "Labelled"),
            ("registered", "Registered"),
            ("framework", "In the framework contract"),
            ("none", "Not in the register"),
        ],
        required=True,
        default="labelled",
        tracking=True,
    )
    number = fields.Char(tracking=True)
    valid_from = fields.Date(tracking=True, help="Empty: not known; it counts as long ago.")
    valid_to = fields.Date(tracking=True, help="Last day. Empty: until further notice.")
    verified_on = fields.Date(
        default=fields.Date.context_today, help="Day on which somebody looked it up in the authority's register."
    )

    _dates_in_order = models.Constraint("CHECK (valid_to >= valid_from)", "The last day lies before the first day.")

    @api.depends("partner_id", "kind", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for label in self:
            label.display_name = " ".join(
                filter(None, [label.partner_id.display_name, kinds.get(label.kind), label.number])
            )
