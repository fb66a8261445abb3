"""An update of the add-on brings new rules of a programme while dossiers are open, and a correction of a figure."""

import json
import shutil

import pytest
from databases import ROOT, addon_path
from verdict import allowed, complaints

ADDON = "be_digital_cheque"
#: The new rules of the Brussels digitalisation grant, and the end of the present ones.
OLD, NEW = "version_bru_digital_2024", "version_bru_digital_next"
NEW_RULES = f"""
    <record id="{NEW}" model="digital.cheque.programme.version">
        <field name="programme_id" ref="programme_bru_digital" />
        <field name="date_from" eval="(DateTime.today() - relativedelta(days=3)).date()" />
        <field name="status">open</field>
        <field name="aid_category">gber</field>
        <field name="eligible_kind_ids" eval="[Command.set([ref('cost_website')])]" />
    </record>
</odoo>
"""
OPEN_DOSSIERS = """
import json
company = env["res.company"].create({"name": "Cijfermaan", "country_id": env.ref("base.be").id})
programme = env.ref("be_digital_cheque.programme_bru_digital")
day = env["digital.cheque.dossier"]._today()
values = {"company_id": company.id, "programme_id": programme.id, "planned_cost": 8000, "expected_aid": 2000,
          "cost_kind_id": env.ref("be_digital_cheque.cost_website").id, "planned_start": day}
sent, idea = env["digital.cheque.dossier"].create([
    {**values, "name": "Sent", "state": "submitted", "applied_on": day},
    {**values, "name": "Idea"},
])
(sent | idea).action_judge()
# a figure that a user corrected, of another programme
env.ref("be_digital_cheque.limit_fla_kmo_2026_1").amount = 8000
env.cr.commit()
print(json.dumps([sent.id, idea.id]))
"""
LOOK = """
import json
found = []
for dossier in env["digital.cheque.dossier"].browse({ids}):
    xmlid = lambda record: record.get_external_id().get(record.id, "").partition(".")[2]
    found.append({{
        "version": xmlid(dossier.version_id), "newer": xmlid(dossier.newer_version_id),
        "steps": dossier.step_ids.ids, "documents": dossier.document_ids.ids, "judgement": dossier.judgement,
        "category": dossier.aid_category, "state": dossier.state, "expected": dossier.expected_aid,
        "rate": dossier.version_id.rate_ids[:1].rate, "aid": dossier.aid_id.state,
    }})
fresh = env["digital.cheque.dossier"].create({{
    "name": "Fresh", "programme_id": env.ref("be_digital_cheque.programme_bru_digital").id
}})
print(json.dumps({{
    "dossiers": found, "fresh": xmlid(fresh.version_id),
    "correction": env.ref("be_digital_cheque.limit_fla_kmo_2026_1").amount,
    "difference": env.ref("be_digital_cheque.limit_fla_kmo_2026_1").seed_difference or "",
}}))
env.cr.rollback()
"""


@pytest.fixture
def next_release(tmp_path):
    """A folder with a later release of the add-on: new rules of one programme, another ceiling of another."""
    release = tmp_path / ADDON
    shutil.copytree(addon_path(ADDON), release)
    versions = release / "data" / "digital_cheque_programme_version.xml"
    text = versions.read_text(encoding="utf-8")
    start = f'<record id="{OLD}" model="digital.cheque.programme.version">'
    end = '<field name="date_to" eval="(DateTime.today() - relativedelta(days=4)).date()" />'
    assert start in text
    text = text.replace(start, start + end).replace("</odoo>", NEW_RULES)
    versions.write_text(text, encoding="utf-8")
    _edit(release, "rate", "rate_bru_digital_2024_1", ",0.25,0.7,", ",0.2,0.6,")
    _edit(release, "limit", "limit_fla_kmo_2026_1", ",7500,", ",9000,")
    with (release / "data" / "digital.cheque.programme.rate.csv").open("a", encoding="utf-8") as table:
        table.write(f"rate_bru_digital_next_1,{NEW},10,sme,,0.4,0.4,probable,2026-11-23,source_third_digital_2026,\n")
    return tmp_path


def _edit(release, table, record, old, new):
    path = release / "data" / f"digital.cheque.programme.{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (number,) = (number for number, line in enumerate(lines) if line.startswith(f"{record},"))
    assert old in lines[number], lines[number]
    lines[number] = lines[number].replace(old, new)
    path.write_text("".join(lines), encoding="utf-8")


def test_open_dossiers_keep_their_rules(workshop, next_release):
    database = "upgrade_rules"
    workshop.clone(workshop.template("apps"), database)
    try:
        ids = json.loads(workshop.shell(database, OPEN_DOSSIERS).strip().splitlines()[-1])

        def look(addons_path=None):
            printed = workshop.shell(database, LOOK.format(ids=ids), addons_path)
            return json.loads(printed.strip().splitlines()[-1])

        before = look()
        assert before["fresh"] == OLD
        addons_path = f"{next_release},{workshop.addons_path}"
        log = workshop.odoo(database, f"--update={ADDON}", addons_path=addons_path)
        assert complaints(log, allowed(ROOT / "tests" / "allowed_log_lines.txt")) == {}
        after = look(addons_path)
        # what was judged stays as it was, rate and all; the dossiers say that there is something newer
        for old, new in zip(before["dossiers"], after["dossiers"], strict=True):
            assert old["newer"] == ""
            assert new == {**old, "newer": NEW}
        assert after["fresh"] == NEW
        # a user's correction stays, and the form shows what the release would say
        assert after["correction"] == 8000
        assert "9,000" in after["difference"] or "9000" in after["difference"]
        workshop.odoo(database, f"--update={ADDON}", addons_path=addons_path)
        assert look(addons_path) == after
    finally:
        workshop.drop(database)
