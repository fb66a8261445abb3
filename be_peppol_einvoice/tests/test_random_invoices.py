# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .random_invoices.judge import judge
from .random_invoices.world import World

SEED = 20261124
COUNT = 60
#: Drawn often enough that a batch of this size has them all.
EXPECTED = {
    "domestic",
    "co-contractor",
    "export",
    "intra-EU goods",
    "exempt Art. 44",
    "credit note",
    "self-billing",
    "discounts",
    "decimals",
    "round globally",
    "eco-contribution",
    "foreign currency",
    "odd parties",
}


@tagged("post_install", "-at_install")
class TestRandomInvoices(AccountTestInvoicingCommon):
    @classmethod
    @AccountTestInvoicingCommon.setup_country("be")
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("account_peppol.edi.mode", "demo")
        cls.world = World(cls.company_data["company"])

    def test_no_random_invoice_is_refused(self):
        """A fixed batch of ./dev fuzz invoices: no fatal finding, and the amounts of the ledger."""
        features = set()
        for number in range(COUNT):
            with self.subTest(number=number):
                result = judge(self.world, SEED, number, core=False)
                if result:
                    features |= result.spec.features
                    self.assertEqual((result.faults, result.wrong_totals), ([], ""), result.spec)
        self.assertLessEqual(EXPECTED, features)
