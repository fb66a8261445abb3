# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..engine import posture


class SmeCyberCheck(models.Model):
    """What is measured. Another module adds one as a record with a method ``_measure_<code>`` on ``sme.cyber.sensor``,
    and ``_fix_<code>`` on ``sme.cyber.fix`` where one click mends it.
    """

    _name = "sme.cyber.check"
    _description = "Security Check"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    severity = fields.Selection([(posture.HIGH, "High"), (posture.MEDIUM, "Medium")], required=True)
    controls = fields.Char(
        string="CyberFundamentals controls", help="Ids of the controls (2025, Basic) that this has to do with."
    )
    why = fields.Text(translate=True)
    weak_text = fields.Char(string="When weak", translate=True, help="With values by name, as %(part)s.")
    ok_text = fields.Char(string="When in order", translate=True)
    unknown_text = fields.Char(string="When not known", translate=True)
    instruction = fields.Text(string="What to do", translate=True)
    button = fields.Char(translate=True, help="Text of the button that mends it, or opens where it is mended.")
    warning = fields.Char(string="What the button does", translate=True, help="Asked before it is done.")

    _code_unique = models.Constraint("unique(code)", "The code of a check is unique.")
