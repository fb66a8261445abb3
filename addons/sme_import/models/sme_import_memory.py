# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import mapper
from .sme_import_target import KINDS


class SmeImportMemory(models.Model):
    """What a company chose the last time for a file with these columns."""

    _name = "sme.import.memory"
    _description = "Remembered Columns"
    _rec_name = "signature"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    kind = fields.Selection(KINDS, required=True)
    signature = fields.Char(required=True, help="Of the titles of the columns, in any order.")
    choice = fields.Json(help="Title of a column: what it holds.")

    _signature_unique = models.Constraint(
        "UNIQUE(company_id, kind, signature)", "One company remembers one choice for a file."
    )

    @api.model
    def _recall(self, company, kind, header):
        """Return ``{key of a title: target code}`` as chosen before, or an empty dict."""
        return self._of(company, kind, header).choice or {}

    @api.model
    def _remember(self, company, kind, header, choice):
        """Keep the ``choice`` (a target code or "" per title of ``header``) for the next file like this one."""
        values = {mapper.key(title): code for title, code in zip(header, choice, strict=True)}
        known = self._of(company, kind, header)
        if known:
            known.choice = values
        else:
            self.create(
                {
                    "company_id": company.id,
                    "kind": kind,
                    "signature": mapper.signature(header),
                    "choice": values,
                }
            )

    @api.model
    def _of(self, company, kind, header):
        return self.search(
            [
                ("company_id", "=", company.id),
                ("kind", "=", kind),
                ("signature", "=", mapper.signature(header)),
            ],
            limit=1,
        )
