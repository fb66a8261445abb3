# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import EnterpriseCase


@tagged("post_install", "-at_install")
class TestSize(EnterpriseCase):
    def enterprise(self, *years, **values):
        partner = self.company_contact(be_public_body="no", be_group_member="no", **values)
        for closed_on, figures in years:
            self.env["be.size.year"].create({"partner_id": partner.id, "closed_on": closed_on, **figures})
        return partner

    def test_both_verdicts(self):
        figures = {"staff": 12, "turnover": 800_000, "balance": 400_000}
        partner = self.enterprise(("2024-12-31", figures), ("2025-12-31", figures))
        self.assertEqual((partner.be_size, partner.be_code_size), ("small", "micro"))
        self.assertIn("2003/361", partner.be_size_working)
        self.assertIn("1:24", partner.be_code_size_working)

    def test_an_empty_figure_is_not_known_and_zero_is_said(self):
        partner = self.enterprise(
            ("2024-12-31", {"turnover": 1000, "balance": 1000}), ("2025-12-31", {"turnover": 1000, "balance": 1000})
        )
        self.assertEqual(partner.be_size, "unknown")
        self.assertIn("staff", partner.be_size_working)
        self.assertIn("not known", partner.be_size_working)
        partner.be_size_year_ids.staff_known = True
        self.assertEqual(partner.be_size, "micro")

    def test_what_would_decide_is_shown(self):
        partner = self.enterprise(("2025-12-31", {"staff": 3, "turnover": 1, "balance": 1}))
        self.assertEqual(partner.be_size, "unknown")
        self.assertIn("two years in a row", partner.be_size_working)
        partner.be_first_year = True
        self.assertEqual(partner.be_size, "micro")
        partner.be_public_body = False
        self.assertEqual(partner.be_size, "unknown")
        self.assertIn("public bodies", partner.be_size_working)
        partner.be_public_body = "yes"
        self.assertEqual(partner.be_size, "large")

    def test_linked_and_partner_enterprises_count(self):
        low = {"staff": 8, "turnover": 1, "balance": 1}
        years = (("2024-12-31", low), ("2025-12-31", low))
        shop, factory, holding = (self.enterprise(*years, name=name) for name in ("Shop", "Factory", "Holding"))
        self.assertEqual(shop.be_size, "micro")
        self.env["be.holding"].create({"owner_id": shop.id, "owned_id": factory.id, "share": 60})
        shop.invalidate_recordset()
        self.assertEqual(shop.be_size, "small")
        self.env["be.holding"].create({"owner_id": holding.id, "owned_id": factory.id, "share": 30})
        for partner, relation in ((shop, "partner: 30%"), (factory, "linked: whole")):
            partner.invalidate_recordset()
            self.assertIn(relation, partner.be_size_working)
            self.assertRegex(partner.be_size_working, r"18[.,]4")

    @mute_logger("odoo.sql_db")
    def test_figures_are_sane(self):
        partner = self.enterprise(("2025-12-31", {"staff": 3}))
        with self.assertRaisesRegex(ValidationError, "not closed yet"):
            partner.be_size_year_ids.closed_on = fields.Date.add(fields.Date.today(), days=2)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            partner.be_size_year_ids.staff = -1
            self.env.flush_all()
        with self.assertRaises(ValidationError):
            self.env["be.holding"].create({"owner_id": partner.id, "owned_id": partner.id, "share": 60})
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env["be.holding"].create({"owner_id": partner.id, "owned_id": self.company_contact().id, "share": 101})

    def test_years_older_than_the_rules_are_left_out(self):
        figures = {"staff": 3, "turnover": 1, "balance": 1}
        partner = self.enterprise(("2000-12-31", figures), ("2010-12-31", figures), ("2024-12-31", figures))
        self.assertEqual(partner.be_code_size, "micro")
        self.assertEqual(partner.be_size, "unknown")

    def test_names_in_the_working_are_escaped(self):
        figures = {"staff": 3, "turnover": 1, "balance": 1}
        partner = self.enterprise(("2024-12-31", figures), ("2025-12-31", figures), name="<img src=x onerror=a>")
        self.assertNotIn("<img", partner.be_size_working)
