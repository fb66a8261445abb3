"""The last release, with data that users entered, upgrades to this checkout and loses nothing."""

import json
import subprocess

import pytest
from databases import ROOT, ordinary
from snapshot import take
from verdict import allowed, complaints

HERE = ROOT / "tests" / "upgrade"
# Columns that an update may rewrite without anything being lost.
TECHNICAL = {"write_date", "write_uid"}
# What lies outside the rows of records: links between them, and the company register's own tables.
BESIDE = {
    "activities of establishments": "SELECT * FROM be_establishment_be_nace_code_rel ORDER BY 1, 2",
    "activities of companies": "SELECT * FROM be_register_partner_nace_rel ORDER BY 1, 2",
    "successors of a corrected code": """
        SELECT o.code, n.code FROM be_nace_code_successor_rel JOIN be_nace_code o ON o.id = old_id
        JOIN be_nace_code n ON n.id = new_id WHERE o.code = '6203' ORDER BY 1, 2""",
    "enterprises": "SELECT * FROM be_register.enterprise ORDER BY number",
    "names": "SELECT * FROM be_register.name ORDER BY entity, kind, language, name",
    "search keys": "SELECT * FROM be_register.name_key ORDER BY entity, key",
    "edition": "SELECT * FROM be_register.state ORDER BY key",
    "licence": "SELECT value FROM ir_config_parameter WHERE key LIKE 'be_enterprise.%' ORDER BY key",
}
LOOK_UP = """
env.cr.execute("SELECT name FROM be_register.name WHERE kind = '001' AND length(name) > 8 ORDER BY entity LIMIT 1")
name = env.cr.fetchone()[0]
print(len(env["be.register"].suggest(name)))
"""


@pytest.fixture
def last_release(tmp_path):
    """A copy of the last release's files; the commit stands in ``LAST_RELEASE``, since a clone may lack tags."""
    commit = (ROOT / "LAST_RELEASE").read_text(encoding="utf-8").split()[0]
    git = ["git", "-c", "safe.directory=*", "-C", str(ROOT)]
    if subprocess.run([*git, "cat-file", "-e", f"{commit}^{{commit}}"], check=False, capture_output=True).returncode:
        pytest.skip("this clone does not hold the commit of the last release")
    archive = subprocess.run([*git, "archive", commit], check=True, capture_output=True).stdout
    release = tmp_path / "release"
    release.mkdir()
    subprocess.run(["tar", "-x", "-C", str(release)], input=archive, check=True)
    return release


def rows(workshop, database, records):
    """``{(table, id): {column: value}}`` of the records that users entered or changed."""
    found = {}
    for table, ids in records.items():
        query = f"SELECT row_to_json(t) FROM {table} t WHERE id IN ({','.join(map(str, ids))})"
        for (text,) in workshop.sql(database, query):
            row = json.loads(text)
            found[table, row["id"]] = {column: value for column, value in row.items() if column not in TECHNICAL}
    return found


def check_enterprise_facts(workshop, database):
    """The official activity codes are all there, users' own are not among them; a postal code that was not known is."""
    query = "SELECT code FROM be_nace_code WHERE NOT is_official OR is_official IS NULL ORDER BY code"
    assert workshop.sql(database, query) == [["47114"], ["6202"], ["6203"], ["6209"]]
    assert int(workshop.sql(database, "SELECT count(*) FROM be_nace_code")[0][0]) > 5000
    query = "SELECT name ->> 'en_US' FROM be_nace_code WHERE version = '2008' AND code = '6201'"
    assert workshop.sql(database, query) == [["Computer programming activities"]]
    query = "SELECT zip, region FROM be_establishment WHERE zip IN ('1804', '5352') ORDER BY zip"
    assert workshop.sql(database, query) == [["1804", "flanders"], ["5352", "wallonia"]]
    assert workshop.sql(database, "SELECT 1 FROM ir_model_data WHERE model = 'be.nace.code'") == []


# What a release supplied for a record of the catalogue: the release's own note, which grows with new fields.
SUPPLIED = "seed_values"


def test_upgrade_keeps_what_users_entered(workshop, last_release):
    """Install the last release, use it, upgrade to this checkout twice: users' records stay as they were."""
    release_path = workshop.addons_path.replace(str(ROOT), str(last_release))
    old, new = ordinary(last_release), ordinary()
    exceptions = allowed(ROOT / "tests" / "allowed_log_lines.txt")
    database = "upgrade"
    workshop.clone(workshop.template("base"), database)
    try:
        workshop.install(database, old, addons_path=release_path)
        use = (HERE / "use_last_release.py").read_text(encoding="utf-8")
        records = json.loads(workshop.shell(database, use, release_path).strip().splitlines()[-1])
        before = rows(workshop, database, records)
        assert len(before) == sum(map(len, records.values()))
        beside = {what: workshop.sql(database, query) for what, query in BESIDE.items()}
        assert all(beside.values())

        log = workshop.odoo(database, f"--update={','.join(old)}", f"--init={','.join(new)}")
        assert complaints(log, exceptions) == {}
        after = rows(workshop, database, records)
        for key, values in before.items():
            assert key in after, f"{key} is lost"
            kept = {column: value for column, value in values.items() if column in after[key] and column != SUPPLIED}
            assert {column: after[key][column] for column in kept} == kept, key

        assert {what: workshop.sql(database, query) for what, query in BESIDE.items()} == beside
        assert int(workshop.shell(database, LOOK_UP).strip().splitlines()[-1]) >= 1
        check_enterprise_facts(workshop, database)

        upgraded = take(workshop, database)
        log = workshop.odoo(database, f"--update={','.join(new)}")
        assert complaints(log, exceptions) == {}
        assert take(workshop, database) == upgraded
        assert rows(workshop, database, records) == after
        assert {what: workshop.sql(database, query) for what, query in BESIDE.items()} == beside
        check_enterprise_facts(workshop, database)
    finally:
        workshop.drop(database)
