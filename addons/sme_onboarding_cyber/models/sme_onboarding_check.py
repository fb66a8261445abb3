# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from odoo.addons.sme_cyber.engine import posture, support
from odoo.addons.sme_onboarding.engine.outcome import LazyText, failed, passed, unmeasured

_lt = LazyText(__name__)


class SmeOnboardingCheck(models.AbstractModel):
    _inherit = "sme.onboarding.check"

    def _check_high_risks(self, company):
        """Counts only: what exactly is weak is for those who look after security."""
        # One database, one posture, whatever the company.
        findings = self.env["sme.cyber.finding"].search([("check_id.severity", "=", posture.HIGH)])
        behind = {"model": findings._name, "domain": [["id", "in", findings.ids]]}
        if not findings:
            return unmeasured(_lt("Not measured yet: it is measured each day"))
        weak = findings.filtered(lambda finding: finding.status == posture.WEAK)
        total = len(findings)
        if weak:
            return failed(
                _lt("%(weak)s of %(total)s high risks are open", weak=len(weak), total=total),
                started=weak != findings,
                **behind,
            )
        unknown = findings.filtered(lambda finding: finding.status == posture.UNKNOWN)
        if unknown:
            return failed(
                _lt("%(unknown)s of %(total)s high risks: not known", unknown=len(unknown), total=total),
                started=True,
                **behind,
            )
        return passed(_lt("No high risk is open, of %(total)s", total=total), **behind)

    def _check_devices(self, company):
        """Devices are listed, and each gets security updates for a while."""
        devices = self.env["sme.cyber.device"].search([("company_id", "=", company.id)])
        if not devices:
            return failed(_lt("No device is listed yet"))
        total = len(devices)
        old = devices.filtered(lambda device: device.state in (support.ENDED, support.SOON))
        unknown = devices.filtered(lambda device: device.state == support.UNKNOWN)
        found = []
        if old:
            found.append(_lt("%(old)s of %(total)s devices get no updates, or not for long", old=len(old), total=total))
        if unknown:
            found.append(
                _lt("%(unknown)s of %(total)s devices: end of support not known", unknown=len(unknown), total=total)
            )
        behind = {"model": devices._name, "domain": [["id", "in", (old | unknown or devices).ids]]}
        if found:
            return failed(*found, started=True, **behind)
        return passed(_lt("Devices that get security updates: %(total)s of %(total)s", total=total), **behind)

    def _check_declared(self, company):
        """What no record can show is declared, with evidence, and still holds."""
        last = self.env["sme.cyber.measure"]._last_of_each_kind(company)
        declared = [measure for measure in last.values() if measure.state in ("valid", "soon")]
        behind = {"model": "sme.cyber.measure", "domain": [["company_id", "=", company.id]]}
        if len(declared) < len(last):
            return failed(
                _lt(
                    "%(missing)s of %(total)s measures: not declared, expired or not in place",
                    missing=len(last) - len(declared),
                    total=len(last),
                ),
                started=bool(declared),
                **behind,
            )
        return passed(_lt("Measures declared with evidence: %(total)s of %(total)s", total=len(last)), **behind)
