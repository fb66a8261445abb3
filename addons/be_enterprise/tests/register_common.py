# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Helpers for tests of the company register: files made on the spot, and a schema and connection of their own."""

import os
import tempfile
import zipfile
from datetime import date
from unittest.mock import patch

import psycopg2

from odoo import sql_db
from odoo.tests import TransactionCase

from ..register import layout, load, store
from ..register.sample import Sample

META = """"Variable","Value"
"SnapshotDate","{date}"
"ExtractType","{kind}"
"ExtractNumber","{number}"
"Version","1.0.0"
"""
#: One enterprise per language, a sole trader, and names with accents and abbreviations. All of them invented.
FILES = {
    "enterprise": [
        '"0200.000.043","AC","000","2","610",,02-05-2019',
        '"0200.000.142","AC","000","2","015","610",02-05-2009',
        '"0200.000.241","AC","050","2","014",,02-05-1999',
        '"0200.000.340","AC","000","1",,,02-05-2021',
        '"1000.000.021","AC","000","2","610",,02-05-2024',
    ],
    "establishment": [
        '"2.000.000.042",02-05-2019,"0200.000.043"',
        '"2.000.000.141",02-05-2020,"0200.000.043"',
        '"2.000.000.240",02-05-2021,"0200.000.340"',
    ],
    "denomination": [
        '"0200.000.043","1","001","Boulangerie L\'Épi d\'Or & Fils"',
        '"0200.000.142","2","001","De Vrolijke Schrijnwerker"',
        '"0200.000.142","2","002","D.V.S."',
        '"0200.000.241","3","001","Bäckerei Müllerhof"',
        '"0200.000.340","1","001","Zorvelle Quinaret"',
        '"1000.000.021","2","001","Nieuwe Zaak ""Zonder"" Zorgen"',
        '"2.000.000.042","1","003","Le Fournil des Tilleuls"',
        '"2.000.000.240","1","003","Chez Zorvelle"',
    ],
    "address": [
        '"0200.000.043","REGO",,,"1300","Waver","Wavre","Stationsstraat","Rue de la Gare","12","3",,',
        '"0200.000.142","REGO",,,"9000","Gent","Gand","Kerkstraat","Rue de l\'Église","7",,"Blok B",',
        '"0200.000.241","REGO",,,"4700","Eupen","Eupen","Bahnhofstraße","Bahnhofstraße","1",,,',
        '"1000.000.021","REGO",,,"2000","Antwerpen","Anvers","Meir","Meir","1",,,02-01-2025',
        '"2.000.000.042","BAET",,,"5000","Namen","Namur","Veldstraat","Rue des Champs","9",,,',
        '"2.000.000.240","BAET",,,"4000","Luik","Liège","Brugstraat","Rue du Pont","4",,,',
    ],
    "activity": [
        '"0200.000.043","001","2008","10712","MAIN"',
        '"0200.000.043","001","2025","10712","MAIN"',
        '"0200.000.043","003","2025","56301","SECO"',
        '"0200.000.142","003","2025","43320","MAIN"',
        '"0200.000.340","001","2025","96210","MAIN"',
        '"2.000.000.042","001","2025","10712","MAIN"',
    ],
    "contact": [
        '"0200.000.043","ENT","EMAIL","info@epidor.example"',
        '"0200.000.043","ENT","WEB","www.epidor.example"',
        '"0200.000.340","ENT","EMAIL","zorvelle@person.example"',
        '"2.000.000.240","EST","TEL","0470 00 00 00"',
    ],
    "branch": [],
    "code": [
        '"JuridicalForm","610","FR","Société à responsabilité limitée"',
        '"JuridicalForm","610","NL","Besloten Vennootschap"',
        '"JuridicalForm","014","FR","Société anonyme"',
        '"JuridicalSituation","050","DE","Konkurseröffnung"',
        '"JuridicalSituation","050","FR","Ouverture de faillite"',
        '"JuridicalSituation","050","NL","Opening faillissement"',
        '"Nace2025","10712","FR","Fabrication artisanale de pain"',
        '"Nace2025","10712","NL","Ambachtelijke vervaardiging van brood"',
    ],
}


def checked(base):
    """Return the dotted enterprise number of eight digits."""
    return layout.write_number(base * 100 + 97 - base % 97)


def write_zip(path, files=None, *, kind="full", number=1, day="03-01-2026", extra=()):
    """Write a register file; ``files`` replaces rows of FILES, or for an update gives all members."""
    members = {**FILES, **(files or {})} if kind == "full" else {"code": FILES["code"], **(files or {})}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("meta.csv", META.format(date=day, kind=kind, number=number))
        for name, rows in members.items():
            if rows is None:
                continue
            if isinstance(rows, bytes):
                archive.writestr(f"{name}.csv", rows)
                continue
            subject = name.removesuffix("_insert").removesuffix("_delete")
            columns = layout.delete_columns(subject) if name.endswith("_delete") else layout.COLUMNS[subject]
            header = ",".join(f'"{column}"' for column in columns)
            archive.writestr(f"{name}.csv", "\n".join([header, *rows]) + "\n")
        for name, content in extra:
            archive.writestr(name, content)
    return path


def update_members(**members):
    """Return all the members of an update, empty but for those given (``enterprise_insert=[...]``)."""
    names = [f"{name}_{kind}" for name in layout.FACTS for kind in ("delete", "insert")]
    return {name: members.get(name, []) for name in names}


def activate_languages(env):
    """Make the languages of the tests available in any database."""
    for lang in ("en_US", "fr_BE", "nl_BE", "de_DE"):
        env["res.lang"]._activate_lang(lang)


class RegisterFiles:
    """Mixin: a temporary folder."""

    def make_folder(self):
        folder = tempfile.TemporaryDirectory(prefix="register_test_")
        self.addCleanup(folder.cleanup)
        return folder.name


class RegisterDatabaseCase(RegisterFiles, TransactionCase):
    """A connection that really commits, on a schema of its own, which is removed at the end."""

    def setUp(self):
        super().setUp()
        self.folder = self.make_folder()
        self.schema = f"be_register_test{os.getpid()}"
        self.connection = self.connect()
        self.cursor = self.connection.cursor()
        self.addCleanup(self.connection.close)
        self.addCleanup(self.remove)
        store.remove(self.cursor, self.schema)
        self.connection.commit()

    def connect(self):
        _name, info = sql_db.connection_info_for(self.env.cr.dbname)
        return psycopg2.connect(**info)

    def remove(self):
        self.connection.rollback()
        store.remove(self.cursor, self.schema)
        self.connection.commit()

    def path(self, name):
        return os.path.join(self.folder, name)

    def sample(self, enterprises, **options):
        path = self.path(f"sample-{enterprises}-{options.get('number', 1)}-{options.get('update', False)}.zip")
        Sample(enterprises, snapshot=date(2026, 1, 2 + options.get("number", 1)), **options).save(path)
        return path

    def load(self, path, **options):
        job = load.Import(self.cursor, path, schema=self.schema, commit=self.connection.commit)
        return job.run(**options)

    def content(self, schema=None):
        """Return what is in each table, as hashes that do not depend on the order of rows."""
        schema = schema or self.schema
        found = {}
        for table in store.ENTITY_COLUMN:
            rows = f"{schema}.{table}"
            if table == "activity":
                # An entity whose rows lie on both sides of a batch has two arrays.
                rows = f"(SELECT DISTINCT entity, unnest(codes) AS code FROM {rows}) x"
            elif table == "name_key":
                rows = f"(SELECT DISTINCT entity, key FROM {rows}) x"
            source = rows if rows.endswith("x") else f"{rows} x"
            self.cursor.execute(f"SELECT count(*), coalesce(sum(hashtextextended(x::text, 0)), 0) FROM {source}")
            found[table] = self.cursor.fetchone()
        self.connection.rollback()
        return found


class RegisterCase(RegisterFiles, TransactionCase):
    """The small register of FILES in use, inside the test's own transaction."""

    files = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(
            patch.object(type(cls.env["be.register"]), "_schema", lambda self: "be_register_odoo_test")
        )
        activate_languages(cls.env)
        folder = tempfile.mkdtemp(prefix="register_test_")
        path = write_zip(os.path.join(folder, "full.zip"), cls.files)
        try:
            load.Import(cls.env.cr, path, schema="be_register_odoo_test").run()
        finally:
            os.unlink(path)
            os.rmdir(folder)
