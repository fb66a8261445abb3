# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The firm on the internet. What the site shows is read from the site itself, as a visitor sees it; what nobody can
measure is looked after by a named person in a rhythm, and that is what is checked."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from odoo import fields, models

from odoo.addons.be_enterprise.engine import number

from ..engine import progress, site
from ..engine.outcome import PASSED, LazyText, deferred, failed, passed, unmeasured
from ..tools import fetch

_lt = LazyText(__name__)

# Pages read besides the first one.
MOST_PAGES = 3
# Texts on the site that are older than this are no news.
FRESH = timedelta(days=90)
_CACHE = "sme_onboarding.site"

REASONS = {
    "address": _lt("%(url)s is not an address that can be opened"),
    "forbidden": _lt("%(url)s does not lead to a public website"),
    "unknown_host": _lt("%(url)s: nobody knows this name on the internet"),
    "refused": _lt("%(url)s refuses the connection"),
    "timeout": _lt("%(url)s does not answer in time"),
    "certificate": _lt("%(url)s has no valid certificate: browsers warn your visitors"),
    "redirects": _lt("%(url)s sends visitors round in circles"),
    "answer": _lt("%(url)s answers with something that is not a web page"),
}
PARTICULARS = {
    "name": _lt("The name of your firm is not on the site"),
    "number": _lt("The enterprise number is not on the site"),
    "vat": _lt("The VAT number is not on the site"),
    "street": _lt("The address of your seat is not on the site"),
    "email": _lt("Your e-mail address is not on the site"),
}


class SmeOnboardingCheck(models.AbstractModel):
    _inherit = "sme.onboarding.check"

    def _site_address(self, company):
        """:return: str, https address of the firm's website, or empty"""
        address = (company.website or "").strip()
        if not address:
            return ""
        parts = urlsplit(address if "://" in address else f"https://{address}")
        return f"https://{parts.netloc}{parts.path or '/'}" if parts.netloc else ""

    def _site(self, company):
        """The site as it is now: (list of engine.site.Page, texts of what is wrong). Read once in a transaction."""
        url = self._site_address(company)
        known = self.env.cr.cache.setdefault(_CACHE, {})
        if url not in known:
            known[url] = self._read_site(url)
        return known[url]

    def _read_site(self, url):
        try:
            first = fetch.fetch(url)
        except fetch.FetchError as error:
            return [], (dict(REASONS[error.reason], values={"url": url}),)
        if first.status != 200:
            return [], (_lt("%(url)s answers with the error %(status)s", url=url, status=first.status),)
        problems = ()
        if not first.url.startswith("https://"):
            problems = (_lt("%(url)s sends visitors to a page without https", url=url),)
        pages = [site.read_page(first.text)]
        host = urlsplit(first.url).hostname
        more = dict.fromkeys(urljoin(first.url, link).split("#")[0] for link in site.legal_links(pages[0].links))
        for link in [link for link in more if urlsplit(link).hostname == host and link != first.url][:MOST_PAGES]:
            try:
                answer = fetch.fetch(link)
            except fetch.FetchError:
                continue
            if answer.status == 200:
                pages.append(site.read_page(answer.text))
        return pages, problems

    def _on_site(self, company, code, judge):
        """The outcome of a check that reads the site.

        :param judge: function of the pages → outcome
        """
        url = self._site_address(company)
        behind = {"model": "res.company", "domain": [["id", "=", company.id]]}
        if not url:
            return failed(_lt("Your firm's website is not filled in"), **behind)
        if not self._may_ask_other_machines():
            return deferred(_lt("The site was not read yet: press “Test now”"), tested=f"{code} {url}", **behind)
        pages, problems = self._site(company)
        if problems and (not pages or code == "reach"):
            return failed(*problems, started=True, tested=f"{code} {url}", **behind)
        outcome = replace(judge(pages), tested=f"{code} {url}", **behind)
        return self._with_person(outcome, company, f"presence_{code}")

    def _with_person(self, outcome, company, step_code):
        """What is in order stays so only if somebody looks after it."""
        if outcome.status == PASSED and not self._presence_status(company, step_code).user_id:
            return replace(outcome, found=(*outcome.found, _lt("Nobody is named to look after it")))
        return outcome

    def _presence_status(self, company, step_code):
        return self.env["sme.onboarding.status"].search(
            [("company_id", "=", company.id), ("step_id.code", "=", step_code)], limit=1
        )

    def _check_presence_reach(self, company):
        url = self._site_address(company)
        return self._on_site(
            company, "reach", lambda _pages: passed(_lt("%(url)s answers over https with a valid certificate", url=url))
        )

    def _check_presence_particulars(self, company):
        registry = company.company_registry or ""
        facts = site.Facts(
            name=company.name or "",
            number=number.enterprise(registry) if number.is_enterprise(registry) else "",
            street=company.street or "",
            zip=company.zip or "",
            email=company.email or "",
        )

        def judge(pages):
            missing = site.missing_particulars(pages, facts)
            if missing:
                return failed(*(PARTICULARS[name] for name in missing), started=len(missing) < len(PARTICULARS))
            return passed(_lt("Name, numbers, seat and e-mail address are on the site"))

        return self._on_site(company, "particulars", judge)

    def _check_presence_hours(self, company):
        def judge(pages):
            if any(site.has_opening_hours(page) for page in pages):
                return passed(_lt("Opening hours are on the site"))
            return failed(_lt("No opening hours were found on the site"))

        return self._on_site(company, "hours", judge)

    def _check_presence_social(self, company):
        def judge(pages):
            found = site.social_profiles(link for page in pages for link in page.links)
            if found:
                return passed(_lt("The site links to your profiles: %(names)s", names=list(found)))
            return failed(_lt("The site links to no social profile"))

        return self._on_site(company, "social", judge)

    def _check_presence_reviews(self, company):
        return self._tended(company, "presence_reviews")

    def _check_presence_content(self, company):
        if "website.page" in self.env:
            websites = self.env["website"].search([("company_id", "=", company.id)])
            latest = self.env["website.page"].search(
                [("website_id", "in", [False, *websites.ids]), ("is_published", "=", True)],
                order="write_date DESC",
                limit=1,
            )
            age = fields.Datetime.now() - latest.write_date if latest else None
            if websites and age is not None and age > FRESH:
                return failed(_lt("No page of the site has changed for %(days)s days", days=age.days), started=True)
        return self._tended(company, "presence_content")

    def _tended(self, company, step_code):
        """The outcome of what a person looks after: somebody is named, and has done it within the rhythm."""
        status = self._presence_status(company, step_code)
        if not status.user_id:
            return failed(_lt("Nobody is named to look after it"))
        days = status.rhythm_days or status.step_id.rhythm_days
        if not days:
            return unmeasured(_lt("No rhythm is set"))
        today = fields.Date.context_today(status.with_user(status.user_id))
        if progress.is_due(status.tended_on or None, days, today):
            if not status.tended_on:
                return failed(_lt("%(person)s has not looked after it yet", person=status.user_id.name))
            since = (today - status.tended_on).days
            return failed(
                _lt(
                    "%(person)s last looked after it %(since)s days ago; the rhythm is %(days)s days",
                    person=status.user_id.name,
                    since=since,
                    days=days,
                ),
                started=True,
            )
        return passed(_lt("%(person)s looks after it every %(days)s days", person=status.user_id.name, days=days))
