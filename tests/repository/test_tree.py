"""The tree speaks of itself alone: no path of a machine, no package host, nothing unfinished."""

import re
import subprocess

import pytest


@pytest.fixture(scope="module")
def tracked(root):
    listed = subprocess.run(
        [
            "git",
            "-c",
            "safe.directory=*",
            "-C",
            str(root),
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ],
        capture_output=True,
        check=True,
    )
    texts = {}
    for name in listed.stdout.decode().split("\0"):
        path = root / name
        if name and path.is_file() and path.suffix not in {".png", ".pdf", ".zip", ".ico", ".woff2"}:
            texts[name] = path.read_text(encoding="utf-8", errors="replace")
    return texts


def hits(texts, expression, skip=()):
    return [
        f"{name}: {match.group()}"
        for name, text in texts.items()
        if not name.startswith(("LICENSE", "COPYING", *skip)) and not name.endswith("test_tree.py")
        for match in re.finditer(expression, text)
    ]


def test_no_path_of_a_machine(tracked):
    """Nothing works only on the machine of whoever wrote it."""
    assert hits(tracked, r"(?<![\w.\"'])/(?:work|home|Users)/[a-z]\w*") == []


def test_no_package_host(tracked):
    """Packages come from wherever the machine's own package managers are set up to look."""
    hosts = r"(?:deb|ftp|snapshot)\.debian\.org|pypi\.org|pythonhosted\.org|registry\.npmjs\.org|npmjs\.com"
    assert hits(tracked, hosts) == []


def test_readme_links_exist(root):
    """The pictures and pages that the README shows are there."""
    targets = re.findall(r"\]\((?!http)([^)#]+)\)", (root / "README.md").read_text())
    assert len(targets) >= 3
    assert [target for target in targets if not (root / target).is_file()] == []


def test_nothing_unfinished(tracked):
    """No notes to oneself in the code."""
    unfinished = r"(?:#|//|<!--).*\b(?:TODO|FIXME|XXX)\b|(?i:coming soon)"
    code = {name: text for name, text in tracked.items() if name.endswith((".py", ".js", ".xml", ".sh", "dev", ".md"))}
    assert hits(code, unfinished) == []
