# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each request that we make, and each answer that our stand-in gives, against the published OpenAPI description.

The judge is ``openapi-core``, an independent implementation of OpenAPI 3.1, with ``jsonschema`` for the values.
"""

import json
import unittest
from pathlib import Path

try:
    from openapi_core import Config, OpenAPI
    from openapi_core.exceptions import OpenAPIError
    from openapi_core.testing import MockRequest, MockResponse
except ImportError:
    OpenAPI = None

from odoo.tests import BaseCase, tagged

from odoo.addons.be_peppol_einvoice.providers import contract
from odoo.addons.be_peppol_einvoice.tests.provider_suite import RECEIVER, SENDER, document

from ..provider import EInvoiceBeProvider
from .einvoice_be_peer import EInvoiceBePeer

SPEC = Path(__file__).resolve().parents[4] / "shared" / "specs" / "einvoice_be_openapi.json"


def _text(body, **_parameters):
    # a file within a form is a string to the description, and bytes to the library
    return body.decode("latin-1")


@tagged("post_install", "-at_install")
@unittest.skipUnless(SPEC.exists(), "the OpenAPI description of e-invoice.be is not here")
@unittest.skipUnless(OpenAPI, "the library openapi-core is not here")
class TestContract(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spec = json.loads(SPEC.read_text())
        # the description as published has a default value of another type than its field's, which is not our matter
        config = Config(spec_validator_cls=None, extra_media_type_deserializers={"application/octet-stream": _text})
        cls.judge = OpenAPI.from_dict(cls.spec, config=config)

    def setUp(self):
        super().setUp()
        self.peer = EInvoiceBePeer()
        self.addCleanup(self.peer.close)
        self.provider = EInvoiceBeProvider(self.peer.token, self.peer.url)

    def test_all_calls(self):
        outgoing = document()
        reservation = self.provider.reserve(outgoing)
        self.provider.submit(outgoing, reservation)
        self.provider.submit(outgoing, reservation)
        self.provider.status(reservation)
        self.peer.finish(reservation, contract.FAILED, "refused")
        self.provider.status(reservation)
        self.peer.arrive(outgoing.xml, RECEIVER, SENDER)
        (waiting,) = self.provider.inbox().items
        self.provider.download(waiting)
        self.provider.look_up(RECEIVER)
        self.provider.test_connection()
        seen = set()
        for method, path, query, headers, body, status, value in self._calls():
            with self.subTest(method=method, path=path, status=status):
                request = self._request(method, path, query, headers, body)
                self.judge.validate_request(request)
                answer = MockResponse(json.dumps(value).encode(), status, content_type="application/json")
                self.judge.validate_response(request, answer)
                template, parameters = self._found(request)
                self.assertLessEqual(set(query), parameters)
                seen.add((method, template))
        self.assertEqual(len(seen), 8, seen)

    def test_the_judge_refuses(self):
        """What is wrong is not overlooked: a value of another type, a missing key, an unknown path, another form."""
        self.provider.reserve(document())
        self.provider.inbox()
        _look_up, creation, inbox = self._calls()
        right = self._request(*inbox[:5])
        self.judge.validate_request(right)
        for wrong in (
            self._request(*inbox[:2], {**inbox[2], "page": "first"}, *inbox[3:5]),
            self._request(*inbox[:3], {}, b""),
            self._request("GET", "/api/inboxes/", *inbox[2:5]),
            self._request(*creation[:4], creation[4].replace(b'name="file"', b'name="document"')),
        ):
            with self.assertRaises(OpenAPIError):
                self.judge.validate_request(wrong)
        for answer in (b'{"items": 1}', b"[]", b"not JSON"):
            with self.assertRaises(OpenAPIError):
                self.judge.validate_response(right, MockResponse(answer, 200, content_type="application/json"))

    def _calls(self):
        """What was asked and answered; the signed addresses of files are no part of the API."""
        return [call for call in self.peer.log if not call[1].startswith("/signed/")]

    def _request(self, method, path, query, headers, body):
        return MockRequest(
            self.spec["servers"][0]["url"],
            method.lower(),
            path,
            args=query,
            headers=dict(headers),
            data=body or None,
            content_type=dict(headers).get("Content-Type", "application/json"),
        )

    def _found(self, request):
        """What the description has for a request: the path's pattern, and the names of the query's parameters."""
        finder = self.judge.request_validator.path_finder
        found = finder.find(request.method, f"{request.host_url}{request.path}")
        parameters = (found.operation / "parameters").read_value() if "parameters" in found.operation else []
        return found.path_result.pattern, {one["name"] for one in parameters if one["in"] == "query"}
