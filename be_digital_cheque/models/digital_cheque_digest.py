# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_amount, format_date

from ..engine import stages
from ..tools.settings import reference_date

AHEAD_DAYS = 14


class DigitalChequeDigest(models.AbstractModel):
    """One mail a week to each accountant about all client companies; none where there is nothing to say."""

    _name = "digital.cheque.digest"
    _description = "Digest of Subsidies for Accountants"

    @api.model
    def _cron_send(self):
        """Send the digest to the accountants who have not had it today; one transaction per mail."""
        today = fields.Date.context_today(self)
        group = self.env.ref("be_digital_cheque.group_digital_cheque_accountant")
        users = group.all_user_ids.filtered(
            lambda user: (
                user.active
                and not user.share
                and user.email
                and (not user.digital_cheque_digest_on or user.digital_cheque_digest_on < today)
            )
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(users))
        for user in users:
            self._send_to(user, today)
            if not cron._commit_progress(1):
                break

    @api.model
    def _send_to(self, user, today):
        """Queue the digest of one user; return the mail, empty where there is nothing to say."""
        user.digital_cheque_digest_on = today
        # the accountant's own rights and language, and all of his or her companies
        mine = self.with_user(user).with_context(
            lang=user.lang, tz=user.tz, allowed_company_ids=user.company_ids.ids, digital_cheque_date=today
        )
        companies = mine._content()
        if not companies:
            return self.env["mail.mail"]
        body = mine.env["ir.qweb"]._render(
            "be_digital_cheque.digest",
            {
                "user": mine.env.user,
                "companies": companies,
                "url": f"{user.get_base_url()}/odoo/subsidies-by-company",
                "ahead": AHEAD_DAYS,
            },
        )
        # sudo: the mail is the system's, whoever it is for
        return (
            mine.env["mail.mail"]
            .sudo()
            .create(
                {
                    "subject": mine.env._("Subsidies: %(count)s companies ask for attention", count=len(companies))
                    if len(companies) > 1
                    else mine.env._("Subsidies: %s asks for attention", companies[0]["name"]),
                    "body_html": body,
                    "email_from": user.company_id.email_formatted or user.email_formatted,
                    "email_to": user.email_formatted,
                    "auto_delete": True,
                }
            )
        )

    def _content(self):
        """Return the companies of the user about which there is something to say.

        :return: ``[{"name", "deadlines": [...], "notes": [...]}]``, those with the first deadline first
        """
        today = reference_date(self)
        dossiers = self.env["digital.cheque.dossier"].search(
            [
                ("state", "not in", stages.OVER),
                "|",
                ("next_deadline", "<=", today + timedelta(days=AHEAD_DAYS)),
                ("state", "=", stages.INFO_ASKED),
            ],
            order="next_deadline, id",
        )
        found = {}
        for dossier in dossiers:
            company = found.setdefault(dossier.company_id, {"deadlines": [], "notes": []})
            if dossier.next_deadline and dossier.next_deadline <= today + timedelta(days=AHEAD_DAYS):
                company["deadlines"].append(
                    {
                        "on": format_date(self.env, dossier.next_deadline),
                        "late": dossier.next_deadline < today,
                        "text": " · ".join(filter(None, [dossier.display_name, dossier.next_step_id.name])),
                    }
                )
            if dossier.state == stages.INFO_ASKED:
                company["notes"].append(
                    self.env._("The authority asked for more information: %s", dossier.display_name)
                )
        for dossier in self._to_book():
            found.setdefault(dossier.company_id, {"deadlines": [], "notes": []})["notes"].append(
                self.env._(
                    "Award to be booked: %(dossier)s, %(amount)s",
                    dossier=dossier.display_name,
                    amount=format_amount(self.env, dossier.granted_amount, dossier.currency_id),
                )
            )
        return [{"name": company.name, **content} for company, content in found.items()]

    def _to_book(self):
        return self.env["digital.cheque.dossier"].search(
            [("state", "in", stages.AWARDED), ("entry_ids", "=", False), ("granted_amount", ">", 0)]
        )
