# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..engine import upload

PDF = b"%PDF-1.7 an offer"


@tagged("post_install", "-at_install")
class TestPortal(HttpCase):
    """What a provider sees of the dossiers shared with it, and all that it does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        cls.company = cls.env["res.company"].create({"name": "Client company"})
        cls.portal = new_test_user(cls.env, "cheque_provider", "base.group_portal", lang="en_US")
        cls.responsible = new_test_user(
            cls.env,
            "cheque_responsible",
            "be_digital_cheque.group_digital_cheque_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.shared, cls.other = cls.env["digital.cheque.dossier"].create(
            [
                {
                    "name": name,
                    "company_id": cls.company.id,
                    "user_id": cls.responsible.id,
                    "programme_id": cls.env.ref("be_digital_cheque.programme_fla_kmo").id,
                    "planned_cost": 43_210,
                    "expected_aid": 12_345,
                }
                for name in ("Shared project", "Secret project")
            ]
        )
        for dossier in cls.shared + cls.other:
            dossier.document_ids = [
                Command.clear(),
                Command.create({"name": f"Offer of {dossier.name}", "kind": "other"}),
                Command.create({"name": "Optional note", "kind": "other", "mandatory": False}),
            ]
            dossier.step_ids = [Command.create({"name": "Sign the agreement", "deadline": "2030-01-31"})]
        cls.shared.shared_partner_ids = cls.portal.partner_id

    def send(self, dossier, name="offer.pdf", content=PDF, **data):
        data = {"csrf_token": data.get("csrf_token") or self.csrf(), **data}
        return self.url_open(
            f"/my/dossiers/{dossier.id}/upload",
            data=data,
            files={"file": (name, content)},
        )

    def csrf(self):
        page = self.url_open(f"/my/dossiers/{self.shared.id}").text
        return page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]

    def test_the_shared_dossier_and_nothing_else(self):
        self.authenticate("cheque_provider", "cheque_provider")
        page = self.url_open("/my/dossiers").text
        self.assertIn("Shared project", page)
        self.assertNotIn("Secret project", page)
        page = self.url_open(f"/my/dossiers/{self.shared.id}").text
        for part in ("Offer of Shared project", "Sign the agreement", "01/31/2030", "Client company"):
            self.assertIn(part, page)
        for part in ("Optional note", "43", "12,345", "Secret"):
            self.assertNotIn(part, page.partition("<h1")[2].partition("<form")[0])
        for address in (f"/my/dossiers/{self.other.id}", "/my/dossiers/99999999"):
            self.assertEqual(self.url_open(address).status_code, 404)

    def test_an_upload_arrives_at_the_document_that_was_asked_for(self):
        self.authenticate("cheque_provider", "cheque_provider")
        wanted = self.shared.document_ids.filtered("mandatory")
        answer = self.send(self.shared, "../my offer.pdf", document_id=wanted.id)
        self.assertIn("Thank you", answer.text)
        self.assertEqual(
            (wanted.state, wanted.file_name, wanted.uploaded_by_id), ("ready", "my offer.pdf", self.portal.partner_id)
        )
        self.assertEqual(base64.b64decode(wanted.file), PDF)
        note = self.shared.message_ids[:1]
        self.assertEqual((note.author_id, note.partner_ids), (self.portal.partner_id, self.responsible.partner_id))
        self.assertTrue(note.subtype_id.internal)
        self.send(self.shared, "another.pdf")
        self.assertEqual(len(self.shared.document_ids), 3)
        # what is there is not overwritten, and a document of another dossier cannot be reached
        for document in (wanted, self.other.document_ids[0]):
            self.assertIn("not asked for", self.send(self.shared, document_id=document.id).text)
        self.assertFalse(self.other.document_ids.filtered("file"))

    def test_refused_files(self):
        self.authenticate("cheque_provider", "cheque_provider")
        for name, content, message in (
            ("run.exe", b"MZ", "kind of file"),
            ("page.pdf", b"<script>alert(1)</script>", "does not fit its name"),
            ("offer.pdf", b"", "empty"),
            ("offer.pdf", b"%PDF-" + b"x" * upload.MAX_BYTES, "larger than 10 MB"),
        ):
            with self.subTest(name, message=message):
                self.assertIn(message, self.send(self.shared, name, content).text)
        self.assertFalse(self.shared.document_ids.filtered("file"))
        token = self.csrf()
        self.shared.state = "withdrawn"
        self.assertIn("is over", self.send(self.shared, csrf_token=token).text)

    def test_uploads_need_the_share_the_login_and_the_form(self):
        self.authenticate("cheque_provider", "cheque_provider")
        self.assertEqual(self.send(self.other).status_code, 404)
        with mute_logger("odoo.http"):
            answer = self.url_open(f"/my/dossiers/{self.shared.id}/upload", data={}, files={"file": ("offer.pdf", PDF)})
        self.assertEqual(answer.status_code, 400)
        self.shared.shared_partner_ids = False
        self.assertEqual(self.url_open(f"/my/dossiers/{self.shared.id}").status_code, 404)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(f"/my/dossiers/{self.shared.id}").url)
        self.assertFalse((self.shared + self.other).document_ids.filtered("file"))

    def test_no_right_on_any_model(self):
        for model in self.env.registry:
            if model.startswith("digital.cheque.") and not self.env[model]._abstract:
                with self.subTest(model), self.assertRaises(AccessError):
                    self.env[model].with_user(self.portal).check_access("read")
        shared = self.shared.with_user(self.portal)
        with self.assertRaises(AccessError):
            shared.read(["granted_amount"])
        with self.assertRaises(AccessError):
            shared.message_ids.check_access("read")
        document = self.shared.document_ids[0]
        document.write({"file": "JVBERi0=", "file_name": "a.pdf"})
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", document._name), ("res_id", "=", document.id), ("res_field", "=", "file")]
        )
        self.assertTrue(attachment)
        with self.assertRaises(AccessError):
            attachment.with_user(self.portal).read(["datas"])

    def test_an_employee_uses_the_application_instead(self):
        self.shared.shared_partner_ids = self.responsible.partner_id
        self.assertFalse(self.env["digital.cheque.dossier"]._shared_with(self.responsible))
