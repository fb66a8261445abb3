# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

import polib

from odoo.tests import tagged
from odoo.tools import file_path

from .common import OnboardingCommon

PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|\{\{.*?\}\}")


@tagged("post_install", "-at_install")
class TestTranslations(OnboardingCommon):
    def test_every_term_is_translated_with_its_values(self):
        terms = polib.pofile(file_path("sme_onboarding/i18n/sme_onboarding.pot"))
        self.assertGreater(len(terms), 150)
        for lang in ("fr", "nl", "de"):
            entries = {entry.msgid: entry for entry in polib.pofile(file_path(f"sme_onboarding/i18n/{lang}.po"))}
            for term in terms:
                with self.subTest(lang=lang, term=term.msgid):
                    translated = entries[term.msgid]
                    self.assertTrue(translated.msgstr)
                    self.assertFalse(translated.fuzzy)
                    self.assertEqual(
                        sorted(PLACEHOLDER.findall(translated.msgstr)), sorted(PLACEHOLDER.findall(term.msgid))
                    )

    def test_what_was_found_is_read_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        self.env["res.lang"]._activate_lang("nl_BE")
        self.company.vat = False
        status = self.status("company_vat")
        status.with_context(lang="nl_BE")._check()
        self.assertEqual(status.with_context(lang="en_US").found, "The VAT number is missing")
        self.assertEqual(status.with_context(lang="fr_BE").found, "Le numéro de TVA manque")
        self.assertEqual(status.with_context(lang="nl_BE").found, "Het btw-nummer ontbreekt")
