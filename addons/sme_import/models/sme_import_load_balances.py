# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ..engine import balances

#: Accounts of which the open items carry the balance, partner by partner.
_OF_PARTNERS = ("asset_receivable", "liability_payable")


class SmeImportLoadBalances(models.AbstractModel):
    _name = "sme.import.load.balances"
    _inherit = "sme.import.load.entries"
    _description = "Bringing Opening Balances In"

    _batch_size = 0

    @api.model
    def _needed_models(self):
        models_needed = super()._needed_models()
        return [*models_needed, "account.account"] if self._import.create_accounts else models_needed

    @api.model
    def _facts(self):
        accounts = self.env["account.account"].search_fetch(
            [("company_ids", "in", self._import.company_id.ids)], ["code", "account_type", "non_trade"]
        )
        return {**super()._facts(), "accounts": {account.code: account for account in accounts if account.code}}

    @api.model
    def _judge(self, cells, verdict, facts):
        balances.check(cells, verdict)
        values = verdict.values
        if not verdict.refused and not Decimal(values["balance"]):
            verdict.note("zero_balance")
            values["_skip"] = True
        code = values.get("account")
        if verdict.refused or values.get("_skip") or not code:
            return
        found = balances.account_of(code, facts["accounts"])
        if found:
            account = facts["accounts"][found]
            if found != code:
                verdict.note("account_as", value=found)
            if account.account_type in _OF_PARTNERS and not account.non_trade:
                account = self._import.opening_account_id
                verdict.note("to_opening", value=account.code)
            values["account_id"] = account.id
            return
        like = balances.like(code, facts["accounts"])
        if self._import.create_accounts and like and facts["accounts"][like].account_type not in _OF_PARTNERS:
            values["like_id"] = facts["accounts"][like].id
            verdict.note("account_new", value=code, like=like)
        else:
            verdict.refuse("account_unknown", value=code)

    @api.model
    def _label(self, values):
        return " · ".join(values[code] for code in ("account", "name", "balance") if values.get(code))

    @api.model
    def _finish_check(self):
        rows = self.env["sme.import.row"].search_fetch([("import_id", "=", self._import.id)], ["values", "verdict"])
        self._import.difference = float(
            balances.difference(row["values"].get("balance") or 0 for row in rows if row.verdict != "refused")
        )

    @api.model
    def _check_whole(self):
        """All or nothing: an opening that leaves an account out, or misses zero by a cent, is no opening."""
        record = self._import
        if record.refused_count:
            raise UserError(
                self.env._(
                    "%s rows cannot go in. Opening balances go in as a whole: put these rows right first.",
                    record.refused_count,
                )
            )
        rows = self.env["sme.import.row"].search_fetch(
            [("import_id", "=", record.id), ("action", "!=", "skip")], ["values"]
        )
        difference = balances.difference(row["values"]["balance"] for row in rows)
        if difference:
            raise UserError(
                self.env._(
                    "Debit and credit differ by %s. Opening balances go in when they are equal to the cent.",
                    formatLang(self.env, float(difference), currency_obj=record.currency_id),
                )
            )

    @api.model
    def _load(self, rows):
        """Make one draft entry of all rows."""
        record = self._import
        new = {}
        lines = []
        for row in rows:
            values = row["values"]
            account_id = values.get("account_id")
            if not account_id:
                account_id = new.get(values["account"]) or self._account(values).id
                new[values["account"]] = account_id
            lines.append(
                Command.create(
                    {
                        "account_id": account_id,
                        "name": " ".join(part for part in (values["account"], values.get("name")) if part),
                        "balance": float(values["balance"]),
                    }
                )
            )
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": self._journal().id,
                "date": record.opening_date,
                "ref": self.env._("Opening balances"),
                "line_ids": lines,
            }
        )
        rows.write({"state": "in", "created": False})
        rows[:1].created = [
            ["account.move", move.id],
            *(["account.account", account_id] for account_id in new.values()),
        ]

    @api.model
    def _account(self, values):
        """Make an account of the type of the one whose number is closest."""
        like = self.env["account.account"].browse(values["like_id"])
        return self.env["account.account"].create(
            {
                "code": values["account"],
                "name": values.get("name") or values["account"],
                "account_type": like.account_type,
                "company_ids": [Command.set(self._import.company_id.ids)],
            }
        )
