# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.be_digital_cheque.tests.dossier_common import DossierCase


@tagged("post_install", "-at_install")
class TestPurchase(DossierCase):
    def order(self, *amounts):
        return self.env["purchase.order"].create(
            {
                "partner_id": self.provider.id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product_a.id,
                            "name": f"Work {amount}",
                            "product_qty": 1,
                            "price_unit": amount,
                        }
                    )
                    for amount in amounts
                ],
            }
        )

    def test_an_order_before_the_application_asks_first(self):
        dossier = self.dossier()
        order = self.order(1000)
        self.assertIn("The aid", order.digital_cheque_warning)
        action = order.button_confirm()
        self.assertEqual(action["res_model"], "digital.cheque.knowingly")
        self.assertEqual(order.state, "draft")
        wizard = self.env["digital.cheque.knowingly"].browse(action["res_id"])
        wizard.reason = "Another job"
        wizard.action_proceed()
        self.assertEqual(order.state, "purchase")
        self.assertIn("Another job", "".join(dossier.message_ids.mapped("body")))

    def test_an_order_after_the_application_passes(self):
        self.dossier(applied_on="2026-11-10")
        order = self.order(1000)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_an_order_whose_lines_have_their_dossier_concerns_no_other(self):
        waiting = self.dossier()
        running = self.dossier(applied_on="2026-11-10", planned_start="2026-11-11")
        order = self.order(1000)
        self.assertEqual(set(order._digital_cheque_dossiers()), {waiting, running})
        running.action_link_orders()
        self.assertEqual(order._digital_cheque_dossiers(), running)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_a_cost_follows_its_order_and_then_its_bill(self):
        dossier = self.dossier(applied_on="2026-11-10", planned_start="2026-11-11")
        order = self.order(1000)
        dossier.action_link_orders()
        cost = dossier.cost_ids
        self.assertEqual((cost.amount, cost.state), (1000, "planned"))
        order.button_confirm()
        self.assertEqual(cost.state, "committed")
        order.order_line.qty_received = 1
        order.action_create_invoice()
        bill = order.invoice_ids
        bill.invoice_date = "2026-11-20"
        # the order and its bill are one cost
        with self.assertRaises(ValidationError), self.cr.savepoint():
            cost.create({"dossier_id": dossier.id, "move_line_id": bill.invoice_line_ids.id, "eligible_amount": 1000})
        bill.action_post()
        self.assertEqual((cost.move_line_id, cost.state), (bill.invoice_line_ids, "invoiced"))
        self.assertEqual(len(dossier.cost_ids), 1)
        dossier.action_link_orders()
        self.assertEqual(len(dossier.cost_ids), 1)
