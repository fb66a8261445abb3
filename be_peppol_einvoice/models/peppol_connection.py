# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets
from hmac import compare_digest

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ..providers.errors import ProviderError

# The longest time without an answer, for a document of 60 MB on a slow line
TIMEOUT = 60


class PeppolConnection(models.Model):
    """A company's account at an access point. A company without one goes Odoo's own way.

    The credentials are readable by administrators only, and only by the field's groups: whoever may see the state of
    the connection sees none of them.
    """

    _name = "peppol.connection"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Connection to a Peppol access point"
    _rec_name = "company_id"
    _order = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    provider = fields.Selection(selection="_selection_provider", string="Access point", required=True, tracking=True)
    about = fields.Text(compute="_compute_about")
    url = fields.Char(string="Address", help="Only where the access point is your own, or for its test environment.")
    token = fields.Char(string="API key", groups="base.group_system", copy=False)
    webhook_token = fields.Char(groups="base.group_system", copy=False, default=lambda self: secrets.token_urlsafe(32))
    carries_responses = fields.Boolean(compute="_compute_carries_responses")
    webhook_url = fields.Char(compute="_compute_webhook_url", groups="base.group_system", string="Webhook address")
    hinted_at = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Not connected"), ("connected", "Connected"), ("paused", "Sending is paused")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    receives = fields.Boolean(string="Receive here", help="Fetch what arrives for this company at this access point.")
    reason = fields.Char(string="What the access point said", readonly=True, copy=False)
    account = fields.Char(readonly=True, copy=False)
    inbox_cursor = fields.Char(readonly=True, copy=False)
    fetched_at = fields.Datetime(string="Last fetched", readonly=True, copy=False)

    _company_unique = models.Constraint("UNIQUE(company_id)", "The company already has a connection: change that one.")

    # ------------------------------------------------------------------------------------------------------------------
    # The providers
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _providers(self):
        """The access points that can be chosen; an add-on brings one by extending this.

        :return: dict from key to dict with ``name``, ``about`` (one sentence) and ``needs`` (what one has to have,
            costs included), in the user's language, and ``make`` (callable that takes a connection, with its
            credentials readable, and gives a :class:`~..providers.contract.Provider`)
        """
        return {}

    @api.model
    def _selection_provider(self):
        return [(key, provider["name"]) for key, provider in self._providers().items()]

    @api.depends("provider")
    @api.depends_context("lang")
    def _compute_about(self):
        providers = self._providers()
        for connection in self:
            connection.about = providers.get(connection.provider, {}).get("about", "")

    @api.depends("provider", "state")
    def _compute_carries_responses(self):
        for connection in self:
            connection.carries_responses = connection._carries_responses()

    @api.depends("webhook_token")
    def _compute_webhook_url(self):
        for connection in self:
            connection.webhook_url = (
                f"{connection.get_base_url()}/be_peppol/hint/{connection.id}/{connection.webhook_token}"
                if connection.id
                else False
            )

    def _provider(self):
        """The access point itself.

        :raises UserError: if the add-on that brought it is gone
        """
        self.ensure_one()
        provider = self._providers().get(self.provider)
        if not provider:
            raise UserError(self.env._("The add-on for the access point “%s” is not installed.", self.provider))
        # sudo: the credentials are used on behalf of those who may send, and who may not read them
        return provider["make"](self.sudo())

    def _provider_name(self):
        return self._providers().get(self.provider, {}).get("name", self.provider)

    def _carries_responses(self):
        """Whether the access point carries answers to what was received."""
        provider = self._providers().get(self.provider)
        # sudo: see _provider
        return self.state != "draft" and bool(provider) and provider["make"](self.sudo()).offers("respond")

    @api.model
    def _of(self, company):
        """The company's connection that is in use (connected or paused); empty where the company goes Odoo's way."""
        # sudo: which way a document goes depends on the company, not on what its user may see of the connection
        return self.sudo().browse(self._id_of(company.id))

    @api.model
    @tools.ormcache("company_id")
    def _id_of(self, company_id):
        # core asks for each document of a batch which ways it may go
        return self.sudo().search([("company_id", "=", company_id), ("state", "!=", "draft")], limit=1).id

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if {"company_id", "state"} & set(vals):
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    # ------------------------------------------------------------------------------------------------------------------
    # Connecting
    # ------------------------------------------------------------------------------------------------------------------

    def action_connect(self):
        """Try the credentials; from then on the company's documents go this way. Also ends a pause."""
        self.ensure_one()
        self.check_access("write")
        try:
            account = self._provider().test_connection()
        except ProviderError as error:
            raise UserError(self._explain(error)) from None
        own = self._participant()
        if account.participants and own.lower() not in map(str.lower, account.participants):
            raise UserError(
                self.env._(
                    "The account “%(account)s” is not registered for %(participant)s, but for: %(participants)s.",
                    account=account.name,
                    participant=own,
                    participants=", ".join(account.participants),
                )
            )
        if self.company_id.account_peppol_proxy_state == "rejected":
            # Odoo's own access point refused the company: core would close the way for every other one too
            self.company_id._reset_peppol_configuration(soft=True)
        self.write({"state": "connected", "reason": False, "account": account.name})
        self.activity_unlink(["mail.mail_activity_data_todo"])
        self.company_id.invalidate_recordset(["peppol_can_send"])
        for cron in ("submit", "fetch"):
            self.env.ref(f"be_peppol_einvoice.ir_cron_exchange_{cron}")._trigger()
        return self._notify_connected()

    def _notify_connected(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Connected: “%s” answers.", self.account or self.provider),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_disconnect(self):
        """Go Odoo's own way again. What the access point has taken over is still followed up when connected again."""
        self.ensure_one()
        self.check_access("write")
        waiting = self.env["peppol.exchange"].search_count(
            [("connection_id", "=", self.id), ("state", "in", ("prepared", "retrying", "submitted"))]
        )
        if waiting:
            raise UserError(
                self.env._(
                    "%s documents are under way here. Wait until they have arrived, or close them first.",
                    waiting,
                )
            )
        self.state = "draft"
        self.company_id.invalidate_recordset(["peppol_can_send"])

    def _participant(self):
        partner = self.company_id.partner_id
        return f"{partner.peppol_eas}:{partner.peppol_endpoint}"

    def _explain(self, error):
        texts = {
            "unauthorised": self.env._("The access point does not accept the API key."),
            "temporary": self.env._("The access point cannot be reached at the moment."),
        }
        text = texts.get(error.kind) or self.env._("The access point refused.")
        return f"{text} ({error.detail})" if error.detail else text

    def _pause(self, error):
        """Stop the company's sending, and say so once: not once per invoice."""
        self.ensure_one()
        if self.state != "connected":
            return
        self.write({"state": "paused", "reason": error.detail})
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("E-invoices are no longer sent"),
            note=self.env._(
                "The access point no longer accepts the company's API key. Nothing is lost: the documents wait, and go "
                "out as soon as you fill in a valid key and connect again."
            ),
            user_id=self.create_uid.id,
        )

    # ------------------------------------------------------------------------------------------------------------------
    # Hints from outside
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _hint(self, connection_id, token):
        """Something may have arrived or changed. Only a hint: what is fetched is the truth.

        :return: whether the token is right; a hint within a minute of the last one changes nothing
        """
        # sudo: the caller is an access point, which proves itself by the token
        connection = self.sudo().browse(connection_id).exists()
        if not compare_digest((connection.webhook_token or secrets.token_urlsafe(32)).encode(), token.encode()):
            return False
        now = fields.Datetime.now()
        if connection.state == "connected" and (
            not connection.hinted_at or (now - connection.hinted_at).total_seconds() > 60
        ):
            connection.hinted_at = now
            for cron in ("fetch", "status"):
                self.env.ref(f"be_peppol_einvoice.ir_cron_exchange_{cron}")._trigger()
        return True
