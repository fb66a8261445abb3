# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The official cases: outcome of each unit test, and exactly the ids that the official artefacts report."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from en16931 import validate


def _cases():
    folder = Path(os.environ.get("SHARED", Path(__file__).parents[2].parent / "shared")) / "conformance"
    manifest = folder / "manifest.jsonl"
    if not manifest.exists():
        return []
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    # Cases of a document share its verdict: one test per document and rule set.
    groups = {}
    for row in rows:
        groups.setdefault((row["rules"], row["file"]), []).append(row)
    return [pytest.param(folder, rules, name, group, id=f"{rules}:{name}") for (rules, name), group in groups.items()]


CASES = _cases()


@pytest.mark.skipif(not CASES, reason="the official test documents (../shared/conformance) are not here")
def test_all_cases_are_run():
    assert sum(len(case.values[3]) for case in CASES) >= 1065


@pytest.mark.parametrize(("folder", "rules", "name", "group"), CASES)
def test_official_case(folder, rules, name, group):
    fatal, warning = validate((folder / name).read_bytes(), rules).ids
    for row in group:
        if row["kind"] == "unit":
            _outcome(row, fatal, warning)
        assert fatal == set(row["official_fatal"])
        assert warning == set(row["official_warning"])


def _outcome(row, fatal, warning):
    found = fatal | warning
    scope = set(row["scope"])
    assert not (set(row["success"]) & found), "a rule fires that must not"
    for rule in row["error"] + row["warning"]:
        if not scope or rule in scope:
            # Three Danish cases expect a warning that 3.0.21 made fatal: the newest artefacts are right.
            assert rule in found, "a rule does not fire"


def test_the_command_agrees(conformance):
    """``--json`` gives the same ids, one object per line and file."""
    files = sorted((conformance / "bis3-examples").glob("*.xml"))
    package = os.path.join(os.path.dirname(__file__), "..", "..", "be_peppol_einvoice")
    done = subprocess.run(
        [sys.executable, "-m", "en16931", "--json", *map(str, files)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": package},
        check=False,
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["file"] for row in rows] == [str(file) for file in files]
    assert {row["rules"] for row in rows} == {"peppol"}
    assert done.returncode == 0
    assert all(row["fatal"] == [] and "version" in row for row in rows)
