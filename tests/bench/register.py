# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Benchmark of the offline company register: import, size, typeahead at the database and through HTTP, quality page.

``./dev bench register --enterprises 2000000`` writes a synthetic register of that size, imports it into a copy of the
prepared database (which is dropped at the end), serves that database, and prints what it measured beside the goals and
the machine's size. With ``--bare`` the register goes into an empty database: no Odoo is started.
"""

import argparse
import configparser
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

ADDON = Path(__file__).resolve().parents[2] / "addons" / "be_enterprise"
sys.path.insert(0, str(ADDON))

import quality
from _prepared import prepared, served
from register import load, store
from register.lookup import Lookup
from register.sample import Sample

QUESTIONS = 1500
#: Figure → (goal at 2 million enterprises, unit).
GOALS = {
    "import_seconds": (480, "s"),
    "import_memory": (300, "MB"),
    "register_size": (4096, "MB"),
    "database_p50": (10, "ms"),
    "database_p95": (30, "ms"),
    "http_p95": (80, "ms"),
}


def connection_values(config):
    """Return what psycopg2 needs from an Odoo configuration file; what is not in it comes from PG* variables."""
    parser = configparser.RawConfigParser()
    if config and not parser.read(config):
        raise SystemExit(f"cannot read {config}")
    options = dict(parser["options"]) if parser.has_section("options") else {}
    names = {"db_host": "host", "db_port": "port", "db_user": "user", "db_password": "password"}
    return {names[key]: value for key, value in options.items() if key in names and value not in ("", "False", "false")}


def questions(sample, count=QUESTIONS):
    """Return what users may type, by kind: the starts of names, words in any order, one word, numbers."""
    chance = random.Random(11)
    found = []
    for index in range(count):
        enterprise = sample.enterprise(chance.randrange(sample.count))
        name = enterprise.name
        words = name.split()
        kind = ("start", "words", "word", "number", "three letters")[index % 5]
        text = {
            "start": name[: chance.randint(4, len(name))],
            "words": " ".join(word[: chance.randint(2, 6)] for word in reversed(words)),
            "word": chance.choice(words)[: chance.randint(4, 9)],
            "number": f"{enterprise.number:010d}"[: chance.randint(4, 10)],
            "three letters": chance.choice(words)[:3],
        }[kind]
        found.append((kind, text))
    return found


def percentiles(times):
    times = sorted(times)
    return {
        "p50": 1000 * times[len(times) // 2],
        "p95": 1000 * times[int(len(times) * 0.95)],
        "max": 1000 * times[-1],
    }


def timed(ask, asked):
    """Ask everything once to warm up, then once more with the clock; return seconds by kind."""
    for _kind, text in asked:
        ask(text)
    found = {}
    for kind, text in asked:
        began = time.perf_counter()
        ask(text)
        found.setdefault(kind, []).append(time.perf_counter() - began)
    return found


def http_asker(url, database, login, password):
    import requests  # only where HTTP is measured

    session = requests.Session()

    def call(path, params):
        answer = session.post(f"{url}{path}", json={"jsonrpc": "2.0", "method": "call", "params": params}, timeout=60)
        answer.raise_for_status()
        body = answer.json()
        if "error" in body:
            raise SystemExit(body["error"]["data"]["message"])
        return body["result"]

    call("/web/session/authenticate", {"db": database, "login": login, "password": password})

    def ask(text):
        params = {"model": "be.register", "method": "suggest", "args": [text], "kwargs": {}}
        return call("/web/dataset/call_kw/be.register/suggest", params)

    return ask


def machine(cursor):
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    settings = {}
    for name in ("server_version", "fsync", "synchronous_commit", "shared_buffers", "max_wal_size"):
        cursor.execute(f"SHOW {name}")
        settings[name] = cursor.fetchone()[0]
    return {"cores": len(os.sched_getaffinity(0)), "memory_gb": round(memory, 1), "postgresql": settings}


def measure(options, values, database, path):
    figures = {}
    with closing(psycopg2.connect(dbname=database, **values)) as connection:
        cursor = connection.cursor()
        last = [time.monotonic()]

        def show(progress):
            if time.monotonic() - last[0] >= 10:
                last[0] = time.monotonic()
                print(f"  {progress.phase}: {progress.rows:,} rows, {100 * progress.fraction:.0f}%", file=sys.stderr)

        began, began_cpu = time.monotonic(), time.process_time()
        load.Import(cursor, path, commit=connection.commit).run(progress=show)
        figures["import_seconds"] = time.monotonic() - began
        figures["import_python_cpu_seconds"] = time.process_time() - began_cpu
        figures["import_memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        figures["rows"] = int(store.read_state(cursor, store.DEFAULT_SCHEMA)["rows"])
        figures["rows_per_second"] = figures["rows"] / figures["import_seconds"]
        cursor.execute(
            "SELECT sum(pg_total_relation_size(c.oid))::bigint"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = %s AND relkind = 'r'",
            (store.DEFAULT_SCHEMA,),
        )
        figures["register_size"] = cursor.fetchone()[0] / 1024**2
        connection.commit()
        sample = Sample(options.enterprises)
        asked = questions(sample)
        by_kind = timed(Lookup(cursor, language="fr").suggest, asked)
        figures["database_by_kind"] = {kind: percentiles(times) for kind, times in by_kind.items()}
        every = percentiles([seconds for times in by_kind.values() for seconds in times])
        figures.update({f"database_{name}": value for name, value in every.items()})
        figures["machine"] = machine(cursor)
    return figures


def measure_odoo(options, workshop, database):
    """Return the figures of look-ups through HTTP and of the quality page, the register being in the database."""
    with served(workshop, database) as url:
        ask = http_asker(url, database, "admin", "admin")
        by_kind = timed(ask, questions(Sample(options.enterprises))[:500])
    every = percentiles([seconds for times in by_kind.values() for seconds in times])
    return {
        "quality": quality.measure(workshop, database, options.contacts),
        **{f"http_{name}": value for name, value in every.items()},
    }


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--config", default=os.environ.get("ODOO_RC"), help="Odoo configuration file ($ODOO_RC)")
    parser.add_argument("--enterprises", type=int, default=2_000_000, metavar="N")
    parser.add_argument("--file", help="a file that register.sample wrote for the same N, instead of a new one")
    parser.add_argument("--contacts", type=int, default=quality.CONTACTS, metavar="N", help="for the quality page")
    parser.add_argument("--bare", action="store_true", help="an empty database, without Odoo")
    parser.add_argument("--json", metavar="FILE", help="write the figures there too")
    options = parser.parse_args(argv)
    values = connection_values(options.config)
    figures = {}
    with tempfile.TemporaryDirectory(prefix="register_bench_") as folder:
        path = options.file
        if not path:
            path = os.path.join(folder, "register.zip")
            began = time.monotonic()
            command = [
                sys.executable,
                "-m",
                "register.sample",
                "--enterprises",
                str(options.enterprises),
                "--out",
                path,
            ]
            subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ADDON)}, stdout=subprocess.DEVNULL)
            figures["sample_seconds"] = time.monotonic() - began
        figures["zip_size"] = os.path.getsize(path) / 1024**2
        if options.bare:
            with empty_database(values) as database:
                figures.update(measure(options, values, database, path))
        else:
            with prepared(options.config, "register") as (workshop, database):
                figures.update(measure(options, values, database, path))
                figures.update(measure_odoo(options, workshop, database))
    report(options.enterprises, figures)
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n")


@contextmanager
def empty_database(values):
    """Give the name of an empty database, which is dropped at the end."""
    database = f"bench_register_{os.getpid()}"
    administer(values, f"CREATE DATABASE \"{database}\" TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield database
    finally:
        administer(values, f'DROP DATABASE "{database}"')


def administer(values, statement):
    with closing(psycopg2.connect(dbname="postgres", **values)) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


def report(enterprises, figures):
    about = figures["machine"]
    settings = ", ".join(f"{name} {value}" for name, value in about["postgresql"].items())
    print(f"{enterprises:,} enterprises, {figures['rows']:,} rows; {about['cores']} cores, {about['memory_gb']} GB")
    print(f"PostgreSQL: {settings}")
    share = min(1, enterprises / 2_000_000)
    for name, (goal, unit) in GOALS.items():
        if name in figures:
            # Time and size of the import grow with the rows; memory and look-ups should not.
            scaled = goal * share if name in ("import_seconds", "register_size") else goal
            verdict = "within" if figures[name] <= scaled else "OVER"
            ratio = figures[name] / scaled
            print(f"{name:16} {figures[name]:10.1f} {unit:3} goal {scaled:8.1f}  ratio {ratio:.2f}  {verdict}")
    if "quality" in figures:
        quality.report(figures["quality"])
    print(f"Python CPU       {figures['import_python_cpu_seconds']:10.1f} s, load now {os.getloadavg()[0]:.1f}")
    print(f"rows a second    {figures['rows_per_second']:10.0f}")
    for kind, values in figures["database_by_kind"].items():
        print("  {:14} p50 {p50:6.2f}  p95 {p95:6.2f}  max {max:6.2f} ms".format(kind, **values))


if __name__ == "__main__":
    main()
