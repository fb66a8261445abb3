# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BeRegisterReject(models.Model):
    _name = "be.register.reject"
    _description = "Rows Left Out of a Register Import"
    _order = "import_id desc, count desc, id"

    import_id = fields.Many2one("be.register.import", required=True, ondelete="cascade", index=True)
    file = fields.Char(required=True, readonly=True)
    reason = fields.Selection(
        [
            ("columns", "Another number of columns than the header"),
            ("quotes", "A quotation mark is not closed or out of place"),
            ("too_long", "A line of more than 64 KB"),
            ("number", "Not an enterprise, establishment or branch number"),
            ("check_digits", "The check digits of the number are wrong"),
            ("date", "Not a date (dd-mm-yyyy)"),
            ("code", "A code that is not one"),
            ("empty", "A value that must be there is empty"),
            ("duplicate", "The same number twice: the first row counts"),
        ],
        required=True,
        readonly=True,
    )
    count = fields.Integer(string="Rows", readonly=True)
    lines = fields.Char(
        string="First Lines",
        readonly=True,
        help="Line numbers in the file. The content is not kept: it may be personal data.",
    )
