# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import tempfile

from odoo import Command, fields

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from ..models.res_company_lookup import NETWORK, NETWORK_FILE
from .common import GROUPS
from .fake_network import FakeNetwork

BIS3 = "ubl_bis3"


def enterprise_number(serial):
    """A valid Belgian enterprise number."""
    stem = 4_000_000 + serial
    return f"{stem:08d}{97 - stem % 97:02d}"


class LookupCommon(AccountTestInvoicingCommon):
    """A Belgian company that looks its customers up in a network of this process."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("be")
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company = cls.company_data["company"]
        cls.env["res.partner"].search([("customer_rank", ">", 0)]).customer_rank = 0
        cls.fake = cls.enterClassContext(FakeNetwork())
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls._use_network()
        cls.readiness = cls.env["be.peppol.readiness"].with_company(cls.company)

    @classmethod
    def _use_network(cls, **changes):
        parameters = cls.env["ir.config_parameter"]
        parameters.set_param(NETWORK, "file")
        parameters.set_param(NETWORK_FILE, str(cls.fake.write(cls.folder, **changes)))

    def setUp(self):
        super().setUp()
        self.fake.names.clear()
        self.fake.pages.clear()
        self.fake.page_questions.clear()
        self.fake.dns_questions.clear()
        self._use_network()

    @classmethod
    def _customer(cls, serial, eas="0208", **values):
        number = enterprise_number(serial)
        return cls.env["res.partner"].create(
            {
                "name": f"Customer {serial}",
                "is_company": True,
                "customer_rank": 1,
                "country_id": cls.env.ref("base.be").id,
                "peppol_eas": eas,
                "peppol_endpoint": number if eas == "0208" else f"BE{number}",
                "invoice_edi_format": BIS3,
                **values,
            }
        ).with_company(cls.company)

    def _register(self, partner, eas="0208", **options):
        number = partner.peppol_endpoint.removeprefix("BE")
        self.fake.register(f"0208:{number}" if eas == "0208" else f"9925:be{number}", **options)

    def _check(self, partner, company=None):
        partner.button_account_peppol_check_partner_endpoint(company=company)

    def _age(self, partner, hours):
        partner.peppol_lookup_date = fields.Datetime.subtract(fields.Datetime.now(), hours=hours)

    @classmethod
    def _user(cls, role, **values):
        return cls.env["res.users"].create(
            {
                "name": role,
                "login": f"{role}_lookup",
                "password": f"{role}_lookup",
                "group_ids": [Command.set(cls.env.ref(GROUPS[role]).ids)],
                "lang": "en_US",
                "company_id": cls.company.id,
                "company_ids": [Command.set(cls.company.ids)],
                **values,
            }
        )
