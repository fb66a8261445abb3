# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase

from ..engine import number


def enterprise_number(base):
    """Return the ten digits of an invented but well-formed enterprise number."""
    return f"{base:08d}{number.check_digits(base)}"


#: Two well-formed numbers that no test contact has by accident.
ONE = enterprise_number(10_000_123)
OTHER = enterprise_number(10_000_456)


class EnterpriseCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.belgium = cls.env.ref("base.be")
        cls.env.company.country_id = cls.belgium
        cls.Partner = cls.env["res.partner"].with_context(tracking_disable=True)

    @classmethod
    def company_contact(cls, **values):
        """Create a Belgian company that is a customer."""
        return cls.Partner.create(
            {"name": "Bakery", "is_company": True, "country_id": cls.belgium.id, "customer_rank": 1, **values}
        )
