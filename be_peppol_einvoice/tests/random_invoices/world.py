# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The records that random invoices name: a Belgian company with its taxes, partners, products and terms."""

from odoo import Command

SALE_TAXES = {
    "21": "VAT-OUT-21-L",
    "21s": "VAT-OUT-21-S",
    "12": "VAT-OUT-12-L",
    "6": "VAT-OUT-06-L",
    "exempt": "VAT-OUT-00-L",
    "cocont": "VAT-OUT-00-CC",
    "eu_goods": "VAT-OUT-00-EU-L",
    "eu_services": "VAT-OUT-00-EU-S",
    "export": "VAT-OUT-00-ROW",
    "in_21": "VAT-IN-V81-21",
    "in_12": "VAT-IN-V81-12",
    "in_6": "VAT-IN-V81-06",
    "in_21_cocont": "VAT-IN-V81-21-CC",
    "in_21_eu": "VAT-IN-V81-21-EU",
    "in_21_eu_services": "VAT-IN-V82-21-EU-S",
}
#: Partners; ``country`` is a code. Company numbers are valid, and nobody's on purpose.
PARTNERS = {
    "be": {"name": "Klant & Zoon <NV>", "country": "BE", "vat": "BE0477472701", "ref": "K 001"},
    "be_odd": {
        "name": "L’Œuvre « à l’étage »\u00a0ASBL " + "x" * 80,
        "country": "BE",
        "vat": "BE0475646428",
        "street": "Rue de l’Église 1 " + "bis " * 20,
        "street2": "2ᵉ étage; boîte #3",
        "phone": "+32 (0)2/123.45.67",
        "email": "geen e-mail",
        "zip": False,
        "city": False,
    },
    "be_bare": {"name": "B", "country": "BE", "vat": "BE0202239951", "street": False, "zip": False, "city": False},
    "nl": {
        "name": "Fietsen B.V.",
        "country": "NL",
        "vat": "NL000099998B57",
        "eas": "0106",
        "endpoint": "77777677",
        "iban": "NL91ABNA0417164300",
    },
    "lu": {"name": "Lux s.à r.l.", "country": "LU", "vat": "LU12345613"},
    "de": {"name": "Größe GmbH", "country": "DE", "vat": "DE123456788"},
    "fr": {"name": "L’Atelier SARL", "country": "FR", "vat": "FR23334175221"},
    "fr_small": {"name": "Amis du vélo", "country": "FR", "eas": "0009", "endpoint": "73282932000074"},
    "us": {"name": "Widgets Inc.", "country": "US", "eas": "0060", "endpoint": "150483782"},
    "gb": {"name": "Bolts Ltd", "country": "GB", "vat": "GB980780684"},
    "ch": {
        "name": "Uhren AG",
        "country": "CH",
        "vat": "CHE-123.456.788 MWST",
        "eas": "0183",
        "endpoint": "CHE123456788",
    },
}
PRODUCTS = {
    "desk": {"name": "Bureau", "default_code": "D-1", "barcode": "5412345000013"},
    "hours": {"name": "Uren", "type": "service", "unit": "hour"},
    "cable": {"name": "Câble 3×1,5 mm²", "unit": "metre", "default_code": "C/3x1.5 & <é>"},
    "paint": {"name": "Verf", "unit": "litre", "description_sale": "Wit,\nmat"},
    "no_code": {"name": "Onderdeel", "barcode": "INTERN-77"},
    "long_name": {"name": "Zeer lange benaming " * 12},
    "special": {"name": "A & B < C > “D” ’E’ \u00a0 é ß"},
}
UNITS = {
    "unit": "uom.product_uom_unit",
    "hour": "uom.product_uom_hour",
    "kg": "uom.product_uom_kgm",
    "metre": "uom.product_uom_meter",
    "litre": "uom.product_uom_litre",
    "dozen": "uom.product_uom_dozen",
    "day": "uom.product_uom_day",
    "kwh": "uom.product_uom_kwh",
    "m3": "uom.product_uom_cubic_meter",
}
RATES = {"USD": 1.0837, "GBP": 0.8412, "CHF": 0.9377, "JPY": 163.71}


class World:
    """The records by key. The company is given; everything else is made in the current transaction."""

    def __init__(self, company):
        self.company = company
        self.env = env = company.with_context(tracking_disable=True, no_vat_validation=True).env
        env["decimal.precision"].search([("name", "=", "Product Price")]).digits = 6
        env["decimal.precision"].search([("name", "in", ("Product Unit", "Product Unit of Measure"))]).digits = 3
        self._set_up_company()
        self.units = {key: unit for key, name in UNITS.items() if (unit := env.ref(name, raise_if_not_found=False))}
        self.currencies = {
            "EUR": company.currency_id,
            **{name: self._currency(name, rate) for name, rate in RATES.items()},
        }
        self.taxes = self._taxes()
        self.partners = {key: self._partner(dict(values)) for key, values in PARTNERS.items()}
        self._children()
        self.products = {key: self._product(dict(values)) for key, values in PRODUCTS.items()}
        self.terms = {mode: self._term(mode) for mode in ("included", "excluded", "mixed")}
        self.cash_roundings = {
            strategy: self._cash_rounding(strategy) for strategy in ("add_invoice_line", "biggest_tax")
        }
        self.self_billing = env["account.journal"].create(
            {
                "name": "Self-billing",
                "code": "SBILL",
                "type": "purchase",
                "is_self_billing": True,
                "company_id": company.id,
                "default_account_id": self._account("expense").id,
            }
        )
        # each invoice is rolled back: what is only computed later would go with the first
        env.flush_all()

    def _set_up_company(self):
        self.company.partner_id.write(
            {
                "street": "Kerkstraat 1",
                "city": "Gent",
                "zip": "9000",
                "country_id": self.env.ref("base.be").id,
                "vat": "BE0846663213",
                "phone": "+32 9 123 45 67",
                "email": "boekhouding@example.com",
            }
        )
        self.bank = self.env["res.partner.bank"].create(
            {"acc_number": "BE68539007547034", "partner_id": self.company.partner_id.id, "allow_out_payment": True}
        )

    def _currency(self, name, rate):
        currency = self.env["res.currency"].with_context(active_test=False).search([("name", "=", name)])
        currency.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", currency.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"name": "2020-01-01", "currency_id": currency.id, "rate": rate, "company_id": self.company.id}
        )
        return currency

    def _taxes(self):
        env, company = self.env, self.company
        chart = env["account.chart.template"].with_company(company)
        taxes = {key: chart.ref(f"attn_{name}", raise_if_not_found=False) for key, name in SALE_TAXES.items()}
        taxes = {key: tax for key, tax in taxes.items() if tax}
        for tax in taxes.values():
            tax.active = True
        for key in ("21", "6"):
            taxes[f"{key}_incl"] = taxes[key].copy({"name": f"{key}% incl.", "price_include_override": "tax_included"})
        fixed = {"amount_type": "fixed", "type_tax_use": "sale", "company_id": company.id, "sequence": 0}
        fixed["tax_group_id"] = taxes["21"].tax_group_id.id
        eco = {**fixed, "include_base_amount": True}
        taxes["recupel"] = env["account.tax"].create({**eco, "name": "Recupel 0,0413", "amount": 0.0413})
        taxes["bebat"] = env["account.tax"].create({**eco, "name": "Bebat", "amount": 0.05})
        taxes["deposit"] = env["account.tax"].create({**fixed, "name": "Leeggoed", "amount": 0.1})
        for key, rate in (("oss_fr", 20.0), ("oss_fr_low", 5.5)):
            taxes[key] = env["account.tax"].create(
                {
                    "name": f"{rate:g}% FR",
                    "amount": rate,
                    "type_tax_use": "sale",
                    "company_id": company.id,
                    "tax_group_id": taxes["21"].tax_group_id.id,
                }
            )
        return taxes

    def _partner(self, values):
        country = self.env.ref(f"base.{values.pop('country').lower().replace('gb', 'uk')}")
        eas, endpoint, iban = (values.pop(key, None) for key in ("eas", "endpoint", "iban"))
        partner = self.env["res.partner"].create(
            {
                "is_company": True,
                "street": "Hoofdstraat 1",
                "city": "Stad",
                "zip": "1000",
                "invoice_edi_format": "ubl_bis3",
                "company_id": False,
                **values,
                "country_id": country.id,
            }
        )
        if iban:
            self.env["res.partner.bank"].create({"acc_number": iban, "partner_id": partner.id})
        if eas:
            partner.write({"peppol_eas": eas, "peppol_endpoint": endpoint})
        return partner

    def _account(self, kind):
        return self.env["account.account"].with_company(self.company).search([("account_type", "=", kind)], limit=1)

    def _children(self):
        """A contact of a company as the invoice's partner, and delivery addresses."""
        create, parent = self.env["res.partner"].create, self.partners["be"]
        self.partners["be_contact"] = create(
            {
                "name": "Boekhouding",
                "parent_id": parent.id,
                "type": "invoice",
                "street": "Zijstraat 2",
                "city": "Luik",
                "zip": "4000",
                "country_id": self.env.ref("base.be").id,
            }
        )
        for key in ("fr", "us", "be", "nl"):
            self.partners[f"delivery_{key}"] = create(
                {
                    "name": f"Werf {key}",
                    "type": "delivery",
                    "country_id": self.env.ref(f"base.{key}").id,
                    **({"city": "Ailleurs"} if key != "nl" else {}),
                }
            )

    def _product(self, values):
        unit = values.pop("unit", None)
        if unit:
            values["uom_id"] = self.units[unit].id
        return self.env["product.product"].create({"taxes_id": False, "supplier_taxes_id": False, **values})

    def _term(self, mode):
        return self.env["account.payment.term"].create(
            {
                "name": f"2% within 8 days ({mode})",
                "note": f"2% within 8 days ({mode})",
                "early_discount": True,
                "discount_percentage": 2.0,
                "discount_days": 8,
                "early_pay_discount_computation": mode,
                "company_id": self.company.id,
                "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": 30})],
            }
        )

    def _cash_rounding(self, strategy):
        return self.env["account.cash.rounding"].create(
            {
                "name": strategy,
                "rounding": 0.05,
                "strategy": strategy,
                "rounding_method": "HALF-UP",
                "profit_account_id": self._account("income").id,
                "loss_account_id": self._account("expense").id,
            }
        )
