# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

XML = b'<?xml version="1.0"?><Invoice/>'


class TimeSavedCommon(AccountTestInvoicingCommon):
    """A Belgian company with bills, and an empty ledger that counts only what the tests make."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("be")
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.events = cls.env["sme.time.event"]
        # as its scheduled action runs it
        cls.counter = cls.env["sme.time.counter"].sudo()
        cls.owner = cls.make_user("owner", "base.group_system,account.group_account_manager")
        cls.employee = cls.make_user("employee", "base.group_user")

    @classmethod
    def make_user(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            groups=groups,
            email=f"{login}@ourthe.example",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    @classmethod
    def kind(cls, code):
        return cls.env.ref(f"sme_time_saved.kind_{code}")

    @classmethod
    def bill(cls, day="2026-03-05", xml=True, post=True, move_type="in_invoice"):
        bill = cls.init_invoice(move_type, invoice_date=day, amounts=[100], post=post)
        if xml:
            cls.env["ir.attachment"].create(
                {
                    "name": "bill.xml",
                    "raw": XML,
                    "mimetype": "application/xml",
                    "res_model": "account.move",
                    "res_id": bill.id,
                }
            )
        return bill

    def count(self, records):
        self.env.flush_all()
        self.counter._count(records.sudo())

    def of(self, records):
        """Kind, day and job of each event of the records, sorted."""
        events = self.events.search([("res_model", "=", records._name), ("res_id", "in", records.ids)])
        return sorted((event.kind_id.code, str(event.date), event.job) for event in events)
