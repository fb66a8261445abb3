# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The accounts of aid: each field is the company's own, see there."""

    _inherit = "res.config.settings"

    digital_cheque_journal_id = fields.Many2one(related="company_id.digital_cheque_journal_id", readonly=False)
    digital_cheque_receivable_account_id = fields.Many2one(
        related="company_id.digital_cheque_receivable_account_id", readonly=False
    )
    digital_cheque_operating_account_id = fields.Many2one(
        related="company_id.digital_cheque_operating_account_id", readonly=False
    )
    digital_cheque_capital_account_id = fields.Many2one(
        related="company_id.digital_cheque_capital_account_id", readonly=False
    )
    digital_cheque_deferred_tax_account_id = fields.Many2one(
        related="company_id.digital_cheque_deferred_tax_account_id", readonly=False
    )
    digital_cheque_capital_income_account_id = fields.Many2one(
        related="company_id.digital_cheque_capital_income_account_id", readonly=False
    )
    digital_cheque_tax_income_account_id = fields.Many2one(
        related="company_id.digital_cheque_tax_income_account_id", readonly=False
    )
    digital_cheque_repayable_account_id = fields.Many2one(
        related="company_id.digital_cheque_repayable_account_id", readonly=False
    )
    digital_cheque_clearing_account_id = fields.Many2one(
        related="company_id.digital_cheque_clearing_account_id", readonly=False
    )
    digital_cheque_tax_rate = fields.Float(related="company_id.digital_cheque_tax_rate", readonly=False)
