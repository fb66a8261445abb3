# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import tempfile

from odoo.tests import TransactionCase, tagged

from ..register import load
from ..register.lookup import Lookup
from ..register.sample import Sample
from .register_common import RegisterCase


@tagged("post_install", "-at_install")
class TestRegisterLookup(RegisterCase):
    def lookup(self, language="fr"):
        return Lookup(self.env.cr, schema="be_register_odoo_test", language=language)

    def names(self, text, language="fr"):
        return [suggestion.name for suggestion in self.lookup(language).suggest(text)]

    def test_names_in_three_languages(self):
        for text in ("boulangerie", "épi d'or", "EPI DOR"[:3], "fils boul", "Boulangerie l'épi d'or et fils SRL"):
            self.assertEqual(self.names(text), ["Boulangerie L'Épi d'Or & Fils"], text)
        for text in ("vrolijke", "de vrol", "Schrijnwerker De Vrolijke", "D.V.S.", "dvs bv"):
            self.assertEqual(self.names(text), ["De Vrolijke Schrijnwerker"], text)
        for text in ("bäckerei", "baeckerei", "backerei mul", "Muellerhof", "MÜLLERHOF AG"):
            self.assertEqual(self.names(text), ["Bäckerei Müllerhof"], text)
        self.assertEqual(self.names('nieuwe "zonder"'), ['Nieuwe Zaak "Zonder" Zorgen'])

    def test_numbers_in_any_writing(self):
        for text in (
            "0200.000.043",
            "0200000043",
            "200000043",
            "BE 0200.000.043",
            "be0200 000 043",
            "TVA BE 0200.000.043",
            "BTW: 0200-000-043",
            "0200.000.04",
            "2.000.000.042",
        ):
            self.assertIn("Boulangerie L'Épi d'Or & Fils", self.names(text), text)
        self.assertEqual(self.names("0200.000.142"), ["De Vrolijke Schrijnwerker"])
        self.assertEqual(self.names("0200.000.143"), [], "a number that is not there")

    def test_nothing_to_look_for(self):
        for text in ("", "  ", "ab", "&", "..", "%", "_", "'; DROP TABLE x", "x" * 5000, "0", "''", "\\\\"):
            self.assertEqual(self.names(text), [], text[:20])

    def test_suggestion(self):
        (found,) = self.lookup("nl").suggest("boulangerie")
        self.assertEqual((found.city, found.zip, found.form, found.active), ("Waver", "1300", "BV", True))
        (found,) = self.lookup("fr").suggest("boulangerie")
        self.assertEqual((found.city, found.form), ("Wavre", "SRL"))
        (found,) = self.lookup("de").suggest("boulangerie")
        self.assertEqual(found.form, "GmbH")
        # Found by the name of an establishment: the enterprise is suggested, with what was typed beside it.
        (found,) = self.lookup().suggest("fournil des till")
        self.assertEqual((found.name, found.matched), ("Boulangerie L'Épi d'Or & Fils", "Le Fournil des Tilleuls"))
        # A sole trader has no registered office: the place is that of the establishment.
        (found,) = self.lookup().suggest("zorvelle quin")
        self.assertEqual((found.city, found.natural), ("Liège", True))

    def test_ceased_come_last(self):
        self.env.cr.execute("INSERT INTO be_register_odoo_test.name VALUES (200000241, '003', '1', 'Boulangerie')")
        self.env.cr.execute("INSERT INTO be_register_odoo_test.name_key VALUES (200000241, 'boulangerie', true)")
        self.assertEqual(self.names("boulangerie")[0], "Bäckerei Müllerhof", "the exact name comes first")
        self.env.cr.execute("UPDATE be_register_odoo_test.enterprise SET ended = now() WHERE number = 200000241")
        self.assertEqual(self.names("boulangerie")[1], "Bäckerei Müllerhof")

    def test_legal_form_decides(self):
        """Of two companies with one name, the one of the typed legal form comes first."""
        for number, form in ((300000094, "014"), (300000193, "610")):
            self.env.cr.execute(
                "INSERT INTO be_register_odoo_test.enterprise (number, kind, form) VALUES (%s, '2', %s)", (number, form)
            )
            self.env.cr.execute("INSERT INTO be_register_odoo_test.name VALUES (%s, '001', '2', 'Tweeling')", (number,))
            self.env.cr.execute("INSERT INTO be_register_odoo_test.name_key VALUES (%s, 'tweeling', true)", (number,))
        for text, number in (("tweeling nv", 300000094), ("SRL Tweeling", 300000193), ("tweeling b.v.", 300000193)):
            self.assertEqual(self.lookup().suggest(text)[0].number, number, text)

    def test_details(self):
        details = self.lookup("nl").details(200000043)
        self.assertEqual(details["form_description"], "Besloten Vennootschap")
        self.assertTrue(details["vat"])
        self.assertEqual(details["address"]["street"], "Stationsstraat")
        self.assertEqual(details["address"]["box"], "3")
        self.assertEqual([unit["number"] for unit in details["establishments"]], [2000000042, 2000000141])
        self.assertIsNone(details["establishments"][1]["address"])
        self.assertIn(
            {"group": "003", "version": "2025", "nace": "56301", "classification": "SECO"}, details["activities"]
        )
        self.assertFalse(self.lookup().details(200000142)["vat"], "no VAT activities")
        self.assertEqual(self.lookup().details(200000142)["form"], "SRL", "the SPRL is to be read as SRL")
        self.assertEqual(self.lookup("de").details(200000241)["situation"], "Konkurseröffnung")
        self.assertTrue(self.lookup().details(1000000021)["address"]["struck"])
        self.assertEqual(self.lookup().details(200000340)["contacts"], {})
        self.assertIsNone(self.lookup().details(123))


@tagged("post_install", "-at_install")
class TestRegisterLookupSample(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sample = Sample(3000)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "sample.zip")
            cls.sample.save(path)
            load.Import(cls.env.cr, path, schema="be_register_sample_test").run()
        cls.lookup = Lookup(cls.env.cr, schema="be_register_sample_test")

    def test_every_enterprise_is_found_by_its_name_and_number(self):
        for index in range(0, 3000, 37):
            enterprise = self.sample.enterprise(index)
            for text in (enterprise.name, enterprise.name.upper(), " ".join(reversed(enterprise.name.split()))):
                found = [suggestion.number for suggestion in self.lookup.suggest(text, 20)]
                self.assertIn(enterprise.number, found, text)
            self.assertEqual(self.lookup.suggest(f"BE{enterprise.number:010d}")[0].number, enterprise.number)

    def test_a_look_up_reads_the_index(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(
            "EXPLAIN SELECT key FROM be_register_sample_test.name_key WHERE key >= 'bou' AND key < 'bov' ORDER BY key"
            " LIMIT 60"
        )
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("name_key_key", plan)
        self.assertNotIn("Sort", plan, "the index gives the order")
