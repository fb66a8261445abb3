# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, models

from ..tools.snapshot import readable, snapshot

UNTRACKED = {"seed_values", "sequence"}


class DigitalChequeJournalled(models.AbstractModel):
    """Records whose changes are told in the history of the programme that they belong to."""

    _name = "digital.cheque.journalled"
    _description = "Part of a Programme with its Changes in the Programme's History"

    def _journal_programme(self):
        """Return the programme (one record) in whose history changes to this record are noted."""
        raise NotImplementedError

    def _journal_fields(self, names):
        return [
            name
            for name in names
            if name not in UNTRACKED and self._fields[name].store and self._fields[name].type != "one2many"
        ]

    def _journal(self, lines):
        """Note lines of text, under the name of this record, in the history of its programme."""
        body = Markup("<p>%s</p><ul>%s</ul>") % (
            self.display_name,
            Markup("").join(Markup("<li>%s</li>") % line for line in lines),
        )
        self._journal_programme()._message_log(body=body)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self.env.context.get("digital_cheque_seeding"):
            for record in records:
                record._journal([self.env._("Added")])
        return records

    def write(self, vals):
        names = self._journal_fields(vals)
        before = {record.id: snapshot(record, names) for record in self}
        result = super().write(vals)
        for record in self:
            after = snapshot(record, names)
            lines = [
                self.env._(
                    "%(field)s: %(old)s → %(new)s",
                    field=self._fields[name]._description_string(self.env),
                    old=readable(record, name, before[record.id][name]),
                    new=readable(record, name, after[name]),
                )
                for name in names
                if before[record.id][name] != after[name]
            ]
            if lines:
                record._journal(lines)
        return result

    def unlink(self):
        for record in self:
            record._journal([self.env._("Deleted")])
        return super().unlink()
