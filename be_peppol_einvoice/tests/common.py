# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time

from odoo import Command, fields
from odoo.tools import file_path

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

GROUPS = {
    "accountant": "account.group_account_user",
    "invoicing": "account.group_account_invoice",
    "auditor": "account.group_account_readonly",
    "employee": "base.group_user",
    "portal": "base.group_portal",
}
SENT, FAILED = ("processing", "done"), ("error",)


def leave_out_missing_file(env):
    """Debian's package of Odoo lacks a file for video calls: the browser's complaint about it fails any tour."""
    path = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
    try:
        file_path(path)
    except FileNotFoundError:
        env["ir.asset"].create(
            {"name": path, "bundle": "web.assets_backend", "directive": "remove", "path": path},
        )


class OverviewCommon(AccountTestInvoicingCommon):
    """A Belgian company on 23 November 2026 with one or more documents behind each figure."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("be")
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-11-23 10:00:00"))
        # in core's demonstration mode nothing is looked up on the network
        cls.env["ir.config_parameter"].set_param("account_peppol.edi.mode", "demo")
        # a database may do without English
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company = cls.company_data["company"]
        cls.customers = {
            state: cls._new_customer(f"Customer {state}", state)
            for state in ("valid", "not_valid", "not_valid_format", "not_verified", False)
        }
        cls.private_person = cls.env["res.partner"].create(
            {"name": "Private person", "country_id": cls.company.country_id.id}
        )
        cls.env["res.partner"].create({"name": "Customer without number", "is_company": True, "customer_rank": 1})
        cls.vendor = cls.env["res.partner"].create({"name": "Vendor", "is_company": True})
        cls.overview = cls.env["be.peppol.overview"].with_company(cls.company)

    @classmethod
    def _new_customer(cls, name, state, company=None):
        partner = cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "customer_rank": 1,
                "peppol_eas": "0208",
                "peppol_endpoint": "0799000084",
            }
        )
        partner.with_company(company or cls.company).peppol_verification_state = state
        return partner

    @classmethod
    def _new_user(cls, role, company=None, **values):
        company = company or cls.company
        return cls.env["res.users"].create(
            {
                "name": role,
                "login": f"{role}_e_invoicing",
                "password": f"{role}_e_invoicing",
                "group_ids": [Command.set(cls.env.ref(GROUPS[role]).ids)],
                "lang": "en_US",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                **values,
            }
        )

    @classmethod
    def _new_move(cls, move_type, partner=None, day="2026-11-10", post=True, journal=None, **values):
        """A document; what is in ``values`` is written after posting, as core does while it sends."""
        partner = partner or (cls.customers["valid"] if move_type.startswith("out") else cls.vendor)
        move = cls.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": day,
                "date": fields.Date.to_date(day),
                "invoice_line_ids": [Command.create({"name": "Work", "price_unit": 100, "tax_ids": []})],
                **({"journal_id": journal.id} if journal else {}),
            }
        )
        if post:
            move.action_post()
        move.write(values)
        return move

    @classmethod
    def _fill(cls):
        """Documents in every figure; return dict from figure to the documents that it must count over 12 months."""
        new = cls._new_move
        xml = b"PEludm9pY2UvPg=="
        not_on_peppol = cls.customers["not_valid"]
        foreign = cls.env["res.partner"].create({"name": "One-woman business", "vat": "NL000099998B57"})
        documents = {
            "sent": new("out_invoice", peppol_move_state="done")
            + new("out_refund", peppol_move_state="processing", day="2026-08-02", ubl_cii_xml_file=xml)
            + new("out_invoice", peppol_move_state="done", day="2025-12-01"),
            "failed": new("out_invoice", peppol_move_state="error", ubl_cii_xml_file=xml),
            "waiting": new("out_invoice", peppol_move_state="ready") + new("out_invoice", peppol_move_state="to_send"),
            "handed_over": new("out_invoice", not_on_peppol, peppol_move_state=False, ubl_cii_xml_file=xml)
            + new("out_invoice", peppol_move_state="ready", ubl_cii_xml_file=xml, day="2026-10-31"),
            "not_structured": new("out_invoice", not_on_peppol, peppol_move_state=False)
            + new("out_invoice", foreign, peppol_move_state=False)
            + new("out_invoice", not_on_peppol, peppol_move_state="skipped", day="2026-01-15"),
            "private": new("out_invoice", cls.private_person, peppol_move_state=False),
            "bills_structured": new("in_invoice", peppol_message_uuid="a", peppol_move_state="done")
            + new("in_refund", imported_from_einvoice=True, day="2026-07-04")
            + new("in_invoice", imported_from_einvoice=True, post=False),
            "bills_typed": new("in_invoice") + new("in_invoice", post=False, day="2026-03-03"),
        }
        # none of these counts: before the period, not posted, cancelled, not an invoice
        new("out_invoice", peppol_move_state="done", day="2025-11-30")
        new("out_invoice", post=False)
        new("out_receipt")
        new("in_receipt")
        new("in_invoice", post=False).button_cancel()
        return documents
