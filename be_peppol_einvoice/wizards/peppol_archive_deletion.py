# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..exchange import archive


class PeppolArchiveDeletion(models.TransientModel):
    """Deleting, by hand, what the archive need no longer keep."""

    _name = "peppol.archive.deletion"
    _description = "Deletion of expired e-invoices"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    before = fields.Date(compute="_compute_count", string="Exchanged before")
    count = fields.Integer(compute="_compute_count", string="Documents")

    @api.depends("company_id")
    def _compute_count(self):
        for deletion in self:
            deletion.before = archive.expired_before(fields.Date.today())
            exchanges = deletion.env["peppol.exchange"]
            deletion.count = exchanges.search_count(exchanges._expired(deletion.company_id))

    def action_delete(self):
        self.ensure_one()
        if not self.env.user.has_group("account.group_account_manager"):
            raise AccessError(self.env._("Only accounting administrators may delete from the archive."))
        self.company_id.check_access("read")
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Only accounting administrators may delete from the archive."))
        deleted = self.env["peppol.exchange"]._delete_all_expired(self.company_id, batches=1)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%s documents were deleted from the archive.", deleted),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
