# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from functools import lru_cache
from pathlib import Path

from odoo import api, models
from odoo.modules import module

from ..transport import sml
from ..transport.network import InvalidNetwork, Network

_logger = logging.getLogger(__name__)

NETWORK = "be_peppol_einvoice.network"
NETWORK_FILE = "be_peppol_einvoice.network_file"
TIME_TO_LIVE = "be_peppol_einvoice.lookup_hours"
HOURS = 24
#: Core's mode of a company's connection → the network in which its customers are looked up.
_NETWORK_OF_MODE = {"prod": "production", "test": "test"}


@lru_cache(maxsize=16)
def _from_file(path, changed):
    """The network of a file as it was at ``changed``; made once, as reading certificates takes long."""
    return Network.from_file(path)


@lru_cache(maxsize=2)
def _public(name):
    return Network.production() if name == "production" else Network.test()


class ResCompany(models.Model):
    _inherit = "res.company"

    def _peppol_lookup_network(self):
        """The Peppol network in which the company's customers are looked up, or None: then core looks them up.

        None in core's demonstration mode and in tests, unless a network has been chosen in the settings, and where the
        package that asks name servers is not installed.
        """
        self.ensure_one()
        if not sml.available():
            return None
        parameters = self.env["ir.config_parameter"].sudo()
        chosen = parameters.get_param(NETWORK) or "automatic"
        if chosen == "file":
            return self._peppol_lookup_network_file(parameters.get_param(NETWORK_FILE) or "")
        if chosen == "automatic":
            chosen = None if module.current_test else _NETWORK_OF_MODE.get(self._get_peppol_edi_mode())
        return _public(chosen) if chosen in _NETWORK_OF_MODE.values() else None

    @api.model
    def _peppol_lookup_network_file(self, path):
        try:
            return _from_file(path, Path(path).stat().st_mtime_ns)
        except (OSError, InvalidNetwork, ValueError) as error:
            _logger.warning("The file of the Peppol network cannot be used: %s", error)
            return None

    @api.model
    def _peppol_lookup_hours(self):
        """How long an answer is used again, in hours."""
        text = self.env["ir.config_parameter"].sudo().get_param(TIME_TO_LIVE)
        return int(text) if text and text.isdigit() else HOURS

    def _peppol_provider_lookup(self, participant, document_type):
        """What the company's access point says of a participant; asked only where the network cannot be.

        For the add-ons of access points to override.

        :param participant: ``"0208:0477472701"``
        :param document_type: its identifier in the code list, without the scheme
        :return: None, or an object with ``kind`` (as ``transport.outcome.KINDS``), ``reason`` and ``document_types``
        """
        self.ensure_one()
        return
