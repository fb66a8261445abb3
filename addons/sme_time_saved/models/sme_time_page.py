# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import format_date, format_datetime
from odoo.tools.misc import formatLang

MONTHS = 12


class SmeTimePage(models.AbstractModel):
    """What the page, the tile and the mail show: the same figures in the reader's language."""

    _name = "sme.time.page"
    _description = "Page of the Time Saved"

    @api.model
    def get_page(self, month=None):
        """
        :param str month: first day of the month whose working is shown; None: the last one with figures
        :return: dict of texts and figures, for the page
        """
        company = self.env.company
        today = fields.Date.context_today(self)
        first = today.replace(day=1) - relativedelta(months=MONTHS - 1)
        lines = self._lines(company, first, today)
        months = self._months(lines, first)
        with_figures = [one["month"] for one in months if one["count"]]
        chosen = month or (with_figures[-1] if with_figures else months[-1]["month"])
        shown = lines.filtered(lambda line: fields.Date.to_string(line.month) == chosen)
        return {
            "company": company.name,
            "months": months,
            "chosen": self._month(shown, fields.Date.to_date(chosen)),
            "year": self._sum(lines),
            "lines": [self._line(line) for line in shown.sorted(lambda line: (line.kind_id.sequence, line.id))],
            "roles": [
                {
                    "id": role.id,
                    "name": role.name,
                    **self._sum(shown.filtered(lambda line, role=role: line.role_id == role)),
                }
                for role in shown.role_id.sorted()
            ],
            "missing": self._missing(lines),
            "counted": self._counted(),
            "may_change": self.env["sme.time.rate"].has_access("create"),
            "mail": self.env.user.sme_time_mail,
        }

    @api.model
    def set_mail(self, wanted):
        """Switch the monthly mail of the user on or off.

        :param bool wanted:
        """
        self.env.user.write({"sme_time_mail": bool(wanted)})

    @api.model
    def count_now(self):
        """Count what changed since the last pass, while somebody waits; a long count goes on in the background."""
        self.env["sme.time.rate"].check_access("create")
        # sudo: whoever may change the figures may ask for a count; the counter itself is nobody's
        counter = self.env["sme.time.counter"].sudo()
        for subject in dict.fromkeys(counter._kinds().mapped("subject")):
            if subject in self.env and counter._count_batch(subject):
                self.env.ref("sme_time_saved.ir_cron_count").sudo()._trigger()

    @api.model
    def _lines(self, company, begin, end):
        """:return: sme.time.line of a company from a day to a day"""
        return self.env["sme.time.line"].search(
            [("company_id", "=", company.id), ("month", ">=", begin), ("month", "<=", end)]
        )

    @api.model
    def _sum(self, lines):
        """:return: dict, hours and amount in figures and in words"""
        hours = sum(lines.mapped("hours"))
        amount = sum(lines.mapped("amount"))
        return {
            "count": sum(lines.mapped("count")),
            "hours": hours,
            "hours_text": formatLang(self.env, hours, digits=1),
            "amount_text": f"{formatLang(self.env, amount, digits=0)} €",
        }

    @api.model
    def _month(self, lines, month):
        label = format_date(self.env, month, date_format="MMMM y")
        return {"month": fields.Date.to_string(month), "label": label, **self._sum(lines)}

    @api.model
    def _months(self, lines, first):
        months = []
        for number in range(MONTHS):
            month = first + relativedelta(months=number)
            entry = self._month(lines.filtered(lambda line, month=month: line.month == month), month)
            months.append({**entry, "short": format_date(self.env, month, date_format="MMM")})
        most = max(entry["hours"] for entry in months) or 1
        for entry in months:
            entry["height"] = round(100 * entry["hours"] / most)
        return months

    @api.model
    def _line(self, line):
        euro = line.currency_id
        minutes, cost = line.minutes_id, line.cost_id
        return {
            "id": line.id,
            "kind_id": line.kind_id.id,
            "name": line.kind_id.name,
            "about": line.kind_id.about or "",
            "role": line.role_id.name,
            "count": line.count,
            "minutes": formatLang(self.env, minutes.value, digits=_digits(minutes.value)) if minutes else "",
            "cost": formatLang(self.env, cost.value, currency_obj=euro) if cost else "",
            "hours_text": formatLang(self.env, line.hours, digits=1) if minutes else "",
            "amount_text": formatLang(self.env, line.amount, currency_obj=euro) if minutes and cost else "",
            "own": bool(minutes.company_id),
            "source": self._source(minutes),
            "cost_source": self._source(cost),
        }

    @api.model
    def _source(self, rate):
        if not rate:
            return self.env._("No figure yet: enter one.")
        if not rate.source_date:
            return rate.source
        return f"{rate.source} ({format_date(self.env, rate.source_date)})"

    @api.model
    def _missing(self, lines):
        """What saves nothing yet: kinds without an event in these months, and how to get them."""
        kinds = self.env["sme.time.kind"].search([("id", "not in", lines.kind_id.ids)])
        return [{"id": kind.id, "name": kind.name, "how": kind.how or ""} for kind in kinds]

    @api.model
    def _counted(self):
        # sudo: how far the counter has come is no secret
        marks = self.env["sme.time.mark"].sudo().search([("counted_on", "!=", False)])
        moments = marks.mapped("counted_on")
        return format_datetime(self.env, min(moments)) if moments else ""

    # ---------------------------------------------------------------------------------------- the tile elsewhere

    @api.model
    def _tile(self, company):
        """The tile for the first page of sme_onboarding: this month so far, or last month where it has just begun.

        :return: dict, see sme.onboarding.tile
        """
        today = fields.Date.context_today(self)
        this_month = today.replace(day=1)
        last_month = this_month - relativedelta(months=1)
        title = self.env._("Time gained (estimate)")
        for month, when in ((this_month, self.env._("this month")), (last_month, self.env._("last month"))):
            lines = self._lines(company, month, month)
            if lines:
                found = self._sum(lines)
                return {
                    "title": title,
                    "value": self.env._("%(hours)s hours %(when)s", hours=found["hours_text"], when=when),
                    "note": self.env._(
                        "About %(amount)s, from %(count)s records", amount=found["amount_text"], count=found["count"]
                    ),
                    "tone": "good",
                }
        return {
            "title": title,
            "value": "",
            "note": self.env._(
                "Send e-invoices, receive bills over Peppol or take web orders, and the hours are counted."
            ),
        }


def _digits(value):
    return 0 if value == int(value) else 2
