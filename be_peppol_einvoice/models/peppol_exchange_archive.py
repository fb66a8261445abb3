# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..exchange import archive

_logger = logging.getLogger(__name__)
BATCH = 500
# Batches in one run of the job
BATCHES = 20


class PeppolExchange(models.Model):
    """Keeping documents for as long as the law asks, and no longer than the company wants."""

    _inherit = "peppol.exchange"

    kept_until = fields.Date(compute="_compute_kept_until", string="Kept until", help="It cannot be deleted before.")

    @api.depends("create_date")
    def _compute_kept_until(self):
        for exchange in self:
            exchange.kept_until = archive.keep_until((exchange.create_date or fields.Datetime.now()).date())

    @api.ondelete(at_uninstall=False)
    def _unlink_only_when_expired(self):
        today = fields.Date.today()
        for exchange in self:
            if exchange.kept_until >= today:
                raise UserError(
                    self.env._(
                        "“%(document)s” has to be kept until %(date)s: the law asks for ten years.",
                        document=exchange.display_name,
                        date=fields.Date.to_string(exchange.kept_until),
                    )
                )

    @api.model
    def _expired(self, company):
        """Domain of the documents of a company that need no longer be kept, and that no worker waits for."""
        return [
            ("company_id", "=", company.id),
            ("create_date", "<", archive.expired_before(fields.Date.today())),
            ("state", "not in", ("prepared", "retrying", "received")),
        ]

    @api.model
    def _cron_delete_expired(self):
        """Delete what is expired, of the companies that chose so; in bounded batches, each in its own transaction."""
        for company in self.env["res.company"].search([("einvoice_delete_expired", "=", True)]):
            self._delete_all_expired(company)

    @api.model
    def _delete_all_expired(self, company, batches=BATCHES):
        """
        :return: number of documents deleted; what is left after so many batches is the next run's
        """
        deleted = 0
        for _batch in range(batches):
            here = self._delete_expired(company)
            deleted += here
            if here < BATCH or self._end_transaction(here) <= 0:
                break
        return deleted

    @api.model
    def _delete_expired(self, company, limit=BATCH):
        """Delete documents whose time is over, with their history; their seals stay.

        :return: number of documents deleted
        """
        # sudo: nobody may delete exchanges, but the job that an administrator starts
        expired = self.sudo().search(self._expired(company), limit=limit, order="id")
        if not expired:
            return 0
        today = fields.Date.today()
        before = archive.expired_before(today)
        self.env["peppol.archive.seal"].sudo().search([("exchange_id", "in", expired.ids)]).write(
            {"exchange_id": False, "deleted_on": today, "deleted_by": self.env.uid}
        )
        # a later answer to an expired document stays until its own time is over
        responses = self.env["peppol.response"].sudo()
        responses.search([("about_id", "in", expired.ids)]).about_id = False
        responses.search([("exchange_id", "in", expired.ids)]).unlink()
        self.sudo().search([("original_id", "in", expired.ids)]).original_id = False
        _logger.info(
            "Deleted from the e-invoice archive of %s, exchanged before %s: %s",
            company.display_name,
            before,
            ", ".join(f"{exchange.id} ({exchange.number})" for exchange in expired),
        )
        expired.event_ids.unlink()
        # the ORM deletes the files with them
        expired.unlink()
        return len(expired)

    @api.model
    def action_verify_archive(self):
        """Follow the chains of the user's companies, and say what is found."""
        self.check_access("read")
        self._check_may_act()
        faults = []
        for company in self.env.companies:
            self.env["peppol.archive.seal"]._seal(company)
            faults += self.env["peppol.archive.seal"]._verify(company)
        if faults:
            raise UserError(self.env._("The archive was changed:\n%s", "\n".join(faults[:20])))
        count = self.env["peppol.archive.seal"].sudo().search_count([("company_id", "in", self.env.companies.ids)])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The archive is unchanged: %s documents were verified.", count),
            },
        }
