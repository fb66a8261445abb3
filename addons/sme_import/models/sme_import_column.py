# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class SmeImportColumn(models.Model):
    """A column of the file, and what it holds."""

    _name = "sme.import.column"
    _description = "Column of an Imported File"
    _order = "import_id, position"
    _rec_name = "title"

    import_id = fields.Many2one("sme.import", required=True, ondelete="cascade", index=True)
    kind = fields.Selection(related="import_id.kind")
    position = fields.Integer(required=True, readonly=True)
    title = fields.Char(string="Column in the File", required=True, readonly=True)
    sample = fields.Char(string="For Example", readonly=True)
    target_id = fields.Many2one(
        "sme.import.target",
        string="Holds",
        domain="[('kind', '=', kind)]",
        ondelete="restrict",
        help="Empty: this column is not imported. It still stands in the report.",
    )
