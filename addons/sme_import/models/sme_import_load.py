# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError


class SmeImportLoad(models.AbstractModel):
    """What a kind of import has to know. ``sme.import.load.<kind>`` extends it; the engine judges, this brings in.

    ``facts`` is a dict that :meth:`_facts` makes once per check; it carries what the rows are compared with, and under
    ``seen`` the rows of the file so far.
    """

    _name = "sme.import.load"
    _description = "Bringing Rows In"

    #: What a row makes, or None where all rows together make one record.
    _makes = None
    #: Rows that are brought in together; 0: all of them, or none.
    _batch_size = 250

    @property
    def _import(self):
        return self.env["sme.import"].browse(self.env.context["sme_import_id"])

    # What a kind says ------------------------------------------------------------------------------------------------

    @api.model
    def _needed_models(self):
        """Return the models that the user must be allowed to create."""
        return [self._makes]

    @api.model
    def _prepare_defaults(self):
        """Fill in choices that the kind needs, when the file has been read."""

    @api.model
    def _check_choices(self):
        """Raise UserError where a choice is missing."""

    @api.model
    def _check_whole(self):
        """Raise UserError where the rows cannot go in as a whole."""

    @api.model
    def _facts(self):
        """Return what the check needs, read once."""
        return {"seen": {}}

    @api.model
    def _judge(self, cells, verdict, facts):
        """Fill the ``verdict`` on one row."""
        raise NotImplementedError

    @api.model
    def _keys(self, values):
        """Return by what two rows are the same: ``[(kind, text)]``."""
        return []

    @api.model
    def _find(self, entries, facts):
        """Return ``{line: id}`` of the records that are there already; may add notes to the verdicts.

        :param entries: list of ``(line, raw, verdict)`` of rows that are not refused.
        """
        return {}

    @api.model
    def _same_in_file(self, line, verdict, first):
        """Say what becomes of a row that is the same as an earlier one; return whether it completes that one."""
        verdict.refuse("same_as_line", line=first)
        return False

    @api.model
    def _finish_check(self):
        """Do what can only be done once all rows are known."""

    @api.model
    def _load(self, rows):
        """Bring ``rows`` in, and set their result; any error takes all of it back."""
        raise NotImplementedError

    @api.model
    def _action_records(self):
        """Return the action that opens what the import made."""
        ids = [record_id for model, record_id in self._made() if model == self._makes]
        return {
            "type": "ir.actions.act_window",
            "name": self._import.display_name,
            "res_model": self._makes,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", ids)],
            "context": {"active_test": False},
        }

    @api.model
    def _used_by_state(self, model, ids):
        """Return ``{(model, id): words}`` of records whose own state says that they are used."""
        return {}

    @api.model
    def _label(self, values):
        """Return by what a user knows the row."""
        return values.get("name") or ""

    # What all kinds do -----------------------------------------------------------------------------------------------

    @api.model
    def _check_rights(self):
        """Raise AccessError, saying what is missing, unless the user may make what the import makes."""
        for model in self._needed_models():
            if not self.env[model].has_access("create"):
                raise AccessError(
                    self.env._(
                        "You need the right to create “%s” for this import. Ask an administrator.",
                        self.env["ir.model"]._get(model).name,
                    )
                )

    @api.model
    def _made(self):
        """Return ``[(model, id)]`` of all that the import made and has not taken back."""
        rows = self.env["sme.import.row"].search_fetch(
            [("import_id", "=", self._import.id), ("state", "=", "in"), ("created", "!=", False)], ["created"]
        )
        return [(model, record_id) for row in rows for model, record_id in row.created]

    @api.model
    def _match(self, batch, facts):
        """Find for each row of a ``batch`` the record or the earlier row that is the same; verdicts get their notes."""
        judged = [entry for entry in batch if not entry[2].refused]
        found = self._find(judged, facts)
        facts["match"] = found
        facts["same"] = {}
        for line, _raw, verdict in judged:
            if verdict.refused:
                continue
            keys = self._keys(verdict.values)
            first = next((facts["seen"][key] for key in keys if self._is_seen(key, verdict, facts)), None)
            if first:
                verdict.values.pop("_known", None)
                if self._same_in_file(line, verdict, first[0]):
                    facts["same"][line] = first[0]
                continue
            known = (line, {code: verdict.values.get(code) for code in ("vat", "enterprise")})
            for key in keys:
                facts["seen"].setdefault(key, known)
            if line in found:
                verdict.note("is_there")

    @api.model
    def _is_seen(self, key, verdict, facts):
        return key in facts["seen"]

    @api.model
    def _row_values(self, line, raw, verdict, facts):
        """Return the values of the ``sme.import.row`` of a judged row."""
        record = self._import
        match, same = facts["match"].get(line), facts["same"].get(line)
        action, status = "create", verdict.status
        if verdict.refused:
            action = "skip"
        elif match or same:
            status, action = "existing", self._action_of_existing(same)
        if verdict.values.pop("_skip", False):
            action = "skip"
        return {
            "import_id": record.id,
            "line": line,
            "label": self._label(verdict.values)[:200],
            "verdict": status,
            "action": action,
            "notes": verdict.notes,
            "values": verdict.values,
            "raw": [self._raw(value) for value in raw],
            "match_model": self._makes if match else False,
            "match_id": match or False,
            "same_line": same or 0,
        }

    @api.model
    def _action_of_existing(self, same):
        return "complete" if same or self._import.existing == "complete" else "skip"

    @api.model
    def _raw(self, value):
        if value is None or isinstance(value, str | bool | int):
            return value
        return value.isoformat() if hasattr(value, "isoformat") else str(value)
