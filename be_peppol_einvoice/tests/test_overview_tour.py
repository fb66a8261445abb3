# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from .common import OverviewCommon, leave_out_missing_file


@tagged("post_install", "-at_install")
class TestOverviewTour(OverviewCommon, HttpCase):
    """The first page as a plain accountant sees it. The dates are fixed on the server only, which makes the page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_missing_file(cls.env)

    def _start(self, tour, lang="en_US"):
        login = f"accountant_{lang}"
        self._new_user("accountant", login=login, password=login, lang=lang, tz="Europe/Brussels")
        self.start_tour("/odoo/e-invoicing", tour, login=login, timeout=180)

    def _fill_and_connect(self):
        self._fill()
        self.company.account_peppol_proxy_state = "receiver"

    def test_each_figure_opens_its_list(self):
        self._fill_and_connect()
        self._start("be_peppol_overview")

    def test_each_figure_opens_its_list_in_french(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        self.env["ir.module.module"].search([("name", "=", "be_peppol_einvoice")])._update_translations(["fr_BE"])
        self._fill_and_connect()
        self._start("be_peppol_overview_french", lang="fr_BE")

    def test_empty_page_says_what_to_do(self):
        self.env["res.partner"].search([("customer_rank", ">", 0)]).customer_rank = 0
        self._start("be_peppol_overview_empty")
