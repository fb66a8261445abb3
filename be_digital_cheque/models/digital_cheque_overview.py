# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..engine import stages
from ..tools.settings import euro, reference_date

NEAR_DAYS = 7
SOON_DAYS = 30
SHOWN = 6
#: Stages of which the money is still on its way, in their order.
ON_ITS_WAY = (
    stages.IDEA,
    stages.PREPARED,
    stages.SUBMITTED,
    stages.INFO_ASKED,
    stages.GRANTED,
    stages.IN_EXECUTION,
    stages.CLAIMED,
)

#: Rights on the first page: the largest; all of a company are on the page "Find my subsidies".
CLAIMABLE_SHOWN = 8


class DigitalChequeOverview(models.AbstractModel):
    """The first page: what waits, what is on its way and what was received, each figure with the list behind it.

    Everything is counted by the database, on the companies that are chosen and by the rights of the user.
    """

    _name = "digital.cheque.overview"
    _description = "Where the Subsidies Stand"

    @api.model
    def get_overview(self):
        """Return the figures of the page as plain values; amounts are in euros."""
        today = reference_date(self)
        may_book = self.env["account.move"].has_access("create")
        figures = {key: self._count(key, today) for key in self._keys(may_book)}
        return {
            "companies": [company.name for company in self.env.companies],
            "may_edit": self.env["digital.cheque.dossier"].has_access("create"),
            "has_dossiers": bool(self.env["digital.cheque.dossier"].search_count([], limit=1)),
            "figures": figures,
            "step": self._step(figures),
            "deadlines": self._deadlines(today),
            "stages": self._stages(),
            "received": self._received(today),
            "claimable": self._claimable(),
            "currency_id": euro(self.env).id,
        }

    @api.model
    def get_list_action(self, figure):
        """Return the action that opens the dossiers behind a figure of the page.

        :param str figure: a key of ``figures``, ``stage_…`` or ``received_…``
        """
        names = self._names()
        stage = figure.removeprefix("stage_")
        if stage in ON_ITS_WAY:
            names[figure] = dict(self.env["digital.cheque.dossier"]._fields["state"]._description_selection(self.env))[
                stage
            ]
        if figure not in names:
            raise UserError(self.env._("This page has no figure “%s”.", figure))
        return {
            "type": "ir.actions.act_window",
            "name": names[figure],
            "res_model": "digital.cheque.dossier",
            "views": [(False, "list"), (False, "form")],
            "domain": list(self._domain(figure, reference_date(self))),
            "context": {"create": False},
        }

    def _names(self):
        return {
            "overdue": self.env._("Deadlines That Have Passed"),
            "near": self.env._("Deadlines within 7 Days"),
            "soon": self.env._("Deadlines within 30 Days"),
            "info_asked": self.env._("Information Asked"),
            "to_book": self.env._("Awards to Be Booked"),
            "to_release": self.env._("Releases to Be Booked"),
            "on_its_way": self.env._("On Its Way"),
            "received_year": self.env._("Received This Year"),
            "received_all": self.env._("Received So Far"),
        }

    def _keys(self, may_book):
        keys = ["overdue", "near", "soon", "info_asked"]
        return [*keys, "to_book", "to_release"] if may_book else keys

    def _domain(self, figure, today):
        """Return the domain of the dossiers behind a figure."""
        if figure.startswith("stage_"):
            return Domain("state", "=", figure.removeprefix("stage_"))
        running = Domain("state", "not in", stages.OVER)
        near, soon = today + timedelta(days=NEAR_DAYS), today + timedelta(days=SOON_DAYS)
        return {
            "overdue": lambda: running & Domain("next_deadline", "<", today),
            "near": lambda: running & Domain("next_deadline", ">=", today) & Domain("next_deadline", "<=", near),
            "soon": lambda: running & Domain("next_deadline", ">", near) & Domain("next_deadline", "<=", soon),
            "info_asked": lambda: Domain("state", "=", stages.INFO_ASKED),
            "to_book": lambda: Domain("state", "in", stages.AWARDED) & Domain("entry_ids", "=", False),
            "to_release": lambda: Domain("releases_due", ">", 0),
            "on_its_way": lambda: Domain("state", "in", ON_ITS_WAY),
            "received_year": lambda: (
                Domain("paid_amount", ">", 0) & Domain("paid_on", ">=", today.replace(month=1, day=1))
            ),
            "received_all": lambda: Domain("paid_amount", ">", 0),
        }[figure]()

    def _count(self, figure, today):
        return self.env["digital.cheque.dossier"].search_count(self._domain(figure, today))

    def _step(self, figures):
        """Return the key of the one thing to do next."""
        order = ("overdue", "info_asked", "near", "to_book", "to_release", "soon")
        return next((key for key in order if figures.get(key)), "nothing")

    def _deadlines(self, today):
        """Return the first deadlines, those that have passed included."""
        dossiers = self.env["digital.cheque.dossier"].search(
            Domain("state", "not in", stages.OVER)
            & Domain("next_deadline", "!=", False)
            & Domain("next_deadline", "<=", today + timedelta(days=SOON_DAYS)),
            order="next_deadline, id",
            limit=SHOWN,
        )
        several = len(self.env.companies) > 1
        return [
            {
                "id": dossier.id,
                "name": dossier.name,
                "company": several and dossier.company_id.name,
                "programme": dossier.programme_id.name,
                "step": dossier.next_step_id.name or "",
                "on": format_date(self.env, dossier.next_deadline),
                "days": (dossier.next_deadline - today).days,
            }
            for dossier in dossiers
        ]

    def _stages(self):
        """Return the stages of which money is to come: the aid expected, or granted and not received."""
        labels = dict(self.env["digital.cheque.dossier"]._fields["state"]._description_selection(self.env))
        found = {
            state: {"key": state, "label": labels[state], "count": 0, "amount": 0, "granted": state in stages.AWARDED}
            for state in ON_ITS_WAY
        }
        groups = self.env["digital.cheque.dossier"]._read_group(
            [("state", "in", ON_ITS_WAY)],
            ["state", "currency_id"],
            ["__count", "expected_aid:sum", "granted_amount:sum", "paid_amount:sum"],
        )
        for state, currency, count, expected, granted, paid in groups:
            amount = max(granted - paid, 0) if state in stages.AWARDED else expected
            found[state]["count"] += count
            found[state]["amount"] += self._euros(amount, currency)
        return list(found.values())

    def _received(self, today):
        """Return the aid received this year and in all."""
        dossiers = self.env["digital.cheque.dossier"]
        amounts = {}
        for key in ("received_year", "received_all"):
            groups = dossiers._read_group(self._domain(key, today), ["currency_id"], ["paid_amount:sum", "__count"])
            amounts[key] = {
                "amount": sum(self._euros(paid, currency) for currency, paid, _count in groups),
                "count": sum(count for _currency, _paid, count in groups),
            }
        return amounts | {"year": today.year}

    def _euros(self, amount, currency):
        return currency._convert(amount, euro(self.env), self.env.company, reference_date(self)) if amount else 0

    def _claimable(self):
        """Return what the companies may still claim this year, or None where that is not known.

        :return: a list of ``{"id": programme, "name": …, "amount": euros or None, "sure": bool, "why": …}``, best
            first; of several companies each right names its company; it is sure where no fact is missing
        """
        if not self.env.user.has_group("be_digital_cheque.group_digital_cheque_user"):
            return None
        several = len(self.env.companies) > 1
        rights = [
            {
                "id": right["id"],
                "key": f"{company.id}-{right['id']}",
                "name": right["name"],
                "amount": right["amount"],
                "sure": right["sure"],
                "why": " · ".join(filter(None, [several and company.name, right["why"]])),
            }
            for company, found in self.env.companies._digital_cheque_rights().items()
            for right in found
            if right["amount"]
        ]
        return sorted(rights, key=lambda right: -right["amount"])[:CLAIMABLE_SHOWN] or None
