# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from unittest.mock import patch

import psycopg2

from odoo import sql_db
from odoo.tests import tagged

from ..register import archive, load, store
from ..register.errors import BadArchive, BadContent, Busy, NoSpace, OutOfOrder
from ..register.lookup import Lookup
from ..register.sample import Sample
from .register_common import FILES, RegisterDatabaseCase, checked, update_members, write_zip

#: Runs an import in a process of its own, in small batches, so that it can be killed anywhere.
CHILD = """
import json, sys
import psycopg2
from register import archive, load
archive.CHUNK = 20000
connection = psycopg2.connect(**json.loads(sys.argv[1]))
cursor = connection.cursor()
job = load.Import(cursor, sys.argv[2], schema=sys.argv[3], commit=connection.commit)
outcome = job.run(progress=lambda progress: print(progress.phase, flush=True))
print(outcome, flush=True)
"""


@tagged("post_install", "-at_install")
class TestRegisterLoad(RegisterDatabaseCase):
    def suggest(self, text, **options):
        found = Lookup(self.cursor, schema=self.schema, **options).suggest(text)
        self.connection.rollback()
        return [suggestion.name for suggestion in found]

    def state(self):
        state = store.read_state(self.cursor, self.schema)
        self.connection.rollback()
        return state

    # Full editions ------------------------------------------------------------------------------------------------

    def test_full_import(self):
        """All rows arrive; progress goes up to the end; the tables of the build are gone."""
        seen = []
        self.assertEqual(self.load(write_zip(self.path("full.zip")), progress=seen.append), load.DONE)
        for table, count in (("enterprise", 5), ("establishment", 3), ("name", 8), ("address", 6)):
            self.cursor.execute(f"SELECT count(*) FROM {self.schema}.{table}")
            self.assertEqual(self.cursor.fetchone()[0], count, table)
        self.assertEqual(self.state()["rows"], str(sum(map(len, FILES.values()))))
        self.assertEqual(seen[-1].fraction, 1)
        self.assertEqual([p.rows for p in seen], sorted(p.rows for p in seen))
        self.assertFalse(store.exists(self.cursor, store.following(self.schema)))
        self.assertFalse(store.exists(self.cursor, f"{self.schema}_old"))

    def test_persons_have_no_contact_details(self):
        """E-mail addresses and telephone numbers of sole traders, and of their establishments, are not kept."""
        self.load(write_zip(self.path("full.zip")))
        self.cursor.execute(f"SELECT DISTINCT entity FROM {self.schema}.contact")
        self.assertEqual(self.cursor.fetchall(), [(200000043,)])

    def test_malformed_rows_are_counted(self):
        files = {
            "enterprise": FILES["enterprise"]
            + ['"0200.000.044","AC","000","2","610",,02-05-2019', '"0200","AC","000","2","610",,02-05-2019']
            + [f'"{checked(3_000_000)}","AC","000","2","610",,32-05-2019']
            + [f'"{checked(3_000_000)}","AC","000","9","610",,02-05-2019']
            + ['"0300.000.019","AC"', FILES["enterprise"][0]],
            "denomination": FILES["denomination"] + ['"0200.000.043","1","001",""', '"0200.000.043","9","001","X"'],
            "activity": FILES["activity"] + ['"0200.000.043","001","2025","x","MAIN"', '"0200.000.043,"001'],
        }
        self.assertEqual(self.load(write_zip(self.path("full.zip"), files)), load.DONE)
        self.cursor.execute(f"SELECT file, reason, count FROM {self.schema}.reject_count")
        self.assertEqual(
            set(self.cursor.fetchall()),
            {
                ("enterprise", "check_digits", 1),
                ("enterprise", "number", 1),
                ("enterprise", "date", 1),
                ("enterprise", "code", 1),
                ("enterprise", "columns", 1),
                ("enterprise", "duplicate", 1),
                ("denomination", "empty", 1),
                ("denomination", "code", 1),
                ("activity", "code", 1),
                ("activity", "quotes", 1),
            },
        )
        self.cursor.execute(f"SELECT line FROM {self.schema}.reject WHERE reason = 'check_digits'")
        self.assertEqual(self.cursor.fetchall(), [(7,)])
        self.cursor.execute(f"SELECT count(*) FROM {self.schema}.enterprise")
        self.assertEqual(self.cursor.fetchone()[0], 5)
        self.assertEqual(self.state()["rejects"], "10")

    def test_only_the_first_places_are_kept(self):
        files = {"contact": ['"0200.000.044","ENT","WEB","x"'] * 1500}
        self.load(write_zip(self.path("full.zip"), files))
        self.cursor.execute(f"SELECT count(*) FROM {self.schema}.reject")
        self.assertEqual(self.cursor.fetchone()[0], store.KEPT_REJECTS)
        self.cursor.execute(f"SELECT count FROM {self.schema}.reject_count WHERE file = 'contact'")
        self.assertEqual(self.cursor.fetchone()[0], 1500)

    # Faults -------------------------------------------------------------------------------------------------------

    def assert_unchanged(self, before, path, error):
        with self.assertRaises(error) as caught:
            self.load(path)
        self.connection.rollback()
        self.assertEqual(self.content(), before)
        return caught.exception

    def test_failed_imports_leave_the_register(self):
        """Truncated, damaged, wrongly encoded: whatever goes wrong half-way, the register in use stays."""
        self.load(write_zip(self.path("full.zip")))
        before = self.content()
        bad = write_zip(self.path("bad.zip"), {"activity": "é".encode("latin-1") * 10}, number=2)
        self.assertEqual(self.assert_unchanged(before, bad, BadContent).code, "encoding")
        header = '"EntityNumber","ActivityGroup","NaceVersion","NaceCode","Classification"\n'
        rows = header.encode() + b'"0200.000.043","001","2025","10712","MAIN"\n' * 1000 + b'"0200.000.043\xff\n'
        bad = write_zip(self.path("bad.zip"), {"activity": rows}, number=2)
        error = self.assert_unchanged(before, bad, BadContent)
        self.assertEqual(error.details, {"file": "activity.csv", "line": 1002})
        path = self.sample(500, number=3)
        with open(path, "rb") as file:
            data = bytearray(file.read())
        middle = data.index(b"activity.csv") + 2000
        data[middle : middle + 50] = bytes(50)
        with open(self.path("damaged.zip"), "wb") as file:
            file.write(data)
        self.assertEqual(self.assert_unchanged(before, self.path("damaged.zip"), BadArchive).code, "damaged")
        with open(self.path("short.zip"), "wb") as file:
            file.write(data[:-3000])
        self.assertEqual(self.assert_unchanged(before, self.path("short.zip"), BadArchive).code, "not_zip")
        self.assertEqual(self.suggest("boulangerie"), ["Boulangerie L'Épi d'Or & Fils"])

    def test_killed_at_random_points(self):
        """SIGKILL again and again, go on each time: in the end the register is that of an undisturbed import."""
        path = self.sample(1500)
        self.load(path)
        expected = self.content()
        store.remove(self.cursor, self.schema)
        self.connection.commit()
        self.load(write_zip(self.path("old.zip")))
        old = self.content()
        _name, info = sql_db.connection_info_for(self.env.cr.dbname)
        addon = os.path.dirname(os.path.dirname(os.path.abspath(archive.__file__)))
        environment = {**os.environ, "PYTHONPATH": addon, "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-c", CHILD, json.dumps(info), path, self.schema]
        randomness = random.Random(7)
        phases = []
        for _attempt in range(200):
            child = subprocess.Popen(
                command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            said = ""
            for _batch in range(randomness.randint(1, 5)):
                said = child.stdout.readline().strip() or said
            # Somewhere in the batch after the last one that was told of.
            time.sleep(randomness.uniform(0, 0.02))
            child.send_signal(signal.SIGKILL)
            output, errors = child.communicate()
            self.assertNotIn("Traceback", errors)
            self.wait_for_lock()
            if load.DONE in (said, *output.split()) or self.content() != old:
                break
            phases.append(said)
        self.assertGreater(len(phases), 5)
        self.assertIn("index", phases, "killed while building the indexes, too")
        self.assertEqual(self.content(), expected)

    def wait_for_lock(self):
        """The server notices a killed client at its next answer; until then its lock is held."""
        for _attempt in range(100):
            self.cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid IN"
                " (SELECT pid FROM pg_locks WHERE locktype = 'advisory') AND pid <> pg_backend_pid()"
            )
            busy = self.cursor.fetchone()[0]
            self.connection.rollback()
            if not busy:
                return
            time.sleep(0.1)

    def test_disk_full(self):
        """The server's own "disk full" stops the import; with room again it goes on and ends."""
        self.load(write_zip(self.path("old.zip")))
        before = self.content()
        path = self.sample(800, number=2)
        full = []

        def fill(progress):
            if progress.phase == "address" and not full:
                full.append(True)
                self.cursor.execute(
                    f"CREATE FUNCTION {store.following(self.schema)}.disk_full() RETURNS trigger LANGUAGE plpgsql AS"
                    " 'BEGIN RAISE EXCEPTION USING ERRCODE = ''53100'', MESSAGE = ''No space left on device''; END'"
                )
                self.cursor.execute(
                    f"CREATE TRIGGER disk_full BEFORE INSERT ON {store.following(self.schema)}.activity"
                    f" EXECUTE FUNCTION {store.following(self.schema)}.disk_full()"
                )

        with self.assertRaises(NoSpace) as caught:
            self.load(path, progress=fill)
        self.assertEqual(caught.exception.code, "no_space")
        self.assertIsInstance(caught.exception.__cause__, psycopg2.errors.DiskFull)
        self.connection.rollback()
        self.assertEqual(self.content(), before)
        self.cursor.execute(f"DROP FUNCTION {store.following(self.schema)}.disk_full() CASCADE")
        self.connection.commit()
        seen = []
        self.assertEqual(self.load(path, progress=seen.append), load.DONE)
        self.assertNotIn("address", {progress.phase for progress in seen}, "what was read is not read again")
        self.cursor.execute(f"SELECT count(*) FROM {self.schema}.enterprise")
        self.assertEqual(self.cursor.fetchone()[0], 800)

    def test_stop_and_resume(self):
        path = self.sample(1500)
        with patch.object(archive, "CHUNK", 20_000):
            runs = 0
            while True:
                runs += 1
                batches = []
                stop = lambda batches=batches: len(batches) >= 15
                if self.load(path, progress=batches.append, should_stop=stop) == load.DONE:
                    break
        self.assertGreater(runs, 3)
        stopped = self.content()
        store.remove(self.cursor, self.schema)
        self.connection.commit()
        self.load(path)
        self.assertEqual(stopped, self.content())

    def test_deadline(self):
        ticks = iter(range(10_000))
        job = load.Import(
            self.cursor,
            self.sample(200),
            schema=self.schema,
            commit=self.connection.commit,
            clock=lambda: next(ticks),
        )
        self.assertEqual(job.run(deadline=3), load.PAUSED)
        self.assertFalse(store.exists(self.cursor, self.schema))

    def test_the_long_step_gets_a_run_of_its_own(self):
        """The largest index is not begun late in a run that has a time limit, and done in the next."""
        seconds = iter(range(0, 100_000, 1))
        path = self.sample(200)

        def job(clock):
            return load.Import(self.cursor, path, schema=self.schema, commit=self.connection.commit, clock=clock).run(
                deadline=50_000
            )

        self.assertEqual(job(lambda: next(seconds)), load.PAUSED)
        self.cursor.execute(f"SELECT name FROM {store.following(self.schema)}.step")
        done = {name for (name,) in self.cursor.fetchall()}
        self.assertEqual((done & {"activity", "persons", "name_key"}), {"activity", "persons"})
        self.assertEqual(job(lambda: 0), load.DONE)

    def test_another_file_starts_afresh(self):
        """What was built from one file is not mixed with another."""
        self.load(self.sample(400), should_stop=lambda: True)
        self.load(write_zip(self.path("full.zip")))
        self.cursor.execute(f"SELECT count(*) FROM {self.schema}.enterprise")
        self.assertEqual(self.cursor.fetchone()[0], 5)

    def test_one_import_at_a_time(self):
        path = write_zip(self.path("full.zip"))
        other = self.connect()
        self.addCleanup(other.close)

        def second(_progress):
            with self.assertRaises(Busy):
                load.Import(other.cursor(), path, schema=self.schema, commit=other.commit).run()
            other.rollback()

        self.assertEqual(self.load(path, progress=second), load.DONE)

    # Updates ------------------------------------------------------------------------------------------------------

    def test_updates_in_order(self):
        update = write_zip(self.path("u.zip"), update_members(), kind="update", number=6)

        def refused(path):
            with self.assertRaises(OutOfOrder) as caught:
                self.load(path)
            self.connection.rollback()
            return caught.exception

        self.assertEqual(refused(update).code, "no_register")
        self.load(write_zip(self.path("f.zip"), number=4))
        gap = refused(update)
        self.assertEqual((gap.code, gap.details["missing"]), ("gap", 5))
        self.load(write_zip(self.path("u5.zip"), update_members(), kind="update", number=5))
        self.load(update)
        self.assertEqual(self.state()["number"], "6")
        self.assertEqual(refused(update).code, "already")
        self.assertEqual(refused(write_zip(self.path("f.zip"), number=5)).code, "older")

    def test_update_changes_what_it_says(self):
        self.load(write_zip(self.path("f.zip")))
        new = checked(3_000_000)
        members = update_members(
            enterprise_delete=['"0200.000.142"', '"0200.000.340"'],
            enterprise_insert=[f'"{new}","AC","000","2","014",,01-01-2026'],
            establishment_delete=['"2.000.000.240"'],
            denomination_delete=['"0200.000.043"', '"0200.000.142"', '"0200.000.340"', '"2.000.000.240"'],
            denomination_insert=['"0200.000.043","1","001","Boulangerie Nouvelle"', f'"{new}","2","001","Verse Firma"'],
            address_delete=['"0200.000.142"', '"2.000.000.240"'],
            contact_insert=['"2.000.000.240","EST","EMAIL","again@person.example"'],
            activity_delete=['"0200.000.142"', '"0200.000.340"'],
        )
        self.load(write_zip(self.path("u.zip"), members, kind="update", number=2, day="04-01-2026"))
        self.assertEqual(self.suggest("boulangerie"), ["Boulangerie Nouvelle"])
        self.assertEqual(self.suggest("epi d'or"), [])
        self.assertEqual(self.suggest("verse firma"), ["Verse Firma"])
        # A company that is no longer active is still found, and marked; a person is gone with everything.
        lookup = Lookup(self.cursor, schema=self.schema)
        (ceased,) = lookup.suggest("vrolijke")
        self.assertFalse(ceased.active)
        details = lookup.details(200000142)
        self.assertEqual((details["ended"], details["address"]["city"]), (date(2026, 1, 4), "Gand"))
        self.assertEqual(lookup.suggest("zorvelle"), [])
        self.assertIsNone(lookup.details(200000340))
        for table, column in store.ENTITY_COLUMN.items():
            self.cursor.execute(f"SELECT count(*) FROM {self.schema}.{table} WHERE {column} IN (200000340, 2000000240)")
            self.assertEqual(self.cursor.fetchone()[0], 0 if table != "contact" else 1, table)

    def test_update_is_all_or_nothing(self):
        self.load(self.sample(300))
        before = self.content()
        path = self.sample(300, number=2, update=True)
        gone = patch.object(store, "forget_contacts_of_persons", side_effect=psycopg2.OperationalError("gone"))
        with gone, self.assertRaises(psycopg2.OperationalError):
            self.load(path)
        self.connection.rollback()
        self.assertEqual(self.content(), before)
        self.assertEqual(self.load(path), load.DONE)
        self.assertNotEqual(self.content(), before)

    def test_update_of_the_sample(self):
        """After the synthetic update, what it renames, ends and adds is found as such."""
        self.load(self.sample(1200))
        self.load(self.sample(1200, number=2, update=True))
        sample = Sample(1200)
        lookup = Lookup(self.cursor, schema=self.schema)
        for index in (57, 100, 311, 1200, 1201, 3):
            enterprise = sample.enterprise(index)
            details = lookup.details(enterprise.number)
            if sample.ceased(enterprise) and enterprise.natural:
                self.assertIsNone(details, index)
                continue
            renamed = sample.changed(enterprise) and index < 1200
            self.assertEqual(details["name"], enterprise.name + (" Nova" if renamed else ""), index)
            self.assertEqual(details["active"], not sample.ceased(enterprise), index)
