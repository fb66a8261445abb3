# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import plaintext2html

from odoo.addons.be_enterprise.engine import number, region

from ..engine import mapper, partners

#: Values that go to a field of the same meaning as they are.
_FIELDS = {
    "name": "name",
    "ref": "ref",
    "vat": "vat",
    "street": "street",
    "street2": "street2",
    "zip": "zip",
    "city": "city",
    "email": "email",
    "website": "website",
}
#: What a record that is there keeps, also where it says no.
_NEVER_COMPLETED = frozenset({"is_company", "company_id", "active", "name", "vies_valid"})


class SmeImportLoadPartners(models.AbstractModel):
    _name = "sme.import.load.partners"
    _inherit = "sme.import.load"
    _description = "Bringing Customers and Suppliers In"

    _makes = "res.partner"

    @api.model
    def _needed_models(self):
        return ["res.partner", "res.partner.bank"]

    @api.model
    def _partner_rules(self):
        """Return the :class:`engine.partners.Rules` of this import."""
        record = self._import
        countries = {}
        for lang, _name in self.env["res.lang"].get_installed():
            for country in self.env["res.country"].with_context(lang=lang).search_fetch([], ["name", "code"]):
                countries[mapper.key(country.name)] = countries[country.code.lower()] = country.code
        return partners.Rules(
            number,
            region,
            fields.Date.context_today(self),
            countries=countries,
            role=record.role,
            home=record.company_id.country_id.code or "BE",
        )

    @api.model
    def _facts(self):
        return {**super()._facts(), "rules": self._partner_rules()}

    @api.model
    def _judge(self, cells, verdict, facts):
        partners.check(cells, facts["rules"], verdict)

    @api.model
    def _keys(self, values):
        return partners.keys(values)

    @api.model
    def _is_seen(self, key, verdict, facts):
        return key in facts["seen"] and partners.may_be_same(facts["seen"][key][1], verdict.values)

    @api.model
    def _same_in_file(self, line, verdict, first):
        verdict.note("completes_line", line=first)
        return True

    @api.model
    def _find(self, entries, facts):
        """By number first, then by reference and name, then by name and postal code."""
        wanted = {key for _line, _raw, verdict in entries for key in partners.keys(verdict.values)}
        known = self._known(wanted, [verdict.values for _line, _raw, verdict in entries])
        found = {}
        for line, _raw, verdict in entries:
            for key in partners.keys(verdict.values):
                candidate = known.get(key)
                if candidate and partners.may_be_same(candidate[1], verdict.values):
                    found[line] = candidate[0]
                    break
        return found

    @api.model
    def _known(self, wanted, values):
        """Return ``{key: (id, {"vat", "enterprise"})}`` of partners that are there, for the ``wanted`` keys."""
        if not wanted:
            return {}
        numbers = {text for kind, text in wanted if kind == "number"}
        refs = {value["ref"] for value in values if value.get("ref")}
        names = {value["name"] for value in values if value.get("name")}
        zips = {value["zip"] for value in values if value.get("zip")}
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
                    ("vat", "in", list(numbers)),
                    ("company_registry", "in", [text[2:] for text in numbers if text.startswith("BE")]),
                    ("ref", "in", list(refs)),
                    "&",
                    ("name", "in", list(names)),
                    ("zip", "in", list(zips)),
                ],
                ["name", "ref", "vat", "company_registry", "zip"],
                order="id",
            )
        )
        found = {}
        for partner in candidates:
            facts = {"vat": partner.vat or None, "enterprise": partner.company_registry or None}
            keys = partners.keys({**facts, "name": partner.name, "ref": partner.ref, "zip": partner.zip})
            if facts["enterprise"]:
                keys.append(("number", f"BE{facts['enterprise']}"))
            for key in keys:
                found.setdefault(key, (partner.id, facts))
        return {key: value for key, value in found.items() if key in wanted}

    # Bringing in -----------------------------------------------------------------------------------------------------

    @api.model
    def _load(self, rows):
        new_banks = self._make_banks(rows)
        lookups = self._lookups(rows)
        create = rows.filtered(lambda row: row.action == "create")
        records = self.env["res.partner"].create([self._vals(row.values, lookups) for row in create])
        made = {row.id: [["res.partner", record.id]] for row, record in zip(create, records, strict=True)}
        self._create_contacts(create, records, made)
        self._create_banks(zip(create, records, strict=True), lookups, made)
        for row in create:
            row.write({"state": "in", "created": made[row.id]})
        for row in rows - create:
            self._complete(row, lookups)
        if new_banks:
            rows[:1].created = (rows[:1].created or []) + new_banks

    @api.model
    def _lookups(self, rows):
        """Return the ids that the values of ``rows`` name: countries, languages, banks."""
        installed = self.env["res.lang"].get_installed()
        languages = {}
        home = self._import.company_id.country_id.code or "BE"
        for code, _name in sorted(installed, key=lambda lang: not lang[0].endswith(home)):
            languages.setdefault(code[:2], code)
        bics = [row.values["bic"] for row in rows if row.values.get("bic")]
        banks = {bank.bic: bank.id for bank in self.env["res.bank"].search([("bic", "in", bics)])}
        return {
            "countries": {country.code: country.id for country in self.env["res.country"].search([])},
            "languages": languages,
            "banks": banks,
            "vies": "vies_valid" in self.env["res.partner"]._fields,
        }

    @api.model
    def _make_banks(self, rows):
        """Make the banks that are only known by their BIC; return ``[[model, id]]`` of what was made."""
        bics = {row.values["bic"] for row in rows if row.values.get("bic")}
        missing = bics - set(self.env["res.bank"].search([("bic", "in", list(bics))]).mapped("bic"))
        if not missing or not self.env["res.bank"].has_access("create"):
            return []
        banks = self.env["res.bank"].create([{"name": bic, "bic": bic} for bic in sorted(missing)])
        return [["res.bank", bank.id] for bank in banks]

    @api.model
    def _vals(self, values, lookups):
        """Return the values of a new partner."""
        vals = {field: values[code] for code, field in _FIELDS.items() if values.get(code)}
        vals["is_company"] = values.get("is_company", True)
        vals["company_id"] = False if self._import.shared else self._import.company_id.id
        vals["country_id"] = lookups["countries"].get(values.get("country"))
        if lookups["languages"].get(values.get("language")):
            vals["lang"] = lookups["languages"][values["language"]]
        if values.get("enterprise"):
            vals["company_registry"] = values["enterprise"]
        for role in values.get("roles", ()):
            vals[f"{role}_rank"] = 1
        phones = [values[code] for code in ("phone", "mobile") if values.get(code)]
        if phones:
            vals["phone"] = phones[0]
        remarks = [values["comment"]] if values.get("comment") else []
        if phones[1:]:
            remarks.append(self.env._("Mobile: %s", phones[1]))
        if remarks:
            vals["comment"] = plaintext2html("\n".join(remarks))
        if values.get("active") is False:
            vals["active"] = False
        if lookups["vies"]:
            # an import asks no service: be_enterprise checks VAT numbers at VIES at night, if that is switched on
            vals["vies_valid"] = False
        return vals

    @api.model
    def _create_contacts(self, rows, records, made):
        named = [(row, record) for row, record in zip(rows, records, strict=True) if row.values.get("contact")]
        contacts = self.env["res.partner"].create(
            [
                {"name": row.values["contact"], "parent_id": record.id, "type": "contact", "is_company": False}
                for row, record in named
            ]
        )
        for (row, _record), contact in zip(named, contacts, strict=True):
            made[row.id].append(["res.partner", contact.id])

    @api.model
    def _create_banks(self, pairs, lookups, made):
        with_account = [(row, record) for row, record in pairs if row.values.get("iban")]
        accounts = self.env["res.partner.bank"].create(
            [
                {
                    "acc_number": row.values["iban"],
                    "partner_id": record.id,
                    "bank_id": lookups["banks"].get(row.values.get("bic"), False),
                }
                for row, record in with_account
            ]
        )
        for (row, _record), account in zip(with_account, accounts, strict=True):
            made.setdefault(row.id, []).append(["res.partner.bank", account.id])

    @api.model
    def _complete(self, row, lookups):
        """Fill in what is empty in the record that is there; nothing is overwritten."""
        partner = self._record_of(row)
        vals = self._vals(row.values, lookups)
        new = {
            name: value for name, value in vals.items() if name not in _NEVER_COMPLETED and value and not partner[name]
        }
        before = [["res.partner", partner.id, name, False, value] for name, value in new.items()]
        if new:
            partner.write(new)
        made = {row.id: row.created} if row.created else {}
        owned = {account.sanitized_acc_number for account in partner.bank_ids}
        if row.values.get("iban") and row.values["iban"] not in owned:
            self._create_banks([(row, partner)], lookups, made)
        row.write(
            {
                "state": "in",
                "before": before or False,
                "created": made.get(row.id, False),
                "match_model": "res.partner",
                "match_id": partner.id,
            }
        )

    @api.model
    def _record_of(self, row):
        """Return the partner that a row completes: one that was there, or one of an earlier row."""
        if row.match_id:
            return self.env["res.partner"].browse(row.match_id)
        first = self.env["sme.import.row"].search(
            [("import_id", "=", row.import_id.id), ("line", "=", row.same_line)], limit=1
        )
        if first.state != "in":
            # the earlier row did not go in: this one stands for itself
            partner = self.env["res.partner"].create(self._vals(row.values, self._lookups(row)))
            row.created = [["res.partner", partner.id]]
            return partner
        if first.created and first.created[0][0] == "res.partner":
            return self.env["res.partner"].browse(first.created[0][1])
        return self.env["res.partner"].browse(first.match_id)
