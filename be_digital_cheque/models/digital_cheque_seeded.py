# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from ..engine import merge
from ..tools.po import languages_of, supplied_translations
from ..tools.snapshot import readable, snapshot


class DigitalChequeSeeded(models.AbstractModel):
    """Records that the add-on supplies and that users may correct.

    ``seed_values`` keeps what the last release supplied for this record. An update writes a field only where the
    database still holds that value (see `engine/merge.py`); a corrected field stays and shows its difference. The
    external ids are marked "noupdate", so that core neither overwrites these records, nor their translations, nor
    removes the ones that a later release no longer supplies.
    """

    _name = "digital.cheque.seeded"
    _description = "Supplied by the Add-on and Correctable"

    # {field: value in English} and {"field@fr": text supplied in that language}
    seed_values = fields.Json(string="Supplied Values", copy=False, readonly=True)
    is_corrected = fields.Boolean(string="Corrected Here", compute="_compute_seed_difference")
    seed_difference = fields.Text(string="Differs from What the App Supplies", compute="_compute_seed_difference")

    def _seed_current(self, names):
        """Return the current values for keys of ``seed_values``; a language that is not installed is left out."""
        self.ensure_one()
        current = snapshot(self, [name for name in names if "@" not in name and name in self._fields])
        for name in names:
            field_name, _at, po_language = name.partition("@")
            if not po_language or field_name not in self._fields:
                continue
            stored = self._fields[field_name]._get_stored_translations(self) or {}
            texts = [stored[code] for code in languages_of(self.env, po_language) if stored.get(code)]
            if texts:
                # Of several variants (fr_BE, fr_FR) a corrected one speaks for all.
                baseline = (self.seed_values or {}).get(name)
                current[name] = next((text for text in texts if text != baseline), texts[0])
        return current

    def _seed_corrected(self):
        """Return the keys of ``seed_values`` whose value users have changed."""
        self.ensure_one()
        baseline = self.seed_values or {}
        return merge.corrected(baseline, self._seed_current(baseline))

    def _seed_correctable(self):
        """Return the names of the fields that a release may supply."""
        return [
            name
            for name, field in self._fields.items()
            if field.store and field.type != "one2many" and name not in models.MAGIC_COLUMNS
        ]

    @api.depends(lambda self: self._seed_correctable())
    @api.depends_context("lang")
    def _compute_seed_difference(self):
        for record in self:
            keys = record._seed_corrected() if record.id else []
            record.is_corrected = bool(keys)
            record.seed_difference = "\n".join(map(record._seed_difference_line, keys)) or False

    def _seed_difference_line(self, key):
        field_name, _at, po_language = key.partition("@")
        current = self._seed_current([key])[key]
        label = self._fields[field_name]._description_string(self.env)
        return self.env._(
            "%(field)s: here %(current)s, supplied %(supplied)s",
            field=f"{label} ({po_language})" if po_language else label,
            current=readable(self, field_name, current),
            supplied=readable(self, field_name, self.seed_values[key]),
        )

    def action_restore_supplied(self):
        """Take the supplied values back; from then on the record follows the updates again."""
        for record in self:
            for key in record._seed_corrected():
                field_name, _at, po_language = key.partition("@")
                supplied = record.seed_values[key]
                if po_language:
                    record._seed_translate(field_name, po_language, supplied)
                elif record._fields[field_name].type == "many2many":
                    record[field_name] = [fields.Command.set(supplied)]
                else:
                    record.with_context(lang="en_US")[field_name] = supplied

    def _seed_translate(self, field_name, po_language, text):
        self.update_field_translations(field_name, dict.fromkeys(languages_of(self.env, po_language), text))

    def _load_records(self, data_list, update=False):
        if self.env.context.get("import_file"):
            # A user imports a file: ordinary records.
            return super()._load_records(data_list, update)
        for data in data_list:
            data["noupdate"] = True
            record = self.env.ref(data["xml_id"], raise_if_not_found=False) if data.get("xml_id") else None
            if record:
                record.with_context(digital_cheque_seeding=True)._seed_merge(data["values"])
                data["values"] = {}
        created = [data for data in data_list if data["values"]]
        seeding = self.with_context(digital_cheque_seeding=True, mail_create_nolog=True)
        records = super(DigitalChequeSeeded, seeding)._load_records(data_list, update)
        for data in created:
            data["record"].seed_values = snapshot(data["record"], data["values"])
        return records.with_env(self.env)

    def _seed_merge(self, values):
        """Write those of the supplied values that nobody has corrected, and remember all as the new baseline."""
        baseline = self.seed_values or {}
        offered = snapshot(self.new(values), values)
        blank = snapshot(self.new(self.default_get(list(values))), values)
        writable = self._seed_writable(merge.to_write(baseline, self._seed_current(values), offered, blank))
        if writable:
            self.with_context(lang="en_US").write({name: values[name] for name in values if name in writable})
        self.seed_values = {**baseline, **offered}

    def _seed_writable(self, names):
        """Return those of the fields that an update may write; to be overridden."""
        return names

    @api.model
    def _seed_merge_translations(self, module):
        """Bring the texts of the module's ``i18n/*.po`` to the supplied records, except to corrected ones.

        Core fills in only translations that are missing, so a text improved by a release would never arrive.
        """
        models_seeded = [
            name for name in self.env if issubclass(self.env.registry[name], self.env.registry[self._name])
        ]
        for po_language, model, xml_id, field_name, text in supplied_translations(module, models_seeded):
            record = self.env.ref(xml_id, raise_if_not_found=False)
            if not record or record._name != model or field_name not in record._fields:
                continue
            record = record.with_context(digital_cheque_seeding=True)
            key = f"{field_name}@{po_language}"
            baseline = record.seed_values or {}
            if not (record[field_name] and field_name in baseline):
                continue
            current = record._seed_current([key])
            # No text in that language yet: nobody can have corrected it.
            if not current or merge.to_write(baseline, current, {key: text}):
                record._seed_translate(field_name, po_language, text)
            if baseline.get(key) != text:
                record.seed_values = {**baseline, key: text}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_supplied(self):
        for record in self:
            if record.seed_values:
                raise UserError(
                    self.env._(
                        "“%(name)s” comes with the app, and the next update would bring it back. Archive it instead: "
                        "it disappears from the catalogue and stays away.",
                        name=record.display_name,
                    )
                )

    def _seed_being_uninstalled(self):
        return bool(self.env.context.get(MODULE_UNINSTALL_FLAG))
