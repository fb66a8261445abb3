# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import stages
from ..tools.settings import euro, reference_date


class DigitalChequeCompanyOverview(models.Model):
    """One line per company: its dossiers, deadlines and money, for an accountant with many client companies.

    It shows all companies that the user may work in, whichever are chosen at the top of the screen.
    """

    _name = "digital.cheque.company.overview"
    _description = "Subsidies by Company"
    _auto = False
    _order = "next_deadline nulls last, company_name, id"
    _rec_name = "company_id"
    _depends = {
        "res.company": ["active", "name"],
        "digital.cheque.dossier": [
            "active",
            "company_id",
            "expected_aid",
            "granted_amount",
            "next_deadline",
            "paid_amount",
            "paid_on",
            "state",
        ],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    company_name = fields.Char(readonly=True)
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    running = fields.Integer(string="Running Dossiers", readonly=True)
    waiting = fields.Integer(string="Information Asked", readonly=True)
    next_deadline = fields.Date(readonly=True)
    deadline_state = fields.Selection(
        [("overdue", "Passed"), ("near", "Within 14 days"), ("later", "Later"), ("none", "None")],
        string="Deadline",
        compute="_compute_deadline_state",
        search="_search_deadline_state",
    )
    expected = fields.Monetary(string="Aid Expected", readonly=True)
    to_receive = fields.Monetary(string="Granted, to Be Received", readonly=True)
    received = fields.Monetary(readonly=True)
    received_this_year = fields.Monetary(readonly=True)
    room = fields.Monetary(string="De Minimis Room", compute="_compute_room")
    room_known = fields.Boolean(compute="_compute_room")
    unused = fields.Text(string="Unused Rights", compute="_compute_unused")

    @property
    def _table_query(self):
        awarded = tuple(stages.AWARDED)
        undecided = (stages.IDEA, stages.PREPARED, *stages.PENDING)
        return SQL(
            """
            SELECT company.id AS id,
                   company.id AS company_id,
                   company.name AS company_name,
                   count(dossier.id) FILTER (WHERE dossier.state NOT IN %(over)s) AS running,
                   count(dossier.id) FILTER (WHERE dossier.state = %(asked)s) AS waiting,
                   min(dossier.next_deadline) FILTER (WHERE dossier.state NOT IN %(over)s) AS next_deadline,
                   coalesce(sum(dossier.expected_aid) FILTER (WHERE dossier.state IN %(undecided)s), 0) AS expected,
                   coalesce(sum(greatest(coalesce(dossier.granted_amount, 0) - coalesce(dossier.paid_amount, 0), 0))
                            FILTER (WHERE dossier.state IN %(awarded)s), 0) AS to_receive,
                   coalesce(sum(dossier.paid_amount), 0) AS received,
                   coalesce(sum(dossier.paid_amount)
                            FILTER (WHERE dossier.paid_on >= %(year)s), 0) AS received_this_year
              FROM res_company company
              LEFT JOIN digital_cheque_dossier dossier
                     ON dossier.company_id = company.id AND dossier.active
             WHERE company.active
             GROUP BY company.id
            """,
            over=stages.OVER,
            asked=stages.INFO_ASKED,
            undecided=undecided,
            awarded=awarded,
            year=reference_date(self).replace(month=1, day=1),
        )

    def _compute_currency_id(self):
        self.currency_id = euro(self.env)

    @api.depends("next_deadline")
    @api.depends_context("digital_cheque_date", "tz")
    def _compute_deadline_state(self):
        today = reference_date(self)
        for line in self:
            day = line.next_deadline
            if not day:
                line.deadline_state = "none"
            elif day < today:
                line.deadline_state = "overdue"
            else:
                line.deadline_state = "near" if day <= today + timedelta(days=14) else "later"

    def _search_deadline_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = reference_date(self)
        soon = today + timedelta(days=14)
        domains = {
            "overdue": [("next_deadline", "<", today)],
            "near": [("next_deadline", ">=", today), ("next_deadline", "<=", soon)],
            "later": [("next_deadline", ">", soon)],
            "none": [("next_deadline", "=", False)],
        }
        return fields.Domain.OR([domains[state] for state in value if state in domains])

    @api.depends_context("digital_cheque_date", "tz")
    def _compute_room(self):
        # as the lines, of all companies of the user, whichever are chosen
        undertakings = (
            self.env["digital.cheque.undertaking"]
            .with_context(allowed_company_ids=self.env.user.company_ids.ids)
            .search([("company_ids", "in", self.company_id.ids)])
        )
        rooms = {company: undertaking.room for undertaking in undertakings for company in undertaking.company_ids}
        for line in self:
            line.room_known = line.company_id in rooms
            line.room = rooms.get(line.company_id, 0)

    def _compute_unused(self):
        rights = self.company_id._digital_cheque_unused_rights()
        for line in self:
            line.unused = "\n".join(rights.get(line.company_id, ())) or False

    def action_open_dossiers(self):
        """Open the dossiers of the company, whichever companies are chosen at the top of the screen."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.company_id.name,
            "res_model": "digital.cheque.dossier",
            "views": [(False, "list"), (False, "form")],
            "domain": [("company_id", "=", self.company_id.id)],
            "context": {"allowed_company_ids": self.company_id.ids, "default_company_id": self.company_id.id},
        }
