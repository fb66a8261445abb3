# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A copy of the prepared database with all add-ons, and an Odoo that serves it, for benchmarks."""

import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docker" / "dev"))

from databases import Workshop, free_port

PATIENCE = 120


@contextmanager
def prepared(config, name):
    """Give a :class:`Workshop` and the name of a database with all add-ons, which is dropped at the end."""
    with tempfile.TemporaryDirectory(prefix="bench_logs_") as logs:
        workshop = Workshop(config, logs)
        database = f"bench_{name}"
        template = workshop.template("apps", lambda message: print(f"  {message}", file=sys.stderr))
        workshop.clone(template, database)
        try:
            yield workshop, database
        finally:
            workshop.drop(database)


@contextmanager
def served(workshop, database):
    """Give the address of an Odoo that serves the database."""
    port = free_port()
    command = [sys.executable, "-m", "odoo", f"--config={workshop.conf}", f"--database={database}"]
    # a browser that names no database gets this one, whatever others there are
    command += [f"--db-filter=^{database}$", f"--http-port={port}", "--max-cron-threads=0"]
    command.append(f"--logfile={workshop.log_folder / 'served.log'}")
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + PATIENCE
        while not _answers(url):
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("Odoo does not answer: " + (workshop.log_folder / "served.log").read_text()[-2000:])
            time.sleep(0.5)
        yield url
    finally:
        server.terminate()
        server.wait()


def _answers(url):
    try:
        with urllib.request.urlopen(f"{url}/web/health", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
