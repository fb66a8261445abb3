# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from ..exchange import response
from .common import leave_out_missing_file
from .test_response import CUSTOMER, US, ResponseCommon


@tagged("post_install", "-at_install")
class TestResponseTours(ResponseCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_missing_file(cls.env)
        cls.env["res.lang"]._activate_lang("en_US")
        cls.user = cls._user("accountant", lang="en_US", tz="Europe/Brussels")

    def test_refusing_a_bill(self):
        bill = self._received()
        self.start_tour(
            f"/odoo/vendor-bills/{bill.id}", "be_peppol_answer_supplier", login=self.user.login, timeout=120
        )
        self.assertEqual(bill.state, "cancel")
        self.assertEqual([one.code for one in self._told()], ["RE"])

    def test_cancelling_a_bill(self):
        bill = self._received()
        self.start_tour(f"/odoo/vendor-bills/{bill.id}", "be_peppol_cancel_bill", login=self.user.login, timeout=120)
        self.assertEqual(bill.state, "cancel")
        self.assertEqual([one.code for one in self._told()], ["RE"])

    def test_a_customers_refusal(self):
        exchange = self._send(self._invoice())
        self.exchanges._cron_submit()
        reasons = (response.Clarification(response.REASON, "PRI"),)
        parties = response.Party(CUSTOMER, "Bakkerij"), response.Party(US, "Firma")
        said = response.Response("RE", exchange.number, *parties, "1", "2026-11-24", clarifications=reasons)
        self.peer.arrive(response.build(said), CUSTOMER, US)
        self.exchanges._cron_fetch()
        self.exchanges._cron_import()
        self.start_tour(
            f"/odoo/customer-invoices/{exchange.move_id.id}",
            "be_peppol_customer_refuses",
            login=self.user.login,
            timeout=120,
        )
