# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import fields, models
from odoo.tools import html2plaintext

from ..belgian import Context, check
from ..belgian.texts import LANGUAGES
from ..belgian.wording import has_mention, required
from .account_tax_belgian import SEAT_LANGUAGES

_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z]\w*)")


class AccountMove(models.Model):
    _inherit = "account.move"

    def _einvoice_extra_findings(self, xml, report):
        """The Belgian checks, but for those that the company has switched off."""
        findings = super()._einvoice_extra_findings(xml, report)
        off = self.env["be.einvoice.rule.switch"]._off(self.company_id)
        return [*findings, *check(report.model(), self._be_context(xml), off)]

    def _be_context(self, xml):
        """What the books know and the document does not say.

        Of a document that the buyer makes (self-billing) the seller's side is not ours to know.
        """
        self.ensure_one()
        root = _ROOT.search(xml)
        document = root[1].decode() if root else "Invoice"
        on = self.invoice_date or fields.Date.context_today(self)
        if not self.is_sale_document():
            return Context(on, document)
        partner = self.commercial_partner_id
        language = (self.partner_id.lang or "")[:2] or None
        kinds = self.invoice_line_ids.tax_ids.flatten_taxes_hierarchy()._be_kinds()
        private = not partner.is_company and (partner.vat or "/") == "/"
        return Context(
            on,
            document,
            payment_reference=self.payment_reference or None,
            language=language,
            seat_languages=self._be_seat_languages(),
            franchise=self.company_id.be_vat_franchise,
            buyer_private=private or (False if partner.is_company else None),
            delivery_date=(self.move_type == "out_invoice" and self.delivery_date) or None,
            kinds=frozenset(kind for kind, _name in kinds),
            tax_names=kinds,
        )

    def _be_seat_languages(self):
        """Languages among which the seller's principal seat chooses; empty where no seat is known."""
        return SEAT_LANGUAGES.get(self.company_id.be_seat_language_area, ())

    def _be_is_sale(self):
        self.ensure_one()
        return self.is_sale_document() and self.company_id.country_code == "BE"

    def _be_required_mentions(self, text):
        """The sentences that this document must still carry beside ``text``, in the language of the document.

        A fiscal position whose note says it in the user's own words is preferred.
        """
        self.ensure_one()
        if not self._be_is_sale():
            return []
        partner = self.commercial_partner_id
        language = (self.partner_id.lang or "")[:2]
        if language not in LANGUAGES[1:]:
            language = next(iter(self._be_seat_languages()), "en")
        taxes = self.invoice_line_ids.tax_ids.flatten_taxes_hierarchy()
        facts = {
            "credit": self.move_type == "out_refund",
            "charged": partner.country_code == "BE"
            and (partner.is_company or bool(partner.vat))
            and any(tax.amount > 0 for tax in taxes),
            "on": self.invoice_date or fields.Date.context_today(self),
            "language": language,
        }
        kinds = {kind for kind, _name in taxes._be_kinds()}
        mentions = required(kinds, text=text, **facts)
        note = html2plaintext(self.fiscal_position_id.note or "").strip() if mentions else ""
        if has_mention("cocontractor", note):
            mentions = [mention for mention in mentions if not has_mention("cocontractor", mention)]
            return [note, *mentions] if not has_mention("cocontractor", text) else mentions
        return mentions
