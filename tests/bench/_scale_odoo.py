# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The part of the benchmark ``scale`` that runs inside Odoo."""

import os
import tempfile
import time
from pathlib import Path

from odoo import Command
from odoo.tools import file_open

from odoo.addons.be_peppol_einvoice.exchange import envelope
from odoo.addons.be_peppol_einvoice.providers import contract
from odoo.addons.be_peppol_einvoice.tests.provider_memory import MemoryPeer, MemoryProvider

#: Documents that the workers get, before and after the archive is filled.
WORKED_ON = 60
PARTNERS = 500
OTHER = "0208:0799000084"

FILL = """
    WITH numbers AS (SELECT i, i %% 2 = 0 AS is_out, i %% 100 = 7 AS is_stuck,
                            timestamp '2023-01-01' + i * (interval '1000 days' / %(count)s) AS day
                       FROM generate_series(1, %(count)s) AS i),
         files AS (INSERT INTO ir_attachment (id, name, res_model, res_id, company_id, type, store_fname, checksum,
                                              file_size, mimetype, create_date, create_uid)
                   SELECT %(first_file)s + i, 'document.xml', 'peppol.exchange', %(first)s + i, %(company)s, 'binary',
                          %(store)s, %(checksum)s, %(size)s, 'application/xml', day, 1
                     FROM numbers RETURNING 1)
    INSERT INTO peppol_exchange (id, direction, state, company_id, connection_id, provider, kind, sender, receiver,
                                 partner_id, number, issue_date, amount, currency_id, message_id, instance, key,
                                 attachment_id, sha256, attempts, checks, generation, next_at, submitted_at,
                                 acknowledged, reason_kind, reason, create_date, write_date, create_uid)
    SELECT %(first)s + i, CASE WHEN is_out THEN 'out' ELSE 'in' END,
           CASE WHEN is_stuck THEN 'attention' WHEN is_out THEN 'delivered' ELSE 'imported' END,
           %(company)s, %(connection)s, 'memory', 'invoice',
           CASE WHEN is_out THEN %(own)s ELSE %(other)s END, CASE WHEN is_out THEN %(other)s ELSE %(own)s END,
           %(partner)s + i %% %(partners)s, 'F/' || lpad(i::text, 7, '0'), day::date, i %% 5000, %(currency)s,
           'message-' || i, 'instance-' || i, CASE WHEN is_out THEN 'key-' || i END,
           %(first_file)s + i, %(sha256)s, 1, 1, 0, day, day, NOT is_out,
           CASE WHEN is_stuck THEN 'permanent' END, CASE WHEN is_stuck THEN 'refused' END, day, day, 1
      FROM numbers
"""
HISTORY = """
    INSERT INTO peppol_exchange_event (exchange_id, company_id, at, step, state, user_id, create_date)
    SELECT exchange.id, exchange.company_id, exchange.create_date + n * interval '1 minute',
           (ARRAY['start', 'submitted', 'delivered'])[n], exchange.state, 1, exchange.create_date
      FROM peppol_exchange AS exchange, generate_series(1, 3) AS n
     WHERE exchange.id > %(first)s
"""


def measure(env, *, login, password, exchanges, exported):
    """Fill the database and measure; the figures, with the newest exchange's ``newest`` id."""
    company = env["res.company"].create({"name": "Bench BV", "country_id": env.ref("base.be").id})
    env["account.chart.template"].try_loading("be_comp", company=company, install_demo=False)
    company.partner_id.write({"vat": "BE0477472701", "street": "Handelskaai 1", "zip": "1000", "city": "Brussel"})
    company.peppol_purchase_journal_id = env["account.journal"].search(
        [("company_id", "=", company.id), ("type", "=", "purchase")], limit=1
    )
    env["res.users"].create(
        {
            "name": "Bench",
            "login": login,
            "password": password,
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.set(env.ref("account.group_account_user").ids)],
        }
    )
    bench = Bench(env(context={"allowed_company_ids": company.ids}), company)
    few = bench.work("few")
    bench.fill(exchanges)
    many = bench.work("many")
    began = time.perf_counter()
    env["peppol.archive.seal"]._seal(company)
    env.cr.commit()
    sealing = time.perf_counter() - began
    bench.receive(500, "day")
    began = time.perf_counter()
    env["peppol.archive.seal"]._seal(company)
    env.cr.commit()
    seal, began = time.perf_counter() - began, time.perf_counter()
    assert env["peppol.archive.seal"]._verify(company) == []
    verify = time.perf_counter() - began
    export = bench.export(exported)
    return {
        "few": few,
        "many": many,
        "sealing": sealing,
        "seal": seal,
        "verify": verify,
        "export": {**export, "memory_of_a_tenth": bench.export(exported // 10)["memory"]},
        "newest": bench.first + exchanges,
    }


class Bench:
    def __init__(self, env, company):
        self.env, self.company = env, company
        self.peer = MemoryPeer(page_size=100)
        provider = MemoryProvider(self.peer)
        type(env["peppol.connection"])._providers = lambda _self: {
            "memory": {"name": "Memory", "about": "", "make": lambda _connection: provider}
        }
        self.connection = env["peppol.connection"].create(
            {"company_id": company.id, "provider": "memory", "receives": True}
        )
        self.connection.state = "connected"
        self.own = self.connection._participant()
        with file_open("be_peppol_einvoice/tests/files/bill_ubl_bis3.xml", "rb") as file:
            self.xml = file.read()
        env.cr.execute("SELECT pg_backend_pid()")
        (self.server,) = env.cr.fetchone()
        self.first = 0

    def worked(self):
        """Seconds of processor time so far, of Odoo and of PostgreSQL."""
        user, system = Path(f"/proc/{self.server}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
        return time.process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def work(self, name):
        """Job → seconds of processor time for one document."""
        exchanges, found = self.env["peppol.exchange"], {}
        for number in range(WORKED_ON):
            xml = self.xml.replace(b"2026/0815", f"{name}/{number}".encode())
            values = {
                "direction": "out",
                "state": "prepared",
                "company_id": self.company.id,
                "connection_id": self.connection.id,
                "provider": "memory",
                "kind": "invoice",
                "sender": self.own,
                "receiver": OTHER,
                "number": f"{name}/{number}",
                "sha256": envelope.digest(xml),
                "key": envelope.key(self.own, OTHER, xml),
            }
            exchanges._begin(values, xml)
        found["handing over"] = self._timed(exchanges._cron_submit)
        sent = exchanges.search([("state", "=", "submitted")])
        for exchange in sent:
            self.peer.finish(exchange.message_id, contract.DELIVERED)
        sent.next_at = "2026-01-01"
        found["what became of it"] = self._timed(exchanges._cron_status)
        # else the next round would ask for the confirmations of these too, and count them as its own
        sent.confirm_until = False
        found["storing what arrived"] = self.receive(WORKED_ON, name)
        found["making a bill"] = self._timed(exchanges._cron_import)
        assert exchanges.search_count([("state", "=", "imported"), ("number", "=like", f"{name}/%")]) == WORKED_ON
        return found

    def receive(self, count, name):
        for number in range(count):
            xml = self.xml.replace(b"2026/0815", f"{name}/{number}".encode()).replace(
                b"0477472701", self.own[5:].encode()
            )
            self.peer.arrive(xml, OTHER, self.own)
        return self._timed(self.env["peppol.exchange"]._cron_fetch)

    def _timed(self, job):
        self.env.cr.commit()
        self.env.invalidate_all()
        before = self.worked()
        job()
        self.env.cr.commit()
        return (self.worked() - before) / WORKED_ON

    def fill(self, count):
        env = self.env
        partners = env["res.partner"].create([{"name": f"Bench {n:03}"} for n in range(PARTNERS)])
        file = env["ir.attachment"].create({"name": "document.xml", "raw": self.xml, "mimetype": "application/xml"})
        env.flush_all()
        env.cr.execute("SELECT max(id) FROM peppol_exchange")
        (self.first,) = env.cr.fetchone()
        env.cr.execute("SELECT max(id) FROM ir_attachment")
        (first_file,) = env.cr.fetchone()
        values = {
            "count": count,
            "first": self.first,
            "first_file": first_file,
            "company": self.company.id,
            "connection": self.connection.id,
            "own": self.own,
            "other": OTHER,
            "partner": min(partners.ids),
            "partners": PARTNERS,
            "currency": self.company.currency_id.id,
            "store": file.store_fname,
            "checksum": file.checksum,
            "size": file.file_size,
            "sha256": envelope.digest(self.xml),
        }
        env.cr.execute(FILL, values)
        env.cr.execute(HISTORY, values)
        for table in ("peppol_exchange", "ir_attachment"):
            env.cr.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
        env.cr.commit()
        # outside of a transaction, as PostgreSQL's own job does after so many changes
        env.cr.execute("ANALYZE peppol_exchange")
        env.cr.execute("ANALYZE peppol_exchange_event")
        env.cr.commit()
        env.invalidate_all()

    def export(self, count):
        """Seconds, bytes of the zip file and MB of memory more than before."""
        self.env.invalidate_all()
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        before, began = _memory("VmRSS"), time.perf_counter()
        with tempfile.TemporaryFile() as target:
            domain = [("id", ">", self.first), ("id", "<=", self.first + count)]
            self.env["peppol.archive.zip"]._write(target, domain)
            size = target.tell()
        seconds = time.perf_counter() - began
        return {"documents": count, "seconds": seconds, "size": size, "memory": _memory("VmHWM") - before}


def _memory(name):
    """Resident memory of this process in MB: VmRSS now, VmHWM the most since clear_refs was written to."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024
