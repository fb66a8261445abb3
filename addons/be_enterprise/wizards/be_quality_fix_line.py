# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

#: The only fields that a proposal may change.
_FIELDS = [("company_registry", "Enterprise number"), ("vat", "VAT number"), ("lang", "Language")]


class BeQualityFixLine(models.TransientModel):
    """One proposal: a contact, a field, its value before and after, and where the new one comes from."""

    _name = "be.quality.fix.line"
    _description = "Proposal to put a contact right"

    fix_id = fields.Many2one("be.quality.fix", required=True, ondelete="cascade", index=True)
    partner_id = fields.Many2one("res.partner", string="Contact", required=True, readonly=True, ondelete="cascade")
    field_name = fields.Selection(_FIELDS, string="Field", required=True, readonly=True)
    old_value = fields.Char(string="Now", readonly=True)
    new_value = fields.Char(string="Proposed", required=True, readonly=True)
    new_label = fields.Char(string="Proposal", compute="_compute_new_label")
    reason = fields.Selection(
        [
            ("vat", "From the VAT number"),
            ("number", "From the enterprise number"),
            ("writing", "Same number, usual writing"),
            ("register", "From the company register"),
            ("address", "Language area of the address"),
        ],
        string="Source",
        required=True,
        readonly=True,
    )
    apply = fields.Boolean(string="Do it", default=True)
    applied = fields.Boolean(string="Done", readonly=True)
    error = fields.Char(string="Not done", readonly=True)

    @api.depends("field_name", "new_value")
    def _compute_new_label(self):
        languages = dict(self.env["res.lang"].get_installed())
        for line in self:
            line.new_label = languages.get(line.new_value, line.new_value)

    def _apply(self):
        """Write the proposal, unless the contact has changed since the preview."""
        self.ensure_one()
        if (self.partner_id[self.field_name] or "") != (self.old_value or ""):
            raise UserError(self.env._("Changed by someone else in the meantime."))
        self.partner_id.write({self.field_name: self.new_value})
        self.applied = True
