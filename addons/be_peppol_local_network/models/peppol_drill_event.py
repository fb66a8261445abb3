# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import UTC, datetime

from odoo import api, fields, models


class PeppolDrillEvent(models.Model):
    """What a drill did, as the local network has written it down."""

    _name = "peppol.drill.event"
    _description = "Act of a drill on the local Peppol network"
    _order = "number desc"

    number = fields.Integer(required=True, readonly=True)
    moment = fields.Datetime(string="When", required=True, readonly=True)
    drill_id = fields.Many2one(
        "peppol.drill", string="Card", required=True, readonly=True, index=True, ondelete="cascade"
    )
    target = fields.Selection(related="drill_id.target")
    title = fields.Char(related="drill_id.title", string="Drill")
    what = fields.Char(related="drill_id.what")

    _number_unique = models.Constraint("UNIQUE(number)", "The network writes each act down once.")

    @api.model
    def action_open(self):
        """The page with what happened, up to now."""
        self.check_access("read")
        # sudo: the page's own records, which nobody writes by hand
        events = self.sudo()
        self.env["peppol.drill"].action_open()
        last = events.search([], limit=1).number
        happened = self.env["peppol.local.network"]._ask("GET", "/events")["events"]
        targets = [event["target"] for event in happened]
        drills = events.env["peppol.drill"].search([("target", "in", targets)])
        drills = {(drill.name, drill.target): drill for drill in drills}
        if happened and happened[-1]["id"] < last:
            # another network than the last time
            events.search([("number", ">", 0)]).unlink()
            last = 0
        events.create(
            [
                {
                    "number": event["id"],
                    "moment": datetime.fromtimestamp(event["moment"], UTC).replace(tzinfo=None),
                    "drill_id": drills[event["drill"], event["target"]].id,
                }
                for event in happened
                if event["id"] > last and (event["drill"], event["target"]) in drills
            ]
        )
        return self.env["ir.actions.act_window"]._for_xml_id("be_peppol_local_network.action_events")
