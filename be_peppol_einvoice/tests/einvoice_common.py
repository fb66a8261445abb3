# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, fields
from odoo.tools import SQL, file_open

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

GROUPS = {
    "accountant": "account.group_account_user",
    "invoicing": "account.group_account_invoice",
    "auditor": "account.group_account_readonly",
    "employee": "base.group_user",
}


class EinvoiceCommon(AccountTestInvoicingCommon):
    """A Belgian company that sends over Peppol in core's demonstration mode, in which nothing leaves the machine."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("be")
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("account_peppol.edi.mode", "demo")
        cls.company = cls.company_data["company"]
        cls._settle(cls.company, "0477472701")
        cls.tax = cls.company_data["default_tax_sale"]

    @classmethod
    def _settle(cls, company, number):
        company.partner_id.write(
            {
                "street": "Handelskaai 1",
                "zip": "1000",
                "city": "Brussel",
                "country_id": cls.env.ref("base.be").id,
                "vat": f"BE{number}",
                "phone": "+32 2 123 45 67",
                "email": "hallo@firma.example",
            }
        )
        company.account_peppol_proxy_state = "receiver"
        cls.env["res.partner.bank"].create(
            {"acc_number": "BE71096123456769", "partner_id": company.partner_id.id, "allow_out_payment": True}
        )

    @classmethod
    def _customer(cls, name="Bakkerij Peeters", number="0417497106", company=None, **values):
        partner = cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "street": "Dorpsstraat 2",
                "zip": "9000",
                "city": "Gent",
                "country_id": cls.env.ref("base.be").id,
                "vat": f"BE{number}",
                "email": "boekhouding@klant.example",
                **values,
            }
        )
        partner.with_company(company or cls.company).peppol_verification_state = "valid"
        return partner

    @classmethod
    def _invoice(cls, partner=None, post=True, lines=None, company=None, **values):
        company = company or cls.company
        lines = lines or [{"name": "Advies", "quantity": 2, "price_unit": 50}]
        tax = values.pop("tax", cls.tax)
        move = (
            cls.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": (partner or cls._customer()).id,
                    "invoice_date": fields.Date.today(),
                    "invoice_line_ids": [Command.create({"tax_ids": [Command.set(tax.ids)], **line}) for line in lines],
                    **values,
                }
            )
        )
        if post:
            move.action_post()
        return move

    @classmethod
    def _break(cls, partner):
        """A number that no Belgian enterprise has: its check digits are wrong, so nothing reaches the customer."""
        partner.write({"vat": False, "company_registry": False, "peppol_eas": "0208", "peppol_endpoint": "0477472702"})
        partner.with_company(cls.company).peppol_verification_state = "valid"

    @classmethod
    def _user(cls, role, companies=None, **values):
        companies = companies or cls.company
        return cls.env["res.users"].create(
            {
                "name": role,
                "login": f"{role}_checks",
                "password": f"{role}_checks",
                "group_ids": [Command.set(cls.env.ref(GROUPS[role]).ids)],
                "company_id": companies[0].id,
                "company_ids": [Command.set(companies.ids)],
                "email": f"{role}@firma.example",
                **values,
            }
        )

    @classmethod
    def _later(cls, *records):
        """All that one test writes bears the time at which its transaction began: move the last change on."""
        cls.env.flush_all()
        for record in records:
            cls.env.cr.execute(
                SQL(
                    "UPDATE %s SET write_date = write_date + interval '1 minute' WHERE id = ANY(%s)",
                    SQL.identifier(record._table),
                    record.ids,
                )
            )
            record.invalidate_recordset()

    @classmethod
    def _receive(cls, xml, name="bill.xml"):
        """A vendor bill from a file, as an upload makes it."""
        attachment = cls.env["ir.attachment"].create({"name": name, "raw": xml})
        return cls.company_data["default_journal_purchase"]._create_document_from_attachment(attachment.ids)

    @classmethod
    def _received_file(cls, total=None):
        """An e-invoice as a supplier sends it; with ``total`` (text), one whose total is not what it adds up to."""
        with file_open("be_peppol_einvoice/tests/files/bill_ubl_bis3.xml", "rb") as file:
            xml = file.read()
        if total is None:
            return xml
        tag = xml.index(b"<cbc:TaxInclusiveAmount")
        start, end = xml.index(b">", tag) + 1, xml.index(b"</", tag)
        return xml[:start] + total.encode() + xml[end:]

    def _run_checks(self):
        """The background jobs one after the other; the first one again, since it sends what the others found mended."""
        with self.enter_registry_test_mode():
            for share in ("", "_2", "_3", "_4", ""):
                self.env.ref(f"be_peppol_einvoice.ir_cron_einvoice_check{share}").method_direct_trigger()

    def _send_window(self, move, methods=("peppol",)):
        wizard = self.env["account.move.send.wizard"].with_context(active_model="account.move", active_ids=move.ids)
        wizard = wizard.create({})
        wizard.sending_methods = list(methods)
        return wizard

    def _check(self, move):
        return self.env["be.einvoice.check"].search([("move_id", "=", move.id)])
