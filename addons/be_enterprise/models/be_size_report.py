# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from decimal import Decimal

from odoo import api, models
from odoo.tools import format_date, formatLang

from ..engine import companies_code, size

#: Closings before this date are left out of the Belgian verdict: its ceilings of before are not in the engine.
_CODE_FROM = date(2016, 1, 1)
#: What an answer about public bodies means to the engine: share and exemption.
_PUBLIC = {"no": (Decimal(0), False), "yes": (size.PUBLIC_FROM, False), "exempt": (size.PUBLIC_FROM, True)}


class BeSizeReport(models.AbstractModel):
    """Gathers an enterprise's figures and its relations', has the engines judge them, and shows the working."""

    _name = "be.size.report"
    _description = "Size of an enterprise: verdicts and their working"

    @api.model
    def _related(self, partners):
        """Return all partners that holdings connect to each of ``partners``, itself included, and those holdings.

        The database is asked once for each step away from the partners, however many they are.

        :return: ``{partner: (partners, holdings)}``
        """
        Holding = self.env["be.holding"]
        known, holdings = partners, Holding
        frontier = partners
        while frontier:
            found = Holding.search(["|", ("owner_id", "in", frontier.ids), ("owned_id", "in", frontier.ids)])
            holdings |= found
            frontier = (found.owner_id | found.owned_id) - known
            known |= frontier
        groups = {partner: (partner, Holding) for partner in known}
        for holding in holdings:
            (one, ones), (other, others) = groups[holding.owner_id], groups[holding.owned_id]
            joined = (one | other, ones | others | holding)
            groups.update(dict.fromkeys(joined[0], joined))
        return {partner: groups[partner] for partner in partners}

    @api.model
    def _european(self, partner, related=None):
        """Return the verdict by Recommendation 2003/361 (:class:`engine.size.Result`).

        :param related: what :meth:`_related` returned for this partner and others
        """
        partners, holdings = (related or self._related(partner))[partner]
        enterprises = {}
        for other in partners:
            share, exempt = _PUBLIC.get(other.be_public_body, (None, False))
            enterprises[str(other.id)] = size.Enterprise(
                str(other.id),
                tuple(year._figures() for year in other.be_size_year_ids if year.closed_on.year >= 2005),
                other.be_first_year,
                share,
                exempt,
            )
        return size.assess(enterprises, str(partner.id), [holding._figures() for holding in holdings])

    @api.model
    def _belgian(self, partner):
        """Return the verdict by the Companies Code (:class:`engine.companies_code.Result`)."""
        years = [year._figures() for year in partner.be_size_year_ids if year.closed_on >= _CODE_FROM]
        member = {"yes": True, "no": False}.get(partner.be_group_member)
        return companies_code.assess(years, first_year=partner.be_first_year, group_member=member)

    @api.model
    def _render(self, template, result, partner):
        classes = dict(partner._fields["be_size"]._description_selection(self.env))
        figures = {
            "staff": self.env._("staff"),
            "turnover": self.env._("turnover"),
            "balance": self.env._("balance sheet total"),
        }

        def named(codes):
            return ", ".join(classes[code] for code in codes)

        def day(value):
            return format_date(self.env, value)

        def need_text(need):
            return self.env._(
                "Missing: %(figure)s of %(enterprise)s, year closed on %(day)s",
                figure=figures[need.figure],
                enterprise=self._name_of(getattr(need, "enterprise", partner.id)),
                day=day(need.closed_on),
            )

        def relation(line):
            texts = {"own": self.env._("itself"), "linked": self.env._("linked: whole")}
            return texts.get(line.relation) or self.env._("partner: %s%%", f"{line.share.normalize():f}")

        def total(year, figure):
            text = self._number(year.totals[figure], 2 if figure == "staff" else 0)
            return self.env._("at least %s", text) if figure in year.missing else text

        def ceilings(year, number):
            return self.env._(
                "%(staff)s staff, turnover €%(turnover)s, balance sheet total €%(balance)s",
                **{figure: self._number(getattr(year.ceilings, figure)[number], 0) for figure in figures},
            )

        verdict = self.env._("Verdict: %s", classes[result.verdict])
        if result.verdict == "unknown":
            verdict = self.env._("Verdict: unknown; still possible: %s", named(result.possible))
        values = {
            "result": result,
            "verdict": verdict,
            "named": named,
            "listed": lambda codes: ", ".join(figures[code] for code in codes) or "–",
            "name": self._name_of,
            "day": day,
            "need_text": need_text,
            "relation": relation,
            "total": total,
            "ceilings": ceilings,
            "staff": lambda value: self._number(value, 2),
            "euro": lambda value: self._number(value, 0),
        }
        return self.env["ir.qweb"]._render(template, values)

    @api.model
    def _name_of(self, key):
        # The reader may see the verdict of an enterprise without having access to each enterprise linked to it.
        return self.env["res.partner"].sudo().browse(int(key)).name

    @api.model
    def _number(self, value, digits):
        return self.env._("not known") if value is None else formatLang(self.env, float(value), digits=digits)
