"""Each add-on is a Python package that a partner can install with pip."""

import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from databases import addon_path, manifests


@pytest.mark.parametrize("name", sorted(manifests()))
def test_wheel(name, tmp_path):
    """The wheel installs into ``odoo.addons`` with its views, translations and pictures, under the name OCA uses."""
    source = shutil.copytree(addon_path(name), tmp_path / name)
    build = "import sys; from whool.buildapi import build_wheel; print(build_wheel(sys.argv[1]))"
    environment = {**os.environ, "WHOOL_POST_VERSION_STRATEGY_OVERRIDE": "none"}
    done = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)],
        cwd=source,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name.startswith(f"odoo_addon_{name}-{manifests()[name]['version']}-")
    inside = {entry.removeprefix(f"odoo/addons/{name}/") for entry in zipfile.ZipFile(wheel).namelist()}
    assert "__manifest__.py" in inside
    for pattern in ("views/*.xml", "data/*", "i18n/*.po", "static/**/*.*", "models/*.py", "security/*"):
        there = {str(path.relative_to(addon_path(name))) for path in addon_path(name).glob(pattern) if path.is_file()}
        assert there - inside == set()
