# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from decimal import Decimal

from odoo import api, fields, models

from ..checking.remedies import place_of
from ..checking.verdict import language_of


class BeEinvoiceFinding(models.Model):
    """One thing that the last check found in one document."""

    _name = "be.einvoice.finding"
    _description = "Finding on an e-invoice"
    _rec_name = "rule_id"
    _order = "severity, id"

    check_id = fields.Many2one("be.einvoice.check", required=True, readonly=True, index=True, ondelete="cascade")
    move_id = fields.Many2one(
        "account.move",
        string="Document",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        bypass_search_access=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(related="move_id.commercial_partner_id", string="Customer")
    invoice_date = fields.Date(related="move_id.invoice_date")
    currency_id = fields.Many2one(related="move_id.currency_id")
    amount_total = fields.Monetary(related="move_id.amount_total", string="Total")
    rule_id = fields.Many2one(
        "be.einvoice.rule", string="Problem", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # in this order they sort: what holds an invoice up comes first
    severity = fields.Selection([("fatal", "Problem"), ("warning", "Warning")], required=True, readonly=True)
    terms = fields.Char(readonly=True, help="The business terms of EN 16931 that the rule speaks of.")
    values = fields.Json(readonly=True)
    path = fields.Char(readonly=True, help="The place in the XML file.")
    line = fields.Integer(readonly=True, help="The line of the XML file.")
    place = fields.Char(readonly=True, help="Where it is mended.")
    texts = fields.Json(readonly=True)
    message = fields.Text(compute="_compute_message", string="What is wrong and what to do")
    remedy = fields.Char(compute="_compute_remedy")

    @api.depends("texts")
    @api.depends_context("lang")
    def _compute_message(self):
        language = language_of(self.env.lang)
        for finding in self:
            texts = finding.texts or {}
            finding.message = texts.get(language) or texts.get("en") or next(iter(texts.values()), "")

    @api.depends("place")
    @api.depends_context("lang")
    def _compute_remedy(self):
        remedies = self.env["be.einvoice.remedy"]
        for finding in self:
            finding.remedy = "" if finding.move_id._einvoice_received() else remedies._label(remedies._place(finding))

    def action_remedy(self):
        """Open what has to be mended, with the field in sight."""
        self.ensure_one()
        remedy = self.env["be.einvoice.remedy"]._for(self)
        if remedy is None:
            return self.action_open_document()
        if remedy["method"]:
            return getattr(self.env[remedy["model"]].browse(remedy["id"]), remedy["method"])()
        return {
            "type": "ir.actions.act_window",
            "name": remedy["title"],
            "res_model": remedy["model"],
            "res_id": remedy["id"],
            "views": [(remedy["view"], "form")],
            "target": "new" if remedy["view"] else "current",
            "context": remedy["context"],
        }

    def action_open_document(self):
        self.ensure_one()
        return self.move_id._get_records_action(target="current")

    def action_check_again(self):
        return self.move_id.action_einvoice_check_again()

    @api.model
    def _write_down(self, entries, most):
        """Keep the findings of some checks.

        :param entries: list of (check id, move, :class:`Verdict`)
        :param most: how many findings of one document are kept, those that hold it up first
        """
        kept = [
            (check_id, move, finding)
            for check_id, move, verdict in entries
            for finding in (*verdict.fatal, *verdict.warning)[:most]
        ]
        if not kept:
            return
        rules = self.env["be.einvoice.rule"]._for_codes({finding.id for _check, _move, finding in kept})
        installed = {language_of(code) for code, _name in self.env["res.lang"].get_installed()}
        languages = sorted(installed | {"en"})
        self.create(
            [
                {
                    "check_id": check_id,
                    "move_id": move.id,
                    "company_id": move.company_id.id,
                    "rule_id": rules[finding.id],
                    "severity": finding.severity,
                    "terms": " ".join(finding.terms),
                    "values": {key: _plain(value) for key, value in finding.values.items()},
                    "path": finding.path,
                    "line": finding.line or 0,
                    "place": getattr(finding, "place", None) or place_of(finding.id, finding.terms, finding.path),
                    "texts": {language: finding.message(language) for language in languages},
                }
                for check_id, move, finding in kept
            ]
        )


def _plain(value):
    """A value of a finding as JSON holds it; amounts as text, so that no digit is lost."""
    if isinstance(value, (Decimal, date)):
        return str(value)
    return value if isinstance(value, (str, int, bool, type(None))) else str(value)
