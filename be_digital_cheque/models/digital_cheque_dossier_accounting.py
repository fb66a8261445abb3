# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import float_repr, format_amount

from ..engine import entries, stages
from ..tools.settings import reference_date


class DigitalChequeDossier(models.Model):
    """The aid of a dossier in the books: entries are made as drafts, to be looked at before they are posted.

    What stands in the books is read from the journal items of the dossier, drafts included and cancelled ones not; so
    an entry that somebody corrects, deletes or reverses is taken as it then is.
    """

    _inherit = "digital.cheque.dossier"

    aid_nature = fields.Selection(
        [(entries.OPERATING_AID, "Costs of the year"), (entries.CAPITAL_GRANT, "An asset (capital grant)")],
        string="Aid For",
        required=True,
        compute="_compute_aid_nature",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Advice, training and subscriptions are costs. An asset is one that you depreciate.",
    )
    grant_tax_exempt = fields.Boolean(
        string="Exempt from Tax",
        tracking=True,
        help="Some regional investment grants to companies are: then there are no deferred taxes. Ask your accountant.",
    )
    deferred_tax_rate = fields.Float(
        digits=(6, 4), compute="_compute_deferred_tax_rate", store=True, readonly=False, precompute=True
    )
    asset_cost = fields.Monetary(string="Depreciable Amount")
    depreciation_start = fields.Date(string="Depreciated From")
    depreciation_years = fields.Integer(string="Life in Years", default=3)
    depreciation_ids = fields.One2many("digital.cheque.depreciation", "dossier_id", string="Depreciation Plan")
    entry_ids = fields.One2many("account.move", "digital_cheque_dossier_id", string="Entries", copy=False)
    # compute_sudo: the figures of the aid are for all users of the dossier; the entries behind them for accountants
    entry_count = fields.Integer(compute="_compute_booked", compute_sudo=True)
    booked_aid = fields.Monetary(string="Booked", compute="_compute_booked", compute_sudo=True)
    booked_claim = fields.Monetary(string="To Be Received", compute="_compute_booked", compute_sudo=True)
    booked_to_release = fields.Monetary(string="To Be Released", compute="_compute_booked", compute_sudo=True)
    booked_income = fields.Monetary(string="In Income", compute="_compute_booked", compute_sudo=True)
    releases_due = fields.Integer(compute="_compute_releases_due", search="_search_releases_due")

    @api.depends("cost_kind_id")
    def _compute_aid_nature(self):
        for dossier in self:
            if dossier.cost_kind_id:
                asset = dossier.cost_kind_id.nature == "asset"
                dossier.aid_nature = entries.CAPITAL_GRANT if asset else entries.OPERATING_AID
            else:
                dossier.aid_nature = dossier.aid_nature or entries.OPERATING_AID

    @api.depends("company_id", "grant_tax_exempt")
    def _compute_deferred_tax_rate(self):
        for dossier in self:
            company = dossier.company_id
            # associations pay the tax on legal persons: a grant is no taxable profit for them
            exempt = dossier.grant_tax_exempt or company.chart_template == "be_asso"
            dossier.deferred_tax_rate = 0 if exempt else company.digital_cheque_tax_rate

    @api.depends("entry_ids.state", "entry_ids.line_ids.amount_currency", "entry_ids.line_ids.digital_cheque_role")
    def _compute_booked(self):
        positions = self._positions()
        for dossier in self:
            held = positions.get(dossier._origin.id, entries.Position())
            dossier.entry_count = len(dossier.entry_ids)
            dossier.booked_aid = float(held.aid)
            dossier.booked_claim = float(held.receivable)
            dossier.booked_to_release = float(held.capital + held.deferred_tax)
            dossier.booked_income = float(held.operating + held.capital_income + held.tax_income)

    @api.depends("depreciation_ids.date", "depreciation_ids.move_id.state", "booked_to_release")
    @api.depends_context("digital_cheque_date", "tz")
    def _compute_releases_due(self):
        today = reference_date(self)
        for dossier in self:
            due = dossier.depreciation_ids.filtered(
                lambda line: line.date and line.date <= today and not line._is_booked()
            )
            dossier.releases_due = len(due) if dossier.booked_to_release > 0 else 0

    def _search_releases_due(self, operator, value):
        if (operator, value) not in ((">", 0), ("!=", 0), ("!=", False)):
            return NotImplemented
        # sudo: as the figures of the aid above, whether something is to be released is known without a right to the
        # entries; what is found is a condition on dossiers, which the rules of the user's search still restrict
        env = self.sudo().env
        due = env["digital.cheque.depreciation"].search(
            [
                ("date", "<=", reference_date(self)),
                ("dossier_id.aid_nature", "=", entries.CAPITAL_GRANT),
                ("dossier_id.state", "in", stages.AWARDED),
                "|",
                ("move_id", "=", False),
                ("move_id.state", "=", "cancel"),
            ]
        )
        groups = env["account.move.line"]._read_group(
            [
                ("digital_cheque_dossier_id", "in", due.dossier_id.ids),
                ("digital_cheque_role", "in", (entries.CAPITAL, entries.DEFERRED_TAX)),
                ("parent_state", "!=", "cancel"),
            ],
            ["digital_cheque_dossier_id"],
            having=[("amount_currency:sum", "<", 0)],
        )
        return [("id", "in", [dossier.id for (dossier,) in groups])]

    # The books

    def _position(self, field="amount_currency"):
        """Return the engine's position of the dossier, see :meth:`_positions`."""
        self.ensure_one()
        return self._positions(field).get(self._origin.id, entries.Position())

    def _positions(self, field="amount_currency"):
        """Return the engine's positions of dossiers by their ids; one without entries is left out.

        :param field: ``amount_currency`` for the dossier's currency, ``balance`` for the company's
        """
        roles = list(entries.Position.__dataclass_fields__)
        groups = self.env["account.move.line"]._read_group(
            [
                ("digital_cheque_dossier_id", "in", self._origin.ids),
                ("digital_cheque_role", "in", roles),
                ("parent_state", "!=", "cancel"),
            ],
            ["digital_cheque_dossier_id", "digital_cheque_role"],
            [f"{field}:sum"],
        )
        found = {}
        for dossier, role, total in groups:
            sign = 1 if role == entries.RECEIVABLE else -1
            found.setdefault(dossier.id, {})[role] = sign * dossier._decimal(total, field)
        return {dossier_id: entries.Position(**held) for dossier_id, held in found.items()}

    def _decimal(self, amount, field="amount_currency"):
        """Return an amount as a Decimal, rounded as its currency is."""
        currency = self.currency_id if field == "amount_currency" else self.company_id.currency_id
        return Decimal(float_repr(currency.round(amount), currency.decimal_places))

    def _both(self, make, amount=None, on=None):
        """Run the engine for the dossier's currency and for the company's.

        :param make: gets the position, the smallest unit of the currency and the amount; returns entries or items
        :param amount: in the dossier's currency
        :param on: day of the rate; without one, the rate at which the aid stands in the books
        :return: the results in the dossier's and in the company's currency
        :raises UserError: the engine refuses
        """
        company, currency = self.company_id, self.currency_id
        held = self._position()
        try:
            foreign = make(held, self._unit(currency), amount)
            if company.currency_id == currency:
                return foreign, foreign
            company_held, local = self._position("balance"), None
            if on:
                local = currency._convert(float(amount), company.currency_id, company, on)
            elif amount:
                local = float(company_held.aid * amount / held.aid)
            if local is not None:
                local = self._decimal(local, "balance")
            return foreign, make(company_held, self._unit(company.currency_id), local)
        except entries.EntryError as error:
            raise UserError(self._why_not(error.reason)) from error

    @staticmethod
    def _unit(currency):
        return Decimal(float_repr(currency.rounding, 6)).normalize()

    def _why_not(self, reason):
        """Return the engine's refusal in words."""
        return {
            "not_granted": self.env._("The aid is not granted yet: nothing is booked before the authority's decision."),
            "before_award": self.env._("Aid is not booked before the day on which it is granted."),
            "no_amount": self.env._("Enter an amount above zero."),
            "tax_rate": self.env._("The rate of the deferred taxes is from 0% to less than 100%."),
            "no_plan": self.env._("Enter the depreciation plan of the asset first."),
            "above_claim": self.env._(
                "Only %(claim)s of the aid is booked as to be received. Book the award first, or correct the amount.",
                claim=format_amount(self.env, float(self._position().receivable), self.currency_id),
            ),
            "above_aid": self.env._(
                "Only %(aid)s of aid is booked: more cannot be taken back.",
                aid=format_amount(self.env, float(self._position().aid), self.currency_id),
            ),
            "aid_above_cost": self.env._("The aid cannot exceed the cost without VAT."),
        }[reason]

    def _draft_entry(self, kind, foreign, local, on, accounts=None, journal=None, **move_values):
        """Create a draft entry of the dossier.

        :param foreign, local: items of the engine in the dossier's and in the company's currency
        :param accounts: accounts of roles that are not the company's, such as the bank
        """
        self.ensure_one()
        company = self.company_id
        amounts = {item.role: [item.amount, Decimal(0)] for item in foreign}
        for item in local:
            amounts.setdefault(item.role, [Decimal(0), Decimal(0)])[1] = item.amount
        roles = dict(self.env["account.move.line"]._fields["digital_cheque_role"]._description_selection(self.env))
        lines = []
        for role, (amount, balance) in amounts.items():
            account = (accounts or {}).get(role) or company._digital_cheque_account(role)
            lines.append(
                {
                    "name": f"{roles[role]}: {self.display_name}",
                    "account_id": account.id,
                    "partner_id": move_values.get("partner_id"),
                    "currency_id": self.currency_id.id,
                    "amount_currency": float(amount),
                    "balance": float(balance),
                    "digital_cheque_role": role,
                    "digital_cheque_dossier_id": self.id,
                }
            )
        lines += self._exchange_difference(lines)
        move_values.pop("partner_id", None)
        move = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "entry",
                    "journal_id": (journal or company._digital_cheque_journal()).id,
                    "date": on,
                    "ref": self._entry_label(kind),
                    "currency_id": self.currency_id.id,
                    "digital_cheque_dossier_id": self.id,
                    "digital_cheque_kind": kind,
                    "line_ids": [Command.create(line) for line in lines],
                    **move_values,
                }
            )
        )
        return move

    def _exchange_difference(self, lines):
        """Return the line that balances an entry whose parts were converted on different days; mostly none."""
        company = self.company_id
        difference = company.currency_id.round(sum(line["balance"] for line in lines))
        if company.currency_id.is_zero(difference):
            return []
        account = (
            company.income_currency_exchange_account_id
            if difference > 0
            else company.expense_currency_exchange_account_id
        )
        return [
            {
                "name": self.env._("Exchange difference"),
                "account_id": account.id,
                "currency_id": self.currency_id.id,
                "amount_currency": 0,
                "balance": -difference,
                "digital_cheque_dossier_id": self.id,
            }
        ]

    def _entry_label(self, kind):
        kinds = dict(self.env["account.move"]._fields["digital_cheque_kind"]._description_selection(self.env))
        return f"{kinds[kind]}: {self.display_name}"

    # What the user does

    def action_book_award(self):
        """Make the draft entry of the authority's decision, or of what a new decision adds to an earlier one."""
        moves = self.env["account.move"]
        for dossier in self:
            if dossier.state not in (*stages.AWARDED, stages.CLOSED) or not dossier.decided_on:
                raise UserError(dossier._why_not("not_granted"))
            missing = dossier._decimal(dossier.granted_amount) - dossier._position().aid
            if missing <= 0:
                raise UserError(dossier.env._("The award of %s is booked already.", dossier.display_name))
            rate = Decimal(float_repr(dossier.deferred_tax_rate, 4))
            foreign, local = dossier._both(
                lambda _held, unit, amount, dossier=dossier, rate=rate: (
                    entries.award(amount, dossier.aid_nature, dossier.decided_on, dossier.decided_on, rate, unit).items
                ),
                missing,
                on=dossier.decided_on,
            )
            moves |= dossier._draft_entry("award", foreign, local, dossier.decided_on)
        return self._open_entries(moves)

    def action_fill_plan(self):
        """Fill in the straight-line depreciation plan, by the fiscal years of the company."""
        for dossier in self:
            if any(line._is_booked() for line in dossier.depreciation_ids):
                raise UserError(
                    dossier.env._("Releases are booked by this plan already. Change its later lines instead.")
                )
            if not (dossier.asset_cost and dossier.depreciation_start and dossier.depreciation_years > 0):
                raise UserError(
                    dossier.env._("Enter the depreciable amount, the first day of depreciation and the life in years.")
                )
            company = dossier.company_id
            plan = entries.linear_plan(
                dossier._decimal(dossier.asset_cost),
                dossier.depreciation_start,
                dossier.depreciation_years,
                (int(company.fiscalyear_last_month), company.fiscalyear_last_day),
                self._unit(dossier.currency_id),
            )
            dossier.depreciation_ids = [
                Command.clear(),
                *(Command.create({"date": line.on, "amount": float(line.amount)}) for line in plan if line.amount),
            ]

    def action_book_releases(self):
        """Make the draft entries that release the capital grant up to today, one for each depreciation of the plan."""
        today = reference_date(self)
        moves = self.env["account.move"]
        for dossier in self:
            plan = dossier.depreciation_ids.filtered(lambda line: not line._is_booked()).sorted("date")
            due = plan.filtered(lambda line: line.date <= today)
            if not due or not dossier.booked_to_release:
                continue
            lines = [entries.Depreciation(line.date, dossier._decimal(line.amount)) for line in plan]
            foreign, local = dossier._both(
                lambda held, unit, _amount, dossier=dossier, lines=lines: entries.releases(
                    held, lines, dossier.decided_on, unit
                )
            )
            for line, ours, theirs in zip(plan, foreign, local, strict=True):
                if line in due and ours.items:
                    line.move_id = dossier._draft_entry("release", ours.items, theirs.items, ours.on)
                    moves |= line.move_id
        if not moves:
            raise UserError(self.env._("No release is due: the award must be booked and a depreciation have its day."))
        return self._open_entries(moves)

    def action_open_entries(self):
        return self._open_entries(self.entry_ids)

    def _open_entries(self, moves):
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Entries of Aid"),
            "res_model": "account.move",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", moves.ids)],
        }
        if len(moves) == 1:
            action.update(views=[(False, "form")], res_id=moves.id)
        return action

    def _wallet_aid(self):
        """Return the aid that wallets have paid for this dossier so far, in its currency."""
        self.ensure_one()
        lines = self.entry_ids.filtered(
            lambda move: move.digital_cheque_kind == "wallet" and move.state != "cancel"
        ).line_ids.filtered(lambda line: line.digital_cheque_role in (entries.RECEIVABLE, entries.OPERATING))
        return self._decimal(-sum(lines.mapped("amount_currency")))

    def _note_payments(self, withdrawn=False):
        """Note what the posted entries say that the authority has paid, to the company or through a wallet.

        A dossier without such entries keeps what somebody noted by hand.

        :param withdrawn: an entry no longer counts: then a dossier without others has received nothing
        """
        for dossier in self:
            paying = dossier.entry_ids.filtered(
                lambda move: move.digital_cheque_kind in ("payment", "wallet") and move.state == "posted"
            )
            if not paying and not withdrawn:
                continue
            lines = paying.line_ids.filtered(
                lambda line: line.digital_cheque_role in (entries.RECEIVABLE, entries.OPERATING)
            )
            dossier.paid_amount = max(-sum(lines.mapped("amount_currency")), 0)
            dossier.paid_on = max(paying.mapped("date"), default=False)
            if withdrawn and not dossier.paid_amount and dossier.state in (stages.PAID, stages.CLOSED):
                dossier.message_post(
                    body=dossier.env._(
                        "The entry of the money received no longer counts. If the money did not come in, bring the "
                        "dossier back to “Claimed”."
                    ),
                    partner_ids=dossier.user_id.partner_id.ids,
                    subtype_xmlid="mail.mt_note",
                )
