# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from decimal import Decimal

from odoo import fields, models

from ..belgian import taxes

#: Categories (UNCL5305) whose breakdown states why no VAT is charged
EXEMPT = ("AE", "E", "G", "K", "O")
#: Language area of a seat: languages among which it chooses for the documents that the law prescribes
SEAT_LANGUAGES = {"fr": ("fr",), "nl": ("nl",), "de": ("de",), "bilingual": ("fr", "nl")}
_TEMPLATE = re.compile(r"account\.\d+_(.+)")


class AccountTax(models.Model):
    _inherit = "account.tax"

    be_exemption_reason = fields.Char(
        string="Exemption Reason",
        translate=True,
        help="Why no VAT is charged, as e-invoices state it (BT-120), in the customer's language. Empty: the usual "
        "wording of Belgian law for the exemption code.",
    )

    def _be_facts(self):
        """What the engine needs to tell the kind of each of these taxes.

        :return: dict from tax to :class:`~..belgian.taxes.Tax`
        """
        names = self._be_templates(self)
        positions = self._be_templates(self.fiscal_position_ids)
        return {
            tax: taxes.Tax(
                use=tax.type_tax_use,
                amount=Decimal(str(tax.amount)),
                percent=tax.amount_type in ("percent", "division"),
                template=names.get(tax),
                boxes=frozenset(
                    # the names of tags are translatable, the boxes are not
                    tax.with_context(lang="en_US").invoice_repartition_line_ids.tag_ids.mapped("name")
                ),
                services={"service": True, "consu": False, "merch": False, "invest": False}.get(tax.tax_scope),
                positions=frozenset(
                    positions[position] for position in tax.fiscal_position_ids if position in positions
                ),
            )
            for tax in self
        }

    def _be_templates(self, records):
        """dict from record to the name that the chart of accounts gives it; users' own records are absent."""
        # for the length of a transaction: a batch asks for the same few taxes again and again
        known = self.env.cr.cache.setdefault((_TEMPLATE, records._name), {})
        unknown = records.filtered(lambda record: record.id not in known)
        for record_id, names in unknown._get_external_ids().items() if unknown else ():
            match = next(filter(None, map(_TEMPLATE.fullmatch, names)), None)
            known[record_id] = match and match[1]
        return {record: known[record.id] for record in records if known.get(record.id)}

    def _be_kinds(self):
        """Pairs of kind (see :mod:`~..belgian.taxes`) and name; taxes of unknown kind are left out."""
        kinds = ((taxes.kind(facts)[0], tax.name) for tax, facts in self._be_facts().items())
        return tuple((kind, name) for kind, name in kinds if kind)
