# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.modules.registry import Registry

from ..engine import install

_logger = logging.getLogger(__name__)


class SmePlanInstall(models.TransientModel):
    """The dry run before apps of a plan are installed: what comes, and why. Confirming queues the apps; the queue is on
    the plan, so that it goes on after a closed tab or a restart."""

    _name = "sme.plan.install"
    _description = "Plan: Install Apps"

    plan_id = fields.Many2one("sme.plan", required=True, ondelete="cascade")
    line_ids = fields.Many2many("sme.plan.line", string="Apps")
    asked_ids = fields.Many2many("ir.module.module", string="Asked for", compute="_compute_dry_run")
    needed_ids = fields.Many2many("ir.module.module", string="Needed by them", compute="_compute_dry_run")
    along_ids = fields.Many2many("ir.module.module", string="Come along by themselves", compute="_compute_dry_run")
    count = fields.Integer(string="Modules", compute="_compute_dry_run")
    missing = fields.Char(string="Cannot be installed here", compute="_compute_dry_run")

    @api.depends("line_ids")
    def _compute_dry_run(self):
        # sudo: a list of modules is not for everybody; the button is for administrators anyway
        modules = self.env["ir.module.module"].sudo().search(fields.Domain.TRUE)
        catalogue = [self._module_values(module) for module in modules]
        countries = set(self.env["res.company"].sudo().search(fields.Domain.TRUE).country_id.mapped("code"))
        by_name = {module.name: module for module in modules}
        for run in self:
            asked = [name for line in run.line_ids for name in line.app_id._module_names()]
            found = install.dry_run(catalogue, asked, countries)
            missing = list(found.missing)
            for field, why in (("asked_ids", "asked"), ("needed_ids", "needed"), ("along_ids", "along")):
                run[field] = modules.browse(by_name[name].id for name, reason in found.install.items() if reason == why)
            for name in found.install:
                try:
                    modules.check_external_dependencies(name, "to install")
                except UserError as error:
                    missing.append(str(error).splitlines()[0])
            run.count = len(found.install)
            run.missing = ", ".join(missing)

    def _module_values(self, module):
        dependencies = module.dependencies_id
        return install.Module(
            name=module.name,
            depends=tuple(dependencies.mapped("name")),
            triggers=tuple(dependencies.filtered("auto_install_required").mapped("name"))
            if module.auto_install
            else None,
            countries=frozenset(module.country_ids.mapped("code")),
            installed=module.state in ("installed", "to upgrade", "to install"),
            installable=module.state != "uninstallable",
        )

    def action_confirm(self):
        """Queue the apps and open the page that installs them one after the other."""
        self.ensure_one()
        self._ensure_may_install()
        self.line_ids.write({"queued": True, "problem": False})
        return self.plan_id.action_go_on()

    @api.model
    def _ensure_may_install(self):
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Only an administrator can install apps."))

    # ------------------------------------------------------------------------------------------------- the queue

    @api.model
    def get_queue(self, plan_id):
        """
        :return: dict: company (str), lines (list of dict: id, name, state, problem) in the order of the plan
        """
        plan = self.env["sme.plan"].browse(plan_id)
        plan.check_access("read")
        lines = plan.line_ids.filtered(lambda line: line.queued or line.problem)
        return {
            "company": plan.company_id.name,
            "lines": [
                {"id": line.id, "name": line.app_id.name, "state": line.state, "problem": line.problem or ""}
                for line in lines
            ],
        }

    @api.model
    def install_next(self, plan_id):
        """Install one queued app in a transaction of its own. What fails is noted with its reason, leaves the queue,
        and does not keep the others.

        :return: dict as of :meth:`get_queue`, or None where nothing is queued
        """
        self._ensure_may_install()
        plan = self.env["sme.plan"].browse(plan_id)
        plan.check_access("write")
        line = plan.line_ids.filtered("queued")[:1]
        if not line:
            return None
        database, uid, context = self.env.cr.dbname, self.env.uid, dict(self.env.context)
        problem = ""
        try:
            self._install(line)
        except Exception as error:
            # whatever goes wrong in the code of an app must not keep the other apps
            _logger.exception("Installing %s failed", line.app_id.modules)
            self.env.cr.rollback()
            problem = (str(error).splitlines() or [type(error).__name__])[0][:500]
        # Installing loads a new registry: what comes after it works with that one, in a transaction of its own.
        with Registry(database).cursor() as cr:
            lines = api.Environment(cr, SUPERUSER_ID, {})["sme.plan.line"].browse(line.id).exists()
            lines.write({"queued": False, "problem": problem})
            queue = api.Environment(cr, uid, context)["sme.plan.install"].get_queue(plan_id)
        return queue

    def _install(self, line):
        modules = self.env["ir.module.module"].search([("name", "in", line.app_id._module_names())])
        if set(line.app_id._module_names()) - set(modules.mapped("name")):
            raise UserError(self.env._("This server does not have the app."))
        todo = modules.filtered(lambda module: module.state in ("uninstalled", "to install"))
        if todo:
            todo.button_immediate_install()
