# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import funnel

BATCH = 2000
# A transaction stamps its records with the time of its beginning, and may end long after a pass has begun.
OVERLAP = timedelta(hours=6)
COLUMNS = ("partner_id", "tool_id", "obstacle", "uses", "first_use", "last_use", "stage", "reason", "since")


class SmeAdoptionCounter(models.AbstractModel):
    """Brings the funnel in line with the records: incrementally, in batches, each as often as one likes."""

    _name = "sme.adoption.counter"
    _description = "Counter of Customers on Board"

    @api.model
    def _cron_count(self):
        """One pass through the customers touched since the last one; goes on where it was interrupted."""
        cron = self.env["ir.cron"]
        for company in self.env["res.company"].search(fields.Domain.TRUE):
            counter = self.with_company(company).with_context(allowed_company_ids=company.ids)
            while counter._count_batch():
                if not cron._commit_progress(BATCH, remaining=BATCH):
                    return
            if company.sme_adoption_switch:
                counter.env["sme.adoption.switch"]._switch(company)
            cron._commit_progress(1)
        cron._commit_progress(remaining=0)

    @api.model
    def _count_batch(self):
        """Look at the next customers of a pass through the current company, or end it.

        :return: bool, whether the pass goes on
        """
        company = self.env.company
        marks = self.env["sme.adoption.mark"].sudo()
        mark = marks.search([("company_id", "=", company.id)]) or marks.create({"company_id": company.id})
        tools = self.env["sme.adoption.measure"].sudo()._tools()
        now = fields.Datetime.now()
        if not mark.began:
            names = ",".join(sorted(tools.mapped("code")))
            mark.write({"since": mark.since if mark.tools == names else False, "tools": names})
            mark.write({"began": now, "last_id": 0})
        ids = self._next_ids(company, mark, tools)
        if ids:
            self._count(self.env["res.partner"].sudo().browse(ids), tools)
            mark.last_id = ids[-1]
        if len(ids) == BATCH:
            return True
        days, today = self.env["sme.adoption.day"].sudo(), fields.Date.context_today(self)
        # what leaves no trace on the customer (an invoice that is deleted) is seen once a day
        first_today = not days.search_count([("company_id", "=", company.id), ("date", "=", today)], limit=1)
        self._forget_leavers(company, None if first_today else self._touched(mark, tools))
        days._keep(company, today)
        mark.write({"since": mark.began - OVERLAP, "began": False, "last_id": 0, "counted_on": now})
        return False

    @api.model
    def _is_customer(self, company):
        """:return: SQL, the condition on res_partner AS partner: a customer of the company"""
        return SQL(
            """
            partner.active AND partner.commercial_partner_id = partner.id AND partner.customer_rank > 0
            AND NOT EXISTS (SELECT FROM res_company AS own WHERE own.partner_id = partner.id)
            AND (partner.company_id = %(company)s OR partner.company_id IS NULL AND (
                EXISTS (SELECT FROM account_move AS move WHERE move.commercial_partner_id = partner.id
                        AND move.company_id = %(company)s AND move.move_type IN ('out_invoice', 'out_refund'))
                OR NOT EXISTS (SELECT FROM account_move AS move WHERE move.commercial_partner_id = partner.id
                               AND move.move_type IN ('out_invoice', 'out_refund'))))
            """,
            company=company.id,
        )

    @api.model
    def _touched(self, mark, tools):
        """:return: SQL of the ids of partners whose place may have changed since the last pass, or None: all"""
        if not mark.since:
            return None
        measure = self.env["sme.adoption.measure"]
        lapsed = fields.Date.context_today(self) - timedelta(days=funnel.REGULAR_DAYS)
        return SQL(" UNION ").join(
            [
                SQL("SELECT id FROM res_partner WHERE write_date >= %s", mark.since),
                *(getattr(measure, f"_touched_{tool.code}")(mark.since) for tool in tools),
                SQL("SELECT partner_id FROM sme_adoption_customer WHERE stage = 'regular' AND last_use < %s", lapsed),
            ]
        )

    @api.model
    def _next_ids(self, company, mark, tools):
        self.env.flush_all()
        touched = self._touched(mark, tools)
        found = SQL("TRUE")
        if touched is not None:
            found = SQL(
                "partner.id IN (SELECT one.commercial_partner_id FROM res_partner AS one WHERE one.id IN (%s))", touched
            )
        self.env.cr.execute(
            SQL(
                "SELECT partner.id FROM res_partner AS partner WHERE partner.id > %s AND %s AND %s"
                " ORDER BY partner.id LIMIT %s",
                mark.last_id,
                found,
                self._is_customer(company),
                BATCH,
            )
        )
        return [id_ for (id_,) in self.env.cr.fetchall()]

    @api.model
    def _count(self, partners, tools):
        """Bring the rows of these customers of the current company in line with the records.

        :param partners: res.partner, customers
        :param tools: sme.adoption.tool, those that can be measured
        """
        measure = self.env["sme.adoption.measure"].sudo()
        partners = partners.with_company(self.env.company)
        self.env.flush_all()
        before = self._known(partners)
        today = fields.Date.context_today(self)
        changed = []
        for tool in tools:
            obstacles = getattr(measure, f"_obstacles_{tool.code}")(partners)
            uses = measure._uses(tool, partners)
            for id_ in partners.ids:
                row = self._row(id_, tool.id, before.get((id_, tool.id)), obstacles.get(id_, ""), uses.get(id_), today)
                if row:
                    changed.append(row)
        self._write(changed)

    @api.model
    def _known(self, partners):
        """:return: dict of (partner id, tool id) → (stage, engine.funnel.Known), locked until the batch is written"""
        self.env.cr.execute(
            """
            SELECT partner_id, tool_id, stage, COALESCE(obstacle, ''), COALESCE(uses, 0), first_use, last_use,
                   invited_on, reminded_on, declined_on
              FROM sme_adoption_customer WHERE company_id = %s AND partner_id = ANY(%s) FOR UPDATE
            """,
            (self.env.company.id, partners.ids),
        )
        return {(row[0], row[1]): (row[2], funnel.Known(*row[3:])) for row in self.env.cr.fetchall()}

    @api.model
    def _row(self, partner, tool, before, obstacle, use, today):
        """:return: tuple of the values of COLUMNS, or None where nothing changed"""
        stage, known = before or (None, funnel.Known())
        uses, first, last = funnel.accumulate(known, use)
        after = funnel.Known(obstacle, uses, first, last, known.invited_on, known.reminded_on, known.declined_on)
        if before and after == known and funnel.stage_of(known, today) == stage:
            return None
        to, reason = funnel.move(stage, after, today)
        since = today if to != stage else None
        return (partner, tool, obstacle or None, uses, first, last, to, reason or None, since)

    @api.model
    def _write(self, rows):
        if not rows:
            return
        self.env.cr.execute(
            """
            INSERT INTO sme_adoption_customer AS row
                   (company_id, active, partner_id, tool_id, obstacle, uses, first_use, last_use, stage, reason, since)
            SELECT %s, TRUE, found.* FROM unnest(%s::int[], %s::int[], %s::varchar[], %s::int[], %s::date[], %s::date[],
                                                 %s::varchar[], %s::varchar[], %s::date[]) AS found
                ON CONFLICT (partner_id, tool_id, company_id) DO UPDATE
               SET active = TRUE, obstacle = EXCLUDED.obstacle, uses = EXCLUDED.uses, first_use = EXCLUDED.first_use,
                   last_use = EXCLUDED.last_use, stage = EXCLUDED.stage,
                   reason = CASE WHEN EXCLUDED.since IS NULL THEN row.reason ELSE EXCLUDED.reason END,
                   since = COALESCE(EXCLUDED.since, row.since)
            """,
            (self.env.company.id, *(list(column) for column in zip(*rows, strict=True))),
        )
        self.env["sme.adoption.customer"].invalidate_model()

    @api.model
    def _forget_leavers(self, company, touched=None):
        """Who is a customer no longer leaves the figures; what they said is kept, should they come back.

        :param touched: SQL of the ids of partners to look at; None: all
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE sme_adoption_customer AS row SET active = here.is_one FROM"
                " (SELECT partner.id, (%s) AS is_one FROM res_partner AS partner WHERE %s) AS here"
                " WHERE row.partner_id = here.id AND row.company_id = %s AND row.active IS DISTINCT FROM here.is_one",
                self._is_customer(company),
                SQL("TRUE") if touched is None else SQL("partner.id IN (%s)", touched),
                company.id,
            )
        )
        self.env["sme.adoption.customer"].invalidate_model()
