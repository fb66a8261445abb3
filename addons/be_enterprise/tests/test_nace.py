# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..engine import nace
from .common import EnterpriseCase


@tagged("post_install", "-at_install")
class TestNace(EnterpriseCase):
    def code(self, version, digits):
        return self.env["be.nace.code"].search([("version", "=", version), ("code", "=", digits)])

    def test_official_codes_have_titles_and_successors(self):
        codes = self.env["be.nace.code"].with_context(active_test=False)
        for version, digits, titles in nace.titles():
            if digits in ("47910", "62010", "62100", "5610", "6210001"):
                record = self.code(version, digits)
                self.assertTrue(record.is_official, digits)
                for lang, short in (("fr_BE", "fr"), ("nl_BE", "nl"), ("de_DE", "de")):
                    if self.env["res.lang"]._get_data(code=lang):
                        self.assertEqual(record.with_context(lang=lang).name, titles[short])
        self.assertEqual(codes.search_count([("is_official", "=", True)]), len(list(nace.titles())))
        for old in ("6201", "4511", "5610", "62010", "47910"):
            choices = nace.convert(old).choices
            self.assertEqual(set(self.code("2008", old).successor_ids.mapped("code")), set(choices), old)

    def test_what_a_user_changed_stays(self):
        renamed, rerouted, archived = (self.code("2008", digits) for digits in ("62010", "62020", "62030"))
        renamed.name = "Our software"
        rerouted.successor_ids = self.code("2025", "62100")
        archived.active = False
        self.assertFalse(renamed.is_official or rerouted.is_official)
        self.env["be.nace.code"]._load_official()
        self.assertEqual(renamed.name, "Our software")
        self.assertEqual(rerouted.successor_ids, self.code("2025", "62100"))
        self.assertFalse(archived.active)
        self.assertTrue(archived.is_official)

    def test_a_translation_is_a_change_too(self):
        record = self.code("2025", "62100")
        record.update_field_translations("name", {"en_US": "Our software"})
        self.env["be.nace.code"]._load_official()
        self.assertEqual(record.with_context(lang="en_US").name, "Our software")

    def test_loading_twice_changes_nothing(self):
        def dump():
            self.env.flush_all()
            self.cr.execute("SELECT id, version, code, name::text, active, is_official, write_date FROM be_nace_code")
            rows = set(self.cr.fetchall())
            self.cr.execute("SELECT old_id, new_id FROM be_nace_code_successor_rel")
            return rows, set(self.cr.fetchall())

        self.env["be.nace.code"]._load_official()
        before = dump()
        self.env["be.nace.code"]._load_official()
        self.assertEqual(dump(), before)

    def test_the_registers_list_adds_codes_and_renews_titles(self):
        kept = self.code("2025", "62200")
        kept.name = "Ours"
        rows = [
            ("2025", "62100", {"fr": "Nouveau titre", "nl": "Nieuwe titel"}),
            ("2025", "62200", {"fr": "Autre"}),
            ("2025", "99999", {"nl": "Iets nieuws", "fr": "Du neuf"}),
        ]
        self.env["be.nace.code"]._take_over(rows)
        renewed, added = self.code("2025", "62100"), self.code("2025", "99999")
        self.cr.execute("SELECT name FROM be_nace_code WHERE id = ANY(%s) ORDER BY code", [(renewed | added).ids])
        names = [name for (name,) in self.cr.fetchall()]
        self.assertEqual((names[0]["fr_BE"], names[0]["nl_BE"]), ("Nouveau titre", "Nieuwe titel"))
        self.assertEqual(names[1]["en_US"], "Du neuf")
        self.assertEqual(kept.name, "Ours")
        self.assertTrue(added.is_official)

    def test_codes_are_normalised_and_versioned(self):
        record = self.env["be.nace.code"].create({"code": "62.991", "version": "2025", "name": "Programming"})
        self.assertEqual(record.code, "62991")
        self.assertIn("62.991", record.display_name)
        self.assertIn("2025", record.display_name)
        with self.assertRaisesRegex(ValidationError, "not a NACE-BEL code"):
            record.code = "A1"
        with self.assertRaises(ValidationError):
            record.successor_ids = self.code("2025", "6210")

    def test_successors_can_be_imported(self):
        result = self.env["be.nace.code"].load(
            ["version", "code", "name", "successor_ids/.id"],
            [["NACE-BEL 2008", "47.999", "Shop", str(self.code("2025", "6210").id)]],
        )
        self.assertFalse(result["messages"])
        record = self.env["be.nace.code"].browse(result["ids"])
        self.assertEqual((record.code, record.successor_ids.code), ("47999", "6210"))

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
