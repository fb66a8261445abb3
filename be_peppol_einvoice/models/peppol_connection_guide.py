# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import suppress
from urllib.parse import urlsplit

from cryptography import x509
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..exchange import reception
from ..providers.errors import ProviderError
from ..transport.identifiers import InvalidIdentifier, ParticipantId
from ..transport.lookup import look_up
from ..transport.outcome import AS4
from .res_partner_lookup import utc_now


class PeppolConnection(models.Model):
    """The guided page of a company's access point: what it needs, and where the network delivers."""

    _inherit = "peppol.connection"

    needs = fields.Html(compute="_compute_needs", string="What you need", sanitize=False)
    choices = fields.Integer(compute="_compute_choices")
    participant = fields.Char(compute="_compute_participant", string="Peppol number")
    can_register = fields.Boolean(compute="_compute_can_register")
    core_state = fields.Selection(related="company_id.account_peppol_proxy_state", string="Odoo's own access point")
    reception = fields.Selection(
        [
            (reception.UNKNOWN, "Not known"),
            (reception.NOWHERE, "Nobody receives for the company"),
            (reception.ELSEWHERE, "At another access point"),
            (reception.HERE, "At this access point"),
        ],
        string="Where documents arrive",
        required=True,
        readonly=True,
        default=reception.UNKNOWN,
        copy=False,
        tracking=True,
    )
    reception_at = fields.Char(string="Published access point", readonly=True, copy=False)
    reception_before = fields.Char(readonly=True, copy=False, help="The other access point that was last published.")
    reception_date = fields.Datetime(string="Looked up", readonly=True, copy=False)
    reception_failure = fields.Char(string="Why nobody knows", readonly=True, copy=False)

    @api.depends("provider")
    @api.depends_context("lang")
    def _compute_needs(self):
        providers = self._providers()
        for connection in self:
            needs = providers.get(connection.provider, {}).get("needs", ())
            items = Markup().join(Markup("<li>%s</li>") % need for need in needs)
            connection.needs = Markup('<ul class="mb-0">%s</ul>') % items if items else False

    def _compute_choices(self):
        self.choices = len(self._providers())

    @api.depends("company_id")
    def _compute_participant(self):
        for connection in self:
            connection.participant = connection.company_id.peppol_endpoint and connection._participant()

    @api.depends("provider", "state")
    def _compute_can_register(self):
        for connection in self:
            connection.can_register = (
                connection.state != "draft"
                and connection.provider in self._providers()
                and connection._provider().offers("register")
            )

    @api.model
    def action_guide(self, company_id=None):
        """The guided page of a company's access point.

        :param company_id: None is the current company
        """
        self.check_access("create")
        company = self.env["res.company"].browse(company_id) if company_id else self.env.company
        connection = self.search([("company_id", "=", company.id)])
        action = self.env["ir.actions.act_window"]._for_xml_id("be_peppol_einvoice.action_peppol_connection")
        return action | {
            "views": [(False, "form")],
            "view_mode": "form",
            "res_id": connection.id,
            "context": {"default_company_id": company.id},
            "display_name": self.env._("Access point of %s", company.name),
        }

    def action_core_settings(self):
        """Where the company registers at, or leaves, Odoo's own access point."""
        return self.env["ir.actions.actions"]._for_xml_id("account.action_account_config")

    # ------------------------------------------------------------------------------------------------------------------
    # Reception
    # ------------------------------------------------------------------------------------------------------------------

    def action_look_in_network(self):
        """Ask the network itself where documents for the company are delivered.

        :raises UserError: if there is no number, or no network to ask
        """
        self.ensure_one()
        self.check_access("write")
        network = self.company_id._peppol_lookup_network()
        if network is None:
            raise UserError(
                self.env._(
                    "There is no Peppol network to look in: choose one in the settings, under the look-up of customers."
                )
            )
        try:
            participant = ParticipantId.parse(self._participant())
        except InvalidIdentifier:
            raise UserError(self.env._("Fill in the Peppol number of the company's contact first.")) from None
        self._keep_reception(look_up(participant, network, now=utc_now()))

    def _keep_reception(self, found):
        endpoint = next(
            (
                endpoint
                for document in found.documents
                for endpoint in document.endpoints
                if endpoint.transport == AS4 and endpoint.begun(utc_now()) and not endpoint.ended(utc_now())
            ),
            None,
        )
        seat, host = _seat(endpoint.certificate) if endpoint else "", endpoint and urlsplit(endpoint.url).hostname
        own, claims = "", False
        if self.state != "draft":
            provider = self._provider()
            # what it does not say now is not taken for granted
            with suppress(ProviderError):
                own = provider.identity()
                claims = provider.test_connection().receives
        where = reception.judge(found.kind, seat or host or "", own, claims, self.reception_before or "")
        values = {"reception_date": fields.Datetime.now(), "reception_failure": False}
        if where == reception.UNKNOWN:
            # what was known before stays
            reasons = self.env["res.partner"]._peppol_lookup_reasons()
            values["reception_failure"] = reasons.get(found.reason, found.detail)
        else:
            values["reception"] = where
            values["reception_at"] = " – ".join(filter(None, (seat, host))) or False
            if where == reception.ELSEWHERE:
                values["reception_before"] = seat or host
        self.write(values)

    def action_register(self):
        """Let the access point receive for the company from now on, and fetch what arrives."""
        self.ensure_one()
        self.check_access("write")
        try:
            self._provider().register(self._participant())
        except ProviderError as error:
            raise UserError(self._explain(error)) from None
        self.receives = True
        self.message_post(body=self.env._("The access point now receives for %s.", self._participant()))
        if self.company_id._peppol_lookup_network() is not None:
            self.action_look_in_network()

    def action_deregister(self):
        """Let the access point no longer receive for the company; what it holds already is fetched first.

        :raises UserError: where the network still delivers here, for those documents would be refused
        """
        self.ensure_one()
        self.check_access("write")
        provider = self._provider()
        if not provider.publishes and self.company_id._peppol_lookup_network() is not None:
            self.action_look_in_network()
            if self.reception == reception.HERE:
                raise UserError(
                    self.env._(
                        "The network still delivers the company's documents here, and they would be refused. Let "
                        "another access point publish %s first, or have it taken out of the network.",
                        self._participant(),
                    )
                )
        self.env["peppol.exchange"]._fetch(self)
        try:
            provider.deregister(self._participant())
        except ProviderError as error:
            raise UserError(self._explain(error)) from None
        self.receives = False
        self.message_post(body=self.env._("The access point no longer receives for %s.", self._participant()))


def _seat(certificate):
    """The identifier of the access point whose certificate (DER) it is; "" if it has none."""
    try:
        names = x509.load_der_x509_certificate(certificate).subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    except ValueError:
        return ""
    return str(names[0].value) if names else ""
