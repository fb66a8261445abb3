# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .. import builders
from .common import DemoCase

COUNTED = ("account.move", "account.bank.statement.line", "res.partner", "res.users", "sale.order", "stock.picking")


@tagged("post_install", "-at_install")
class TestRepeat(DemoCase):
    def count(self):
        return {model: self.env[model].with_context(active_test=False).search_count([]) for model in COUNTED}

    def test_a_second_run_creates_nothing(self):
        before = self.count()
        today = self.env.cr.now().date()
        for day in (today, today + relativedelta(days=1), today + relativedelta(months=2)):
            self.assertEqual(builders.build(self.env, day), {})
        self.assertEqual(self.count(), before)

    def test_records_do_not_belong_to_the_add_on(self):
        # They would be deleted with it otherwise, posted entries and companies included.
        owned = self.env["ir.model.data"].search([("module", "=", "be_demo_companies")])
        self.assertFalse(owned.filtered(lambda row: row.model in COUNTED))
