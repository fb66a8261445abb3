# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from ..en16931 import validate
from .random_invoices.judge import judge
from .random_invoices.world import World

SEED = 5
COUNT = 60


@tagged("post_install", "-at_install")
class TestBelgianRandom(AccountTestInvoicingCommon):
    """Random lawful invoices of all kinds: the Belgian checks block none of them."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("be")
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("account_peppol.edi.mode", "demo")
        cls.world = World(cls.company_data["company"])

    def test_no_lawful_invoice_is_blocked(self):
        judged = []

        def check(move, xml):
            findings = move._einvoice_extra_findings(xml, validate(xml))
            judged.append(move)
            self.assertEqual(
                [(finding.id, finding.message()) for finding in findings if finding.severity == "fatal"], []
            )

        for number in range(COUNT):
            with self.subTest(number=number):
                judge(self.world, SEED, number, core=False, check=check)
        self.assertGreater(len(judged), COUNT / 2)
