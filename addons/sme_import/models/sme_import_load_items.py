# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import Command, api, models
from odoo.tools import format_date

from ..engine import items, mapper


class SmeImportLoadItems(models.AbstractModel):
    _name = "sme.import.load.items"
    _inherit = "sme.import.load.entries"
    _description = "Bringing Open Items In"

    @api.model
    def _facts(self):
        rules = self.env["sme.import.load.partners"].with_context(sme_import_id=self._import.id)._partner_rules()
        currencies = {currency.name: currency.id for currency in self.env["res.currency"].search([])}
        return {**super()._facts(), "rules": rules, "currencies": currencies}

    @api.model
    def _judge(self, cells, verdict, facts):
        items.check(cells, facts["rules"], sign=self._import.sign, verdict=verdict)
        currency = verdict.values.get("currency")
        if currency:
            if currency in facts["currencies"]:
                verdict.values["currency_id"] = facts["currencies"][currency]
            else:
                verdict.refuse("currency_unknown", value=currency)

    @api.model
    def _keys(self, values):
        return items.keys(values)

    @api.model
    def _label(self, values):
        parts = (
            values.get("name") or values.get("ref") or values.get("vat"),
            values.get("document"),
            values.get("balance"),
        )
        return " · ".join(part for part in parts if part)

    @api.model
    def _find(self, entries, facts):
        """Settle whose item each row is; rows whose partner is not found stay out. Booked ones are told."""
        known = self._partners([verdict.values for _line, _raw, verdict in entries])
        for _line, _raw, verdict in entries:
            values = verdict.values
            found = next((known[key] for key in self._partner_keys(values) if known.get(key)), None)
            named = values.get("name") or values.get("ref") or values.get("vat") or values.get("enterprise")
            if not found:
                verdict.refuse("partner_unknown", value=named)
            elif len(found) > 1:
                verdict.refuse("partner_several", value=named)
            else:
                values["partner_id"] = next(iter(found))
        self._tell_booked([verdict for _line, _raw, verdict in entries if not verdict.refused])
        return {}

    @api.model
    def _partner_keys(self, values):
        """The surest first. A reference counts together with the name, and alone where no name is given."""
        found = []
        if values.get("vat"):
            found.append(("vat", values["vat"]))
        if values.get("enterprise"):
            found.append(("registry", values["enterprise"]))
        if values.get("ref") and values.get("name"):
            found.append(("both", f"{values['ref']}|{mapper.key(values['name'])}"))
        if values.get("ref"):
            found.append((f"ref {values['side']}", values["ref"]))
            found.append(("ref", values["ref"]))
        if values.get("name"):
            found.append(("name", mapper.key(values["name"])))
        return found

    @api.model
    def _partners(self, values):
        """Return ``{key: {partner ids}}`` for the keys of :meth:`_partner_keys`."""
        vats = {value["vat"] for value in values if value.get("vat")}
        registries = {value["enterprise"] for value in values if value.get("enterprise")}
        refs = {value["ref"] for value in values if value.get("ref")}
        names = {value["name"] for value in values if value.get("name")}
        candidates = (
            self.env["res.partner"]
            .with_context(active_test=False)
            .search_fetch(
                [
                    ("company_id", "in", [False, self._import.company_id.id]),
                    ("parent_id", "=", False),
                    "|",
                    "|",
                    "|",
                    ("vat", "in", list(vats)),
                    ("company_registry", "in", list(registries)),
                    ("ref", "in", list(refs)),
                    ("name", "=ilike", next(iter(names), "")) if len(names) == 1 else ("name", "in", list(names)),
                ],
                ["name", "ref", "vat", "company_registry", "customer_rank", "supplier_rank"],
            )
        )
        found = {}
        for partner in candidates:
            keys = [("vat", partner.vat), ("registry", partner.company_registry), ("ref", partner.ref)]
            keys.append(("name", mapper.key(partner.name or "")))
            keys.append(("both", f"{partner.ref}|{mapper.key(partner.name or '')}"))
            keys += [(f"ref {side}", partner.ref) for side in ("customer", "supplier") if partner[f"{side}_rank"]]
            for kind, text in keys:
                if text:
                    found.setdefault((kind, text), set()).add(partner.id)
        return found

    @api.model
    def _tell_booked(self, verdicts):
        """Leave out what an earlier import has booked: same journal, partner, document and amount."""
        journal = self._import.journal_id
        documents = {verdict.values["document"] for verdict in verdicts if verdict.values.get("document")}
        if not journal or not documents:
            return
        lines = self.env["account.move.line"].search_fetch(
            [
                ("journal_id", "=", journal.id),
                ("parent_state", "!=", "cancel"),
                ("move_id.ref", "in", list(documents)),
                ("partner_id", "!=", False),
            ],
            ["partner_id", "ref", "balance"],
        )
        booked = {
            (line.partner_id.id, line.move_id.ref, Decimal(repr(line.balance)).quantize(Decimal("0.01")))
            for line in lines
        }
        for verdict in verdicts:
            values = verdict.values
            key = (values["partner_id"], values.get("document"), Decimal(values["balance"]).quantize(Decimal("0.01")))
            if key in booked:
                verdict.note("booked")
                values["_skip"] = True

    # Bringing in -----------------------------------------------------------------------------------------------------

    @api.model
    def _load(self, rows):
        journal = self._journal()
        partners = self.env["res.partner"].browse([row.values["partner_id"] for row in rows])
        moves = self.env["account.move"].create(
            [self._vals(row.values, partner, journal) for row, partner in zip(rows, partners, strict=True)]
        )
        for row, move in zip(rows, moves, strict=True):
            row.write({"state": "in", "created": [["account.move", move.id]]})

    @api.model
    def _vals(self, values, partner, journal):
        """Return the values of the entry of one open item: the partner's account against the opening account."""
        record = self._import
        account = (
            partner.property_account_receivable_id
            if values["side"] == "customer"
            else partner.property_account_payable_id
        )
        balance = float(values["balance"])
        currency = values.get("currency_id") or record.currency_id.id
        amount = float(values.get("currency_amount") or values["balance"])
        name = values.get("communication") or values.get("document") or self.env._("Open item")
        if values.get("date"):
            name = f"{name} · {format_date(self.env, values['date'])}"
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "date": record.opening_date,
            "ref": values.get("document") or values.get("communication"),
            "narration": values.get("comment"),
            "line_ids": [
                Command.create(
                    {
                        "account_id": account.id,
                        "partner_id": partner.id,
                        "name": name,
                        "balance": balance,
                        "currency_id": currency,
                        "amount_currency": amount,
                        "date_maturity": values.get("due") or record.opening_date,
                    }
                ),
                Command.create(
                    {
                        "account_id": record.opening_account_id.id,
                        "partner_id": partner.id,
                        "name": name,
                        "balance": -balance,
                        "currency_id": currency,
                        "amount_currency": -amount,
                    }
                ),
            ],
        }
