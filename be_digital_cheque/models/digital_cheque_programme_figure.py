# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

SIZES = [
    ("all", "All sizes"),
    ("sme", "SME"),
    ("micro", "Micro"),
    ("small", "Small"),
    ("medium", "Medium"),
    ("large", "Large"),
]

#: What may change under rules that a dossier relies on: how sure they are, and how they end.
FREE = {
    "verified_on",
    "confidence",
    "source_ids",
    "seed_values",
    "sequence",
    "open_points",
    "status",
    "date_to",
    "date_to_estimated",
    "active",
}


class DigitalChequeProgrammeFigure(models.AbstractModel):
    """A rate or an amount of a programme's rules. A figure that nobody knows has no record: it is never zero."""

    _name = "digital.cheque.programme.figure"
    _inherit = ["digital.cheque.journalled", "digital.cheque.seeded", "digital.cheque.evidence"]
    _description = "Figure of a Programme's Rules"
    _order = "sequence, id"

    #: Figures that a judgement rests on. The steps of a procedure do not change it.
    _judged_by = False

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
        if not self._seed_being_uninstalled():
            self._check_not_relied_on()
        supplied = self.browse() if self._seed_being_uninstalled() else self.filtered("seed_values")
        supplied.active = False
        return super(DigitalChequeProgrammeFigure, self - supplied).unlink()

    def _check_not_relied_on(self):
        if self._judged_by and not self.env.context.get("digital_cheque_seeding"):
            self.version_id._check_not_relied_on()

    @api.model_create_multi
    def create(self, vals_list):
        if self._judged_by:
            versions = self.env["digital.cheque.programme.version"].browse(
                {vals["version_id"] for vals in vals_list if vals.get("version_id")}
            )
            if self.env.context.get("digital_cheque_seeding"):
                # What an update adds to such rules is kept aside: it shows among the differences.
                relied = versions._relied_on().ids
                vals_list = [
                    {**vals, "active": False} if vals.get("version_id") in relied else vals for vals in vals_list
                ]
            else:
                versions._check_not_relied_on()
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() - FREE or "active" in vals:
            self._check_not_relied_on()
        return super().write(vals)

    def _seed_writable(self, names):
        names = super()._seed_writable(names)
        return names & FREE if self._judged_by and self.version_id._relied_on() else names
