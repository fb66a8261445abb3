# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time
from collections import defaultdict

import psycopg2

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

#: Tables that hold nothing but what belongs to a record and goes with it.
_BELONGS = frozenset({"mail_followers", "sme_import_row", "mail_notification"})
#: Records that are parts of others and go with them: model → (the whole, the field that names it).
_PARTS = {
    "account.move.line": ("account.move", "move_id"),
    "product.product": ("product.template", "product_tmpl_id"),
    # the history of its cost, which core begins with the product
    "product.value": ("product.product", "product_id"),
}
#: What others of the same import hang on goes last.
_LAST = ("account.account", "product.category", "res.partner", "res.bank")
UNDO_BATCH = 200


class SmeImport(models.Model):
    _inherit = "sme.import"

    def action_undo(self):
        """Take the whole import back, if none of its records is used; otherwise nothing is touched and it says why."""
        self.ensure_one()
        if self.state != "done":
            return
        self._loader()._check_rights()
        used = self._used()
        inside = [("import_id", "=", self.id), ("state", "=", "in")]
        self._all_rows().search([*inside, ("error", "!=", False)]).write({"error": False})
        if used:
            for row in self._all_rows().search_fetch([*inside, ("created", "!=", False)], ["created"]):
                uses = {used[key] for key in map(tuple, row.created) if key in used}
                if uses:
                    row.error = self.env._("In use: %s", ", ".join(sorted(uses)))
            self.problem = self.env._(
                "%s records of this import are in use, so nothing was taken back. The rows say by what.", len(used)
            )
            return
        self._start("undo")
        return

    def _task_undo(self, deadline):
        """Take back row by row what the rows made and changed, the last first."""
        rows = self._all_rows()
        while True:
            batch = rows.search(
                [("import_id", "=", self.id), ("state", "=", "in"), ("error", "=", False)],
                limit=UNDO_BATCH,
                order="id desc",
            )
            if not batch:
                break
            self._undo_rows(batch)
            self.done_count += len(batch)
            self._commit()
            if deadline is not None and time.monotonic() > deadline:
                return False
        left = rows.search_count([("import_id", "=", self.id), ("state", "=", "in")])
        self.problem = self.env._("%s rows could not be taken back; they say why.", left) if left else False
        self._end("done" if left else "undone")
        return True

    def _undo_rows(self, rows):
        try:
            with self.env.cr.savepoint():
                self._restore(rows)
                by_model = defaultdict(list)
                for row in rows:
                    for model, record_id in row.created or []:
                        by_model[model].append(record_id)
                for model in sorted(by_model, key=lambda name: _LAST.index(name) if name in _LAST else -1):
                    self._remove(model, by_model[model])
                rows.write({"state": "undone", "error": False})
        except psycopg2.errors.TransactionRollbackError:
            raise
        except (UserError, ValidationError, psycopg2.Error) as error:
            if len(rows) == 1:
                rows.error = self._reason(error)
                return
            half = len(rows) // 2
            self._undo_rows(rows[:half])
            self._undo_rows(rows[half:])

    @api.model
    def _remove(self, model, ids):
        records = self.env[model].with_context(active_test=False).browse(ids).exists()
        if model == "res.partner":
            children = records.filtered("parent_id")
            children.unlink()
            records -= children
        if model == "product.template" and "product.value" in self.env:
            # sudo: the history of costs, of which core would keep lines without a product
            values = self.env["product.value"].sudo()
            values.search([("product_id", "in", records.product_variant_ids.ids), ("move_id", "=", False)]).unlink()
        records.unlink()

    @api.model
    def _restore(self, rows):
        """Empty again what was filled in, where it still is what was filled in."""
        for row in rows:
            for model, record_id, name, old, new in row.before or []:
                record = self.env[model].browse(record_id).exists()
                field = record._fields[name]
                if record and field.convert_to_write(record[name], record) == new:
                    record[name] = old

    # In use? ---------------------------------------------------------------------------------------------------------

    def _used(self):
        """Return ``{(model, id): what uses it, in words}`` of the records that the import made.

        Used is what any other record points at with a foreign key, and what users wrote or attached to it. Records of
        the same import, and lists that belong to the record itself, do not count.
        """
        self.ensure_one()
        self.env.flush_all()
        made = defaultdict(set)
        for model, record_id in self._loader()._made():
            made[model].add(record_id)
        used = {}
        for model, ids in list(made.items()):
            used |= {(model, record_id): what for record_id, what in self._pointed_at(model, ids, made).items()}
            for part, (whole, column) in _PARTS.items():
                if whole == model:
                    used |= self._parts_pointed_at(part, whole, column, ids, made)
            used |= self._talked_about(model, ids)
            used |= self._loader()._used_by_state(model, ids)
        return used

    @api.model
    def _parts_pointed_at(self, part, whole, column, ids, made):
        parts = dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, %s FROM %s WHERE %s = ANY(%s)",
                    SQL.identifier(column),
                    SQL.identifier(self.env[part]._table),
                    SQL.identifier(column),
                    list(ids),
                )
            )
        )
        found = self._pointed_at(part, parts, {**made, part: set(parts)}) if parts else {}
        return {(whole, parts[part_id]): what for part_id, what in found.items()}

    @api.model
    def _pointed_at(self, model, ids, made):
        """Return ``{id: words}`` of what records of other origin point at."""
        found = {}
        for table, column in self._references(model):
            name = next(
                (name for name, one in self.env.registry.items() if one._table == table and not one._abstract), None
            )
            if name and self.env[name]._transient:
                continue
            condition = SQL("")
            if name in made:
                condition = SQL(" AND t.id <> ALL(%s)", list(made[name]))
            elif name in _PARTS and made.get(_PARTS[name][0]):
                whole, link = _PARTS[name]
                condition = SQL(" AND t.%s <> ALL(%s)", SQL.identifier(link), list(made[whole]))
            rows = self.env.execute_query(
                SQL(
                    "SELECT DISTINCT t.%s FROM %s AS t WHERE t.%s = ANY(%s)%s",
                    SQL.identifier(column),
                    SQL.identifier(table),
                    SQL.identifier(column),
                    list(ids),
                    condition,
                )
            )
            if rows:
                what = self.env["ir.model"]._get(name).name if name else table
                found |= {record_id: what for (record_id,) in rows}
        return found

    @api.model
    def _references(self, model):
        """Return ``[(table, column)]`` that point at a model's table, without those that belong to its records."""
        own = {
            (field.relation, field.column1)
            for field in self.env[model]._fields.values()
            if field.type == "many2many" and field.store
        }
        found = self.env["base.partner.merge.automatic.wizard"]._get_fk_on(self.env[model]._table)
        return [pair for pair in found if pair not in own and pair[0] not in _BELONGS]

    @api.model
    def _talked_about(self, model, ids):
        """Return what users wrote on, or attached to, records."""
        messages = self.env.execute_query(
            SQL(
                "SELECT DISTINCT res_id FROM mail_message"
                " WHERE model = %s AND res_id = ANY(%s) AND message_type = 'comment'",
                model,
                list(ids),
            )
        )
        files = self.env.execute_query(
            SQL(
                "SELECT DISTINCT res_id FROM ir_attachment"
                " WHERE res_model = %s AND res_id = ANY(%s) AND res_field IS NULL",
                model,
                list(ids),
            )
        )
        found = {(model, record_id): self.env._("a message") for (record_id,) in messages}
        return found | {(model, record_id): self.env._("an attached file") for (record_id,) in files}
