# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import io

import openpyxl

from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

#: Numbers that are right by their check digits and belong to nobody: they start with 02.
NUMBERS = ("0200000043", "0200000142", "0200000241", "0200000340")


class ImportCase(AccountTestInvoicingCommon):
    """A Belgian company and a bookkeeper who brings files in."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("be")
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        for lang in ("fr_BE", "nl_BE"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.bookkeeper = new_test_user(
            cls.env,
            "import_bookkeeper",
            groups="base.group_user,base.group_partner_manager,account.group_account_user,account.group_account_manager,"
            "product.group_product_manager",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.imports = cls.env["sme.import"].with_user(cls.bookkeeper)

    def start(self, data, kind="partners", name="export.csv", **values):
        """Return an import of ``data`` (text or bytes) whose columns have been proposed."""
        if isinstance(data, str):
            data = data.encode()
        record = self.imports.create({"kind": kind, "file": base64.b64encode(data), "file_name": name, **values})
        record.action_read()
        return record

    def checked(self, data, kind="partners", **values):
        """Return an import of which every row has its verdict."""
        record = self.start(data, kind, **values)
        record.action_check()
        self.assertEqual(record.state, "review", record.problem)
        return record

    def chosen(self, record):
        """Return ``{title: target code or False}``."""
        return {column.title: column.target_id.code for column in record.column_ids}

    def partner_named(self, name):
        return self.env["res.partner"].with_context(active_test=False).search([("name", "=", name)])


def workbook(*rows, title="Export relaties"):
    """Return the bytes of an xlsx file with these rows."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
