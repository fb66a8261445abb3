# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase
from odoo.tools import file_path

# A library for video calls that Debian's package of Odoo lacks; the browser's complaint about it fails any tour.
ABSENT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def leave_out_absent(env):
    try:
        file_path(ABSENT)
    except FileNotFoundError:
        env["ir.asset"].create({"name": ABSENT, "bundle": "web.assets_backend", "directive": "remove", "path": ABSENT})


class CatalogueCase(TransactionCase):
    """Tests that read texts do so in English, whatever languages the database has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
