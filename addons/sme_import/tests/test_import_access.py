# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ImportCase


@tagged("post_install", "-at_install")
class TestImportAccess(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        cls.contacts = new_test_user(
            cls.env, "import_contacts", groups="base.group_user,base.group_partner_manager", **values
        )
        cls.employee = new_test_user(cls.env, "import_employee", groups="base.group_user", **values)
        cls.values = {"file": base64.b64encode(b"Naam\nJansens\n"), "file_name": "x.csv"}

    def test_roles(self):
        imports = self.env["sme.import"]
        with self.assertRaises(AccessError):
            imports.with_user(self.employee).create(self.values)
        record = imports.with_user(self.contacts).create(self.values)
        record.action_read()
        record.action_check()
        record.action_load()
        self.assertEqual(self.partner_named("Jansens").create_uid, self.contacts)
        with self.assertRaises(AccessError):
            imports.with_user(self.contacts).create({**self.values, "kind": "balances"})
        secret = self.imports.create({**self.values, "kind": "items"})
        self.assertFalse(imports.with_user(self.contacts).search([("id", "=", secret.id)]))
        with self.assertRaises(AccessError):
            record.with_user(self.employee).row_ids.read(["label"])

    def test_products_need_the_right_to_make_them(self):
        record = self.env["sme.import"].with_user(self.contacts).create({**self.values, "kind": "products"})
        with self.assertRaisesRegex(AccessError, "Product"):
            record.action_read()

    def test_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        hers = new_test_user(
            self.env,
            "import_other",
            groups="base.group_user,base.group_partner_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        record = self.start("Naam\nJansens\n")
        self.assertFalse(self.env["sme.import"].with_user(hers).search([("id", "=", record.id)]))
        with self.assertRaises(AccessError):
            record.with_user(hers).read(["file_name"])
        theirs = self.env["sme.import"].with_user(hers).create({**self.values, "shared": False})
        theirs.action_read()
        theirs.action_check()
        theirs.action_load()
        self.assertEqual(self.partner_named("Jansens").company_id, other)
        record.action_check()
        self.assertEqual(record.row_ids.verdict, "ready", "another company's contact is not seen")

    def test_what_is_under_way_is_not_deleted(self):
        record = self.start("Naam\nJansens\n")
        record.state = "running"
        with self.assertRaises(UserError):
            record.unlink()

    def test_nobody_makes_the_rights_of_others_work(self):
        """What the job does is written on the import and its rows: neither can be written by hand."""
        record = self.checked("Naam\nJansens\n")
        record.action_load()
        contacts = record.with_user(self.contacts)
        for forged in ({"created": [["res.users", self.bookkeeper.id]]}, {"values": {}}, {"state": "waiting"}):
            with self.assertRaises(AccessError):
                contacts.row_ids.with_context(sme_import_running=True).write(forged)
        with self.assertRaises(AccessError):
            self.env["sme.import.row"].with_user(self.contacts).create(
                {"import_id": record.id, "line": 9, "verdict": "ready", "action": "create", "state": "in"}
            )
        with self.assertRaises(AccessError):
            contacts.write({"state": "running", "task": "undo", "runner_id": self.bookkeeper.id})
        with self.assertRaises(AccessError):
            contacts.create({**self.values, "runner_id": self.bookkeeper.id})
        self.assertFalse(record.copy().runner_id)


@tagged("post_install", "-at_install")
class TestImportReportHttp(ImportCase, HttpCase):
    def test_report_is_for_those_who_may_read_the_import(self):
        record = self.checked("Naam\nJansens\n")
        self.bookkeeper.password = "import_bookkeeper"
        self.authenticate("import_bookkeeper", "import_bookkeeper")
        answer = self.url_open(f"/sme_import/report/{record.id}.xlsx")
        self.assertEqual((answer.status_code, answer.content[:2]), (200, b"PK"))
        new_test_user(self.env, "import_none", groups="base.group_user")
        self.authenticate("import_none", "import_none")
        with mute_logger("odoo.http"):
            self.assertIn(self.url_open(f"/sme_import/report/{record.id}.xlsx").status_code, (403, 404))
