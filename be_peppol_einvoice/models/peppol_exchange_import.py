# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL, html2plaintext

from ..en16931.source import Unreadable
from ..exchange import envelope, states

SUPPORTED = ("invoice", "credit_note")


class NotImported(Exception):
    """A received document stays an exchange; ``args[0]`` is the kind of reason, ``args[1]`` what is known of it."""


class PeppolExchange(models.Model):
    """Making a bill of what was received, by core's own importer; never an empty one."""

    _inherit = "peppol.exchange"

    @api.model
    def _cron_import(self):
        """Make bills of all that was stored."""
        self._work(self._due_import(), type(self)._import)

    @api.model
    def _due_import(self):
        """What came twice is made into a bill once: the second waits until the first is through, see ``_same``."""
        return SQL(
            """
            exchange.direction = 'in' AND exchange.state IN %(due)s AND NOT EXISTS (
                SELECT FROM peppol_exchange AS twin
                 WHERE twin.direction = 'in'
                   AND twin.company_id = exchange.company_id
                   AND twin.state = 'received'
                   AND twin.sender = exchange.sender
                   AND twin.number = exchange.number
                   AND twin.id <> exchange.id
                   AND (twin.id < exchange.id OR twin.lease_until > %(now)s)
            )
            """,
            due=states.DUE[states.IN],
            now=fields.Datetime.now(),
        )

    def _import(self):
        if self.kind == "response":
            self._import_response()
            return
        if self._made_before():
            if self.move_id.state == "draft":
                self.move_id._autopost_bill()
            self._step("imported", partner_id=self.move_id.partner_id.commercial_partner_id.id)
            return
        same = self._same()
        if same:
            self._step("duplicate", original_id=same.id, move_id=same.move_id.id)
            return
        try:
            move = self._make_move()
        except NotImported as error:
            self._made_before()
            self._step("fail", error.args[0], error.args[1])
            return
        self._step("imported", move_id=move.id, partner_id=move.partner_id.commercial_partner_id.id)
        # core may have posted it at once, and the supplier is told of that
        self.env["peppol.response"]._give(move, "AP" if move.state == "posted" else "AB", automatic=True)

    def _made_before(self):
        """Whether an earlier attempt made the bill and broke off before it could say so.

        Core commits an empty draft before it reads the file, and the filled-in one after it: an empty one is thrown
        away.
        """
        move = self.move_id
        if not move:
            return False
        if move.invoice_line_ids or move.state != "draft":
            return True
        self.move_id = False
        move.with_context(force_delete=True).unlink()
        return False

    def _same(self):
        """The exchange by which this very document came before: same SBDH instance, or all that names a bill."""
        others = [
            ("id", "!=", self.id),
            ("company_id", "=", self.company_id.id),
            ("direction", "=", "in"),
            ("state", "in", ("imported", "answered")),
        ]
        if self.instance:
            same = self.search([*others, ("instance", "=", self.instance)], limit=1)
            if same:
                return same
        if not (self.sender and self.number):
            return self.browse()
        candidates = self.search(
            [
                *others,
                ("sender", "=", self.sender),
                ("number", "=", self.number),
                ("kind", "=", self.kind),
                ("issue_date", "=", self.issue_date),
                ("currency_id", "=", self.currency_id.id),
            ]
        )
        currency = self.currency_id or self.company_id.currency_id
        return candidates.filtered(lambda other: currency.compare_amounts(other.amount, self.amount) == 0)[:1]

    def _make_move(self):
        """A draft bill, refund or self-billed invoice with the document's content.

        :raises NotImported: with the reason
        """
        raw = self.attachment_id.raw
        try:
            read = envelope.read(raw)
        except Unreadable as error:
            raise NotImported("unreadable", error.id) from None
        if read.kind not in SUPPORTED:
            raise NotImported("unsupported", self.document_type or "")
        company = self._addressee(read)
        journal = self._journal(company, read)
        env = self.with_company(company).env
        move = env["account.move"].create(
            {
                "journal_id": journal.id,
                "move_type": "out_invoice" if read.self_billed else "in_invoice",
                "peppol_move_state": "done",
                "peppol_message_uuid": self.message_id,
            }
        )
        attachment = env["ir.attachment"].create(
            {
                "name": self.attachment_id.name,
                "raw": read.xml,
                "mimetype": "application/xml",
                "res_model": "account.move",
                "res_id": move.id,
            }
        )
        # core commits inside of what follows: if we are killed there, the next attempt finds what is there
        self.move_id = move
        files = env["account.move"]._to_files_data(attachment)
        imported = move._extend_with_attachments(files, new=True)
        if not imported or not move.invoice_line_ids:
            raise NotImported("import_failed", self._why(move))
        move._autopost_bill()
        return move

    def _addressee(self, read):
        """The company, or the branch of it, to which the document is addressed.

        Where the document names no receiver, or one that its access point knew to be ours under another number, it is
        the company at whose access point it arrived.
        """
        company = self.company_id
        named = read.receiver.partition(":")[2]
        if not named:
            return company

        def is_named(one):
            return f"{one.peppol_eas}:{one.peppol_endpoint}" == read.receiver

        if is_named(company):
            return company
        family = company | self.env["res.company"].search([("id", "child_of", company.id)])
        exact = family.filtered(is_named)
        if exact:
            return exact[0]
        digits = "".join(filter(str.isdigit, named))
        alike = family.filtered(
            lambda one: digits and digits in ("".join(filter(str.isdigit, one.vat or "")), one.company_registry)
        )
        if not alike:
            raise NotImported("unknown_company", read.receiver)
        return company if company in alike else alike[0]

    def _journal(self, company, read):
        if read.self_billed:
            journal = self.env["account.journal"].search(
                [*self.env["account.journal"]._check_company_domain(company), ("type", "=", "sale")], limit=1
            )
        else:
            journal = company.peppol_purchase_journal_id or self.company_id.peppol_purchase_journal_id
        if not journal:
            raise NotImported("no_journal", company.display_name)
        return journal

    def _why(self, move):
        """What core's importer wrote on the draft, for the draft will be thrown away."""
        return "\n".join(filter(None, (html2plaintext(message.body) for message in move.message_ids.sorted("id"))))
