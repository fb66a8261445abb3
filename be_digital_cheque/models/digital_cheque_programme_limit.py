# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import format_amount


class DigitalChequeProgrammeLimit(models.Model):
    """A ceiling or a minimum amount, what it counts and over which time."""

    _name = "digital.cheque.programme.limit"
    _inherit = ["digital.cheque.programme.figure"]
    _description = "Ceiling or Minimum of a Programme's Rules"
    _judged_by = True

    cost_kind_ids = fields.Many2many(
        "digital.cheque.cost.kind", string="For These Costs Only", help="Empty: for all that the rules cover."
    )
    kind = fields.Selection([("max", "At most"), ("min", "At least")], required=True, default="max")
    amount = fields.Monetary(required=True)
    currency_id = fields.Many2one("res.currency", required=True, default=lambda self: self.env.ref("base.EUR"))
    basis = fields.Selection(
        [("aid", "of aid"), ("cost", "of cost"), ("unknown", "aid or cost: not known")],
        required=True,
        default="unknown",
        string="Counts",
    )
    period = fields.Selection(
        [
            ("project", "per project"),
            ("calendar_year", "per calendar year"),
            ("rolling_36_months", "over 3 years"),
            ("total", "in total"),
            ("unknown", "period not known"),
        ],
        required=True,
        default="unknown",
        string="Over",
    )
    scope = fields.Selection(
        [
            ("programme", "nothing else"),
            ("theme", "shared by the programmes of the theme"),
            ("wallet", "shared by all cheques of the wallet"),
        ],
        required=True,
        default="programme",
        string="Shared With",
    )
    pool_id = fields.Many2one(
        "digital.cheque.pool",
        string="Theme or Wallet",
        ondelete="restrict",
        index="btree_not_null",
        help="The programmes that name the same one share this ceiling.",
    )
    text = fields.Char(string="In Words", compute="_compute_text")
    short_text = fields.Char(string="In Few Words", compute="_compute_text")

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)",
        "A ceiling or a minimum is more than zero. Leave an amount that you do not know out.",
    )

    @api.depends("kind", "amount", "currency_id", "basis", "period", "scope", "size", "purpose")
    @api.depends_context("lang")
    def _compute_text(self):
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("kind", "basis", "period", "scope", "size")
        }
        for limit in self:
            particulars = [
                labels["size"][limit.size] if limit.size != "all" else None,
                limit.purpose,
                labels["scope"][limit.scope] if limit.scope != "programme" else None,
                labels["basis"][limit.basis] if limit.basis == "unknown" else None,
                labels["period"][limit.period] if limit.period == "unknown" else None,
            ]
            words = [
                labels["kind"].get(limit.kind),
                # Whole euros read better; the amounts of law are whole.
                format_amount(self.env, limit.amount, limit.currency_id, trailing_zeroes=False),
                labels["basis"].get(limit.basis) if limit.basis != "unknown" else None,
                labels["period"].get(limit.period) if limit.period != "unknown" else None,
            ]
            text = " ".join(filter(None, words))
            notes = "; ".join(filter(None, particulars))
            limit.short_text = text
            limit.text = f"{text} ({notes})" if notes else text

    @api.depends("text")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for limit in self:
            limit.display_name = f"{limit.version_id.period}: {limit.text}"
