# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections.abc import Collection
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.translate import get_translation

from ..engine import progress

# A daily run leaves alone what was checked less than this ago.
STALE_AFTER = timedelta(hours=20)
CRON_BATCH = 100


class SmeOnboardingStatus(models.Model):
    """Where one company stands with one step. Nobody writes it: the checks do, and the actions below where they may."""

    _name = "sme.onboarding.status"
    _description = "Status of a Step"
    _order = "theme_sequence, step_sequence, id"
    _rec_name = "step_id"

    step_id = fields.Many2one("sme.onboarding.step", required=True, ondelete="cascade", index=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade", index=True, readonly=True)
    theme_id = fields.Many2one(related="step_id.theme_id", store=True)
    theme_sequence = fields.Integer(related="step_id.theme_sequence", store=True, string="Theme sequence")
    step_sequence = fields.Integer(related="step_id.sequence", store=True, string="Step sequence")
    state = fields.Selection(
        [
            (progress.TODO, "To do"),
            (progress.DOING, "Started"),
            (progress.DONE, "Done, verified"),
            (progress.UNMEASURED, "Not measured"),
            (progress.DECLARED, "Done, not verified"),
            (progress.NOT_NEEDED, "Not needed"),
        ],
        required=True,
        default=progress.TODO,
        readonly=True,
        index=True,
    )
    opened_on = fields.Datetime(readonly=True, help="When somebody first opened the screen of the step from here.")
    checked_on = fields.Datetime(string="Last check", readonly=True)
    verified_on = fields.Datetime(string="In order since", readonly=True)
    reopened_on = fields.Datetime(
        string="Broken since", readonly=True, help="When a check found it no longer in order."
    )
    tested = fields.Char(readonly=True, help="What the last test that asked another machine was about.")
    outcome = fields.Json(readonly=True, help="What the last check found: texts with values, model and domain.")
    found = fields.Text(string="What was found", compute="_compute_found")
    reason = fields.Char(string="Why not needed", readonly=True)
    set_aside_by_id = fields.Many2one("res.users", string="Set aside by", readonly=True, ondelete="set null")
    set_aside_on = fields.Datetime(string="Set aside on", readonly=True)
    user_id = fields.Many2one("res.users", string="Who", readonly=True, ondelete="set null", index="btree_not_null")
    deadline = fields.Date(string="By when", readonly=True)
    declared_on = fields.Datetime(string="Said to be done on", readonly=True)
    declared_by_id = fields.Many2one("res.users", string="Said by", readonly=True, ondelete="set null")
    rhythm_days = fields.Integer(string="Rhythm (days)", readonly=True, help="0: the usual one of the step.")
    tended_on = fields.Date(string="Last looked after", readonly=True)

    _step_company_unique = models.UniqueIndex("(step_id, company_id)", "A company has one status for each step.")

    @api.depends("outcome")
    @api.depends_context("lang")
    def _compute_found(self):
        for status in self:
            status.found = "\n".join(status._found_texts())

    def _found_texts(self):
        """:return: list of str, what the last check found, in the language of the user"""
        self.ensure_one()
        lang = self.env.lang or "en_US"
        texts = []
        for text in (self.outcome or {}).get("found", []):
            values = dict(text["values"])
            if "modules" in values:
                values["modules"] = [
                    self.env["ir.module.module"]._get(name).shortdesc or name for name in values["modules"]
                ]
            texts.append(get_translation(text["module"], lang, text["source"], values))
        return texts

    # ------------------------------------------------------------------------------------------------- checks

    @api.model
    def _of_company(self, company):
        """The statuses of a company in the order of the plan; those of new steps are created.

        :param company: res.company
        """
        # sudo: anybody may be the first to open the page after a step was added; nobody has the right to create.
        steps = self.env["sme.onboarding.step"].sudo().search(fields.Domain.TRUE).filtered(lambda step: step._applies())
        mine = [("company_id", "=", company.id), ("step_id", "in", steps.ids)]
        statuses = self.sudo().search(mine)
        missing = steps - statuses.step_id
        if missing:
            self.sudo().create([{"step_id": step.id, "company_id": company.id} for step in missing])
            statuses = self.sudo().search(mine)
        return statuses.with_env(self.env)

    def _standing(self):
        """:return: engine.progress.Standing"""
        self.ensure_one()
        return progress.Standing(
            state=self.state,
            started=bool(self.opened_on),
            checked_on=self.checked_on or None,
            verified_on=self.verified_on or None,
            reopened_on=self.reopened_on or None,
            tested=self.tested or "",
            declared=bool(self.declared_on),
        )

    def _check(self, remote=False):
        """Run the checks of these statuses and keep what they found.

        :param bool remote: whether other machines may be asked (slow)
        """
        now = fields.Datetime.now()
        # sudo: the verdict of a check is the same whoever asks for it; nobody may write it by hand.
        for status in self.sudo():
            before = status._standing()
            if before.state == progress.NOT_NEEDED:
                continue
            outcome = self.env["sme.onboarding.check"]._run(status.step_id, status.company_id, remote=remote)
            after = progress.judge(before, outcome, now)
            if after is before:
                continue
            status.write(
                {
                    "state": after.state,
                    "checked_on": after.checked_on,
                    "verified_on": after.verified_on,
                    "reopened_on": after.reopened_on,
                    "tested": after.tested,
                    "declared_on": status.declared_on if after.declared else False,
                    "outcome": {
                        "status": outcome.status,
                        "found": list(outcome.found),
                        "model": outcome.model,
                        "domain": _plain(outcome.domain),
                    },
                }
            )

    @api.model
    def _cron_check(self):
        """The daily check, in bounded parts: what was not checked since yesterday, longest ago first."""
        applying = self.env["sme.onboarding.step"].search(fields.Domain.TRUE).filtered(lambda step: step._applies())
        stale = [
            ("state", "!=", progress.NOT_NEEDED),
            ("step_id", "in", applying.ids),
            ("company_id.active", "=", True),
            "|",
            ("checked_on", "=", False),
            ("checked_on", "<", fields.Datetime.now() - STALE_AFTER),
        ]
        statuses = self.search(stale, limit=CRON_BATCH, order="checked_on ASC NULLS FIRST, id")
        remaining = self.search_count(stale)
        self.env["ir.cron"]._commit_progress(remaining=remaining)
        for status in statuses:
            # Another worker, or somebody with the page open, may be checking the same one now.
            locked = status.try_lock_for_update()
            locked._check(remote=True)
            remaining -= 1
            if not self.env["ir.cron"]._commit_progress(1, remaining=max(remaining, 0)):
                break

    # ------------------------------------------------------------------------------------------------- actions

    @api.model
    def _may_act(self):
        """Administrators and accounting managers set steps aside and ask for slow tests; everybody else reads."""
        return self.env.user.has_group("base.group_system") or self.env.user.has_group("account.group_account_manager")

    def _ensure_may_act(self):
        self.check_access("read")
        if not self._may_act():
            raise AccessError(self.env._("Only an administrator or an accounting manager can change this."))

    def action_open_screen(self):
        """
        :return: dict, the action that opens the screen where this step is done
        """
        self.ensure_one()
        self.check_access("read")
        if not self.step_id._can_open():
            raise AccessError(self.env._("Your rights do not allow this step. Ask an administrator."))
        action = self.step_id._open_screen(self.company_id)
        if not self.opened_on:
            # sudo: opening the screen is a fact about the step, not a verdict.
            self.sudo().opened_on = fields.Datetime.now()
        return action

    def action_open_records(self):
        """
        :return: dict, the action that lists the records that the last check looked at
        """
        self.ensure_one()
        self.check_access("read")
        outcome = self.outcome or {}
        if not outcome.get("model") or outcome["model"] not in self.env:
            raise UserError(self.env._("There are no records behind this step yet."))
        records = self.env[outcome["model"]]
        records.check_access("read")
        found = records.search(outcome["domain"], limit=2)
        action = {
            "type": "ir.actions.act_window",
            "name": self.step_id.name,
            "res_model": outcome["model"],
            "domain": outcome["domain"],
            "views": [[False, "list"], [False, "form"]],
            "target": "current",
        }
        if len(found) == 1:
            action.update(res_id=found.id, views=[[False, "form"]])
        return action

    def action_test(self):
        """Check again, and ask other machines where the check needs it."""
        self._ensure_may_act()
        self._check(remote=True)
        return True

    def action_set_aside(self, reason):
        """
        :param str reason: why the company does not need this step
        """
        self._ensure_may_act()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say in a few words why your firm does not need this step."))
        # sudo: statuses are read-only for everybody; who may act was checked above.
        self.sudo().write(
            {
                "state": progress.NOT_NEEDED,
                "reason": reason,
                "set_aside_by_id": self.env.uid,
                "set_aside_on": fields.Datetime.now(),
                "verified_on": False,
                "reopened_on": False,
            }
        )
        return True

    def action_take_back(self):
        """The step is needed after all: the check says at once where it stands."""
        self._ensure_may_act()
        set_aside = self.filtered(lambda status: status.state == progress.NOT_NEEDED)
        # sudo: as in action_set_aside.
        set_aside.sudo().write(
            {"state": progress.TODO, "reason": False, "set_aside_by_id": False, "set_aside_on": False}
        )
        set_aside._check()
        return True


def _plain(domain):
    """A domain as lists of JSON-able values."""

    def value(of):
        return list(of) if isinstance(of, Collection) and not isinstance(of, str) else of

    return [leaf if isinstance(leaf, str) else [leaf[0], leaf[1], value(leaf[2])] for leaf in domain]
