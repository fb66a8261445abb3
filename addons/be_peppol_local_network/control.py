# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The local Peppol network's control interface (docker/gateway/peppol_network), as plain Python.

``./dev demo`` tells Odoo's process the network's folder in the environment; where it is not told, there is no network.
"""

import json
import os
from pathlib import Path

import requests

FOLDER = "BE_PEPPOL_LOCAL_NETWORK"
#: Seconds; it is on this machine.
TIMEOUT = 10


class NoNetwork(Exception):
    """There is no local network, or it does not answer."""


class Refused(Exception):
    """The network did not do what was asked; the text says why."""


class Control:
    """The network whose folder the environment names.

    :raises NoNetwork: if there is none
    """

    def __init__(self):
        folder = os.environ.get(FOLDER)
        if not folder:
            raise NoNetwork
        try:
            values = json.loads((Path(folder) / "connection.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise NoNetwork from error
        self.network_file = values["network"]
        #: {name: {"url", "token"}} of the access points' REST APIs
        self.access_points = values["access_points"]
        self._url = values["url"]
        self._headers = {"Authorization": f"Bearer {values['token']}"}

    def ask(self, method, path, values=None):
        """The JSON answer.

        :raises NoNetwork: if there is no answer
        :raises Refused: if the request was refused
        """
        try:
            answer = requests.request(method, f"{self._url}{path}", json=values, headers=self._headers, timeout=TIMEOUT)
            content = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise NoNetwork from error
        if answer.status_code >= 400:
            raise Refused(content.get("error", str(answer.status_code)))
        return content
