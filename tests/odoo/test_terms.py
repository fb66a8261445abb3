"""The terms that Odoo finds in each add-on are those of its template, so that no new term stays untranslated."""

import io

import polib
from databases import addon_path, manifests
from translations import LANGUAGES, missing

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export


@tagged("post_install", "-at_install")
class TestTerms(TransactionCase):
    def test_no_term_is_missing(self):
        # the demo companies have no term of their own; the group "queue" has an add-on that the others lack
        installed = self.env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
        for name in sorted(set(manifests()) & set(installed)):
            buffer = io.BytesIO()
            trans_export(False, [name], buffer, "po", self.env)
            exported = polib.pofile(buffer.getvalue().decode())
            for language in LANGUAGES:
                with self.subTest(addon=name, language=language):
                    path = addon_path(name) / "i18n" / f"{language}.po"
                    present = polib.pofile(str(path)) if path.exists() else polib.POFile()
                    self.assertEqual(missing(exported, present), [], "run ./dev i18n and translate these")
