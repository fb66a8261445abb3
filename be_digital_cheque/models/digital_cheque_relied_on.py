# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

from .digital_cheque_programme_figure import FREE


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
