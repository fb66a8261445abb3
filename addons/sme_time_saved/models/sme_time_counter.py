# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from ..engine import saving

BATCH = 2000
# A transaction stamps its records with the time of its beginning, and may end long after a pass has begun.
OVERLAP = timedelta(hours=6)


class SmeTimeCounter(models.AbstractModel):
    """Counts events from records, never from clicks: incrementally, in batches, each as often as one likes.

    For each kind there is a method ``_claim_<code>(records)``: records of the kind's model → those that prove a saving,
    or None where the app is not installed.
    """

    _name = "sme.time.counter"
    _description = "Counter of Time Saved"

    # ------------------------------------------------------------------------------------------------ what counts

    def _claim_einvoice_sent(self, moves):
        sent = self.env["account.move"]
        if "peppol.exchange" in self.env:
            exchanges = self.env["peppol.exchange"].search(
                [
                    ("move_id", "in", moves.ids),
                    ("direction", "=", "out"),
                    ("state", "in", ("delivered", "accepted", "rejected")),
                ]
            )
            sent |= exchanges.move_id
        if "peppol_move_state" in moves._fields:
            sent |= moves.filtered(lambda move: move.peppol_move_state == "done")
        elif "peppol.exchange" not in self.env:
            return None
        return sent.filtered(lambda move: move.state == "posted" and move.is_sale_document())

    def _claim_einvoice_received(self, moves):
        received = self.env["account.move"]
        if "peppol.exchange" in self.env:
            exchanges = self.env["peppol.exchange"].search(
                [("move_id", "in", moves.ids), ("direction", "=", "in"), ("kind", "!=", "response")]
            )
            received |= exchanges.move_id
        if "peppol_message_uuid" in moves._fields:
            received |= moves.filtered("peppol_message_uuid")
        elif "peppol.exchange" not in self.env:
            return None
        return received.filtered(lambda move: move.state == "posted" and move.is_purchase_document())

    def _claim_bill_imported(self, moves):
        # the structured file stands behind the bill, whichever way it came in
        return moves.search(
            [
                ("id", "in", moves.ids),
                ("state", "=", "posted"),
                ("move_type", "in", ("in_invoice", "in_refund")),
                ("attachment_ids.mimetype", "in", ("application/xml", "text/xml")),
            ]
        )

    def _claim_invoice_drawn_up(self, moves):
        invoices = moves.filtered(lambda move: move.state == "posted" and move.is_sale_document())
        drawn = invoices.filtered(lambda move: move.auto_post_origin_id not in (move, move.browse()))
        if "sale_line_ids" in self.env["account.move.line"]._fields:
            drawn |= invoices.search([("id", "in", invoices.ids), ("line_ids.sale_line_ids", "!=", False)])
        return drawn

    def _claim_web_order(self, orders):
        if "website_id" not in orders._fields:
            return None
        return orders.filtered(lambda order: order.state == "sale" and order.website_id)

    def _claim_online_payment(self, transactions):
        if "payment_id" not in transactions._fields:
            return None
        return transactions.filtered(lambda transaction: transaction.state == "done" and transaction.payment_id)

    def _claim_bank_match(self, lines):
        # matched by a background job, not by somebody in front of a screen
        by_itself = ("create_uid", "=", SUPERUSER_ID)
        return lines.search(
            [
                ("id", "in", lines.ids),
                ("is_reconciled", "=", True),
                "|",
                ("move_id.line_ids.matched_debit_ids", "any", [by_itself]),
                ("move_id.line_ids.matched_credit_ids", "any", [by_itself]),
            ]
        )

    @api.model
    def _triggers(self, subject):
        """Changes elsewhere after which a record of the subject must be looked at again.

        :return: list of str, each a query of ids with one parameter of the name ``since``
        """
        triggers = []
        if subject == "account.move":
            triggers.append(
                "SELECT res_id FROM ir_attachment WHERE res_model = 'account.move' AND write_date >= %(since)s"
            )
            if "peppol.exchange" in self.env:
                triggers.append(
                    "SELECT move_id FROM peppol_exchange WHERE move_id IS NOT NULL AND write_date >= %(since)s"
                )
        elif subject == "account.bank.statement.line":
            triggers.append(
                """
                SELECT line.statement_line_id FROM account_partial_reconcile partial
                  JOIN account_move_line line ON line.id IN (partial.debit_move_id, partial.credit_move_id)
                 WHERE line.statement_line_id IS NOT NULL AND partial.write_date >= %(since)s
                """
            )
        return triggers

    # ----------------------------------------------------------------------------------------------- the counting

    @api.model
    def _kinds(self):
        """:return: sme.time.kind, all of them, in the order in which they have a right to one piece of work"""
        # sudo: the counter works for everybody
        return self.env["sme.time.kind"].sudo().search([("active", "in", (True, False))])

    @api.model
    def _counts_here(self, kind):
        """:return: bool, whether the app that the kind is about is installed"""
        subject = kind.subject
        return subject in self.env and getattr(self, f"_claim_{kind.code}")(self.env[subject]) is not None

    @api.model
    def _cron_count(self):
        """One pass through what changed, a batch at a time; goes on where it was interrupted."""
        cron = self.env["ir.cron"]
        for subject in dict.fromkeys(self._kinds().mapped("subject")):
            if subject not in self.env:
                continue
            while self._count_batch(subject):
                if not cron._commit_progress(BATCH, remaining=BATCH):
                    return
        cron._commit_progress(remaining=0)

    @api.model
    def _count_batch(self, subject):
        """Look at the next records of a pass, or end it.

        :param str subject: name of a model
        :return: bool, whether the pass goes on
        """
        marks = self.env["sme.time.mark"].sudo()
        mark = marks.search([("subject", "=", subject)]) or marks.create({"subject": subject})
        now = fields.Datetime.now()
        if not mark.began:
            mark.write({"began": now, "last_id": 0})
        ids = self._next_ids(subject, mark)
        if not ids:
            self._forget_deleted(subject)
            mark.write({"since": mark.began - OVERLAP, "began": False, "last_id": 0, "counted_on": now})
            return False
        self._count(self.env[subject].sudo().browse(ids))
        mark.last_id = ids[-1]
        return True

    @api.model
    def _next_ids(self, subject, mark):
        table = SQL.identifier(self.env[subject]._table)
        self.env.flush_all()
        if not mark.since:
            query = SQL("SELECT id FROM %s WHERE id > %s ORDER BY id LIMIT %s", table, mark.last_id, BATCH)
        else:
            changed = [SQL("SELECT id FROM %s WHERE write_date >= %s", table, mark.since)]
            changed += [SQL(trigger, since=mark.since) for trigger in self._triggers(subject)]
            query = SQL(
                "SELECT changed.id FROM (%s) AS changed(id) JOIN %s AS kept ON kept.id = changed.id"
                " WHERE changed.id > %s ORDER BY changed.id LIMIT %s",
                SQL(" UNION ").join(changed),
                table,
                mark.last_id,
                BATCH,
            )
        self.env.cr.execute(query)
        return [id_ for (id_,) in self.env.cr.fetchall()]

    @api.model
    def _count(self, records):
        """Bring the ledger in line with these records: what they prove is in it once, what they no longer do is not.

        :param records: recordset of a model that kinds are about
        """
        records = records.exists()
        kinds = self._kinds().filtered(lambda kind: kind.subject == records._name)
        claims, companies = [], {}
        for kind in kinds:
            for record in getattr(self, f"_claim_{kind.code}")(records) or ():
                day = record[kind.date_field]
                if not day or not record.company_id:
                    continue
                day = fields.Date.to_date(day)
                claims.append(saving.Event((record._name, record.id, kind.job), kind.id, day))
                companies[record.id] = record.company_id.id
        wanted = saving.once(claims, kinds.ids)
        touched = self._remove(records, wanted)
        touched += self._add(wanted, companies)
        self._rebuild(touched)

    @api.model
    def _remove(self, records, wanted):
        """:return: list of (company id, day) of what left the ledger"""
        self.env.cr.execute(
            "SELECT id, res_id, job, kind_id, company_id, date FROM sme_time_event"
            " WHERE res_model = %s AND res_id = ANY(%s)",
            (records._name, records.ids),
        )
        gone, touched = [], []
        for id_, res_id, job, kind, company, day in self.env.cr.fetchall():
            event = wanted.get((records._name, res_id, job))
            if event is None or (event.kind, event.day) != (kind, day):
                gone.append(id_)
                touched.append((company, day))
        self.env.cr.execute("DELETE FROM sme_time_event WHERE id = ANY(%s)", (gone,))
        self.env["sme.time.event"].invalidate_model()
        return touched

    @api.model
    def _add(self, wanted, companies):
        """:return: list of (company id, day) of what came into the ledger"""
        columns = [[], [], [], [], [], []]
        for (model, res_id, job), event in wanted.items():
            row = (model, res_id, job, event.kind, companies[res_id], event.day)
            for column, value in zip(columns, row, strict=True):
                column.append(value)
        self.env.cr.execute(
            """
            INSERT INTO sme_time_event (res_model, res_id, job, kind_id, company_id, date)
            SELECT * FROM unnest(%s::varchar[], %s::int[], %s::varchar[], %s::int[], %s::int[], %s::date[])
                ON CONFLICT DO NOTHING RETURNING company_id, date
            """,
            columns,
        )
        return self.env.cr.fetchall()

    @api.model
    def _forget_deleted(self, subject):
        """What was deleted proves nothing any more."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM sme_time_event AS event WHERE res_model = %s AND NOT EXISTS"
                " (SELECT FROM %s AS kept WHERE kept.id = event.res_id) RETURNING company_id, date",
                subject,
                SQL.identifier(self.env[subject]._table),
            )
        )
        self._rebuild(self.env.cr.fetchall())

    @api.model
    def _rebuild(self, touched):
        months = {}
        for company, day in touched:
            months.setdefault(company, set()).add(day.replace(day=1))
        for company, days in months.items():
            self.env["sme.time.line"]._rebuild(self.env["res.company"].browse(company), days)
