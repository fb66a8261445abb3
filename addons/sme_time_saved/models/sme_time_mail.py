# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models, tools
from odoo.tools import consteq

SCOPE = "sme_time_saved.monthly_mail"


class SmeTimeMail(models.AbstractModel):
    """The monthly mail: what last month saved, to each user who wants it, in the user's language."""

    _name = "sme.time.mail"
    _description = "Monthly Mail of the Time Saved"

    @api.model
    def _cron_mail(self):
        """Once for each company and month, as soon as the month is over and counted."""
        this_month = fields.Date.today().replace(day=1)
        begun = fields.Datetime.to_datetime(this_month)
        month = this_month - relativedelta(months=1)
        marks = self.env["sme.time.mark"]
        behind = ["|", ("counted_on", "=", False), ("counted_on", "<", begun)]
        if marks.search_count(behind, limit=1) or not marks.search_count([("counted_on", ">=", begun)], limit=1):
            return
        companies = self.env["res.company"].search(
            ["|", ("sme_time_mailed", "=", False), ("sme_time_mailed", "<", month)]
        )
        for company in companies:
            self._send(company, month)
            company.sme_time_mailed = month
            if not self.env["ir.cron"]._commit_progress(1):
                return

    @api.model
    def _send(self, company, month):
        """
        :return: mail.mail, one for each reader; none where nothing was saved
        """
        mails = self.env["mail.mail"].sudo()
        if not self.env["sme.time.page"]._lines(company, month, month):
            return mails
        readers = self.env["res.users"].search(
            [("sme_time_mail", "=", True), ("share", "=", False), ("company_ids", "in", company.ids)]
        )
        for user in readers.filtered("email"):
            mails |= mails.create(self._values(company, month, user))
        return mails

    @api.model
    def _values(self, company, month, user):
        page = (
            self.env["sme.time.page"]
            .with_user(user)
            .with_company(company)
            .with_context(lang=user.lang, allowed_company_ids=company.ids)
        )
        lines = page._lines(company, month, month)
        found = page._month(lines, month)
        before = page._lines(company, month - relativedelta(months=1), month - relativedelta(months=1))
        stop = self._stop_link(user)
        body = page.env["ir.qweb"]._render(
            "sme_time_saved.monthly_mail",
            {
                "company": company,
                "month": found,
                "before": page._sum(before),
                "lines": [page._line(line) for line in lines.sorted(lambda line: (line.kind_id.sequence, line.id))],
                "url": f"{company.get_base_url()}/odoo/time-saved",
                "stop": stop,
                "lang": user.lang,
            },
        )
        return {
            "subject": page.env._(
                "%(company)s saved about %(hours)s hours in %(month)s",
                company=company.name,
                hours=found["hours_text"],
                month=found["label"],
            ),
            "body_html": body,
            "email_from": company.email_formatted or self.env.user.email_formatted,
            "email_to": user.email_formatted,
            "auto_delete": True,
            "headers": {
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "X-Auto-Response-Suppress": "OOF",
            },
        }

    @api.model
    def _stop_link(self, user):
        parameters = urlencode({"user_id": user.id, "token": self._token(user.id)})
        return f"{user.get_base_url()}/sme_time_saved/stop?{parameters}"

    @api.model
    def _token(self, user_id):
        return tools.hmac(self.env(su=True), SCOPE, user_id)

    @api.model
    def _user_of_link(self, user_id, token):
        """
        :return: res.users whose link it is, or an empty one
        """
        users = self.env["res.users"]
        if not user_id.isdecimal() or not consteq(self._token(int(user_id)), token):
            return users
        return users.browse(int(user_id)).exists()
