# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

SIZES = [
    ("all", "All sizes"),
    ("sme", "SME"),
    ("micro", "Micro"),
    ("small", "Small"),
    ("medium", "Medium"),
    ("large", "Large"),
]


class DigitalChequeProgrammeFigure(models.AbstractModel):
    """A rate or an amount of a programme's rules. A figure that nobody knows has no record: it is never zero."""

    _name = "digital.cheque.programme.figure"
    _inherit = ["digital.cheque.journalled", "digital.cheque.seeded", "digital.cheque.evidence"]
    _description = "Figure of a Programme's Rules"
    _order = "sequence, id"

    version_id = fields.Many2one(
        "digital.cheque.programme.version", string="Rules", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    size = fields.Selection(SIZES, string="For Enterprises", required=True, default="all")
    purpose = fields.Char(translate=True, help="What the money is spent on, if the figure holds for that only.")

    def _journal_programme(self):
        return self.version_id.programme_id

    def unlink(self):
        """Archive the figures that the add-on supplies, since the next update would bring them back."""
        supplied = self.browse() if self._seed_being_uninstalled() else self.filtered("seed_values")
        supplied.active = False
        return super(DigitalChequeProgrammeFigure, self - supplied).unlink()
