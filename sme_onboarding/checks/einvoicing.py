# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine.outcome import LazyText, failed, passed

_lt = LazyText(__name__)


class SmeOnboardingCheck(models.AbstractModel):
    _inherit = "sme.onboarding.check"

    def _check_peppol_registration(self, company):
        # Needs account_peppol; the step names it in its required modules.
        behind = {"model": "res.company", "domain": [["id", "=", company.id]]}
        state = company.account_peppol_proxy_state
        if state == "not_registered":
            return failed(_lt("Your firm is not registered on Peppol through Odoo"), **behind)
        if company._get_peppol_edi_mode() != "prod":
            return failed(
                _lt("Registered in test or demonstration mode only: real invoices do not travel"),
                started=True,
                **behind,
            )
        if state == "receiver":
            return passed(_lt("Registered on Peppol: your firm can send and receive"), **behind)
        if state == "smp_registration":
            return failed(_lt("Registration to receive is under way; sending already works"), started=True, **behind)
        if state == "sender":
            return failed(_lt("Your firm can send through Peppol, but not receive"), started=True, **behind)
        return failed(_lt("The Peppol registration was refused"), started=True, **behind)
