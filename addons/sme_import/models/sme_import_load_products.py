# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api, models
from odoo.tools import plaintext2html

from ..engine import mapper, products

#: What programs write for the units that Odoo comes with.
_UNITS = {
    "uom.product_uom_unit": "st stk stuk stuks piece pieces pce pces pc pcs unite unites u unit units eenheid stuck ea",
    "uom.product_uom_hour": "u uur uren h hr heure heures stunde stunden std hour hours",
    "uom.product_uom_day": "dag dagen d jour jours tag tage day days",
    "uom.product_uom_kgm": "kg kilo kilogram kilogramme kilogramm",
    "uom.product_uom_gram": "g gr gram gramme gramm",
    "uom.product_uom_litre": "l lt liter litre litres",
    "uom.product_uom_meter": "m mtr meter metre metres",
    "uom.product_uom_dozen": "dz dozijn douzaine dutzend dozen",
}


class SmeImportLoadProducts(models.AbstractModel):
    _name = "sme.import.load.products"
    _inherit = "sme.import.load"
    _description = "Bringing Products In"

    _makes = "product.template"

    @api.model
    def _facts(self):
        units = {}
        for xmlid, words in _UNITS.items():
            unit = self.env.ref(xmlid, raise_if_not_found=False)
            for word in words.split() if unit else ():
                units.setdefault(word, unit.id)
        for lang, _name in self.env["res.lang"].get_installed():
            for unit in self.env["uom.uom"].with_context(lang=lang).search_fetch([], ["name"]):
                units.setdefault(mapper.key(unit.name), unit.id)
        categories = {
            mapper.key(category.complete_name): category.id
            for category in self.env["product.category"].search_fetch([], ["complete_name"])
        }
        return {**super()._facts(), "units": units, "categories": categories}

    @api.model
    def _judge(self, cells, verdict, facts):
        products.check(cells, verdict)
        values = verdict.values
        if values.get("unit"):
            unit = facts["units"].get(mapper.key(values["unit"]))
            if unit:
                values["unit_id"] = unit
            else:
                verdict.note("unit_unknown", value=values["unit"])
        if values.get("vat_rate"):
            for use in ("sale", "purchase"):
                kind = "service" if values.get("service") else "consu"
                if not self._tax(use, float(values["vat_rate"]), kind, facts.setdefault("taxes", {})):
                    verdict.note(f"no_{use}_tax", value=values["vat_rate"])
        category = mapper.key(values.get("category") or "")
        if category and category not in facts["categories"]:
            facts["categories"][category] = False
            verdict.note("category_new", value=values["category"])

    @api.model
    def _keys(self, values):
        return products.keys(values)

    @api.model
    def _find(self, entries, facts):
        values = [verdict.values for _line, _raw, verdict in entries]
        found = (
            self.env["product.template"]
            .with_context(active_test=False)
            .search_fetch(
                [
                    ("company_id", "in", [False, self._import.company_id.id]),
                    "|",
                    "|",
                    ("default_code", "in", [value["code"] for value in values if value.get("code")]),
                    ("barcode", "in", [value["barcode"] for value in values if value.get("barcode")]),
                    ("name", "in", [value["name"] for value in values if value.get("name")]),
                ],
                ["default_code", "barcode", "name"],
                order="id",
            )
        )
        known = {}
        for product in found:
            for key in products.keys({"code": product.default_code, "barcode": product.barcode, "name": product.name}):
                known.setdefault(key, product.id)
        return {
            line: next(known[key] for key in products.keys(verdict.values) if key in known)
            for line, _raw, verdict in entries
            if any(key in known for key in products.keys(verdict.values))
        }

    @api.model
    def _label(self, values):
        return " ".join(
            f"[{values['code']}]" if code == "code" else values[code] for code in ("code", "name") if values.get(code)
        )

    # Bringing in -----------------------------------------------------------------------------------------------------

    @api.model
    def _load(self, rows):
        create, known = rows.filtered(lambda row: row.action == "create"), {}
        new = {row.id: self._make_category(row.values, known) for row in create}
        records = self.env["product.template"].create([self._vals(row.values, known) for row in create])
        for row, record in zip(create, records, strict=True):
            row.write({"state": "in", "created": [["product.template", record.id], *new[row.id]]})
        for row in rows - create:
            product = self.env["product.template"].browse(row.match_id)
            vals = self._vals(row.values, known)
            filled = {
                name: value
                for name, value in vals.items()
                if name in ("default_code", "barcode", "list_price", "standard_price", "description")
                and value
                and not product[name]
            }
            before = [["product.template", product.id, name, False, value] for name, value in filled.items()]
            if filled:
                product.write(filled)
            row.write({"state": "in", "before": before or False})

    @api.model
    def _vals(self, values, known):
        """Return the values of a new product; prices are the company's.

        :param known: dict of the categories and taxes that the rows before asked for
        """
        vals = {
            "name": values["name"],
            "type": "service" if values.get("service") else "consu",
            "company_id": False if self._import.shared else self._import.company_id.id,
        }
        for code, field in (("code", "default_code"), ("barcode", "barcode"), ("unit_id", "uom_id")):
            if values.get(code):
                vals[field] = values[code]
        for code, field in (("price", "list_price"), ("cost", "standard_price")):
            if values.get(code):
                vals[field] = float(values[code])
        if values.get("comment"):
            vals["description"] = plaintext2html(values["comment"])
        if values.get("active") is False:
            vals["active"] = False
        if values.get("category"):
            vals["categ_id"] = self._category(values["category"], known).id
        if values.get("vat_rate"):
            for use, field in (("sale", "taxes_id"), ("purchase", "supplier_taxes_id")):
                vals[field] = [Command.set(self._tax(use, float(values["vat_rate"]), vals["type"], known).ids)]
        return vals

    @api.model
    def _category(self, text, known):
        """Return the category named ``text``, with or without those above it."""
        if not known.get(text):
            known[text] = self.env["product.category"].search(
                ["|", ("complete_name", "=ilike", text), ("name", "=ilike", text)], limit=1
            )
        return known[text]

    @api.model
    def _make_category(self, values, known):
        """Make the category of a product where there is none; return ``[[model, id]]`` of what was made."""
        if not values.get("category") or self._category(values["category"], known):
            return []
        category = known[values["category"]] = self.env["product.category"].create({"name": values["category"]})
        return [["product.category", category.id]]

    @api.model
    def _tax(self, use, rate, kind, known):
        """Return the company's usual tax of this ``rate``, or an empty recordset."""
        if (use, rate, kind) not in known:
            known[use, rate, kind] = self._find_tax(use, rate, kind)
        return known[use, rate, kind]

    @api.model
    def _find_tax(self, use, rate, kind):
        company = self._import.company_id
        usual = company.account_sale_tax_id if use == "sale" else company.account_purchase_tax_id
        if usual.amount_type == "percent" and usual.amount == rate and usual.tax_scope in (False, kind):
            return usual
        taxes = self.env["account.tax"].search(
            [
                *self.env["account.tax"]._check_company_domain(company),
                ("type_tax_use", "=", use),
                ("amount_type", "=", "percent"),
                ("amount", "=", rate),
                ("tax_scope", "in", [False, kind]),
            ]
        )
        return taxes.filtered(lambda tax: tax.tax_scope == kind)[:1] or taxes[:1]
