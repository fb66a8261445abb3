# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """What the customer behind a duplicate said and was sent goes along: a no stays a no."""
        # sudo: of all companies, whoever merges
        rows = self.env["sme.adoption.customer"].sudo().with_context(active_test=False)
        for row in rows.search([("partner_id", "in", src_partners.ids)]):
            kept = rows.search(
                [
                    ("partner_id", "=", dst_partner.id),
                    ("tool_id", "=", row.tool_id.id),
                    ("company_id", "=", row.company_id.id),
                ]
            )
            if not kept:
                row.write({"partner_id": dst_partner.id})
                continue
            kept._change(invited_on=kept.invited_on or row.invited_on, reminded_on=kept.reminded_on or row.reminded_on)
            if row.declined_on and not kept.declined_on:
                kept._decline(row.declined_reason, row.declined_text)
            row.mail_ids.write({"row_id": kept.id})
            row.unlink()
        if any(src_partners.mapped("sme_adoption_no_mail")):
            dst_partner.sme_adoption_no_mail = True
        return super()._update_foreign_keys(src_partners, dst_partner)
