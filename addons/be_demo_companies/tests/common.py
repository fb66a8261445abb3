# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase

from ..builders.demo import XMLID_MODULE, Demo
from ..tables.companies import COMPANIES


class DemoCase(TransactionCase):
    """Looks at the demo companies that installing the add-on has created."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.demo = Demo(cls.env, cls.env.cr.now().date())
        cls.companies = {row.key: cls.demo.company(row.key) for row in COMPANIES}

    @classmethod
    def records(cls, model):
        """Return all records of that model that the demo created."""
        rows = cls.env["ir.model.data"].search([("module", "=", XMLID_MODULE), ("model", "=", model)])
        return cls.env[model].browse(rows.mapped("res_id")).exists()
