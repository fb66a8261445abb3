"""The script that makes the database of the Docker deployment, run against a real PostgreSQL and a real Odoo."""

import os
import subprocess
import sys

import pytest
from databases import ROOT

SCRIPT = ROOT / "docker" / "init-database.sh"


@pytest.fixture
def environment(workshop, tmp_path):
    password = tmp_path / "admin_password"
    password.write_text("a-long-and-secret-word\n")
    workshop.drop("deployed")
    yield {
        **os.environ,
        "DATABASE": "deployed",
        "APPS": "web",
        "DB_HOST": os.environ["PGHOST"],
        "ADMIN_PASSWORD_FILE": str(password),
        "ODOO": f"{sys.executable} -m odoo",
        "ODOO_RC": str(workshop.conf),
    }
    workshop.drop("deployed")


def run(environment):
    return subprocess.run(["sh", str(SCRIPT)], env=environment, capture_output=True, text=True, check=False)


def test_first_start_makes_the_database_with_the_secret_password(workshop, environment):
    """Afterwards admin/admin is refused and the secret password works; a second start changes nothing."""
    done = run(environment)
    assert done.returncode == 0, done.stderr
    check = """
from odoo.exceptions import AccessDenied
def works(password):
    try:
        credential = {"type": "password", "login": "admin", "password": password}
        env["res.users"].authenticate(credential, {"interactive": False})
        return True
    except AccessDenied:
        return False
print("RESULT", works("admin"), works("a-long-and-secret-word"))
"""
    command = [sys.executable, "-m", "odoo", "shell", "--config", str(workshop.conf), "-d", "deployed", "--no-http"]
    shell = subprocess.run(command, input=check, capture_output=True, text=True, check=True)
    assert "RESULT False True" in shell.stdout
    again = run(environment)
    assert again.returncode == 0 and "is there" in again.stdout


def test_a_weak_password_is_refused(environment, tmp_path):
    """Nothing is made with a password that is too short."""
    (tmp_path / "admin_password").write_text("admin")
    done = run(environment)
    assert done.returncode == 1
    assert "shorter than 12 characters" in done.stderr
