# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import os
import re
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, TransactionCase, new_test_user, tagged

from ..models.be_register import BeRegister
from ..models.be_register_import import FOLDER_PARAMETER
from ..register import archive, load, store
from ..register_hooks import uninstall_hook
from .register_common import RegisterCase, RegisterFiles, activate_languages, update_members, write_zip

SCHEMA = "be_register_odoo_test"


@tagged("post_install", "-at_install")
class TestRegisterContacts(RegisterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "register_user", groups="base.group_user,base.group_partner_manager")
        cls.portal = new_test_user(cls.env, "register_portal", groups="base.group_portal")
        cls.register = cls.env["be.register"].with_user(cls.user)

    def test_ordinary_user_looks_up(self):
        (found,) = self.register.with_context(lang="fr_BE").suggest("boulangerie")
        self.assertEqual(found["number"], "0200000043")
        self.assertEqual((found["label"], found["form"], found["city"]), ("0200.000.043", "SRL", "Wavre"))
        self.assertFalse(found["partner"])
        self.assertEqual(self.register._facts_of(["0200000043", "0999999922"]).keys(), {"0200000043"})

    def test_ordinary_user_does_not_import(self):
        for model in ("be.register.import", "be.register.panel", "be.register.reject"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.user).check_access("read")
        with self.assertRaises(AccessError):
            self.env["be.register.import"].with_user(self.user)._start("/nowhere", "path")
        with self.assertRaises(AccessError):
            self.env["be.register.panel"].with_user(self.user).action_open()

    def test_portal_user_does_neither(self):
        for call in (
            lambda register: register.suggest("boulangerie"),
            lambda register: register.choose("0200000043"),
            lambda register: register.details("0200000043"),
            lambda register: register._facts_of(["0200000043"]),
        ):
            with self.assertRaises(AccessError):
                call(self.env["be.register"].with_user(self.portal))

    def test_no_list_of_the_register(self):
        """Natural persons can only be looked up: no model stands for the register's rows, and no question is bulk."""
        tables = {model._table for model in self.env.registry.models.values() if not model._abstract}
        self.env.cr.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (SCHEMA,))
        self.assertTrue(self.env.cr.rowcount)
        self.assertFalse({f"{SCHEMA}.{name}" for (name,) in self.env.cr.fetchall()} & tables)
        public = {name for name, value in vars(BeRegister).items() if callable(value) and not name.startswith("_")}
        self.assertEqual(public, {"choose", "details", "is_filled", "partner_values", "state", "suggest"})
        self.assertLessEqual(len(self.register.suggest("000", 10_000)), 20)
        self.assertEqual(self.register.suggest(["boulangerie"]), [])
        values = self.register.partner_values("0200.000.340")
        self.assertFalse({"email", "phone", "website"} & values.keys())

    def test_existing_contact_is_offered(self):
        partner = self.env["res.partner"].create(
            {"name": "Épi d'Or", "is_company": True, "vat": "BE0200000043", "country_id": self.env.ref("base.be").id}
        )
        (found,) = self.register.suggest("boulangerie")
        self.assertEqual(found["partner"], {"id": partner.id, "display_name": "Épi d'Or"})
        partner.write({"vat": False, "company_registry": "0200.000.043"})
        (found,) = self.register.suggest("0200000043")
        self.assertEqual(found["partner"]["id"], partner.id)

    def test_other_companies_contacts_are_not_shown(self):
        other = self.env["res.company"].create({"name": "Other", "country_id": self.env.ref("base.be").id})
        self.env["res.partner"].create(
            {"name": "Hidden", "is_company": True, "vat": "BE0200000043", "company_id": other.id}
        )
        (found,) = self.register.suggest("boulangerie")
        self.assertFalse(found["partner"], "a contact of a company that the user may not see")

    def test_values(self):
        values = self.register.with_context(lang="fr_BE").partner_values("BE 0200.000.043")
        self.assertEqual(values["vat"], "BE0200000043")
        self.assertEqual(values["company_registry"], "0200000043")
        self.assertEqual(values["street"], "Rue de la Gare 12 bte 3")
        self.assertEqual((values["zip"], values["city"]), ("1300", "Wavre"))
        self.assertEqual(values["country_id"], self.env.ref("base.be").id)
        self.assertEqual(values["email"], "info@epidor.example")
        self.assertEqual(values["lang"], "fr_BE")
        dutch = self.register.with_context(lang="nl_BE").partner_values("0200000142")
        self.assertNotIn("vat", dutch, "the register shows no VAT activity")
        self.assertEqual((dutch["street"], dutch["street2"]), ("Kerkstraat 7", "Blok B"))
        struck = self.register.partner_values("1000000021")
        self.assertNotIn("street", struck, "an address that was struck off is not taken over")
        trader = self.register.with_context(lang="fr_BE").partner_values("0200000340")
        self.assertEqual(trader["city"], "Liège")
        self.assertEqual(self.register.partner_values("0999999922"), {})
        with self.assertRaises(UserError):
            self.register.partner_values("0200000044")

    def test_choose(self):
        chosen = self.register.with_context(lang="nl_BE").choose("0200000241")
        self.assertEqual(chosen["values"]["country_id"]["id"], self.env.ref("base.be").id)
        self.assertIn("Opening faillissement", chosen["notice"])
        self.assertFalse(self.register.choose("0200000043")["notice"])
        self.env.cr.execute(f"UPDATE {SCHEMA}.enterprise SET ended = '2026-01-04' WHERE number = 200000043")
        self.assertIn("2026-01-04", self.register.choose("0200000043")["notice"])
        self.assertFalse(self.register.choose("0999999922"))

    def test_saving_takes_the_rest_over(self):
        """What no form carries comes with the save: legal form, activities, establishments with theirs."""
        Partner = self.env["res.partner"].with_user(self.user).with_context(lang="fr_BE")
        partner = Partner.create({"name": "Mine", "is_company": True, "be_register_number": "0200000043"})
        self.assertEqual(partner.name, "Mine", "what the user typed stays")
        self.assertEqual(partner.be_legal_form, "SRL")
        self.assertEqual(partner.street, "Rue de la Gare 12 bte 3")
        self.assertEqual(set(partner.be_nace_ids.mapped("code")), {"10712", "56301"})
        code = partner.be_nace_ids.filtered(lambda nace: (nace.code, nace.version) == ("10712", "2025"))
        self.assertEqual(
            code.with_context(lang="nl_BE").name, "Ambachtelijke vervaardiging van brood en van vers banketbakkerswerk"
        )
        units = partner.be_establishment_ids.sorted("number")
        self.assertEqual(units.mapped("number"), ["2000000042", "2000000141"])
        self.assertEqual(units[0].name, "Le Fournil des Tilleuls")
        self.assertEqual((units[0].street, units[0].city), ("Rue des Champs 9", "Namur"))
        self.assertEqual(units[0].main_nace_id, code)
        self.assertFalse(units[1].street, "unknown stays unknown")
        self.assertFalse(partner.be_principal_seat_id, "of two establishments, only the company knows which")
        partner.write({"be_register_number": "0200000043"})
        self.assertEqual(len(partner.be_establishment_ids), 2, "none twice")

    def test_the_only_establishment_is_the_seat(self):
        partner = self.env["res.partner"].create({"name": "Z", "is_company": True, "be_register_number": "0200000340"})
        self.assertEqual(partner.be_principal_seat_id.number, "2000000240")

    def test_unknown_number_fills_nothing(self):
        for number in ("0999999922", "nonsense"):
            partner = self.env["res.partner"].create({"name": "N", "be_register_number": number})
            self.assertFalse(partner.be_establishment_ids or partner.be_legal_form)

    def test_widget_in_the_forms(self):
        """Each form of contacts looks up in the register, and remembers the widget that it gives way to."""
        for view in ("base.view_partner_form", "base.view_partner_simple_form", "base.view_company_form"):
            record = self.env.ref(view)
            arch = self.env[record.model].get_view(record.id, "form")["arch"]
            self.assertIn('widget="be_register_char"', arch, view)
        arch = self.env["res.partner"].get_view(self.env.ref("base.view_partner_form").id, "form")["arch"]
        self.assertIn("data-otherwise=", arch)
        form = Form(self.env["res.partner"].with_user(self.user))
        form.name = "Typed"
        self.assertEqual(form.save().name, "Typed")

    def test_quality_page_knows_the_ceased(self):
        quality = self.env["be.quality"]
        self.assertEqual(quality._known_numbers({"0200000043", "0999999922"}), {"0200000043"})
        self.env.cr.execute(f"UPDATE {SCHEMA}.enterprise SET ended = '2026-01-04' WHERE number = 200000043")
        self.assertEqual(quality._known_numbers({"0200000043"}), set())
        partner = self.env["res.partner"].create(
            {"name": "C", "is_company": True, "vat": "BE0200000043", "country_id": self.env.ref("base.be").id}
        )
        self.assertIn(partner, self.env["res.partner"].search([("be_quality_issue", "in", ["ceased"])]))

    def test_uninstall_leaves_nothing(self):
        self.env["ir.config_parameter"].set_param(FOLDER_PARAMETER, "/srv")
        self.env["be.register.import"]._accept_licence()
        folder = self.env["be.register.import"]._upload_folder()
        uninstall_hook(self.env)
        self.assertFalse(store.exists(self.env.cr, SCHEMA))
        self.assertFalse(os.path.exists(folder))
        self.assertFalse(self.env["ir.config_parameter"].search([("key", "=like", "be_enterprise.register%")]))
        self.assertEqual(self.env["be.register"].with_user(self.user).suggest("boulangerie"), [])


@tagged("post_install", "-at_install")
class TestRegisterImport(RegisterFiles, TransactionCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(type(self.env["be.register"]), "_schema", lambda self: SCHEMA))
        activate_languages(self.env)
        self.folder = self.make_folder()
        self.imports = self.env["be.register.import"]
        self.env["ir.config_parameter"].search([("key", "=like", "be_enterprise.register%")]).unlink()

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self, path, source="path"):
        self.imports._accept_licence()
        return self.imports._start(path, source)

    def test_licence_first(self):
        path = write_zip(self.path("full.zip"))
        with self.assertRaisesRegex(UserError, "licence"):
            self.imports._start(path, "path")
        panel = self.env["be.register.panel"].create({"path": path})
        with self.assertRaisesRegex(UserError, "terms"):
            panel.action_import()
        panel.accept = True
        action = panel.action_import()
        record = self.imports.browse(action["res_id"])
        self.assertEqual((record.state, record.kind, record.number), ("queued", "full", 1))
        self.assertIn(self.env.user.name, self.env["be.register.panel"].create({}).licence)

    def test_job(self):
        record = self.start(write_zip(self.path("full.zip"), {"contact": ["x"]}))
        self.imports._cron_run()
        self.assertEqual((record.state, record.progress, record.rejected), ("done", 100, 1))
        self.assertEqual((record.reject_ids.file, record.reject_ids.reason), ("contact.csv", "columns"))
        self.assertEqual(record.reject_ids.lines, "2")
        self.assertTrue(self.env["be.register"].is_filled())
        title = self.env["be.nace.code"].search([("version", "=", "2025"), ("code", "=", "10712")])
        self.assertEqual(title.with_context(lang="nl_BE").name, "Ambachtelijke vervaardiging van brood")
        panel = self.env["be.register.panel"].create({})
        self.assertEqual((panel.enterprises, panel.establishments, panel.rejected), (5, 3, 1))
        self.assertEqual(panel.snapshot_date, fields.Date.to_date("2026-01-03"))
        panel.action_remove()
        self.assertFalse(self.env["be.register"].is_filled())

    def test_pause_resume_cancel(self):
        record = self.start(write_zip(self.path("full.zip")))
        record.action_pause()
        self.imports._cron_run()
        self.assertEqual(record.state, "paused")
        with self.assertRaisesRegex(UserError, "not finished"):
            self.start(write_zip(self.path("other.zip"), number=2))
        record.action_resume()
        record.state = "running"
        self.assertEqual(record._run_slice(seconds=-1), load.PAUSED)
        self.assertFalse(self.env["be.register"].is_filled())
        record.action_cancel()
        self.imports._cron_run()
        self.assertEqual(record.state, "cancelled")
        self.assertFalse(store.exists(self.env.cr, store.following(SCHEMA)))

    def test_progress_is_shown(self):
        record = self.start(write_zip(self.path("full.zip")))
        record.state = "running"
        seen = []
        with patch.object(type(record), "_note", lambda self, progress: seen.append(progress)):
            record._run_slice()
        self.assertEqual(record.state, "done")
        halfway = next(progress for progress in seen if progress.phase == "address")
        record.state = "running"
        store.create_build(self.env.cr, SCHEMA, {})
        store.write_state(self.env.cr, store.following(SCHEMA), {"kind": "full", "number": 1})
        record._note(halfway)
        record.invalidate_recordset()
        self.assertEqual(record.rows, halfway.rows)
        self.assertTrue(0 < record.progress < 100)
        self.assertEqual(record.with_context(lang="fr_BE").phase, "Lecture des adresses")

    def test_failure_is_explained(self):
        """A failed import says why in the reader's language, keeps the register, and can be resumed."""
        self.start(write_zip(self.path("full.zip")))
        self.imports._cron_run()
        bad = self.start(write_zip(self.path("bad.zip"), {"activity": "é".encode("latin-1")}, number=2))
        self.imports._cron_run()
        self.assertEqual((bad.state, bad.error_code), ("failed", "encoding"))
        self.assertIn("UTF-8", bad.error)
        self.assertNotEqual(bad.with_context(lang="nl_BE").error, bad.with_context(lang="en_US").error)
        self.assertEqual(self.env["be.register"].state()["number"], "1")
        write_zip(bad.path, number=2)
        bad.action_resume()
        self.imports._cron_run()
        self.assertEqual((bad.state, self.env["be.register"].state()["number"]), ("done", "2"))

    def test_wrong_files_are_refused_at_once(self):
        with open(self.path("text.zip"), "w") as file:
            file.write("no zip")
        with self.assertRaisesRegex(UserError, "not a zip file"):
            self.start(self.path("text.zip"))
        with self.assertRaisesRegex(UserError, "cannot find"):
            self.start(self.path("nowhere.zip"))
        update = write_zip(self.path("u.zip"), update_members(), kind="update", number=2)
        with self.assertRaisesRegex(UserError, "full edition first"):
            self.start(update)
        self.assertFalse(self.imports.search([("path", "=like", f"{self.folder}%")]))

    def test_every_error_is_explained(self):
        """Each code that the engine raises has its sentence."""
        codes = set()
        for module in (archive, load):
            with open(module.__file__) as file:
                source = file.read()
            codes |= set(re.findall(r'(?:BadArchive|BadContent|OutOfOrder|NoSpace|Busy)\(\s*"([a-z_]+)"', source))
        self.assertGreater(len(codes), 15)
        for code in codes:
            self.assertNotIn(f"({code})", self.imports._explain(code, {"number": 1, "current": 2}))

    def test_scheduled_folder(self):
        """Into an empty register the newest full edition, then each update in its turn; other files are left alone."""
        self.imports._accept_licence()
        panel = self.env["be.register.panel"].create({})
        with self.assertRaisesRegex(UserError, "no folder"):
            panel.folder = self.path("nowhere")
        panel.folder = self.folder
        with self.assertRaisesRegex(UserError, "holds no edition"):
            panel.action_scan()
        write_zip(self.path("b.zip"), number=4)
        write_zip(self.path("a.zip"), number=5)
        for number in (5, 6, 7):
            write_zip(self.path(f"u{number}.zip"), update_members(), kind="update", number=number)
        with open(self.path("junk.zip"), "w") as file:
            file.write("junk")
        order = []
        while record := self.imports._cron_scan_folder():
            self.imports._cron_run()
            order.append((record.kind, record.number, record.state))
        self.assertEqual(order, [("full", 5, "done"), ("update", 6, "done"), ("update", 7, "done")])
        self.assertTrue(os.path.exists(self.path("a.zip")), "files in the folder are not ours to remove")

    def test_uploads_are_removed(self):
        folder = self.imports._upload_folder()
        path = write_zip(os.path.join(folder, "0-upload.zip"))
        record = self.start(path, "upload")
        self.imports._cron_run()
        self.assertEqual(record.state, "done")
        self.assertFalse(os.path.exists(path))
        write_zip(path)
        os.utime(path, (0, 0))
        self.imports._gc_uploads()
        self.assertFalse(os.path.exists(path))


@tagged("post_install", "-at_install")
class TestRegisterUpload(RegisterFiles, HttpCase):
    def post(self, user):
        self.authenticate(user, user)
        page = self.url_open("/odoo").text
        token = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        files = {"file": ("../../evil name.zip", b"zip")}
        return self.url_open("/be_register/upload", data={"csrf_token": token}, files=files)

    def test_upload(self):
        folder = self.env["be.register.import"]._upload_folder()
        new_test_user(self.env, "upload_admin", groups="base.group_system", password="upload_admin")
        new_test_user(self.env, "upload_user", groups="base.group_user", password="upload_user")
        before = set(os.listdir(folder))
        response = self.post("upload_admin")
        name = json.loads(response.text)["name"]
        self.assertEqual(set(os.listdir(folder)) - before, {name})
        self.assertTrue(name.endswith("-evil_name.zip"))
        os.unlink(os.path.join(folder, name))
        self.assertEqual(self.post("upload_user").status_code, 403)
        self.assertEqual(set(os.listdir(folder)), before)

    def test_session_info(self):
        """The web client is told whether there is a register: it asks, and shows, nothing where there is none."""
        new_test_user(self.env, "session_user", groups="base.group_user", password="session_user")
        self.authenticate("session_user", "session_user")
        for schema, expected in (("be_register_no_test", False), (SCHEMA, True)):
            with patch.object(type(self.env["be.register"]), "_schema", lambda self, schema=schema: schema):
                if expected:
                    load.Import(self.env.cr, write_zip(f"{self.make_folder()}/f.zip"), schema=schema).run()
                info = self.make_jsonrpc_request("/web/session/get_session_info", {})
            self.assertEqual(bool(info["be_register"]), expected)
