# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools.convert import convert_file

from .common import CatalogueCase

FILES = (
    "data/digital_cheque_authority.xml",
    "data/digital_cheque_source.xml",
    "data/digital_cheque_programme.xml",
    "data/digital_cheque_programme_version.xml",
    "data/digital.cheque.programme.rate.csv",
    "data/digital.cheque.programme.limit.csv",
    "data/digital.cheque.programme.step.csv",
    "data/digital.cheque.programme.document.csv",
    "data/digital_cheque_settle.xml",
)
MODULE = "be_digital_cheque"


@tagged("post_install", "-at_install")
class TestUpdate(CatalogueCase):
    """Updates bring corrected values to untouched records and leave the users' corrections alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kmo = cls.env.ref(f"{MODULE}.programme_fla_kmo")
        cls.version = cls.env.ref(f"{MODULE}.version_fla_kmo_2026")
        cls.rate = cls.env.ref(f"{MODULE}.rate_fla_kmo_2026_1")
        cls.limit = cls.env.ref(f"{MODULE}.limit_fla_kmo_2026_1")

    def update(self, mode="update"):
        """Load the module's data files again, as an update does."""
        for name in FILES:
            convert_file(self.env, MODULE, name, {}, mode=mode)
        self.env.invalidate_all()

    def release(self, record, **values):
        """Load one record as a later release would supply it."""
        xml_id = record.get_external_id()[record.id]
        record._load_records([{"xml_id": xml_id, "values": values, "noupdate": False}], update=True)
        self.env.invalidate_all()

    def release_version(self, name, **values):
        self.env["digital.cheque.programme.version"]._load_records(
            [{"xml_id": f"{MODULE}.{name}", "values": {"programme_id": self.kmo.id, **values}, "noupdate": False}],
            update=True,
        )
        return self.env.ref(f"{MODULE}.{name}")

    def test_nothing_changes_on_an_untouched_catalogue(self):
        models = [name for name in self.env if name.startswith("digital.cheque.programme") and self.env[name]._auto]
        before = {name: self.env[name].search([]).read(["write_date", "display_name"]) for name in models}
        messages = len(self.kmo.message_ids)
        self.update()
        for name, values in before.items():
            self.assertEqual([row["id"] for row in values], self.env[name].search([]).ids)
            self.assertFalse(any(self.env[name].search([]).mapped("is_corrected")), name)
        self.assertEqual(len(self.kmo.message_ids), messages)

    def test_corrections_survive_update_and_reinstallation(self):
        self.rate.write({"rate": 0.33, "rate_max": 0.44})
        self.limit.amount = 9000
        self.version.write({"deadline_rules": "Ask us", "source_ids": [(5,)], "date_from": "2026-02-02"})
        self.kmo.write({"name": "Our wallet", "portal_url": False})
        for mode in ("update", "init"):
            with self.subTest(mode):
                self.update(mode)
                self.assertEqual((self.rate.rate, self.rate.rate_max), (0.33, 0.44))
                self.assertEqual(self.limit.amount, 9000)
                self.assertEqual(self.version.deadline_rules, "Ask us")
                self.assertFalse(self.version.source_ids)
                self.assertEqual(self.version.date_from.isoformat(), "2026-02-02")
                self.assertEqual(self.kmo.name, "Our wallet")
                self.assertFalse(self.kmo.portal_url)

    def test_archived_and_deleted_stay_away(self):
        self.rate.unlink()
        self.kmo.active = False
        self.update()
        self.assertFalse(self.rate.active)
        self.assertFalse(self.kmo.active)

    def test_later_release_reaches_untouched_fields_only(self):
        self.rate.rate_max = 0.6
        self.release(self.rate, rate=0.35, rate_max=0.35)
        self.assertEqual((self.rate.rate, self.rate.rate_max), (0.35, 0.6))
        self.assertEqual(self.rate.seed_difference, "Up To: here 60%, supplied 35%")
        self.release(self.limit, amount=8000)
        self.assertEqual(self.limit.amount, 8000)
        self.assertFalse(self.limit.is_corrected)

    def test_release_that_agrees_with_the_correction(self):
        self.rate.rate = 0.35
        self.assertTrue(self.rate.is_corrected)
        self.release(self.rate, rate=0.35, rate_max=0.35)
        self.assertFalse(self.rate.is_corrected)
        self.release(self.rate, rate=0.4, rate_max=0.4)
        self.assertEqual(self.rate.rate, 0.4)

    def test_version_tells_and_takes_back_the_corrections_of_its_figures(self):
        self.rate.rate = 0.32
        self.limit.unlink()
        self.version.open_points = "Ours"
        lines = self.version.seed_difference.split("\n")
        self.assertEqual(len(lines), 4, "rate and its maximum, ceiling, open points")
        self.assertTrue(any("Rate: here 32%, supplied 30%" in line for line in lines))
        self.assertTrue(any(line.endswith("deleted here") for line in lines))
        self.version.action_restore_supplied()
        self.assertEqual(self.rate.rate, 0.3)
        self.assertIn(self.limit, self.version.limit_ids)
        self.assertFalse(self.version.is_corrected)

    def test_value_set_back_follows_again(self):
        self.limit.amount = 9000
        self.release(self.limit, amount=8000)
        self.assertEqual(self.limit.amount, 9000)
        self.limit.action_restore_supplied()
        self.assertEqual(self.limit.amount, 8000)
        self.release(self.limit, amount=8500)
        self.assertEqual(self.limit.amount, 8500)

    def test_release_is_told_in_the_history(self):
        self.release(self.rate, rate=0.4, rate_max=0.4)
        self.assertIn("Rate: 30% → 40%", self.kmo.message_ids.sorted("id")[-1].body)

    def test_field_supplied_for_the_first_time(self):
        self.assertNotIn("calculation_note", self.version.seed_values)
        self.release(self.version, calculation_note="New note")
        self.assertEqual(self.version.calculation_note, "New note")
        other = self.env.ref(f"{MODULE}.version_fla_kmo_2016")
        other.calculation_note = "Ours"
        self.release(other, calculation_note="New note")
        self.assertEqual(other.calculation_note, "Ours")

    def test_records_survive_without_being_supplied(self):
        rows = self.env["ir.model.data"].search([("module", "=", MODULE), ("model", "=like", "digital.cheque.%")])
        self.assertTrue(rows)
        self.assertTrue(all(rows.mapped("noupdate")), "core would overwrite or remove them")

    def merge_translations(self, text, language="fr"):
        offered = [(language, "digital.cheque.programme", f"{MODULE}.programme_fla_kmo", "summary", text)]
        with patch(f"odoo.addons.{MODULE}.models.digital_cheque_seeded.supplied_translations", return_value=offered):
            self.env["digital.cheque.seeded"]._seed_merge_translations(MODULE)
        self.env.invalidate_all()

    def test_translations(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        self.update()
        french = self.kmo.with_context(lang="fr_BE")
        self.assertIn("portefeuille", french.summary)
        self.merge_translations("Texte amélioré")
        self.assertEqual(french.summary, "Texte amélioré")
        french.summary = "Notre texte"
        self.merge_translations("Texte encore amélioré")
        self.assertEqual(french.summary, "Notre texte")
        self.assertIn("(fr): here Notre texte, supplied Texte encore amélioré", self.kmo.seed_difference)
        self.assertIn("wallet", self.kmo.with_context(lang="en_US").summary)
        self.kmo.action_restore_supplied()
        self.env.invalidate_all()
        self.assertEqual(french.summary, "Texte encore amélioré")
        self.assertFalse(self.kmo.is_corrected)

    def test_release_moves_a_boundary(self):
        self.release(self.env.ref(f"{MODULE}.version_fla_kmo_2024"), date_to="2026-02-28")
        self.release(self.version, date_from="2026-03-01")
        self.env["digital.cheque.programme.version"]._seed_settle_overlaps()
        self.assertTrue(self.version.active)
        self.assertEqual(self.version.date_from.isoformat(), "2026-03-01")

    def test_new_version_of_a_release(self):
        self.release(self.version, date_to="2026-12-31")
        new = self.release_version("version_fla_kmo_2027", date_from="2027-01-01")
        self.env["digital.cheque.programme.version"]._seed_settle_overlaps()
        self.assertTrue(new.active)
        self.assertEqual(self.kmo.with_context(digital_cheque_date="2027-01-01").current_version_id, new)

    def test_new_version_gives_way_to_that_of_the_users(self):
        self.version.date_to = "2026-12-31"
        own = self.version.create({"programme_id": self.kmo.id, "date_from": "2027-01-01"})
        new = self.release_version("version_fla_kmo_2027", date_from="2027-02-01")
        self.env["digital.cheque.programme.version"]._seed_settle_overlaps()
        self.assertTrue(own.active)
        self.assertFalse(new.active)
        self.assertIn("kept in the archive", self.kmo.message_ids.sorted("id")[-1].body)
        self.update()
        self.assertFalse(new.active)

    def test_own_records_are_no_business_of_an_update(self):
        own = self.kmo.copy({"code": "test_own"})
        self.assertFalse(own.seed_values)
        self.assertFalse(own.version_ids.mapped("rate_ids.seed_values")[0])
        self.update()
        self.assertFalse(own.is_corrected)
