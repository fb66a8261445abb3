# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..belgian.taxes import propose
from ..exchange.states import CORE_SENT
from ..models.account_tax_belgian import EXEMPT


class BeTaxBackfillLine(models.TransientModel):
    """A tax, what it says in e-invoices now, and what it should say."""

    _name = "be.tax.backfill.line"
    _description = "Tax whose VAT category is proposed"
    _rec_name = "tax_id"

    backfill_id = fields.Many2one("be.tax.backfill", required=True, ondelete="cascade", index=True)
    tax_id = fields.Many2one("account.tax", required=True, readonly=True, ondelete="cascade")
    seen = fields.Char(required=True, readonly=True, help="What the tax said when the page was opened.")
    selected = fields.Boolean(string="Apply")
    category = fields.Selection(
        selection=lambda self: (
            self.env["account.tax"]._fields["ubl_cii_tax_category_code"]._description_selection(self.env)
        )
    )
    code = fields.Selection(
        selection=lambda self: (
            self.env["account.tax"]._fields["ubl_cii_tax_exemption_reason_code"]._description_selection(self.env)
        ),
        string="Exemption code",
    )
    reason = fields.Char(string="Exemption reason", help="As the e-invoice states it; empty: the usual wording.")
    current = fields.Char(string="Now", compute="_compute_current")
    state = fields.Selection(
        [("missing", "Missing"), ("choose", "Please choose"), ("differs", "Differs"), ("right", "In order")],
        compute="_compute_state",
    )
    why = fields.Text(compute="_compute_state")
    invoice_count = fields.Integer(string="Unsent invoices", compute="_compute_invoice_count")

    @api.depends("tax_id")
    def _compute_current(self):
        for line in self:
            tax = line.tax_id
            line.current = " · ".join(
                filter(None, (tax.ubl_cii_tax_category_code, tax.ubl_cii_tax_exemption_reason_code))
            )

    @api.depends("tax_id")
    @api.depends_context("lang")
    def _compute_state(self):
        facts = self.tax_id._be_facts()
        for line in self:
            tax = line.tax_id
            if not tax:
                line.state = line.why = False
                continue
            proposal = propose(facts[tax._origin])
            line.state = self._state_of(tax, proposal)
            line.why = self._why(proposal, line.state)

    @api.model
    def _state_of(self, tax, proposal):
        category, code = tax.ubl_cii_tax_category_code, tax.ubl_cii_tax_exemption_reason_code
        named = category == "E" and (code or tax.be_exemption_reason)
        if proposal.category is None:
            return "right" if category and (category != "E" or named) else "choose"
        if proposal.kind == "zero":
            return "right" if named or category in ("Z", "O") else "choose"
        if not category:
            return "missing"
        if category != proposal.category:
            return "differs"
        if proposal.code and code != proposal.code:
            return "differs" if code else "missing"
        return "right"

    @api.model
    def _why(self, proposal, state):
        """Why this is proposed, in words."""
        kinds = {
            "standard": self.env._("VAT is charged"),
            "cocontractor": self.env._("the customer owes the VAT (co-contractor, box 45)"),
            "eu_goods": self.env._("goods to another Member State (box 46)"),
            "eu_triangular": self.env._("triangular supply (box 46)"),
            "eu_services": self.env._("services to businesses in other Member States: they owe the VAT (box 44)"),
            "export": self.env._("export outside the EU (box 47)"),
            "franchise": self.env._("small enterprise exempt from VAT (Art. 56bis)"),
            "zero": self.env._("no VAT: choose the exemption (for example Art. 44) or Z for the zero rate"),
        }
        sources = {
            "chart": self.env._("tax of the Belgian chart of accounts"),
            "boxes": self.env._("boxes of the VAT return"),
            "position": self.env._("fiscal position"),
            "rate": self.env._("rate"),
        }
        if proposal.kind is None:
            return (
                self.env._("A tax of your own at 0%: please choose why no VAT is charged.") if state != "right" else ""
            )
        return f"{kinds[proposal.kind]} – {sources[proposal.why]}"

    @api.depends("tax_id")
    def _compute_invoice_count(self):
        """Draft and confirmed invoices and credit notes that have not been sent."""
        groups = self.env["account.move.line"]._read_group(
            [
                ("tax_ids", "in", self.tax_id.ids),
                ("parent_state", "in", ("draft", "posted")),
                ("move_id.move_type", "in", ("out_invoice", "out_refund")),
                ("move_id.is_move_sent", "=", False),
                ("move_id.peppol_move_state", "not in", CORE_SENT),
            ],
            ["tax_ids"],
            ["move_id:count_distinct"],
        )
        counts = {tax.id: count for tax, count in groups}
        for line in self:
            line.invoice_count = counts.get(line.tax_id._origin.id, 0)

    @api.onchange("category")
    def _onchange_category(self):
        """A choice is meant to be applied; categories that charge VAT have no exemption."""
        if self.category not in EXEMPT:
            self.code = False
        if self.category != self.tax_id.ubl_cii_tax_category_code:
            self.selected = bool(self.category)

    @api.onchange("code", "reason")
    def _onchange_exemption(self):
        tax = self.tax_id
        if (self.code or False, self.reason or False) != (
            tax.ubl_cii_tax_exemption_reason_code,
            tax.be_exemption_reason,
        ):
            self.selected = True

    def _apply(self):
        """Write this line on its tax, unless somebody else has changed the tax since the page was opened."""
        self.ensure_one()
        tax = self.tax_id
        if not self.category:
            raise UserError(self.env._("Choose a category for the tax “%s”.", tax.name))
        before = (tax.ubl_cii_tax_category_code, tax.ubl_cii_tax_exemption_reason_code, tax.be_exemption_reason)
        if self.seen != "{}|{}|{}".format(*before):
            raise UserError(self.env._("The tax “%s” has been changed in the meantime: open the page again.", tax.name))
        after = (self.category, self.code if self.category in EXEMPT else False, self.reason)
        tax.write(
            {
                "ubl_cii_tax_category_code": after[0],
                "ubl_cii_tax_exemption_reason_code": after[1],
                "be_exemption_reason": after[2],
            }
        )
        tax.message_post(
            body=self.env._(
                "VAT category in e-invoices: %(before)s → %(after)s (%(why)s)",
                before=self._shown(before),
                after=self._shown(after),
                why=self.why or self.env._("chosen by hand"),
            )
        )

    @api.model
    def _shown(self, values):
        return " · ".join(filter(None, values)) or self.env._("none")
