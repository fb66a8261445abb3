# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from hashlib import sha256

from markupsafe import Markup

from odoo import fields, models

ACTIVITY = "be_peppol_einvoice.activity_type_archive"
SHOWN = 20


class ResCompany(models.Model):
    """What a company wants of its archive of e-invoices, and who hears of it when someone has changed it."""

    _inherit = "res.company"

    einvoice_delete_expired = fields.Boolean(
        string="Delete e-invoices from the archive when their time is over",
        help="Ten years, counted from 1 January of the following year. Their seals stay, and who deleted them when.",
    )
    einvoice_archive_alert = fields.Char(readonly=True, help="The faults of which the administrators were told last.")

    def _einvoice_alert_archive(self, faults):
        """Tell the company's accounting administrators, once, what the nightly check of the archive has found.

        :param faults: list of texts; empty where nothing was changed
        """
        self.ensure_one()
        known = sha256("\n".join(faults).encode()).hexdigest() if faults else False
        if known == (self.einvoice_archive_alert or False):
            return
        self.einvoice_archive_alert = known
        if not faults:
            return
        managers = self.env.ref("account.group_account_manager").all_user_ids.filtered(
            lambda user: self in user.company_ids and user.active and not user.share
        )
        for manager in managers or self.env.ref("base.user_admin"):
            speaker = self.with_context(lang=manager.lang or self.env.lang)
            lines = [
                speaker.env._(
                    "The nightly check of %s found documents that are not what they were when they were exchanged. "
                    "Keep your backups, and find out who had access to the database.",
                    self.display_name,
                ),
                *faults[:SHOWN],
            ]
            # sudo: told by the machinery, whoever may read the company's address
            self.partner_id.sudo().activity_schedule(
                ACTIVITY,
                summary=speaker.env._("The e-invoice archive was changed"),
                note=Markup("<br/>").join(lines),
                user_id=manager.id,
            )
