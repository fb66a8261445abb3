# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..tools import fetch
from .common import OnboardingCommon

GOOD = """<html><body><h1>Atelier Ourthe SRL</h1><p>Lundi - vendredi : 9h00 - 18h00</p>
<a href="/mentions-legales">Mentions légales</a><a href="https://www.facebook.com/ourthe">Facebook</a></body></html>"""
LEGAL = """<p>Atelier Ourthe SRL, Rue des Guillemins 27, 4000 Liège. TVA BE 0999.999.922</p>
<a href="mailto:bonjour@ourthe.example">Écrire</a>"""


@tagged("post_install", "-at_install")
class TestPresence(OnboardingCommon):
    def setUp(self):
        super().setUp()
        self.company.website = "https://www.ourthe.example"
        self.pages = {"https://www.ourthe.example/": GOOD, "https://www.ourthe.example/mentions-legales": LEGAL}
        self.asked = []

        def answer(url, **_options):
            self.asked.append(url)
            page = self.pages[url]
            if isinstance(page, Exception):
                raise page
            return page if isinstance(page, fetch.Response) else fetch.Response(url, 200, page)

        self.startPatcher(patch.object(fetch, "fetch", answer))
        self.env.cr.cache.pop("sme_onboarding.site", None)

    def _again(self, code):
        self.env.cr.cache.pop("sme_onboarding.site", None)
        return self.outcome(code, remote=True)

    def test_good_site(self):
        for code in ("reach", "particulars", "hours", "social"):
            outcome = self.outcome(f"presence_{code}", remote=True)
            self.assert_passed(outcome)
            self.assertEqual(self.texts(outcome)[-1], "Nobody is named to look after it")
        # read once for all checks
        self.assertEqual(len(self.asked), 2)
        self.status("presence_hours", user=self.owner).action_assign(self.accountant.id, False, 90)
        self.assertEqual(len(self.outcome("presence_hours", remote=True).found), 1)

    def test_page_never_waits_for_the_site(self):
        outcome = self.outcome("presence_reach")
        self.assertEqual(outcome.status, "deferred")
        self.assertFalse(self.asked)

    def test_what_is_missing_is_named(self):
        self.pages["https://www.ourthe.example/"] = "<p>Atelier Ourthe</p>"
        self.assert_failed(
            self._again("presence_particulars"),
            "The name of your firm is not on the site",
            "The enterprise number is not on the site",
            "The VAT number is not on the site",
            "The address of your seat is not on the site",
            "Your e-mail address is not on the site",
        )
        self.assert_failed(self._again("presence_hours"), "No opening hours were found on the site")
        self.assert_failed(self._again("presence_social"), "The site links to no social profile")

    def test_site_that_cannot_be_reached(self):
        self.company.website = False
        self.assert_failed(self.outcome("presence_reach"), "Your firm's website is not filled in")
        self.company.website = "http://www.ourthe.example"
        home = "https://www.ourthe.example/"
        for reason, words in (("certificate", "no valid certificate"), ("forbidden", "public website")):
            self.pages[home] = fetch.FetchError(reason)
            self.assertIn(words, self.texts(self._again("presence_reach"))[0])
        self.pages[home] = fetch.Response(home, 503, "")
        self.assertIn("error 503", self.texts(self._again("presence_reach"))[0])
        self.pages[home] = fetch.Response("http://www.ourthe.example/", 200, GOOD)
        self.pages["http://www.ourthe.example/mentions-legales"] = LEGAL
        self.assertIn("without https", self.texts(self._again("presence_reach"))[0])
        # what is on it can still be read
        self.assert_passed(self._again("presence_hours"))

    def test_other_sites_are_not_read(self):
        self.pages["https://www.ourthe.example/"] = GOOD + '<a href="https://elsewhere.example/contact">Contact</a>'
        self._again("presence_reach")
        self.assertEqual(len(self.asked), 2)

    def test_content_goes_stale(self):
        status = self.status("presence_content", user=self.owner)
        status.action_assign(self.owner.id, False, 30)
        status.action_tended()
        if "website.page" not in self.env:
            self.assertEqual(status.state, "done")
            return
        website = self.env["website"].search([], limit=1)
        website.company_id = self.company
        self.env.cr.execute("UPDATE website_page SET write_date = %s", [fields.Datetime.now() - timedelta(days=200)])
        self.env["website.page"].invalidate_model()
        status._check()
        self.assertIn("200 days", status.found)
