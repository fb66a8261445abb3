# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..tools.cost_sheet import sheet
from ..tools.settings import reference_date

REPORTS = {
    "application": "be_digital_cheque.report_application",
    "sme": "be_digital_cheque.report_sme",
    "cost_table": "be_digital_cheque.report_cost_table",
    "de_minimis": "be_digital_cheque.report_declaration",
}
REGION_LANGUAGES = {"wallonia": "fr", "flanders": "nl"}


class DigitalChequeDossier(models.Model):
    """The papers of a dossier that the app fills in: as PDF in the authority's language, and its costs as a sheet."""

    _inherit = "digital.cheque.dossier"

    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language of Documents",
        compute="_compute_lang",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("programme_id")
    def _compute_lang(self):
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        for dossier in self:
            own = dossier.company_id.partner_id.lang or self.env.lang
            wanted = REGION_LANGUAGES.get(dossier.programme_id.region) or (own or "en")[:2]
            fitting = [code for code in installed if code.startswith(wanted)]
            dossier.lang = dossier.lang or (own if own in fitting else next(iter(fitting), own))

    def _paper_lang(self):
        self.ensure_one()
        return self.lang or self.env.lang or "en_US"

    def _sme_working(self):
        """Return the verdict on the size with its working, in the language of the documents."""
        self.ensure_one()
        # sudo: the figures of the years are for the roles of be_enterprise; who may print a dossier signs this paper
        partner = self.sudo().company_id.partner_id.with_context(lang=self._paper_lang())
        return partner.be_size_working

    def _undertaking(self):
        return self.env["digital.cheque.undertaking"]._of_company(self.company_id)

    def _paper_seats(self):
        """Return the establishments that still work, the principal one first."""
        self.ensure_one()
        # sudo: public facts of the dossier's own company
        return (
            self.sudo()
            .company_id.be_establishment_ids.filtered(lambda seat: not seat.closed_on)
            .sorted(lambda seat: (not seat.is_principal, seat.id))
        )

    def _paper_day(self):
        return reference_date(self)

    def _paper_rows(self):
        """Return the rows of the cost table, in the order of the screen."""
        self.ensure_one()
        dossier = self.with_context(lang=self._paper_lang())
        states = dict(dossier.cost_ids._fields["state"]._description_selection(dossier.env))
        exclusions = dict(dossier.cost_ids._fields["exclusion"]._description_selection(dossier.env))
        return [
            {
                "date": cost.date or None,
                "provider": cost.partner_id.name or "",
                # sudo: the number of a bill that somebody linked; no other of its data
                "document": cost.sudo().move_id.ref or cost.sudo().move_id.name or "",
                "name": cost.name,
                "state": cost.state,
                "state_text": states[cost.state],
                "amount": cost.amount,
                "eligible": cost.eligible_amount,
                "excluded": cost.excluded_amount,
                "why": " · ".join(filter(None, [exclusions.get(cost.exclusion), cost.excluded_reason])),
            }
            for cost in dossier.cost_ids
        ]

    def _cost_xlsx(self):
        """Return the cost table as the bytes of a spreadsheet whose totals are live formulas."""
        self.ensure_one()
        dossier = self.with_context(lang=self._paper_lang())
        env = dossier.env
        labels = {
            "title": env._("Table of costs"),
            "dossier": env._("Dossier"),
            "enterprise": env._("Enterprise"),
            "programme": env._("Programme"),
            "day": env._("On"),
            "note": env._("All amounts in euros, excl. VAT."),
            "total": env._("Total"),
            "by_state": env._("Of which"),
            "columns": [
                env._("Date"),
                env._("Provider"),
                env._("Document"),
                env._("Description"),
                env._("State"),
                env._("Amount"),
                env._("Counts for the aid"),
                env._("Excluded"),
                env._("Why excluded"),
            ],
            "states": [text for _key, text in dossier.cost_ids._fields["state"]._description_selection(env)],
        }
        facts = {
            "dossier": dossier.display_name,
            "enterprise": dossier.company_id.name,
            "programme": dossier.programme_id.name,
            "day": dossier._paper_day(),
        }
        return sheet(labels, facts, dossier._paper_rows())

    def action_download_costs(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/be_digital_cheque/dossier/{self.id}/costs.xlsx",
            "target": "download",
        }

    def _paper_pdf(self, kind):
        """Return a generated document as (bytes of the PDF, file name)."""
        self.ensure_one()
        report = self.env.ref(REPORTS[kind]).with_context(lang=self._paper_lang())
        record = self._undertaking() if kind == "de_minimis" else self
        if kind == "de_minimis":
            record = record.with_context(lang=self._paper_lang())
        content, _type = self.env["ir.actions.report"]._render_qweb_pdf(report.report_name, record.ids)
        return content, f"{report.name} {self.reference.replace('/', '-')}.pdf"
