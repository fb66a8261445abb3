# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class SmeAutoPreview(models.TransientModel):
    """What "Belgian settings" would change, before it is done."""

    _name = "sme.auto.preview"
    _description = "Belgian Settings: Preview"

    company_id = fields.Many2one("res.company", required=True)
    proposed = fields.Html(string="What will change", compute="_compute_proposed", sanitize=False)
    count = fields.Integer(compute="_compute_proposed")
    refused = fields.Text(string="What Odoo refused", readonly=True)

    @api.depends("company_id")
    def _compute_proposed(self):
        for preview in self:
            proposals = self.env["sme.auto.setting"]._proposals(preview.company_id)
            preview.count = len(proposals)
            preview.proposed = self.env["ir.qweb"]._render(
                "sme_onboarding.auto_preview",
                {
                    "rows": [
                        {
                            "name": proposal["name"],
                            "fixed": "field" not in proposal,
                            "before": _words(proposal["record"][proposal["field"]]) if "field" in proposal else "",
                            "after": _words(proposal["value"]) if "field" in proposal else "",
                        }
                        for proposal in proposals
                    ]
                },
            )

    def action_apply(self):
        """Apply, then show the list of what was changed."""
        self.ensure_one()
        refused = self.env["sme.auto.setting"]._apply_all(self.company_id)
        if refused:
            self.refused = "\n".join(f"{name}: {reason}" for name, reason in refused)
            return {
                "type": "ir.actions.act_window",
                "res_model": self._name,
                "res_id": self.id,
                "views": [(False, "form")],
                "target": "new",
            }
        return self.env["ir.actions.act_window"]._for_xml_id("sme_onboarding.action_sme_auto_change")


def _words(value):
    if isinstance(value, models.BaseModel):
        return value.display_name or ""
    return "" if value in (None, False, True) else str(value)
