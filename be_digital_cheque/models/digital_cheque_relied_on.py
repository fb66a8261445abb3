# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

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


class DigitalChequeProgrammeVersion(models.Model):
    """Rules that a dossier was judged by are not rewritten: a correction is a copy that takes their place."""

    _inherit = "digital.cheque.programme.version"

    def _relied_on(self):
        """Return those of the versions that a dossier was judged by."""
        # sudo: dossiers of companies that the user does not see rely on the rules as much
        dossiers = self.env["digital.cheque.dossier"].sudo().with_context(active_test=False)
        return self.browse(
            version.id for (version,) in dossiers._read_group([("version_id", "in", self.ids)], ["version_id"])
        )

    def _check_not_relied_on(self):
        if relied := self._relied_on():
            raise UserError(
                self.env._(
                    "A dossier was judged by the rules “%s”, so they stay as they are. Use “Correct in a Copy”: the "
                    "copy takes their place for new dossiers.",
                    relied[0].display_name,
                )
            )

    def write(self, vals):
        if vals.keys() - FREE - self._figure_fields() and not self.env.context.get("digital_cheque_seeding"):
            self._check_not_relied_on()
        return super().write(vals)

    def _figure_fields(self):
        """Lists of figures check for themselves what changes in them."""
        return {name for name, field in self._fields.items() if field.type == "one2many"}

    def _seed_writable(self, names):
        names = super()._seed_writable(names)
        return names & FREE if self._relied_on() else names

    def action_correct_in_copy(self):
        """Put a copy of these rules in their place, for the same days, and open it to be corrected."""
        self.ensure_one()
        self.active = False
        copy = self.copy({"active": True})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": copy.id,
            "views": [(False, "form")],
        }


class DigitalChequeProgrammeFigure(models.AbstractModel):
    _inherit = "digital.cheque.programme.figure"

    #: Figures that a judgement rests on. The steps of a procedure do not change it.
    _judged_by = False

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

    def unlink(self):
        if not self._seed_being_uninstalled():
            self._check_not_relied_on()
        return super().unlink()

    def _seed_writable(self, names):
        names = super()._seed_writable(names)
        return names & FREE if self._judged_by and self.version_id._relied_on() else names
