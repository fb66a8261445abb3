# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.be_register_import import FOLDER_PARAMETER
from ..register import store


class BeRegisterPanel(models.TransientModel):
    """The register's page: what there is, how old it is, what to do next."""

    _name = "be.register.panel"
    _description = "Company Register"

    filled = fields.Boolean(compute="_compute_state")
    number = fields.Char(string="Extract", compute="_compute_state")
    snapshot_date = fields.Date(string="Data Of", compute="_compute_state")
    age = fields.Integer(string="Age (Days)", compute="_compute_state")
    enterprises = fields.Integer(compute="_compute_state")
    active_enterprises = fields.Integer(string="Of Which Active", compute="_compute_state")
    establishments = fields.Integer(compute="_compute_state")
    rejected = fields.Integer(string="Rows Left Out at the Last Import", compute="_compute_state")
    current_id = fields.Many2one("be.register.import", string="Import Under Way", compute="_compute_imports")
    last_id = fields.Many2one("be.register.import", string="Last Import", compute="_compute_imports")
    licence = fields.Char(string="Licence Accepted", compute="_compute_licence")
    accept = fields.Boolean(string="I have read these terms and accept them for this database")
    upload = fields.Char(string="Register File")
    path = fields.Char(string="Or a File on the Server")
    folder = fields.Char(
        string="Scheduled Folder",
        compute="_compute_folder",
        inverse="_inverse_folder",
        readonly=False,
        help="A folder on the server in which the downloaded editions are put. Every night, the edition that comes "
        "next is imported: the newest full edition into an empty register, then each update in its turn.",
    )
    vies_nightly = fields.Boolean(
        string="Check VAT Numbers Every Night",
        compute="_compute_vies_nightly",
        inverse="_inverse_vies_nightly",
        readonly=False,
        help="VAT numbers of customers and suppliers are sent to VIES, the European Commission's service; at most 200 "
        "a night, those never answered first.",
    )

    def _compute_display_name(self):
        self.display_name = self.env._("Company Register")

    def _compute_state(self):
        register = self.env["be.register"]
        state = register.state()
        counts = store.count(self.env.cr, register._schema()) if state else (0, 0, 0)
        today = fields.Date.context_today(self)
        for panel in self:
            panel.filled = bool(state)
            panel.number = state.get("number", False)
            panel.snapshot_date = state.get("snapshot", False)
            panel.age = (today - panel.snapshot_date).days if panel.snapshot_date else 0
            panel.enterprises, panel.active_enterprises, panel.establishments = counts
            panel.rejected = int(state.get("rejects", 0))

    def _compute_imports(self):
        imports = self.env["be.register.import"]
        current = imports.search([("state", "in", ("queued", "running", "paused"))], limit=1)
        last = imports.search([("state", "in", ("done", "failed"))], limit=1)
        for panel in self:
            panel.current_id, panel.last_id = current, last

    def _compute_licence(self):
        licence = self.env["be.register.import"]._licence()
        for panel in self:
            panel.licence = (
                self.env._("by %(user)s on %(date)s", user=licence["user"], date=licence["date"]) if licence else False
            )

    def _compute_folder(self):
        folder = self.env["ir.config_parameter"].sudo().get_param(FOLDER_PARAMETER)
        for panel in self:
            panel.folder = folder

    def _inverse_folder(self):
        for panel in self:
            folder = (panel.folder or "").strip()
            if folder and not os.path.isdir(folder):
                raise UserError(self.env._("There is no folder %s on the server.", folder))
            self.env["ir.config_parameter"].sudo().set_param(FOLDER_PARAMETER, folder)

    def _compute_vies_nightly(self):
        active = self.env.ref("be_enterprise.cron_be_register_vies").sudo().active
        for panel in self:
            panel.vies_nightly = active

    def _inverse_vies_nightly(self):
        for panel in self:
            self.env.ref("be_enterprise.cron_be_register_vies").sudo().active = panel.vies_nightly

    @api.model
    def action_open(self):
        """Open the page on a new record."""
        panel = self.create({})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Company Register"),
            "res_model": self._name,
            "res_id": panel.id,
            "view_mode": "form",
            "target": "current",
        }

    def action_import(self):
        """Start the import of the uploaded file or of the one on the server."""
        self.ensure_one()
        imports = self.env["be.register.import"]
        if not imports._licence():
            if not self.accept:
                raise UserError(self.env._("Read the terms of the licence and accept them to go on."))
            imports._accept_licence()
        if self.upload:
            name = os.path.basename(self.upload)
            record = imports._start(os.path.join(imports._upload_folder(), name), "upload")
            record.file_name = name.partition("-")[2] or name
        elif self.path:
            record = imports._start(self.path.strip(), "path")
        else:
            raise UserError(self.env._("Choose the register file first."))
        return self._open(record)

    def action_scan(self):
        """Look now for the next edition in the scheduled folder."""
        self.ensure_one()
        imports = self.env["be.register.import"]
        if not imports._licence():
            raise UserError(self.env._("Read the terms of the licence and accept them to go on."))
        record = imports._cron_scan_folder()
        if not record:
            raise UserError(self.env._("The folder holds no edition that comes next."))
        return self._open(record)

    def action_open_current(self):
        """Open the import under way."""
        return self._open(self.current_id)

    def action_history(self):
        """Open the list of imports."""
        return self.env["ir.actions.act_window"]._for_xml_id("be_enterprise.action_be_register_import")

    def action_remove(self):
        """Remove the register from this database; contacts keep what was filled in."""
        if self.env["be.register.import"].search_count([("state", "in", ("queued", "running", "paused"))], limit=1):
            raise UserError(self.env._("Another import is not finished. Let it finish, or cancel it, first."))
        store.remove(self.env.cr, self.env["be.register"]._schema())
        return self.action_open()

    def _open(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
        }
