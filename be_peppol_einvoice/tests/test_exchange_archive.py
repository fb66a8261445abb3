# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io
import zipfile
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models import peppol_archive_seal, peppol_archive_zip, peppol_exchange_archive
from .exchange_common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeArchive(ExchangeCommon):
    def setUp(self):
        super().setUp()
        self.seals = self.env["peppol.archive.seal"]

    def _sealed(self, count=3):
        exchanges = self.exchanges.union(*(self._send(self._invoice()) for _number in range(count)))
        self.seals._cron_seal()
        return exchanges.sorted("id")

    def _forge(self, table, record, column, value):
        self.env.flush_all()
        self.env.cr.execute(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', (value, record.id))
        self.env.invalidate_all()

    def test_sealed_once_and_unchanged(self):
        exchanges = self._sealed()
        self.seals._cron_seal()
        seals = self.seals.search([("exchange_id", "in", exchanges.ids)])
        self.assertEqual(len(seals), 3)
        self.assertEqual(self.seals._verify(self.company), [])
        # what happens to a document later does not break its seal
        self.exchanges._cron_submit()
        self.assertEqual(self.seals._verify(self.company), [])
        self.assertEqual(self.exchanges.with_company(self.company).action_verify_archive()["params"]["type"], "success")

    def test_a_night_looks_at_what_came_since(self):
        """Not at the whole archive; but what an earlier night could not see, for it was not committed, is found."""
        first, second, third = self.exchanges.union(*(self._send(self._invoice()) for _number in range(3))).sorted("id")
        late = second.ids
        seen = type(self.seals)._unsealed

        def unseen(seals, company, after):
            return seen(seals, company, after).filtered(lambda one: one.id not in late)

        with patch.object(type(self.seals), "_unsealed", unseen):
            self.assertEqual(self.seals._seal(self.company), 2)
        self.assertEqual(self.seals._settled(self.company), 0)
        self.assertEqual(self.seals._seal(self.company), 1)
        chain = self.seals.search([("exchange_id", "in", (first + second + third).ids)], order="sequence")
        self.assertEqual(chain.exchange_id.ids, [first.id, third.id, second.id])
        self.assertEqual(self.seals._verify(self.company), [])
        self.env.cr.execute("UPDATE peppol_archive_seal SET create_date = create_date - interval '1 year'")
        self.assertEqual(self.seals._settled(self.company), second.id)
        self.assertEqual(self.seals._seal(self.company), 0)

    def test_sealed_in_batches(self):
        self.startPatcher(patch.object(peppol_archive_seal, "BATCH", 2))
        exchanges = self._sealed(5)
        self.assertEqual(self.seals.search_count([("exchange_id", "in", exchanges.ids)]), 5)
        self.assertEqual(self.seals._verify(self.company), [])

    def test_any_change_shows(self):
        exchange = self._sealed()[1]
        seal = self.seals.search([("exchange_id", "=", exchange.id)])
        changes = [
            ("peppol_exchange", exchange, "number", "forged"),
            ("peppol_exchange", exchange, "receiver", "0208:0999999922"),
            ("peppol_exchange", exchange, "sha256", "0" * 64),
            ("peppol_archive_seal", seal, "digest", "0" * 64),
            ("peppol_archive_seal", seal, "exchange_id", None),
        ]
        for table, record, column, value in changes:
            with self.subTest(table=table, column=column):
                savepoint = self.env.cr.savepoint(flush=True)
                self._forge(table, record, column, value)
                self.assertTrue(self.seals._verify(self.company))
                savepoint.rollback()
                savepoint.close(rollback=False)
                self.env.invalidate_all()
        self.assertEqual(self.seals._verify(self.company), [])

    def test_changed_xml_and_a_missing_seal_show(self):
        first, second, third = self._sealed()
        second.attachment_id.sudo().raw = b"<Invoice/>"
        self.assertEqual(len(self.seals._verify(self.company)), 1)
        seal = self.seals.search([("exchange_id", "=", first.id)])
        self.env.cr.execute("DELETE FROM peppol_archive_seal WHERE id = %s", (seal.id,))
        self.env.invalidate_all()
        self.assertIn("missing", self.seals._verify(self.company)[0])
        with self.assertRaises(UserError):
            self.exchanges.with_company(self.company).action_verify_archive()
        with mute_logger("odoo.addons.be_peppol_einvoice.models.peppol_archive_seal"):
            self.seals._cron_seal()
        self.assertTrue(third.exists())

    def test_seals_cannot_be_changed(self):
        seal = self.seals.search([("exchange_id", "in", self._sealed(1).ids)])
        with self.assertRaises(UserError):
            seal.sudo().write({"digest": "0"})
        with self.assertRaises(UserError):
            seal.sudo().unlink()
        with self.assertRaises(UserError):
            seal.with_user(self.env.ref("base.user_admin")).write({"deleted_on": "2026-01-01"})

    def test_kept_for_ten_years(self):
        exchanges = self._sealed(2)
        self.exchanges._cron_submit()
        files = exchanges.attachment_id
        self.assertEqual(str(exchanges[0].kept_until), "2036-12-31")
        with freeze_time("2036-12-31 23:00:00"):
            self.assertEqual(self.exchanges._delete_expired(self.company), 0)
            with self.assertRaises(UserError):
                exchanges.sudo().unlink()
        with freeze_time("2037-01-01 01:00:00"), patch.object(peppol_exchange_archive._logger, "info") as log:
            self.assertEqual(self.exchanges._delete_expired(self.company, limit=1), 1)
            self.assertEqual(self.exchanges._delete_expired(self.company), 1)
        self.assertEqual(log.call_count, 2)
        self.assertFalse(exchanges.exists())
        self.assertFalse(files.exists())
        self.assertEqual(self.seals._verify(self.company), [], "lawful deletion leaves the chain whole")

    def test_the_job_deletes_only_where_the_company_wants_it(self):
        exchanges = self._sealed(3)
        self.exchanges._cron_submit()
        self.startPatcher(patch.object(peppol_exchange_archive, "BATCH", 2))
        with freeze_time("2037-01-02 01:00:00"):
            self.exchanges._cron_delete_expired()
            self.assertEqual(len(exchanges.exists()), 3)
            self.company.einvoice_delete_expired = True
            self.exchanges._cron_delete_expired()
        self.assertFalse(exchanges.exists())
        seals = self.seals.search([("company_id", "=", self.company.id)])
        self.assertEqual(seals.mapped("deleted_by"), self.env.user)
        self.assertEqual(set(seals.mapped("deleted_on")), {date(2037, 1, 2)})
        self.assertEqual(self.seals._verify(self.company), [])

    def test_deleting_by_hand(self):
        exchanges = self._sealed(2)
        self.exchanges._cron_submit()
        deletion = (
            self.env["peppol.archive.deletion"].with_company(self.company).create({"company_id": self.company.id})
        )
        self.assertEqual(deletion.count, 0)
        self.assertEqual(deletion.action_delete()["params"]["message"].split()[0], "0")
        self.assertEqual(len(exchanges.exists()), 2, "nothing before its time, whoever presses the button")
        with freeze_time("2037-01-02 01:00:00"):
            deletion = deletion.create({"company_id": self.company.id})
            self.assertEqual((deletion.count, deletion.before), (2, date(2027, 1, 1)))
            with self.assertRaises(AccessError):
                deletion.with_user(self._user("accountant")).action_delete()
            deletion.action_delete()
        self.assertFalse(exchanges.exists())

    def test_what_answers_refer_to_is_deleted_with_them(self):
        exchange = self._sealed(1)
        answer = (
            self.env["peppol.response"]
            .sudo()
            .create(
                {
                    "direction": "in",
                    "company_id": self.company.id,
                    "move_id": exchange.move_id.id,
                    "about_id": exchange.id,
                    "code": "AP",
                    "at": "2026-11-24 10:00:00",
                    "state": "received",
                }
            )
        )
        self.exchanges._cron_submit()
        with freeze_time("2037-01-02 01:00:00"):
            self.assertEqual(self.exchanges._delete_expired(self.company), 1)
        self.assertFalse(answer.about_id)
        self.assertEqual(answer.move_id.einvoice_response_ids, answer)

    def test_administrators_are_told_once_of_a_broken_chain(self):
        first, second, _third = self._sealed()
        manager = self._user("accountant")
        manager.group_ids += self.env.ref("account.group_account_manager")

        def activities():
            return self.company.partner_id.activity_ids.filtered(lambda one: one.user_id == manager)

        self.seals._cron_seal()
        self.assertFalse(activities(), "a whole chain is no news")
        second.attachment_id.sudo().raw = b"<Invoice/>"
        with mute_logger("odoo.addons.be_peppol_einvoice.models.peppol_archive_seal"):
            self.seals._cron_seal()
            (told,) = activities()
            self.assertIn("archive", told.summary)
            self.assertIn("XML", told.note)
            told.action_done()
            self.seals._cron_seal()
            self.assertFalse(activities(), "once, not every night")
            first.attachment_id.sudo().raw = b"<Invoice/>"
            self.seals._cron_seal()
        self.assertEqual(len(activities()), 1, "another fault is news")

    def test_export_dates(self):
        with self.assertRaises(ValidationError):
            self.env["peppol.archive.export"].create({"date_from": "2026-02-01", "date_to": "2026-01-01"})

    def test_export_in_batches(self):
        self.startPatcher(patch.object(peppol_archive_zip, "BATCH", 2))
        self._sealed(5)
        file = io.BytesIO()
        self.env["peppol.archive.zip"]._write(file, [("company_id", "=", self.company.id)])
        names = zipfile.ZipFile(file).namelist()
        self.assertEqual(len([name for name in names if name.endswith(".xml")]), 5)


@tagged("post_install", "-at_install")
class TestArchiveExport(ExchangeCommon, HttpCase):
    def test_export(self):
        exchange = self._send(self._invoice())
        accountant = self._user("accountant")
        export = (
            self.env["peppol.archive.export"]
            .with_user(accountant)
            .create({"company_id": self.company.id, "date_from": "2026-11-01", "date_to": "2026-11-30"})
        )
        # the record's own date, which the frozen clock does not reach
        self.env.flush_all()
        query = "UPDATE peppol_exchange SET create_date = '2026-11-30 23:59:59' WHERE id = %s"
        self.env.cr.execute(query, (exchange.id,))
        self.env.invalidate_all()
        self.assertEqual(export.count, 1)
        self.authenticate(accountant.login, accountant.login)
        answer = self.url_open(export.action_export()["url"])
        self.assertEqual(answer.status_code, 200)
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        self.assertEqual(archive.testzip(), None)
        (xml,) = [name for name in archive.namelist() if name.endswith(".xml")]
        self.assertEqual(archive.read(xml), exchange.attachment_id.raw)
        self.assertIn("index.xlsx", archive.namelist())
        shared = zipfile.ZipFile(io.BytesIO(archive.read("index.xlsx")))
        self.assertIn(exchange.sha256.encode(), b"".join(shared.read(name) for name in shared.namelist()))

    def test_an_export_is_its_makers_alone(self):
        export = self.env["peppol.archive.export"].create({"company_id": self.company.id})
        accountant = self._user("accountant")
        with self.assertRaises(AccessError):
            export.with_user(accountant).read(["date_from"])
        self.authenticate(accountant.login, accountant.login)
        with mute_logger("odoo.http"):
            self.assertNotEqual(self.url_open(f"/be_peppol/archive/{export.id}").status_code, 200)
