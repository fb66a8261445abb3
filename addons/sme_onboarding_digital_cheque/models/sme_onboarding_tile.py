# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class SmeOnboardingTile(models.AbstractModel):
    _inherit = "sme.onboarding.tile"

    @api.model
    def _tile_names(self):
        return [*super()._tile_names(), "aid"]

    @api.model
    def _aid_plan(self, company):
        return self.env["sme.plan"].search([("company_id", "=", company.id)], limit=1)

    def _tile_aid(self, company):
        if not self.env.user.has_group("be_digital_cheque.group_digital_cheque_user"):
            return None
        return {"title": self.env._("Public aid available"), "sequence": 50, **self._aid(company)}

    def _aid(self, company):
        lines = self._aid_plan(company)._open_lines()
        if not lines:
            return {
                "value": "",
                "note": self.env._("Make your plan of apps: it tells which public aid may pay a part."),
            }
        names = lines._aid_together()
        if not names:
            return {
                "value": self.env._("None found"),
                "note": self.env._("For what is in your plan. The finder tells why, and looks for other investments."),
            }
        return {
            "value": self.env._("1 programme") if len(names) == 1 else self.env._("%s programmes", len(names)),
            "note": self.env._("May pay a part of your plan, if asked for before the order: %s", ", ".join(names[:2])),
            "tone": "good",
        }

    def _open_aid(self):
        if not self._aid_plan(self.env.company)._open_lines():
            return self.env["sme.plan"].action_open_mine()
        return self.env["ir.actions.client"]._for_xml_id("be_digital_cheque.digital_cheque_finder_action")
