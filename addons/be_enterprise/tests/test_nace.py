# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..engine import nace
from .common import EnterpriseCase


@tagged("post_install", "-at_install")
class TestNace(EnterpriseCase):
    def code(self, version, digits):
        return self.env["be.nace.code"].search([("version", "=", version), ("code", "=", digits)])

    def test_shipped_codes_know_their_successors(self):
        for old, successors in nace.correspondence().items():
            self.assertEqual(set(self.code("2008", old).successor_ids.mapped("code")), set(successors))

    def test_codes_are_normalised_and_versioned(self):
        record = self.env["be.nace.code"].create({"code": "62.100", "version": "2025", "name": "Programming"})
        self.assertEqual(record.code, "62100")
        self.assertIn("62.100", record.display_name)
        self.assertIn("2025", record.display_name)
        with self.assertRaisesRegex(ValidationError, "not a NACE-BEL code"):
            record.code = "A1"
        with self.assertRaises(ValidationError):
            record.successor_ids = self.code("2025", "6210")

    def test_successors_can_be_imported(self):
        result = self.env["be.nace.code"].load(
            ["version", "code", "name", "successor_ids/.id"],
            [["NACE-BEL 2008", "47.111", "Shop", str(self.code("2025", "6210").id)]],
        )
        self.assertFalse(result["messages"])
        record = self.env["be.nace.code"].browse(result["ids"])
        self.assertEqual((record.code, record.successor_ids.code), ("47111", "6210"))

    def test_found_by_the_written_code(self):
        found = self.env["be.nace.code"].name_search("62.10")
        self.assertIn(self.code("2025", "6210").id, [record_id for record_id, _name in found])

    def test_one_successor_is_proposed_and_several_are_asked(self):
        single, several = self.code("2008", "6201"), self.code("2008", "5610")
        place = self.env["be.establishment"].create(
            {
                "name": "Shop",
                "partner_id": self.company_contact().id,
                "nace_ids": [(6, 0, (single + several).ids)],
                "main_nace_id": single.id,
            }
        )
        convert = self.env["be.nace.convert"].browse(place.action_convert_nace()["res_id"])
        chosen = {line.old_id: line.new_id.code for line in convert.line_ids}
        self.assertEqual(chosen, {single: "6210", several: False})
        convert.action_apply()
        self.assertEqual(
            set(place.nace_ids.mapped("display_name")), {self.code("2025", "6210").display_name, several.display_name}
        )
        self.assertEqual(place.main_nace_id, self.code("2025", "6210"))
        self.assertTrue(place.has_old_nace)
        place.nace_ids -= several
        self.assertFalse(place.has_old_nace)
        with self.assertRaisesRegex(UserError, "no activity code of 2008"):
            place.action_convert_nace()
