# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class AdoptionCommon(AccountTestInvoicingCommon):
    """A Belgian company with three customers: a firm with an address, one without, a private person."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("be")
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.sudo().write({"name": "Atelier Ourthe SRL", "email": "info@ourthe.example"})
        cls.rows = cls.env["sme.adoption.customer"]
        # as its scheduled action runs it
        cls.counter = (
            cls.env["sme.adoption.counter"].sudo().with_context(allowed_company_ids=cls.company.ids, lang="en_US")
        )
        cls.firm = cls.customer("Brasserie du Pont SA", email="achat@pont.example", is_company=True, vat="BE0477472701")
        cls.silent = cls.customer("Garage Sans Adresse SRL", is_company=True)
        cls.person = cls.customer("Marie Dupont", email="marie@dupont.example")
        cls.owner = cls.make_user("board_owner", "base.group_system,account.group_account_manager")
        cls.employee = cls.make_user("board_employee", "base.group_user")

    @classmethod
    def customer(cls, name, **values):
        return cls.env["res.partner"].create(
            {"name": name, "customer_rank": 1, "company_id": cls.company.id, "country_id": cls.env.ref("base.be").id}
            | values
        )

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
    def tool(cls, code):
        return cls.env.ref(f"sme_adoption.tool_{code}")

    def count(self, partners=None):
        """Measure these customers, else all of the company anew."""
        self.env.flush_all()
        tools = self.env["sme.adoption.measure"].sudo()._tools()
        partners = partners or self.env["res.partner"].search([("company_id", "=", self.company.id)])
        self.counter._count(partners.filtered("customer_rank").sudo(), tools)

    def row(self, partner, code):
        return self.rows.with_context(active_test=False).search(
            [
                ("partner_id", "=", partner.id),
                ("tool_id", "=", self.tool(code).id),
                ("company_id", "=", self.company.id),
            ]
        )

    def stage(self, partner, code):
        return self.row(partner, code).stage

    def sent(self, partner, day, state="done"):
        """An invoice that went over Peppol."""
        invoice = self.init_invoice("out_invoice", partner=partner, invoice_date=day, amounts=[100], post=True)
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_move SET peppol_move_state = %s WHERE id = %s", (state, invoice.id))
        invoice.invalidate_recordset()
        return invoice

    @property
    def today(self):
        return fields.Date.context_today(self.counter)
