# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, models
from odoo.exceptions import UserError

from ..control import Control, NoNetwork, Refused

_logger = logging.getLogger(__name__)

#: The system parameters that say where participants are looked up.
NETWORK = "be_peppol_einvoice.network"
NETWORK_FILE = "be_peppol_einvoice.network_file"
#: Which demo company is at which access point. Eupen's garage is not on Peppol yet.
COMPANIES = {"liege": "ap1", "brussel": "ap1", "gent": "ap2"}
#: The access point of everybody else.
OTHERS = "ap2"


class PeppolLocalNetwork(models.AbstractModel):
    _name = "peppol.local.network"
    _description = "Local Peppol network"

    @api.model
    def _control(self):
        """:raises UserError: if there is no local network"""
        try:
            return Control()
        except NoNetwork:
            raise UserError(self._no_network()) from None

    @api.model
    def _ask(self, method, path, values=None):
        """The local network's answer.

        :raises UserError: if it does not answer, or refuses
        """
        try:
            return self._control().ask(method, path, values)
        except NoNetwork:
            raise UserError(self._no_network()) from None
        except Refused as error:
            raise UserError(self.env._("The local Peppol network refused: %s", error)) from None

    @api.model
    def _no_network(self):
        return self.env._(
            "The local Peppol network does not run. It belongs to the demo: start that with “./dev demo”, then come "
            "back to this page."
        )

    @api.model
    def _cron_connect(self):
        """Keep the demo companies at their access points, and their partners registered. Nothing without a network."""
        try:
            control = Control()
            self._connect(control)
        except NoNetwork:
            _logger.info("There is no local Peppol network.")

    @api.model
    def _join(self):
        """The same, when a demo is made: its first page is to show the network.

        :raises UserError: if there is no network
        """
        self._connect(self._control())

    @api.model
    def _connect(self, control):
        """Register the demo's participants in the network, look up there, and send over its access points."""
        companies = {key: self.env.ref(f"__be_demo__.company_{key}", raise_if_not_found=False) for key in COMPANIES}
        companies = {key: company for key, company in companies.items() if company}
        at_access_point = {_identifier(company.partner_id): COMPANIES[key] for key, company in companies.items()}
        others = self.env["res.partner"].search([("peppol_verification_state", "=", "valid")])
        participants = {_identifier(partner): OTHERS for partner in others} | at_access_point
        participants.pop(None, None)
        known = {one["id"]: one["access_point"] for one in control.ask("GET", "/participants")["participants"]}
        missing = [
            {"id": participant, "access_point": name}
            for participant, name in participants.items()
            if known.get(participant.lower()) != name
        ]
        if missing:
            control.ask("POST", "/participants", {"participants": missing})
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(NETWORK, "file")
        parameters.set_param(NETWORK_FILE, control.network_file)
        for key, company in companies.items():
            self._connect_company(company, control.access_points[COMPANIES[key]])

    @api.model
    def _connect_company(self, company, access_point):
        """Let a company send and receive over an access point of the network.

        A connection that somebody made or ended is left alone, but for an address that has changed.
        """
        connection = self.env["peppol.connection"].search([("company_id", "=", company.id)])
        values = {"url": access_point["url"], "token": access_point["token"].strip()}
        if connection:
            if connection.provider == "gateway" and (connection.url, connection.token) != tuple(values.values()):
                connection.write(values)
            return
        connection = connection.create({**values, "company_id": company.id, "provider": "gateway", "receives": True})
        connection.action_connect()


def _identifier(partner):
    """``0208:…``; None where the partner has none."""
    if not partner.peppol_eas or not partner.peppol_endpoint:
        return None
    return f"{partner.peppol_eas}:{partner.peppol_endpoint}"
