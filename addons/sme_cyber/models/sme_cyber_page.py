# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import format_date, format_datetime

from ..engine import posture, support
from .sme_cyber_measure import TERMS

TREND_DAYS = 90


class SmeCyberPage(models.AbstractModel):
    """What the page, the report and the tile show, in the reader's language."""

    _name = "sme.cyber.page"
    _description = "Security Posture"

    @api.model
    def get_page(self):
        """
        :return: dict of texts and figures, for the page and the report
        """
        findings = self._findings()
        company = self.env.company
        devices = self.env["sme.cyber.device"].search([("company_id", "=", company.id)])
        declared = self.env["sme.cyber.measure"]._last_of_each_kind(company)
        measured = findings[:1].measured_on
        return {
            "company": company.name,
            "measured": format_datetime(self.env, measured) if measured else "",
            "light": self._light(findings),
            "headline": self._headline(findings),
            "findings": [self._finding(finding) for finding in findings],
            "declared": [self._declared(kind, measure) for kind, measure in declared.items()],
            "devices": self._devices(devices),
            "telework": self._telework(findings, devices, declared["telework"]),
            "trend": self._trend(),
            "may_fix": self.env.user.has_group("base.group_system"),
        }

    @api.model
    def _findings(self):
        """:return: sme.cyber.finding, weak ones first, the grave ones before the others"""
        order = {posture.WEAK: 0, posture.UNKNOWN: 1, posture.OK: 2}
        findings = self.env["sme.cyber.finding"].search([("check_id.active", "=", True)])
        return findings.sorted(lambda one: (order[one.status], one.severity != posture.HIGH, one.sequence))

    @api.model
    def _light(self, findings):
        return posture.light((finding.status, finding.severity) for finding in findings)

    @api.model
    def _headline(self, findings):
        weak = findings.filtered(lambda finding: finding.status == posture.WEAK)
        if not findings:
            return self.env._("Nothing was measured yet")
        if weak:
            return self.env._("%(weak)s of %(total)s checks are weak", weak=len(weak), total=len(findings))
        unknown = findings.filtered(lambda finding: finding.status == posture.UNKNOWN)
        if unknown:
            return self.env._("No weakness found, %(unknown)s not known", unknown=len(unknown))
        return self.env._("All %s checks are in order", len(findings))

    @api.model
    def _finding(self, finding):
        check = finding.check_id
        return {
            "id": finding.id,
            "code": check.code,
            "name": check.name,
            "status": finding.status,
            "severity": check.severity,
            "controls": check.controls or "",
            "found": finding.found,
            "why": check.why or "",
            "instruction": finding.instruction if finding.status != posture.OK else "",
            "button": (check.button or "") if finding.status == posture.WEAK else "",
            "warning": check.warning or "",
            "since": format_date(self.env, finding.opened_on) if finding.status == posture.WEAK else "",
            "mended": format_date(self.env, finding.closed_on) if finding.closed_on else "",
        }

    @api.model
    def _declared(self, kind, measure):
        measures = self.env["sme.cyber.measure"]
        names = dict(measures._fields["kind"]._description_selection(self.env))
        states = dict(measures._fields["state"]._description_selection(self.env))
        return {
            "kind": kind,
            "id": measure.id,
            "name": names[kind],
            "controls": TERMS[kind][1],
            "state": measure.state or "missing",
            "state_text": states.get(measure.state) or self.env._("Not declared yet"),
            "until": format_date(self.env, measure.valid_until) if measure and measure.answer != "no" else "",
            "by": measure.declared_by_id.name or "",
            "evidence": measure.evidence or measure.file_name or "",
        }

    @api.model
    def _devices(self, devices):
        states = dict(self.env["sme.cyber.device"]._fields["state"]._description_selection(self.env))
        old = devices.filtered(lambda device: device.state in (support.ENDED, support.SOON, support.UNKNOWN))
        return {
            "total": len(devices),
            "home": len(devices.filtered("at_home")),
            "old": [
                {
                    "id": device.id,
                    "name": device.name,
                    "user": device.user_id.name or "",
                    "system": device.system_id.name or "",
                    "state": device.state,
                    "state_text": states[device.state],
                    "end": format_date(self.env, device.end) if device.end else "",
                }
                for device in old
            ],
        }

    @api.model
    def _telework(self, findings, devices, declared):
        statuses = {finding.check_id.code: finding.status for finding in findings}
        names = {
            "second_factor": self.env._("Everybody logs in with a second factor"),
            "https": self.env._("Odoo is reached over https: no VPN is needed"),
            "devices": self.env._("Devices used from home still get updates"),
            "disconnect": self.env._("Working from home and the right to disconnect are agreed on"),
        }
        needs = support.telework(
            statuses.get("second_factor", posture.UNKNOWN),
            statuses.get("https", posture.UNKNOWN),
            devices.filtered("at_home").mapped("state"),
            declared.state in ("valid", "soon") and declared.answer == "yes",
        )
        return [{"code": code, "name": names[code], "status": status} for code, status in needs]

    @api.model
    def _trend(self):
        since = fields.Date.context_today(self) - relativedelta(days=TREND_DAYS)
        days = self.env["sme.cyber.day"].search([("date", ">=", since)], order="date")
        return [
            {"date": format_date(self.env, day.date), "weak": day.weak, "ok": day.ok, "unknown": day.unknown}
            for day in days
        ]

    # ---------------------------------------------------------------------------------------- the tile elsewhere

    @api.model
    def _tile(self):
        """The tile for the first page of sme_onboarding.

        :return: dict, see sme.onboarding.tile; None for who may not see how weak this Odoo is
        """
        if not self.env["sme.cyber.finding"].has_access("read"):
            return None
        findings = self._findings()
        weak = findings.filtered(lambda finding: finding.status == posture.WEAK)
        tones = {posture.GREEN: "good", posture.RED: "attention", posture.AMBER: "attention", posture.GREY: "plain"}
        return {
            "title": self.env._("Security"),
            "value": self._headline(findings) if findings else "",
            "note": weak[:1].found or self.env._("Measured each day. The page says what to do."),
            "tone": tones[self._light(findings)],
        }
