# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from email.message import EmailMessage
from io import BytesIO

from odoo.tests import tagged
from odoo.tools import file_open, mute_logger
from odoo.tools.pdf import OdooPdfFileWriter

from ..hooks import post_init_hook
from .common import OverviewCommon


@tagged("post_install", "-at_install")
class TestImport(OverviewCommon):
    """Which vendor bills came in structured."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.journal = cls.company_data["default_journal_purchase"]
        with file_open("be_peppol_einvoice/tests/files/bill_ubl_bis3.xml", "rb") as file:
            cls.ubl = file.read()
        cls.accountant = cls._new_user("accountant")
        # core creates the vendor in the name of the one who uploads
        cls.accountant.group_ids += cls.env.ref("base.group_partner_manager")

    def _upload(self, name, raw):
        """As the bookkeeper does on the purchase journal's card."""
        attachment = self.env["ir.attachment"].with_user(self.accountant).create({"name": name, "raw": raw})
        journal = self.journal.with_user(self.accountant)
        action = journal.with_context(default_move_type="in_invoice").create_document_from_attachment(attachment.ids)
        return self.env["account.move"].browse(action["res_id"])

    def _receive_email(self, name, raw, subtype):
        """As the mail gateway does on the purchase journal's address."""
        email = EmailMessage()
        email["From"], email["To"], email["Subject"] = "vendor@example.com", "bills@example.com", "Your invoice"
        email["Message-Id"] = f"<{name}@example.com>"
        email.set_content("See the attached file.")
        email.add_attachment(raw, maintype="application", subtype=subtype, filename=name)
        values = {"move_type": "in_invoice", "journal_id": self.journal.id, "company_id": self.company.id}
        move_id = self.env["mail.thread"].message_process("account.move", email.as_bytes(), custom_values=values)
        return self.env["account.move"].browse(move_id)

    def _pdf(self, **files):
        writer = OdooPdfFileWriter()
        writer.add_blank_page(100, 100)
        for name, content in files.items():
            writer.addAttachment(f"{name}.xml", content, subtype="text/xml")
        buffer = BytesIO()
        writer.write(buffer)
        return buffer.getvalue()

    def _assert_figure(self, bill, figure):
        for key in ("bills_structured", "bills_typed"):
            domain = self.overview.get_list_action(key, "last_12_months")["domain"]
            self.assertEqual(bool(bill.filtered_domain(domain)), key == figure, key)
            self.assertEqual(
                self.env["account.move"].search([*domain, ("id", "=", bill.id)]), bill.filtered_domain(domain)
            )

    def test_upload_of_a_ubl_file(self):
        bill = self._upload("bill.xml", self.ubl)
        self.assertEqual((bill.ref, bill.amount_total, bill.state), ("2026/0815", 242, "draft"))
        self._assert_figure(bill, "bills_structured")
        bills = self.overview.with_user(self.accountant).get_overview("month")["bills"]
        self.assertEqual((bills["main"], bills["share"]), (1, 100))

    def test_email_with_a_ubl_file(self):
        bill = self._receive_email("bill.xml", self.ubl, "xml")
        self.assertEqual(bill.amount_total, 242)
        self._assert_figure(bill, "bills_structured")

    def test_upload_of_a_pdf_with_an_e_invoice_inside(self):
        bill = self._upload("bill.pdf", self._pdf(invoice=self.ubl))
        self.assertEqual(bill.amount_total, 242)
        self._assert_figure(bill, "bills_structured")

    def test_plain_pdf_is_not_structured(self):
        self._assert_figure(self._upload("bill.pdf", self._pdf()), "bills_typed")
        self._assert_figure(self._receive_email("other.pdf", self._pdf(), "pdf"), "bills_typed")

    def test_other_or_broken_xml_is_not_structured(self):
        self._assert_figure(self._upload("prices.xml", b"<Prices><Price>3</Price></Prices>"), "bills_typed")
        with mute_logger("odoo.addons.account.models.account_document_import_mixin"):
            self._assert_figure(self._upload("bill.xml", self.ubl[:-20]), "bills_typed")

    def test_xml_added_to_a_typed_bill_does_not_change_it(self):
        bill = self._new_move("in_invoice", post=False)
        attachment = self.env["ir.attachment"].create({"name": "bill.xml", "raw": self.ubl, "mimetype": "text/xml"})
        bill.message_post(attachment_ids=attachment.ids, message_type="comment")
        self.assertEqual(bill.amount_total, 100)
        self._assert_figure(bill, "bills_typed")

    def test_bills_from_before_the_installation(self):
        uploaded = self._upload("bill.xml", self.ubl)
        mailed = self._receive_email("bill.xml", self.ubl, "xml")
        over_peppol = self._new_move("in_invoice", peppol_message_uuid="a", peppol_move_state="done")
        typed = self._new_move("in_invoice") + over_peppol.copy() + self._upload("scan.pdf", self._pdf())
        (uploaded + mailed).imported_from_einvoice = False
        self.env.flush_all()
        self._assert_figure(mailed, "bills_typed")
        post_init_hook(self.env)
        self._assert_figure(uploaded, "bills_structured")
        self._assert_figure(mailed, "bills_structured")
        self.assertTrue(over_peppol.imported_from_einvoice)
        for bill in typed:
            self._assert_figure(bill, "bills_typed")
