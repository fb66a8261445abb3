# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..checking.memory import KNOWN, Known


class AccountEdiCommon(models.AbstractModel):
    _inherit = "account.edi.common"

    def _einvoice_remembering(self):
        """This builder, which asks for what a tax says once for all that is made with it.

        Core asks some twelve times for each tax of an invoice, and reads the countries of Europe from the database each
        time. Only for as long as nothing is written: one export, or one batch of the background check.
        """
        return self if KNOWN in self.env.context else self.with_context(**{KNOWN: Known()})

    def _einvoice_once(self, function, customer, supplier, tax):
        known = self.env.context.get(KNOWN)
        if known is None:
            return function(customer, supplier, tax)
        # the language of the document decides the words of an exemption
        key = (function.__name__, self._name, self.env.lang, tax.env.lang, customer.id, supplier.id, tax.id)
        if key not in known:
            known[key] = function(customer, supplier, tax)
        return known[key]

    def _get_tax_category_code(self, customer, supplier, tax):
        return self._einvoice_once(super()._get_tax_category_code, customer, supplier, tax)

    def _get_tax_exemption_reason(self, customer, supplier, tax):
        # a copy: it may be changed by who asked
        return dict(self._einvoice_once(super()._get_tax_exemption_reason, customer, supplier, tax))
