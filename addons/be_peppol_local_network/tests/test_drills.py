# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import itertools
import json
import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.be_peppol_einvoice.models.res_company_lookup import NETWORK_FILE

from .network_common import NetworkCommon
from .real_network import wait_until

# What failed is tried again after a moment instead of minutes
HASTE = {
    "PEPPOL_GATEWAY_RETRY_FIRST": "0.3",
    "PEPPOL_GATEWAY_RETRY_LONGEST": "1",
    "PEPPOL_GATEWAY_SEND_TIMEOUT": "3",
}
# Faults of the directory, and why nobody knows then what a customer can receive
UNKNOWN = {
    ("dns_down", "sml"): "dns_timeout",
    ("dns_slow", "sml"): "dns_timeout",
    ("dns_fails", "sml"): "dns_failed",
    ("down", "smp"): "smp_unreachable",
    ("slow", "smp"): "smp_timeout",
    ("bad_signature", "smp"): "signature_invalid",
    ("expired_certificate", "smp"): "signature_untrusted",
    ("redirected_twice", "smp"): "smp_redirects",
}
DENIED = {("not_registered", "sml"): "not_in_sml", ("not_registered", "smp"): "no_participant"}
# Faults of the receiver's access point that pass by themselves
PASSING = {"late": {"seconds": 1}, "lost": {}, "receipt_lost": {}, "duplicated": {}}
# Those that last until someone there acts, and what the sender reads meanwhile
LASTING = {"down": "cannot be reached", "expired_tls": "certificate", "expired_certificate": "is not accepted"}
# Those by which it refuses the document: what stands under "What needs you"
REFUSING = {
    "corrupted": ("permanent", "Could not decrypt", "Read what the access point said"),
    "refused": ("receiver_unknown", "does not serve the receiver", "Check the customer's Peppol number"),
}


@tagged("post_install", "-at_install")
class TestDrills(NetworkCommon):
    """What the user sees of each fault of the drill menu: the state of the document, the reason, and what to do."""

    @classmethod
    def setUpClass(cls):
        cls.enterClassContext(patch.dict(os.environ, HASTE))
        super().setUpClass()
        # whoever waits for a directory that does not answer waits as long as Odoo does
        values = json.loads(Path(cls.control.network_file).read_text(encoding="utf-8"))
        file = Path(cls.enterClassContext(tempfile.TemporaryDirectory())) / "network.json"
        file.write_text(json.dumps(values | {"timeout": 1}), encoding="utf-8")
        cls.env["ir.config_parameter"].set_param(NETWORK_FILE, str(file))
        cls.numbers = itertools.count(1)
        cls.customer = cls.joinery.partner_id.with_company(cls.shop)
        cls.customer._peppol_look_up(cls.shop, again=True)
        cls.overview = cls.env["be.peppol.overview"].with_company(cls.shop)

    def setUp(self):
        super().setUp()
        self.addCleanup(self._end)

    def _drill(self, name, target="ap1", **values):
        self.control.ask("PUT", f"/drills/{name}/{target}", values)

    def _end(self):
        self.control.ask("DELETE", "/drills")

    def _prepared(self):
        # what an earlier test sent is undone here, but not at the access points: they know the same document again
        invoice = self._invoice(
            self.joinery.partner_id, lines=[{"name": f"Houtolie {next(self.numbers)}", "price_unit": 40}]
        )
        self._send_window(invoice).action_send_and_print()
        sent = invoice._last_exchange()
        self.assertEqual(sent.state, "prepared")
        return sent

    def _wait(self, sent, seen, what):
        def done():
            self._jobs("submit")
            sent.sudo().next_at = "2026-01-01"
            self._jobs("status")
            return seen()

        wait_until(done, what)

    def _assert_delivered_once(self, sent):
        self._wait(sent, lambda: sent.state not in ("prepared", "submitted"), f"{sent.number} is delivered")
        self.assertEqual((sent.state, sent.reason_kind), ("delivered", False), sent.reason)
        self.assertFalse(sent.reason)
        self._jobs("fetch", "import")
        received = self.exchanges.search([("company_id", "=", self.joinery.id), ("number", "=", sent.number)])
        self.assertEqual(received.mapped("state"), ["imported"], "one bill, not two")
        self.assertEqual(len(received.move_id), 1)

    def _assert_needs_user(self, sent, reason_kind, words, advice):
        self._wait(sent, lambda: sent.state not in ("prepared", "submitted"), f"{sent.number} is refused")
        self.assertEqual((sent.state, sent.reason_kind), ("attention", reason_kind))
        self.assertIn(words, sent.reason)
        self.assertIn(advice, sent.advice)
        self.assertTrue(sent.can_try_again)
        needs = [need for need in self.overview.get_overview()["needs"] if need["key"] == "attention"]
        self.assertEqual([(need["direction"], need["reason"]) for need in needs], [("out", reason_kind)])
        self.assertEqual(needs[0]["advice"], sent.advice)
        self._end()
        sent.action_try_again()
        self._assert_delivered_once(sent)

    def test_every_drill_is_tried(self):
        tried = {*UNKNOWN, *DENIED, ("redirected", "smp"), *((name, "ap1") for name in PASSING | LASTING | REFUSING)}
        offered = {(drill["name"], drill["target"]) for drill in self.control.ask("GET", "/drills")["drills"]}
        self.assertEqual({one for one in offered if one[1] != "ap2"}, tried)

    def test_a_customer_about_whom_nobody_knows(self):
        """What was known stays; the contact says why it is not known anew."""
        # the access point would ask the same network once more
        self.startPatcher(patch.object(type(self.shop), "_peppol_provider_lookup", lambda *_arguments: None))
        for (name, target), reason in UNKNOWN.items():
            with self.subTest(drill=name, at=target):
                self._drill(name, target)
                self.customer._peppol_look_up(self.shop, again=True)
                self.assertEqual(self.customer.peppol_lookup_failure, reason)
                self.assertEqual(self.customer.peppol_verification_state, "valid")
                self._end()
        self.customer._peppol_look_up(self.shop, again=True)
        self.assertFalse(self.customer.peppol_lookup_failure)

    def test_an_invoice_while_the_directory_is_in_trouble(self):
        for name, target, words in (
            ("dns_fails", "sml", "the name server could not answer"),
            ("bad_signature", "smp", "the signature of the publisher's answer is wrong"),
        ):
            with self.subTest(drill=name):
                sent = self._prepared()
                self._drill(name, target)
                self._wait(sent, lambda sent=sent: sent.reason, "the reason")
                self.assertEqual((sent.state, sent.reason_kind), ("submitted", False))
                self.assertIn(words, sent.reason)
                self._end()
                self._assert_delivered_once(sent)
        self._drill("redirected", "smp")
        self._assert_delivered_once(self._prepared())

    def test_a_customer_who_is_denied(self):
        for (name, target), reason in DENIED.items():
            with self.subTest(drill=name, at=target):
                sent = self._prepared()
                self._drill(name, target)
                self.customer._peppol_look_up(self.shop, again=True)
                self.assertEqual(self.customer.peppol_verification_state, "not_valid")
                self.assertEqual(self.customer.peppol_lookup_reason, reason)
                self._assert_needs_user(
                    sent, "receiver_unknown", "0208:0417497106", "Check the customer's Peppol number"
                )
                self.customer._peppol_look_up(self.shop, again=True)
                self.assertEqual(self.customer.peppol_verification_state, "valid")

    def test_faults_that_pass(self):
        for name, values in PASSING.items():
            with self.subTest(drill=name):
                sent = self._prepared()
                self._drill(name, times=1, **values)
                self._jobs("submit")
                self.assertEqual(sent.state, "submitted")
                self._assert_delivered_once(sent)

    def test_faults_that_last(self):
        for name, words in LASTING.items():
            with self.subTest(drill=name):
                sent = self._prepared()
                self._drill(name)
                self._wait(sent, lambda sent=sent: sent.reason, "the reason")
                self.assertEqual((sent.state, sent.reason_kind), ("submitted", False))
                self.assertIn(words, sent.reason)
                self._end()
                self._assert_delivered_once(sent)

    def test_faults_by_which_it_is_refused(self):
        for name, seen in REFUSING.items():
            with self.subTest(drill=name):
                sent = self._prepared()
                self._drill(name)
                self._assert_needs_user(sent, *seen)
