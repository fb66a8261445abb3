"""The last release, with data that users entered, upgrades to this checkout and loses nothing."""

import json
import subprocess

import pytest
from databases import DEMO_ADDON, ROOT, manifests
from snapshot import take
from verdict import allowed, complaints

HERE = ROOT / "tests" / "upgrade"
# Columns that an update may rewrite without anything being lost.
TECHNICAL = {"write_date", "write_uid"}


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


def test_upgrade_keeps_what_users_entered(workshop, last_release):
    """Install the last release, use it, upgrade to this checkout twice: users' records stay as they were."""
    release_path = workshop.addons_path.replace(str(ROOT), str(last_release))
    old = [name for name in manifests(last_release) if name != DEMO_ADDON]
    new = [name for name in manifests() if name != DEMO_ADDON]
    exceptions = allowed(ROOT / "tests" / "allowed_log_lines.txt")
    database = "upgrade"
    workshop.clone(workshop.template("base"), database)
    try:
        workshop.install(database, old, addons_path=release_path)
        use = (HERE / "use_last_release.py").read_text(encoding="utf-8")
        records = json.loads(workshop.shell(database, use, release_path).strip().splitlines()[-1])
        before = rows(workshop, database, records)
        assert len(before) == sum(map(len, records.values()))

        log = workshop.odoo(database, f"--update={','.join(old)}", f"--init={','.join(new)}")
        assert complaints(log, exceptions) == {}
        after = rows(workshop, database, records)
        for key, values in before.items():
            assert key in after, f"{key} is lost"
            kept = {column: value for column, value in values.items() if column in after[key]}
            assert {column: after[key][column] for column in kept} == kept, key

        upgraded = take(workshop, database)
        log = workshop.odoo(database, f"--update={','.join(new)}")
        assert complaints(log, exceptions) == {}
        assert take(workshop, database) == upgraded
        assert rows(workshop, database, records) == after
    finally:
        workshop.drop(database)
