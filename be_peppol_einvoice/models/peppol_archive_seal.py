# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..exchange import archive, envelope

_logger = logging.getLogger(__name__)
BATCH = 500
# No transaction that makes an exchange goes on for so long
SETTLED = timedelta(days=7)


class PeppolArchiveSeal(models.Model):
    """One link of a company's chain: what a document was when it was exchanged.

    A link is made once and outlives the document that it stands for, so that the chain can be followed even after
    documents were lawfully deleted.
    """

    _name = "peppol.archive.seal"
    _description = "Seal of an exchanged document"
    _rec_name = "digest"
    _order = "company_id, sequence"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    sequence = fields.Integer(required=True, readonly=True)
    exchange_id = fields.Many2one("peppol.exchange", readonly=True, ondelete="restrict", index=True)
    facts = fields.Json(required=True, readonly=True)
    previous = fields.Char(readonly=True)
    digest = fields.Char(required=True, readonly=True)
    deleted_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    deleted_on = fields.Date(readonly=True, help="The document was deleted after its time was over.")

    _sequence_unique = models.UniqueIndex("(company_id, sequence)")

    def write(self, vals):
        if set(vals) - {"exchange_id", "deleted_on", "deleted_by"} or not self.env.su:
            raise UserError(self.env._("A seal cannot be changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A seal cannot be deleted."))

    @api.model
    def _facts(self, exchange):
        """What never changes about an exchange."""
        return [
            exchange.id,
            exchange.direction,
            exchange.provider,
            exchange.sender or "",
            exchange.receiver or "",
            exchange.number or "",
            fields.Datetime.to_string(exchange.create_date),
            exchange.sha256,
        ]

    @api.model
    def _cron_seal(self):
        """Seal what was exchanged since the last time, then verify the whole chain."""
        for (company,) in self.env["peppol.exchange"].sudo()._read_group([], ["company_id"]):
            self._seal(company)
            faults = self._verify(company)
            if faults:
                _logger.error("The archive of %s was changed: %s", company.display_name, "; ".join(faults[:20]))
            company._einvoice_alert_archive(faults)

    @api.model
    def _seal(self, company):
        """Seal what has no seal yet; return how many documents. Only one job seals at a time."""
        count, after = 0, self._settled(company)
        while batch := self._unsealed(company, after):
            self._seal_batch(company, batch)
            count, after = count + len(batch), batch[-1].id
            self.env["peppol.exchange"]._end_transaction()
            # the documents of a batch are of no use any more
            self.env.invalidate_all()
        return count

    @api.model
    def _settled(self, company):
        """The id of an exchange up to which all of a company's are sealed for certain.

        Each run seals all that it sees in the order of ids. It does not see what is not committed by then: such a
        transaction is over when :data:`SETTLED` has passed.
        """
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT exchange_id
              FROM peppol_archive_seal
             WHERE company_id = %s AND create_date < %s AND exchange_id IS NOT NULL
          ORDER BY sequence DESC
             LIMIT 1
            """,
            (company.id, fields.Datetime.now() - SETTLED),
        )
        return (self.env.cr.fetchone() or [0])[0]

    @api.model
    def _unsealed(self, company, after):
        """Up to ``BATCH`` exchanges without a seal, in the order of their ids, beyond a settled one."""
        self.env.cr.execute(
            """
            SELECT exchange.id
              FROM peppol_exchange AS exchange
             WHERE exchange.company_id = %(company)s AND exchange.id > %(after)s
               AND NOT EXISTS (
                       SELECT
                         FROM peppol_archive_seal AS seal
                        WHERE seal.exchange_id = exchange.id AND seal.exchange_id > %(after)s
                   )
          ORDER BY exchange.id
             LIMIT %(limit)s
            """,
            {"company": company.id, "after": after, "limit": BATCH},
        )
        # sudo: the chain is made by the machinery alone
        return self.env["peppol.exchange"].sudo().browse(row[0] for row in self.env.cr.fetchall())

    @api.model
    def _seal_batch(self, company, exchanges):
        # sudo: see _unsealed
        seals = self.sudo()
        last = seals.search([("company_id", "=", company.id)], order="sequence DESC", limit=1)
        sequence, previous = last.sequence, last.digest or ""
        rows = []
        for exchange in exchanges:
            facts = self._facts(exchange)
            digest = archive.link(previous, *facts)
            sequence += 1
            rows.append(
                {
                    "company_id": company.id,
                    "sequence": sequence,
                    "exchange_id": exchange.id,
                    "facts": facts,
                    "previous": previous,
                    "digest": digest,
                }
            )
            previous = digest
        seals.create(rows)

    @api.model
    def _verify(self, company):
        """Follow a company's chain from its first link.

        :return: list of texts, one per fault; empty if nothing was changed
        """
        faults, previous, sequence = [], "", 0
        while True:
            batch = self.sudo().search(
                [("company_id", "=", company.id), ("sequence", ">", sequence)], order="sequence", limit=BATCH
            )
            for seal in batch:
                fault = self._fault(seal, previous, sequence)
                if fault:
                    faults.append(self.env._("Seal %(number)s: %(fault)s", number=seal.sequence, fault=fault))
                previous, sequence = seal.digest, seal.sequence
            # the documents of a batch are of no use any more
            self.env.invalidate_all()
            if len(batch) < BATCH:
                return faults

    @api.model
    def _fault(self, seal, previous, sequence):
        if seal.sequence != sequence + 1:
            return self.env._("a seal before this one is missing")
        if seal.previous != previous or seal.digest != archive.link(previous, *seal.facts):
            return self.env._("the seal was changed")
        exchange = seal.exchange_id
        if not exchange:
            return False if seal.deleted_on else self.env._("the document is missing")
        if self._facts(exchange) != seal.facts:
            return self.env._("what is recorded of the document was changed")
        if envelope.digest(exchange.attachment_id.raw or b"") != exchange.sha256:
            return self.env._("the XML was changed")
        return False
