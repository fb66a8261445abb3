# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import BaseCase
from odoo.tools.misc import file_open
from odoo.tools.translate import translation_file_reader


class TestTranslations(BaseCase):
    def terms(self, name):
        with file_open(f"be_digital_cheque/i18n/{name}", "rb") as po_file:
            return {(row["type"], row["name"], row["src"]): row["value"] for row in translation_file_reader(po_file)}

    def test_complete(self):
        template = self.terms("be_digital_cheque.pot")
        self.assertGreater(len(template), 300)
        for language in ("fr", "nl", "de"):
            with self.subTest(language):
                terms = self.terms(f"{language}.po")
                self.assertEqual(set(terms), set(template))
                self.assertEqual([key for key, value in terms.items() if not value], [])
