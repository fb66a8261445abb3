# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two companies in two databases, each with an Odoo of its own, at the two access points of a local network."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from peppol_network.client import LocalNetwork
from peppol_network.supervisor import read_status

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

#: Enterprise number, access point and prefix of the invoices of each side.
SIDES = {"a": ("0477472701", "ap1", "AINV"), "b": ("0417497106", "ap2", "BINV")}
#: Settings of the access points: what failed is tried again after seconds instead of minutes.
GATEWAY = {
    "PEPPOL_GATEWAY_RETRY_FIRST": "0.5",
    "PEPPOL_GATEWAY_RETRY_LONGEST": "4",
    "PEPPOL_GATEWAY_SEND_TIMEOUT": "10",
}


class Side:
    """One company: its database, and the Odoo whose workers serve it."""

    def __init__(self, workshop, name):
        self.workshop = workshop
        self.name = name
        self.number, self.access_point, self.prefix = SIDES[name]
        self.database = f"drill_{name}_{os.getpid()}"
        self.process = self.console = None
        self.log = workshop.log_folder / f"drill_{name}.jsonl"

    def in_odoo(self, source):
        """The JSON value that an expression over ``env`` and :mod:`drill_odoo` gives."""
        if not self.console:
            self.console = self._run("console", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.console.stdin.write(json.dumps(source) + "\n")
        self.console.stdin.flush()
        answer = json.loads(self.console.stdout.readline() or '{"error": "it has ended"}')
        if "error" in answer:
            raise AssertionError(f"{self.name}: {answer['error']}")
        return answer["value"]

    def _run(self, script, *arguments, **options):
        command = [sys.executable, str(HERE / f"drill_{script}.py"), "--config", str(self.workshop.conf)]
        command += ["--database", self.database, *arguments]
        with (self.workshop.log_folder / f"drill_{self.name}.log").open("ab") as errors:
            return subprocess.Popen(command, stderr=errors, start_new_session=True, **options)

    def start(self, workers):
        with self.log.open("ab") as out:
            self.process = self._run("server", "--workers", str(workers), stdout=out)

    def workers(self):
        """Process numbers of the workers that live now."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return list(map(int, path.read_text(encoding="ascii").split()))

    def stop(self):
        """End the workers, as a power cut does."""
        _kill(self.process)

    def close(self):
        _kill(self.process)
        _kill(self.console)

    def done(self):
        """What the workers have done, see drill_server; a line that a kill cut off is left out."""
        lines = []
        for line in self.log.read_text(encoding="utf-8").splitlines():
            with suppress(ValueError):
                lines.append(json.loads(line))
        return lines

    def errors(self):
        """What went wrong in the workers that should not have."""
        return [line["error"] for line in self.done() if line["error"] not in (None, "concurrent")]

    def events(self):
        """How much has happened to the documents so far."""
        ((count,),) = self.workshop.sql(self.database, "SELECT count(*) FROM peppol_exchange_event")
        return int(count)

    def waiting(self):
        """How many documents are not where they stay: invoices to be sent, exchanges under way."""
        ((count,),) = self.workshop.sql(
            self.database,
            "SELECT (SELECT count(*) FROM account_move WHERE sending_data IS NOT NULL AND sending_data::text <> 'null')"
            " + (SELECT count(*) FROM peppol_exchange"
            " WHERE state IN ('prepared', 'retrying', 'submitted', 'received')"
            " OR direction = 'in' AND acknowledged IS NOT TRUE)",
        )
        return int(count)

    def passed(self):
        """The numbers of the documents that are with the other access point, and of those that came here."""
        rows = self.workshop.sql(
            self.database,
            "SELECT direction, number FROM peppol_exchange WHERE kind <> 'response'"
            " AND (direction = 'in' OR state IN ('delivered', 'accepted', 'rejected'))",
        )
        return tuple({number for direction, number in rows if direction == which} for which in ("out", "in"))


def _kill(process):
    if process and process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class World:
    """Usable as a context: all of it runs inside, and is gone afterwards."""

    def __init__(self, workshop, folder, count):
        self.workshop, self.count = workshop, count
        self.network = LocalNetwork(Path(folder) / "network")
        self.sides = {name: Side(workshop, name) for name in SIDES}

    def __enter__(self):
        try:
            self._make()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _make(self):
        self._network_command("start")
        for side in self.sides.values():
            self.network.register(f"0208:{side.number}", access_point=side.access_point)
        template = self.workshop.template("apps")
        connection = self.network.layout.read_connection()
        for side in self.sides.values():
            self.workshop.clone(template, side.database)
        with ThreadPoolExecutor() as threads:
            list(threads.map(lambda side: self._settle(side, connection), self.sides.values()))

    def _settle(self, side, connection):
        (other,) = (one for one in self.sides.values() if one is not side)
        values = {
            "own": side.number,
            "other": other.number,
            "access_point": connection["access_points"][side.access_point],
            "network": connection["network"],
            "count": self.count,
            "prefix": side.prefix,
        }
        side.in_odoo(f"drill_odoo.settle(env, **{values!r})")

    def __exit__(self, *_):
        for side in self.sides.values():
            side.close()
        self.network.stop()
        for side in self.sides.values():
            self.workshop.drop(side.database)

    def _network_command(self, command):
        state = self.workshop.filestore.parents[1]
        subprocess.run(
            [str(state / "venv-gateway/bin/python"), "-m", "peppol_network", command, str(self.network.layout.folder)],
            env={**os.environ, **GATEWAY, "PYTHONPATH": f"{ROOT}/docker/gateway:{ROOT}/be_peppol_einvoice"},
            check=True,
        )

    def start(self, workers=2):
        for side in self.sides.values():
            side.start(workers)

    def gateway_process(self, name):
        """The process number of an access point's gateway; None where it is just being started again."""
        return read_status(self.network.layout).get(name, {}).get("pid")

    def waiting(self):
        """How many documents are under way: in a company's hands, or in an inbox from which nobody has fetched them."""
        here, there = (side.passed() for side in self.sides.values())
        unfetched = len(here[0] - there[1]) + len(there[0] - here[1])
        return unfetched + sum(side.waiting() for side in self.sides.values())

    def wait(self, seconds, until=0, while_=lambda: True):
        """Until at most ``until`` documents are under way; whether that came to pass within the seconds, and while a
        condition held."""
        end = time.monotonic() + seconds
        while self.waiting() > until:
            errors = [error for side in self.sides.values() for error in side.errors()]
            if errors:
                raise AssertionError(f"workers failed: {errors[:3]}")
            if time.monotonic() > end or not while_():
                return False
            time.sleep(0.5)
        return True

    def accounts(self):
        return {name: side.in_odoo("drill_odoo.account(env)") for name, side in self.sides.items()}
