# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import nace

#: Odoo's languages for each language of the official titles; other variants follow where they are installed.
_LANGUAGES = {"en": ("en_US",), "fr": ("fr_BE", "fr_FR"), "nl": ("nl_BE", "nl_NL"), "de": ("de_DE",)}
_OWN = {"code", "version", "name", "successor_ids"}


class BeNaceCode(models.Model):
    """The official activity codes: shipped with the add-on, kept up to date by the company register's own list.

    In SQL: there are five thousand of them in four languages. What a user changed is the user's: it is left alone.
    """

    _inherit = "be.nace.code"

    is_official = fields.Boolean(
        string="Official",
        readonly=True,
        copy=False,
        help="Its title and its successors follow the official lists. Changing them yourself ends that.",
    )

    def write(self, vals):
        if _OWN & vals.keys():
            vals = {**vals, "is_official": False}
        return super().write(vals)

    def update_field_translations(self, field_name, translations, source_lang=""):
        result = super().update_field_translations(field_name, translations, source_lang)
        if field_name in _OWN:
            self.is_official = False
        return result

    @api.model
    def _load_official(self):
        """Add the codes that are missing, and bring titles and successors of official ones up to date."""
        self._take_over(nace.titles())
        self._take_over(self.env["be.register"]._nace_titles())
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM be_nace_code_successor_rel r USING be_nace_code o WHERE r.old_id = o.id AND o.is_official
                """
            )
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO be_nace_code_successor_rel (old_id, new_id)
                SELECT o.id, n.id
                  FROM jsonb_to_recordset(%s::jsonb) AS given (old text, new text)
                  JOIN be_nace_code o ON o.version = '2008' AND o.code = given.old AND o.is_official
                  JOIN be_nace_code n ON n.version = '2025' AND n.code = given.new
                """,
                json.dumps([{"old": old, "new": new} for old, new in nace.successors()]),
            )
        )
        self.invalidate_model()

    @api.model
    def _take_over(self, rows):
        """Add official codes, or take their titles over where no user has changed them.

        ``rows``: ``(version, code, {language: title})``, languages being "en", "fr", "nl" and "de".
        """
        languages = self._title_languages()
        given = {}
        for version, code, texts in rows:
            titles = {lang: text for short, text in texts.items() for lang in languages.get(short, ()) if text}
            # Where there is no English title, Odoo's source language shows another one.
            source = next((texts[short] for short in languages if texts.get(short)), nace.write(code))
            given[version, code] = {"titles": titles, "fresh": {"en_US": source, **titles}}
        if not given:
            return
        self.flush_model()
        payload = json.dumps([{"version": version, "code": code, **row} for (version, code), row in given.items()])
        self.env.cr.execute(
            SQL(
                """
                UPDATE be_nace_code c SET name = c.name || given.titles
                  FROM jsonb_to_recordset(%s::jsonb) AS given (version text, code text, titles jsonb)
                 WHERE c.version = given.version AND c.code = given.code AND c.is_official
                   AND NOT c.name @> given.titles
                """,
                payload,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO be_nace_code (version, code, name, active, is_official, create_uid, write_uid,
                                          create_date, write_date)
                SELECT version, code, fresh, true, true, %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC',
                       now() AT TIME ZONE 'UTC'
                  FROM jsonb_to_recordset(%(payload)s::jsonb) AS given (version text, code text, fresh jsonb)
                    ON CONFLICT (code, version) DO NOTHING
                """,
                uid=self.env.uid,
                payload=payload,
            )
        )
        self.invalidate_model()

    @api.model
    def _title_languages(self):
        """Return Odoo's languages for each language of the titles, installed now or perhaps later."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        return {
            short: (*codes, *(code for code in installed if code not in codes and code[:2] == short))
            for short, codes in _LANGUAGES.items()
        }
