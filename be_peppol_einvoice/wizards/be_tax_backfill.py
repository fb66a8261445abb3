# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from ..belgian.taxes import propose


class BeTaxBackfill(models.TransientModel):
    """Proposes VAT categories and exemption reasons for a company's taxes, and writes those that are ticked."""

    _name = "be.tax.backfill"
    _description = "VAT categories of taxes in e-invoices"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    franchise = fields.Boolean(related="company_id.be_vat_franchise")
    franchise_tax = fields.Boolean(compute="_compute_franchise_tax")
    line_ids = fields.One2many(
        "be.tax.backfill.line", "backfill_id", compute="_compute_line_ids", store=True, readonly=False
    )
    open_count = fields.Integer(compute="_compute_open_count")

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Tax categories")

    @api.depends("company_id")
    def _compute_franchise_tax(self):
        for backfill in self:
            backfill.franchise_tax = bool(backfill.company_id._be_franchise_tax())

    @api.depends("line_ids")
    def _compute_open_count(self):
        for backfill in self:
            backfill.open_count = len(backfill.line_ids.filtered(lambda line: line.state != "right"))

    @api.depends("company_id")
    def _compute_line_ids(self):
        for backfill in self:
            backfill.line_ids = [Command.clear(), *map(Command.create, self._proposed(backfill.company_id))]

    @api.model
    def _taxes(self, company):
        """The taxes on sales of a company; those on purchases too where it makes its vendors' invoices."""
        uses = ["sale"]
        if self.env["account.journal"].search_count(
            [("company_id", "child_of", company.id), ("type", "=", "purchase"), ("is_self_billing", "=", True)], limit=1
        ):
            uses.append("purchase")
        domain = Domain(self.env["account.tax"]._check_company_domain(company))
        domain &= Domain("type_tax_use", "in", uses) & Domain("amount_type", "in", ("percent", "division"))
        return self.env["account.tax"].search(domain & Domain("country_code", "=", "BE"))

    @api.model
    def _proposed(self, company):
        """The values of the lines, what is to be done first."""
        lines = []
        for tax, facts in self._taxes(company)._be_facts().items():
            proposal = propose(facts)
            category, code = tax.ubl_cii_tax_category_code, tax.ubl_cii_tax_exemption_reason_code
            # an exemption that somebody has named is not ours to take away
            keeps_code = category == proposal.category and code and not proposal.code
            lines.append(
                {
                    "tax_id": tax.id,
                    "selected": proposal.sure and not category,
                    "category": proposal.category or category,
                    "code": code if keeps_code or not proposal.category else proposal.code,
                    "reason": tax.be_exemption_reason,
                    "seen": f"{category}|{code}|{tax.be_exemption_reason}",
                }
            )
        order = {"missing": 0, "choose": 1, "differs": 2, "right": 3}
        states = {line["tax_id"]: self.env["be.tax.backfill.line"].new(line).state for line in lines}
        return sorted(lines, key=lambda line: order[states[line["tax_id"]]])

    def action_apply(self):
        """Write what is ticked, and leave a note on each tax.

        :raises UserError: if nothing is ticked, if a ticked line has no category, or if a tax has been changed since
        """
        self.ensure_one()
        chosen = self.line_ids.filtered("selected")
        if not chosen:
            raise UserError(self.env._("Tick the taxes that are to be changed."))
        for line in chosen:
            line._apply()
        return self._reopened(self.env._("%s taxes have been completed.", len(chosen)))

    def action_small_enterprise(self):
        """Mark the company as a small enterprise exempt from VAT, and make the tax for it."""
        self.ensure_one()
        if not self.env.user.has_group("account.group_account_manager"):
            raise AccessError(self.env._("Only an accounting administrator can change taxes: ask one to do it."))
        # sudo: the company's VAT scheme is an accounting matter, but only system administrators may write companies
        company = self.company_id.sudo()
        company.be_vat_franchise = True
        company._be_make_franchise_tax()
        return self._reopened(self.env._("The tax for small enterprises has been made; it is the default on sales."))

    def _reopened(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message, "next": self.company_id.action_open_tax_backfill()},
        }
