"""Prepared databases: made once per set of add-ons and state of their code, then cloned within a second.

Used by ``./dev test`` and ``./dev i18n`` from the command line, and as a library by the tests that install, update,
uninstall and upgrade add-ons.
"""

import argparse
import ast
import fcntl
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# English first: Odoo switches it off where only other languages are asked for.
LANGUAGES = ("en_US", "fr_BE", "nl_BE", "de_DE")
# The add-on that fills a database with the four demo companies: no other test wants its data.
DEMO_ADDON = "be_demo_companies"
# It needs an add-on that is neither ours nor Odoo's: what is tested elsewhere is tested without it.
QUEUE_ADDON = "be_peppol_einvoice_queue_job"
# Core add-ons that ours do not depend on, and whose presence changes what ours have to do.
COMPANIONS = ("account_debit_note",)
# The bundle of the bus is asked for by a script, not by a page, so Odoo's own list lacks it.
BUNDLE = """
qweb = env["ir.qweb"]
qweb._pregenerate_assets_bundles()
qweb._get_asset_bundle("bus.websocket_worker_assets", css=False, js=True).js()
env.cr.commit()
"""

# How many generations of a kind of database are kept: the newest, and the one of the branch before.
KEEP = 2


def manifests(root=ROOT):
    """The add-ons of this repository: ``{name: manifest dictionary}``, sorted by name."""
    found = {}
    for path in sorted([*root.glob("*/__manifest__.py"), *root.glob("addons/*/__manifest__.py")]):
        found[path.parent.name] = ast.literal_eval(path.read_text(encoding="utf-8"))
    return dict(sorted(found.items()))


def ordinary(root=ROOT):
    """The names of the add-ons that any database can have."""
    return [name for name in manifests(root) if name not in (DEMO_ADDON, QUEUE_ADDON)]


def addon_path(name, root=ROOT):
    """The folder of one of our add-ons."""
    path = root / name
    return path if path.is_dir() else root / "addons" / name


def core_dependencies(names, root=ROOT):
    """The add-ons of Odoo itself that the named add-ons of ours depend on, directly or through one another."""
    ours = manifests(root)
    seen, todo = set(), list(names)
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += ours[name].get("depends", []) if name in ours else []
    return sorted(seen - set(ours))


def with_own_dependencies(names, root=ROOT):
    """The named add-ons and those of ours that they depend on."""
    ours = manifests(root)
    seen, todo = set(), list(names)
    while todo:
        name = todo.pop()
        if name in ours and name not in seen:
            seen.add(name)
            todo += ours[name].get("depends", [])
    return sorted(seen)


def foreign(names, root=ROOT):
    """The add-ons that the named add-ons of ours depend on and no database has from the start."""
    return sorted(set(core_dependencies(names, root)) - set(core_dependencies(ordinary(root), root)))


def code_hash(names, root=ROOT):
    """Changes with every file of these add-ons that a database made from them depends on."""
    digest = hashlib.sha256()
    for name in sorted(names):
        base = addon_path(name, root)
        for path in sorted(base.rglob("*")):
            parts = path.relative_to(base).parts
            if path.is_file() and not {"tests", "readme", "__pycache__"} & set(parts) and "description" not in parts:
                digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def odoo_hash():
    """Changes with the version of Odoo that runs."""
    import odoo.release

    folder = Path(odoo.release.__file__).parent
    digest = hashlib.sha256(Path(odoo.release.__file__).read_bytes())
    for path in sorted(folder.glob("addons/*/__manifest__.py")):
        digest.update(path.read_bytes())
    head = folder.parent / ".git" / "HEAD"
    if head.is_file():
        revision = ["git", "-c", "safe.directory=*", "-C", str(folder.parent), "rev-parse", "HEAD"]
        digest.update(subprocess.run(revision, capture_output=True, check=True).stdout)
    return digest.hexdigest()[:8]


def free_port():
    """A TCP port of this machine that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _what_failed(log):
    """The first entries of a log that are errors: the end of a long log may tell of something else."""
    entries = re.split(r"\n(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,)", log)
    errors = [entry for entry in entries if re.match(r"\S+ \S+ \d+ (ERROR|CRITICAL) ", entry)]
    return "\n".join(entry[-1500:] for entry in errors[:5])


class OdooFailed(RuntimeError):
    """Odoo's command ended with an error; the message holds the end of its log."""


class Workshop:
    """Makes, clones and drops databases with the Odoo and the PostgreSQL that the environment names.

    :param conf: an Odoo configuration file (addons path, data folder, database host).
    :param log_folder: where each run of Odoo leaves its log.
    """

    def __init__(self, conf, log_folder):
        self.conf = Path(conf)
        self.log_folder = Path(log_folder)
        options = dict(
            map(str.strip, line.split("=", 1))
            for line in self.conf.read_text(encoding="utf-8").splitlines()
            if "=" in line
        )
        self.filestore = Path(options["data_dir"]) / "filestore"
        self.addons_path = options["addons_path"]

    # --- PostgreSQL ---

    def sql(self, database, query):
        """The rows of a query, as lists of strings."""
        command = ["psql", "--no-psqlrc", "-qAtX", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", query]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return [line.split("\x1f") for line in done.stdout.splitlines()]

    def databases(self):
        """Names of all databases, oldest first."""
        return [row[0] for row in self.sql("postgres", "SELECT datname FROM pg_database ORDER BY oid")]

    def clone(self, source, name):
        """A copy of a database with its files (hard links: Odoo never changes a stored file)."""
        self.drop(name)
        subprocess.run(["createdb", "--template", source, name], check=True)
        if (self.filestore / source).is_dir():
            shutil.copytree(self.filestore / source, self.filestore / name, copy_function=os.link)
        return name

    def drop(self, name):
        """Drops a database and its files; nothing happens where there is none."""
        subprocess.run(["dropdb", "--if-exists", "--force", name], check=True, capture_output=True)
        shutil.rmtree(self.filestore / name, ignore_errors=True)

    def rename(self, source, name):
        """Gives a database and its files another name."""
        self.sql("postgres", f'ALTER DATABASE "{source}" RENAME TO "{name}"')
        # where the cluster was thrown away, its databases' files remained
        shutil.rmtree(self.filestore / name, ignore_errors=True)
        if (self.filestore / source).is_dir():
            (self.filestore / source).rename(self.filestore / name)

    # --- Odoo ---

    def odoo(self, database, *arguments, log=None, addons_path=None, http=False):
        """Runs Odoo once on a database and waits for its end.

        :param http: serve on a free port meanwhile, as browser tests need it.
        :return: the path of its log.
        :raise OdooFailed: where it ends with an error.
        """
        log = self.log_folder / f"{log or database}.log"
        log.unlink(missing_ok=True)
        command = [sys.executable, "-m", "odoo", f"--config={self.conf}", f"--database={database}", "--db-filter=.*"]
        command += [f"--logfile={log}", f"--addons-path={addons_path or self.addons_path}", *arguments]
        command.append(f"--http-port={free_port()}" if http else "--no-http")
        done = subprocess.run([*command, "--stop-after-init"], check=False, capture_output=True, text=True)
        written = log.read_text(encoding="utf-8") if log.exists() else ""
        if done.returncode:
            parts = (" ".join(arguments), _what_failed(written), written[-3000:], done.stderr[-3000:])
            raise OdooFailed("\n".join(parts))
        return log

    def install(self, database, names, *options, **kw):
        """Installs add-ons (with those that they need)."""
        return self.odoo(database, f"--init={','.join(names)}", *options, **kw)

    def shell(self, database, source, addons_path=None):
        """What a script prints in Odoo's shell, with ``env`` at hand.

        :raise OdooFailed: where it ends with an error.
        """
        command = [sys.executable, "-m", "odoo", "shell", f"--config={self.conf}", f"--database={database}"]
        command += [f"--addons-path={addons_path or self.addons_path}", "--no-http"]
        done = subprocess.run(command, input=source, capture_output=True, text=True, check=False)
        if done.returncode:
            raise OdooFailed(done.stderr[-6000:])
        return done.stdout

    def uninstall(self, database, names, log=None):
        """Uninstalls add-ons, as the Apps menu does."""
        log = self.log_folder / f"{log or database}.log"
        log.unlink(missing_ok=True)
        command = [
            sys.executable,
            "-m",
            "odoo",
            "module",
            "uninstall",
            f"--config={self.conf}",
            f"--database={database}",
        ]
        done = subprocess.run([*command, *names], check=False, capture_output=True, text=True)
        log.write_text(done.stderr, encoding="utf-8")
        if done.returncode:
            raise OdooFailed(done.stderr[-6000:])
        return log

    # --- Prepared databases ---

    def template(self, kind, tell=lambda message: None):
        """The name of an up-to-date prepared database, made now where it is missing.

        :param kind: ``base`` or ``base-demo`` (what our add-ons need of Odoo itself, without or with Odoo's demo
            data, in four languages), ``apps`` (all our add-ons on ``base``), ``demo`` (the demo companies too) or
            ``queue`` (with OCA's job queue).
        """
        ours = ordinary()
        needs = sorted({*core_dependencies(ours), *COMPANIONS})
        base_key = hashlib.sha256(f"{odoo_hash()} {needs} {LANGUAGES}".encode()).hexdigest()[:12]
        if kind in ("base", "base-demo"):
            name, source = f"{kind}_{base_key}", None
        else:
            names = ours + {"demo": [DEMO_ADDON], "queue": [QUEUE_ADDON]}.get(kind, [])
            name = f"{kind}_{hashlib.sha256(f'{base_key} {code_hash(names)}'.encode()).hexdigest()[:12]}"
            source = "base"
            if kind == "queue":
                names, source = [QUEUE_ADDON], "apps"
        with (self.filestore.parent / f"{kind}.lock").open("w") as lock:
            # test processes run side by side: the second waits for what the first is making
            fcntl.flock(lock, fcntl.LOCK_EX)
            return self._make_template(kind, name, source, needs if source is None else names, tell)

    def _make_template(self, kind, name, source, names, tell):
        existing = self.databases()
        if name in existing:
            return name
        for old in [other for other in existing if other.startswith(f"{kind}_")][: -(KEEP - 1)]:
            self.drop(old)
        began = time.monotonic()
        making = f"making_{kind}"
        options = []
        if source:
            self.clone(self.template(source, tell), making)
        else:
            self.drop(making)
            subprocess.run(["createdb", making], check=True)
            options = [f"--load-language={','.join(LANGUAGES)}", *(["--with-demo"] if kind == "base-demo" else [])]
        tell(f"preparing the database “{kind}”: {', '.join(names)}")
        self.install(making, names, *options, log=f"prepare-{kind}")
        if source:
            # else each browser test would bundle all scripts and styles anew, in a transaction that is rolled back
            self.shell(making, BUNDLE)
        self.rename(making, name)
        tell(f"prepared in {time.monotonic() - began:.0f} s")
        return name


def main():
    """Prints the name of the prepared database of each kind asked for."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--conf", required=True)
    parser.add_argument("--logs", required=True)
    parser.add_argument("kinds", nargs="+")
    arguments = parser.parse_args()
    workshop = Workshop(arguments.conf, arguments.logs)
    try:
        for kind in arguments.kinds:
            name = workshop.template(kind, lambda message: print(f"  {message}", file=sys.stderr, flush=True))
            print(name)
    except OdooFailed as error:
        sys.exit(f"Odoo could not make the database: {error}")


if __name__ == "__main__":
    main()
