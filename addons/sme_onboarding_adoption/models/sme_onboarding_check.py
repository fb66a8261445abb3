# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from odoo.addons.sme_onboarding.engine.outcome import LazyText, failed, passed

_lt = LazyText(__name__)


class SmeOnboardingCheck(models.AbstractModel):
    _inherit = "sme.onboarding.check"

    def _check_customers_told(self, company):
        """Customers were really mailed, or use a tool already."""
        told = self.env["sme.adoption.mail"].search_count([("company_id", "=", company.id)])
        if told:
            return passed(_lt("%(count)s mails to customers about a digital tool", count=told))
        return failed(_lt("No customer was told yet about a digital tool"))
