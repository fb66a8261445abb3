# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from pathlib import Path

from odoo.tools.misc import file_open, file_path
from odoo.tools.translate import get_base_langs, translation_file_reader


def supplied_translations(module, models):
    """Yield the texts of data records that a module supplies in its ``i18n/*.po`` files.

    Each is (language of the file such as "fr", model, external id, field, text).
    """
    for path in sorted(Path(file_path(f"{module}/i18n")).glob("*.po")):
        with file_open(str(path), "rb") as po_file:
            for row in translation_file_reader(po_file):
                if row["type"] == "model" and row["imd_model"] in models and row["value"]:
                    field = row["name"].split(",")[1]
                    yield path.stem, row["imd_model"], f"{row['module']}.{row['imd_name']}", field, row["value"]


def languages_of(env, po_language):
    """Return the codes of the active languages that a file such as ``fr.po`` serves, English excepted."""
    codes = [code for code, _name in env["res.lang"].get_installed()]
    return [code for code in codes if code != "en_US" and po_language in get_base_langs(code)]
