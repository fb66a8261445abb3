"""Every add-on is complete: a partner can install it, read about it and package it."""

import ast
import re
import struct
import tomllib

import polib
import pytest
from databases import ROOT, addon_path, manifests

ADDONS = manifests()
APPS = {"be_peppol_einvoice", "sme_onboarding", "be_digital_cheque"}
LANGUAGES = ("fr", "nl", "de")


@pytest.fixture(params=sorted(ADDONS))
def addon(request):
    return request.param


def test_manifest(addon):
    """Version, licence, author, summary; only the three apps call themselves applications."""
    manifest = ADDONS[addon]
    assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", manifest["version"])
    assert manifest["license"] == "LGPL-3"
    assert manifest["author"] == "Belgian Digital SME contributors"
    assert manifest["summary"]
    assert bool(manifest.get("application")) == (addon in APPS)


def test_files(addon):
    """Packaging, description, icon, licence notice."""
    folder = addon_path(addon)
    assert tomllib.loads((folder / "pyproject.toml").read_text())["build-system"]["build-backend"] == "whool.buildapi"
    for fragment in ("DESCRIPTION", "USAGE", "CONTRIBUTORS"):
        assert (folder / "readme" / f"{fragment}.md").read_text().strip(), fragment
    icon = (folder / "static" / "description" / "icon.png").read_bytes()
    assert struct.unpack(">II", icon[16:24]) == (128, 128)
    for path in folder.rglob("*.py"):
        if path.name != "__manifest__.py" and path.read_text().strip():
            assert "License LGPL-3.0 or later" in path.read_text().split("\n", 1)[0], path.relative_to(ROOT)


def test_description_page(addon):
    """The page of the Apps menu shows pictures that exist; an app's has at least one."""
    folder = addon_path(addon) / "static" / "description"
    page = folder / "index.html"
    if not page.exists():
        assert addon not in APPS
        return
    pictures = re.findall(r'src="([^"]+)"', page.read_text())
    assert [name for name in pictures if not (folder / name).is_file()] == []
    assert len([name for name in pictures if name != "icon.png"]) >= (addon in APPS)


def test_data_files_exist(addon):
    """What the manifest loads is there, and every view, data and demo file is loaded."""
    folder, manifest = addon_path(addon), ADDONS[addon]
    listed = set(manifest.get("data", [])) | set(manifest.get("demo", []))
    assert [name for name in listed if not (folder / name).is_file()] == []
    there = {
        str(path.relative_to(folder))
        for part in ("data", "demo", "views", "wizards", "report", "security")
        for path in (folder / part).rglob("*.xml")
    }
    assert there - listed == set()


def test_translations_are_complete(addon):
    """Every term of the template stands in French, Dutch and German, with the same placeholders."""
    folder = addon_path(addon) / "i18n"
    template = folder / f"{addon}.pot"
    if not template.exists():
        # an add-on without a term of its own
        assert not folder.exists()
        return
    terms = polib.pofile(str(template))
    for language in LANGUAGES:
        translated = {e.msgid: e for e in polib.pofile(str(folder / f"{language}.po")) if not e.obsolete}
        for term in terms:
            entry = translated.get(term.msgid)
            assert entry is not None, f"{language}: {term.msgid!r} is missing"
            assert entry.msgstr and not entry.fuzzy, f"{language}: {term.msgid!r} is untranslated"
            placeholder = r"%\(\w+\)[sdf]|%[sdf]|\{\w*\}"
            assert sorted(re.findall(placeholder, entry.msgstr)) == sorted(re.findall(placeholder, term.msgid)), (
                f"{language}: placeholders of {term.msgid!r}"
            )


def test_python_dependencies_are_listed(addon):
    """What an add-on imports beyond Odoo's own requirements stands in requirements.txt."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    listed = {re.split(r"[<>=~\[ ;]", line)[0].lower() for line in lines if line and not line.startswith("#")}
    assert {name.lower() for name in ADDONS[addon].get("external_dependencies", {}).get("python", [])} <= listed


def test_engines_import_no_odoo():
    """Engines are plain Python."""
    for engine in (*ROOT.glob("*/en16931"), *ROOT.glob("*/engine"), *ROOT.glob("addons/*/engine")):
        for path in engine.rglob("*.py"):
            imported = {
                name.split(".")[0]
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.Import | ast.ImportFrom)
                for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""])
            }
            assert "odoo" not in imported, path.relative_to(ROOT)
