# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine import de_minimis
from ..tools.de_minimis_sheet import sheet
from ..tools.settings import reference_date


class DigitalChequeUndertaking(models.Model):
    """What an undertaking hands to an authority: the declaration on honour and the register as a spreadsheet."""

    _inherit = "digital.cheque.undertaking"

    def _declared_aids(self):
        """Return the aid that a declaration of today lists: granted in the three years that end today, oldest first."""
        self.ensure_one()
        today = reference_date(self)
        start = de_minimis.years_earlier(today)
        return self.aid_ids.filtered(
            lambda aid: aid.state == "granted" and aid.granted_on and start < aid.granted_on <= today
        ).sorted(lambda aid: (aid.granted_on, aid.id))

    def _declaration(self):
        """Return what the printed declaration needs: ``day``, ``start`` (dates), ``aids`` and ``total`` (euros)."""
        aids = self._declared_aids()
        today = reference_date(self)
        start = de_minimis.window_start(today, de_minimis.REGIMES[de_minimis.GENERAL][-1])
        return {"day": today, "start": start, "aids": aids, "total": sum(aids.mapped("amount"))}

    def action_print_declaration(self):
        return self.env.ref("be_digital_cheque.report_declaration").report_action(self)

    def action_download_xlsx(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/be_digital_cheque/undertaking/{self.id}/de_minimis.xlsx",
            "target": "download",
        }

    def _xlsx(self):
        """Return the register as the bytes of a spreadsheet, in the language of the user."""
        self.ensure_one()
        today = reference_date(self)
        rules = de_minimis.regime(today)
        start = de_minimis.window_start(today, rules or de_minimis.REGIMES[de_minimis.GENERAL][-1])
        states = dict(self.env["digital.cheque.aid"]._fields["state"]._description_selection(self.env))
        labels = {
            "title": self.env._("De minimis aid"),
            "undertaking": self.env._("Single undertaking"),
            "enterprises": self.env._("Enterprises"),
            "day": self.env._("On"),
            "window_start": self.env._("Counts from"),
            "ceiling": self.env._("Ceiling"),
            "counted": self.env._("Received"),
            "room": self.env._("Room"),
            "columns": [
                self.env._("Granted on"),
                self.env._("Enterprise"),
                self.env._("Aid"),
                self.env._("Authority"),
                self.env._("Decision number"),
                self.env._("State"),
                self.env._("Amount (EUR)"),
            ],
            "counts": self.env._("Counts (1 = yes)"),
        }
        facts = {
            "undertaking": self.name,
            "enterprises": ", ".join(self.member_ids.mapped("name")),
            "day": today,
            "window_start": start,
            "ceiling": float(rules.ceiling) if rules else None,
        }
        rows = (
            (
                aid.granted_on or None,
                aid.beneficiary_id.name,
                aid.name,
                aid.authority_id.name or "",
                aid.reference or "",
                states[aid.state],
                aid.amount,
                aid.state == "granted" and aid.kind == de_minimis.GENERAL,
            )
            for aid in self.aid_ids.sorted(lambda aid: (str(aid.granted_on or ""), aid.id))
        )
        return sheet(labels, facts, rows)
