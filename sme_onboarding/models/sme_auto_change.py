# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SmeAutoChange(models.Model):
    """One thing that an automatic step changed, with what was there before, so that it can be taken back."""

    _name = "sme.auto.change"
    _description = "Automatic Change"
    _order = "done_on desc, id desc"

    name = fields.Char(string="What", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade", index=True, readonly=True)
    record_model = fields.Char(string="Model", required=True, readonly=True)
    record_id = fields.Integer(required=True, readonly=True)
    field_name = fields.Char(string="Field", readonly=True, help="Empty where it cannot be taken back.")
    before = fields.Json(string="Value before", readonly=True)
    after = fields.Json(string="Value after", readonly=True)
    before_text = fields.Char(string="Before", readonly=True)
    after_text = fields.Char(string="Now", readonly=True)
    done_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", string="Who", readonly=True, default=lambda self: self.env.user)
    taken_back_on = fields.Datetime(readonly=True)
    state = fields.Selection(
        [("done", "Done"), ("taken_back", "Taken back"), ("fixed", "Cannot be taken back")],
        string="Status",
        compute="_compute_state",
    )

    @api.depends("taken_back_on", "field_name")
    def _compute_state(self):
        for change in self:
            change.state = "taken_back" if change.taken_back_on else "done" if change.field_name else "fixed"

    @api.model
    def _apply(self, company, proposal):
        """Make one change and keep what was there before.

        :param proposal: engine-free dict of ``sme.auto.setting``: name, record, field, value; or name, record, run
        """
        record, field = proposal["record"], proposal.get("field")
        before = record[field] if field else None
        if field:
            record.write({field: _plain(proposal["value"])})
        else:
            proposal["run"]()
        # sudo: nobody writes this list by hand; who may change settings was checked before
        return self.sudo().create(
            {
                "name": proposal["name"],
                "company_id": company.id,
                "record_model": record._name,
                "record_id": record.id,
                "field_name": field or False,
                "before": {"value": _plain(before)},
                "after": {"value": _plain(record[field]) if field else None},
                "before_text": _text(before),
                "after_text": _text(record[field]) if field else "",
            }
        )

    def action_take_back(self):
        """Put back what was there, where nobody has changed it since and Odoo allows it."""
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Only an administrator can take this back."))
        self.check_access("read")
        for change in self:
            if change.state != "done":
                raise UserError(self.env._("“%s” cannot be taken back.", change.name))
            record = self.env[change.record_model].with_context(active_test=False).browse(change.record_id).exists()
            if not record:
                raise UserError(self.env._("“%s”: the record does not exist any more.", change.name))
            if _plain(record[change.field_name]) != change.after["value"]:
                raise UserError(
                    self.env._("“%s” has been changed by somebody since: look at it yourself.", change.name)
                )
            record.write({change.field_name: change.before["value"]})
            # sudo: as in _apply
            change.sudo().taken_back_on = fields.Datetime.now()
        return True


def _plain(value):
    """A value as it is written: the id of a record."""
    return value.id if isinstance(value, models.BaseModel) else value


def _text(value):
    if isinstance(value, models.BaseModel):
        return value.display_name or ""
    return "" if value in (None, False) else str(value)
