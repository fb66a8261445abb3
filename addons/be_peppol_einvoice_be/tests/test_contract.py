# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each request that we make, and each answer that our stand-in gives, against the published OpenAPI description."""

import json
import re
import unittest
from pathlib import Path

from odoo.tests import BaseCase, tagged

from odoo.addons.be_peppol_einvoice.providers import contract
from odoo.addons.be_peppol_einvoice.tests.provider_suite import RECEIVER, SENDER, document

from ..provider import EInvoiceBeProvider
from .einvoice_be_peer import EInvoiceBePeer

SPEC = Path(__file__).resolve().parents[4] / "shared" / "specs" / "einvoice_be_openapi.json"


@tagged("post_install", "-at_install")
@unittest.skipUnless(SPEC.exists(), "the OpenAPI description of e-invoice.be is not here")
class TestContract(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spec = json.loads(SPEC.read_text())

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
        for method, path, query, headers, body, status, value in self.peer.log:
            if path.startswith("/signed/"):
                continue
            with self.subTest(method=method, path=path, status=status):
                template, operation = self._operation(method, path)
                self._check_query(operation, query)
                self._check_body(operation, headers, body)
                self._check_answer(operation, status, value)
                seen.add((method, template))
        self.assertEqual(len(seen), 8, seen)

    def _operation(self, method, path):
        for template, operations in self.spec["paths"].items():
            pattern = re.sub(r"\\\{[^/]*?\\\}", "[^/]+", re.escape(template))
            if re.fullmatch(pattern, path) and "{" not in path and method.lower() in operations:
                literal = "{" not in template or template.rsplit("/", 1)[-1] not in ("{document_id}",)
                if literal or path.rsplit("/", 1)[-1] not in ("ubl", "pdf"):
                    return template, operations[method.lower()]
        self.fail(f"{method} {path} is not in the description")

    def _check_query(self, operation, query):
        known = {p["name"]: p for p in operation.get("parameters", []) if p["in"] == "query"}
        self.assertLessEqual(set(query), set(known))
        for name, parameter in known.items():
            if name not in query:
                self.assertFalse(parameter.get("required"), name)
                continue
            schema = self._resolved(parameter["schema"])
            value = int(query[name]) if schema.get("type") == "integer" else query[name]
            self._check(value, parameter["schema"], name)

    def _check_body(self, operation, headers, body):
        content = operation.get("requestBody", {}).get("content", {})
        if not content:
            self.assertFalse(body)
            return
        kind = headers["Content-Type"].partition(";")[0]
        self.assertIn(kind, content)
        for name in self._resolved(content[kind]["schema"])["required"]:
            self.assertIn(f'name="{name}"'.encode(), body)

    def _check_answer(self, operation, status, value):
        self.assertIn(str(status), operation["responses"])
        self._check(value, operation["responses"][str(status)]["content"]["application/json"]["schema"], "answer")

    # as much of JSON Schema as the description uses for what is called here

    def _resolved(self, schema):
        while "$ref" in schema:
            schema = self.spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return schema

    def _check(self, value, schema, where):
        schema = self._resolved(schema)
        if "anyOf" in schema:
            problems = []
            for option in schema["anyOf"]:
                try:
                    return self._check(value, option, where)
                except AssertionError as error:
                    problems.append(error)
            self.fail(f"{where}: {problems}")
        if "enum" in schema:
            self.assertIn(value, schema["enum"], where)
        kind = schema.get("type")
        types = {
            "string": str,
            "integer": int,
            "number": (int, float),
            "boolean": bool,
            "null": type(None),
            "array": list,
            "object": dict,
        }
        self.assertIsInstance(value, types[kind], where)
        if "minimum" in schema:
            self.assertGreaterEqual(value, schema["minimum"], where)
        if "maximum" in schema:
            self.assertLessEqual(value, schema["maximum"], where)
        if kind == "array":
            for item in value:
                self._check(item, schema["items"], f"{where}[]")
        if kind == "object":
            self.assertLessEqual(set(schema.get("required", ())), set(value), where)
            for name, member in value.items():
                if name in schema.get("properties", {}):
                    self._check(member, schema["properties"][name], f"{where}.{name}")
        return None
