# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AdoptionCommon


@tagged("post_install", "-at_install")
class TestAccess(AdoptionCommon):
    def setUp(self):
        super().setUp()
        self.count()
        self.place = self.row(self.firm, "portal")

    def test_an_employee_reads_and_does_nothing(self):
        place = self.place.with_user(self.employee)
        self.assertEqual(place.stage, "reachable")
        for act in (
            lambda: place.write({"declined_reason": "paper"}),
            place.action_invite,
            self.env["sme.adoption.switch"].with_user(self.employee).action_switch_all,
            lambda: (
                self.env["sme.adoption.campaign"]
                .with_user(self.employee)
                .create({"name": "X", "tool_id": self.tool("portal").id})
            ),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_nobody_writes_a_stage_or_reads_a_link(self):
        place = self.place.with_user(self.owner)
        with self.assertRaises(AccessError):
            place.write({"stage": "regular"})
        with self.assertRaises(AccessError):
            self.place.with_user(self.employee).read(["decline_link"])
        for name in ("mail", "day"):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(self.env[f"sme.adoption.{name}"].with_user(self.owner).has_access(operation))

    def test_the_database_keeps_a_no(self):
        self.place.with_user(self.owner).declined_reason = "paper"
        self.env.flush_all()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE sme_adoption_customer SET stage = 'used' WHERE id = %s", (self.place.id,))

    def test_a_manager_invites_within_the_limits(self):
        place = self.place.with_user(self.owner)
        place.action_invite()
        self.assertEqual((place.stage, len(place.mail_ids)), ("invited", 1))
        with self.assertRaises(UserError):
            place.action_invite()

    def test_a_no_survives_that_duplicates_are_merged(self):
        duplicate = self.customer("Brasserie du Pont", email="info@pont.example", is_company=True)
        self.count()
        twin = self.row(duplicate, "portal").with_user(self.owner)
        twin.action_invite()
        twin.declined_reason = "paper"
        duplicate.sme_adoption_no_mail = True
        merger = self.env["base.partner.merge.automatic.wizard"].sudo()
        merger._merge((self.firm | duplicate).ids, self.firm)
        self.assertEqual((self.place.stage, self.place.declined_reason), ("declined", "paper"))
        self.assertEqual(len(self.place.mail_ids), 1)
        self.assertEqual(self.place.mail_ids.partner_id, self.firm)
        self.assertTrue(self.firm.sme_adoption_no_mail)

    def test_another_company_sees_none_of_it(self):
        other = self.env["res.company"].create({"name": "Gand Web BV"})
        stranger = self.make_user("board_stranger", "base.group_user")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(self.rows.with_user(stranger).search([("id", "=", self.place.id)]))
        tool = self.tool("portal").with_user(stranger).with_company(other)
        self.assertEqual(tool.customers, 0)
        self.assertEqual(self.tool("portal").with_user(self.employee).customers, 3)
