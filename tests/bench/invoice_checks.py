# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Benchmark of the checks in Odoo: what they add to sending, and the list of problems over many unsent invoices.

``python tests/bench/invoice_checks.py --config odoo.conf`` copies a database that has the add-on (``--database``, else
the newest prepared one), fills the copy, measures, and drops it. Sending runs in core's demonstration mode: nothing
leaves the machine. The PDFs of a batch are made as core makes them, all in one run of wkhtmltopdf; Debian's build
takes one document at a time, so that the bench joins them into one and then hands core pages of the same number. The
batch is also measured without PDFs, as an installation without wkhtmltopdf sends it. The time of the checks is taken
inside the same run as core's, on the clock and as processor time (Odoo's and wkhtmltopdf's), which a busy machine
changes less.

The list of problems is refreshed by ``--workers`` processes at once, like a server with as many workers for background
jobs; next to the time on the clock stands the processor time of these processes, which a busy machine does not change.
Figures are printed as they come.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import time
import warnings
from contextlib import closing, contextmanager

import odoo
from odoo import Command, api, fields
from odoo.modules.registry import Registry
from odoo.tools.pdf import PdfFileWriter

GOALS = {
    "added_to_one_percent": (3, "%"),
    "added_to_batch_percent": (3, "%"),
    "first_pass_seconds": (60, "s"),
    "unchanged_seconds": (60, "s"),
    "changed_seconds": (60, "s"),
    "tax_changed_seconds": (60, "s"),
    "company_changed_seconds": (60, "s"),
    "open_list_ms": (500, "ms"),
}
# In how many shares the background jobs divide the invoices, see models/be_einvoice_refresh.py
_SHARES = 4
# Invoices made through the ORM; the rest are copies of them
_MADE = 100
_SHIFT = 1_000_000


def moment():
    """Seconds on the clock, and of this process and those that it has run."""
    used = os.times()
    return time.perf_counter(), used.user + used.system + used.children_user + used.children_system


class Clock:
    """Adds up the time spent in some methods, without counting a call inside a call twice."""

    def __init__(self):
        self.depth = 0
        self.reset()

    def reset(self):
        self.seconds = self.processor = 0.0

    @contextmanager
    def around(self):
        self.depth += 1
        began, processor = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            self.depth -= 1
            if not self.depth:
                self.seconds += time.perf_counter() - began
                self.processor += time.process_time() - processor

    def watch(self, registry, model, names):
        for name in names:
            original = getattr(registry[model], name)

            def timed(record, *args, _original=original, **kwargs):
                with self.around():
                    return _original(record, *args, **kwargs)

            setattr(registry[model], name, timed)


def company_of(env):
    """A Belgian company of its own, with a chart of accounts, that may send."""
    company = env["res.company"].create({"name": "Bench BV", "country_id": env.ref("base.be").id})
    env["account.chart.template"].try_loading("be_comp", company=company, install_demo=False)
    company.partner_id.write({"vat": "BE0477472701", "street": "Handelskaai 1", "zip": "1000", "city": "Brussel"})
    company.account_peppol_proxy_state = "receiver"
    return company


def customer(env, company, name, faulty=False):
    partner = env["res.partner"].create(
        {
            "name": name,
            "is_company": True,
            "street": "Dorpsstraat 2",
            "zip": "9000",
            "city": "Gent",
            "country_id": env.ref("base.be").id,
            "email": "klant@klant.example",
            "invoice_sending_method": "peppol",
            "peppol_eas": "0208",
            "peppol_endpoint": "0477472702" if faulty else "0417497106",
        }
    )
    partner.with_company(company).peppol_verification_state = "valid"
    return partner


def invoices(env, company, partner, count, lines=3):
    tax = env["account.tax"].search(
        [("company_id", "=", company.id), ("type_tax_use", "=", "sale"), ("amount", "=", 21)], limit=1
    )
    moves = (
        env["account.move"]
        .with_company(company)
        .create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": partner.id,
                    "invoice_date": fields.Date.today(),
                    "invoice_line_ids": [
                        Command.create(
                            {"name": f"Work {line}", "price_unit": 10 + line, "tax_ids": [Command.set(tax.ids)]}
                        )
                        for line in range(lines)
                    ],
                }
                for _number in range(count)
            ]
        )
    )
    moves.action_post()
    return moves


def multiply(env, moves, total):
    """Copy confirmed invoices in the database until there are ``total`` of them."""
    env.flush_all()
    cursor = env.cr

    def columns(table, **changed):
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        names = [name for (name,) in cursor.fetchall()]
        return ", ".join(f'"{name}"' for name in names), ", ".join(changed.get(name, f'o."{name}"') for name in names)

    copies = f"generate_series(1, {-(-total // len(moves)) - 1}) AS copy"
    shift = f"copy * {_SHIFT}"
    for table, where, changed in (
        ("account_move", "o.id = ANY(%s)", {"id": f"o.id + {shift}", "name": "o.name || '-' || copy"}),
        ("account_move_line", "o.move_id = ANY(%s)", {"id": f"o.id + {shift}", "move_id": f"o.move_id + {shift}"}),
    ):
        into, values = columns(table, **changed)
        cursor.execute(
            f"INSERT INTO {table} ({into}) SELECT {values} FROM {table} o, {copies} WHERE {where}", [moves.ids]
        )
    cursor.execute(
        f"INSERT INTO account_move_line_account_tax_rel (account_move_line_id, account_tax_id)"
        f" SELECT rel.account_move_line_id + {shift}, rel.account_tax_id"
        f" FROM account_move_line_account_tax_rel rel, {copies}"
        " WHERE rel.account_move_line_id = ANY(%s)",
        [moves.line_ids.ids],
    )
    cursor.commit()
    cursor.execute("ANALYZE")
    env.invalidate_all()


def measure_sending(env, registry, company, options, figures):
    clock = Clock()
    clock.watch(registry, "account.move.send", ("_einvoice_leaving", "_einvoice_judge_leaving", "_einvoice_let_go"))
    clock.watch(registry, "be.einvoice.check", ("_keep",))
    # the mends judge the document while it is made
    clock.watch(registry, "account.edi.xml.ubl_bis3", ("_einvoice_facts",))
    clock.watch(registry, "account.move", ("_einvoice_report", "_be_required_mentions"))
    partner = customer(env, company, "Sent to")
    send = env["account.move.send"].with_company(company)

    def share(groups, pdf=True):
        # as in tests, core then stops at the HTML
        odoo.tools.config["test_enable"] = not pdf
        clock.reset()
        began, processor = moment()
        for moves in groups:
            send._generate_and_send_invoices(moves, sending_methods={"peppol"})
        ended, used = moment()
        sent = sum(len(moves) for moves in groups)
        assert {state for moves in groups for state in moves.mapped("peppol_move_state")} == {"processing"}
        return {
            "core_ms": 1000 * (ended - began - clock.seconds) / sent,
            "added_ms": 1000 * clock.seconds / sent,
            "percent": 100 * clock.seconds / (ended - began - clock.seconds),
            "processor_percent": 100 * clock.processor / (used - processor - clock.processor),
        }

    share([invoices(env, company, partner, 1)])  # warm up
    tell_share(figures, "one", share([invoices(env, company, partner, 1) for _number in range(options.singles)]))
    with pdfs_in_one_run(registry):
        tell_share(figures, "batch", share([invoices(env, company, partner, options.batch)]))
    tell_share(figures, "batch_without_pdf", share([invoices(env, company, partner, options.batch)], pdf=False))


def tell_share(figures, name, share):
    for figure, value in share.items():
        tell(figures, f"added_to_{name}_{figure}", value)


@contextmanager
def pdfs_in_one_run(registry):
    """Let wkhtmltopdf make the PDFs of several documents in one run, whichever build it is."""
    reports = registry["ir.actions.report"]
    original = reports._run_wkhtmltopdf

    def run(self, bodies, *args, **kwargs):
        original(self, ["<div style='page-break-after: always'></div>".join(bodies)], *args, **kwargs)
        writer = PdfFileWriter()
        for _body in bodies:
            writer.addBlankPage(595, 842)
        with io.BytesIO() as pages:
            writer.write(pages)
            return pages.getvalue()

    reports._run_wkhtmltopdf = run
    try:
        yield
    finally:
        reports._run_wkhtmltopdf = original


def timed(function):
    began = time.perf_counter()
    result = function()
    return result, time.perf_counter() - began


def measure_list(env, company, options, figures):
    good = invoices(env, company, customer(env, company, "In order"), _MADE * 7 // 10)
    faulty = invoices(env, company, customer(env, company, "Wrong number", faulty=True), _MADE - len(good))
    multiply(env, good + faulty, options.invoices)

    def refresh(name):
        env.cr.commit()
        for figure, value in refresh_by(options, env.cr.dbname).items():
            tell(figures, f"{name}_{figure}", value)
        env.cr.commit()
        env.invalidate_all()

    def touch(table, where, *values):
        env.cr.execute(f"UPDATE {table} SET write_date = now() WHERE {where}", values)

    refresh("first_pass")
    refresh("unchanged")
    touch(
        "account_move",
        "id IN (SELECT move_id FROM be_einvoice_check ORDER BY move_id LIMIT %s)",
        options.changed or max(options.invoices // 100, 1),
    )
    refresh("changed")
    measure_opening(env, company, figures)
    if options.touch_all:
        touch("account_tax", "id = ANY(%s)", good.invoice_line_ids.tax_ids.ids)
        refresh("tax_changed")
        touch("res_company", "id = %s", company.id)
        refresh("company_changed")


def tell(figures, name, value):
    figures[name] = value
    goal = GOALS.get(name)
    aim = f"   goal: under {goal[0]} {goal[1]}" if goal else ""
    shown = value if isinstance(value, (dict, int)) else f"{value:.2f}"
    print(f"{name:28} {shown}{aim}", flush=True)


def refresh_by(options, database):
    """Have all that is out of date checked by several processes at once, each with its shares of the invoices."""
    command = [sys.executable, __file__, "--config", options.config, "--database", database, "--shares"]
    shares = [
        [str(share) for share in range(1, _SHARES + 1)][first :: options.workers] for first in range(options.workers)
    ]
    workers = [
        subprocess.Popen([*command, *mine], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for mine in shares
        if mine
    ]
    for worker in workers:
        worker.stdout.readline()  # it has loaded Odoo
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    results = [json.loads(worker.stdout.readline()) for worker in workers]
    for worker in workers:
        worker.communicate()
    return {
        "invoices": sum(result["invoices"] for result in results),
        "seconds": max(result["seconds"] for result in results),
        "processor_seconds": sum(result["processor"] for result in results),
    }


def work(database, shares):
    """What one worker does: its shares, as the background jobs do them."""
    with closing(Registry(database).cursor()) as cursor:
        checks = api.Environment(cursor, odoo.SUPERUSER_ID, {})["be.einvoice.check"]
        print("ready", flush=True)
        sys.stdin.readline()
        began, processor, done = time.perf_counter(), time.process_time(), 0
        for share in shares:
            ids = checks._of_share(checks._stale_move_ids(), share)
            for start in range(0, len(ids), 100):
                checks._refresh_retrying(ids[start : start + 100])
                cursor.commit()
            done += len(ids)
        result = {
            "invoices": done,
            "seconds": time.perf_counter() - began,
            "processor": time.process_time() - processor,
        }
    print(json.dumps(result), flush=True)


def measure_opening(env, company, figures):
    user = env["res.users"].create(
        {
            "name": "Bench",
            "login": "bench_checks",
            "group_ids": [Command.set(env.ref("account.group_account_user").ids)],
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
        }
    )
    env.cr.commit()
    findings = env["be.einvoice.finding"].with_user(user).with_context(allowed_company_ids=company.ids)
    action = env.ref("be_peppol_einvoice.action_einvoice_problems")
    domain = [*odoo.tools.safe_eval.safe_eval(action.domain), ("severity", "=", "fatal")]
    shown = {"move_id": {"fields": {"display_name": {}}}, "message": {}, "remedy": {}, "amount_total": {}}

    def open_list():
        findings.env.invalidate_all()
        groups = findings.web_read_group(domain, ["rule_id"], ["amount_total:sum"])
        rows = findings.web_search_read(domain, shown, limit=80)
        return len(groups["groups"]), rows["length"]

    open_list()
    times = sorted(timed(open_list)[1] for _number in range(5))
    tell(figures, "open_list_ms", 1000 * times[2])
    tell(figures, "listed", open_list()[1])


@contextmanager
def copy_of(config, source):
    """A copy of a prepared database, dropped at the end."""
    with closing(odoo.sql_db.db_connect("postgres").cursor()) as cursor:
        cursor._cnx.autocommit = True
        if not source:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'apps\\_%' ORDER BY oid DESC LIMIT 1")
            row = cursor.fetchone()
            source = row and row[0]
        if not source:
            raise SystemExit("no prepared database: run ./dev test once, or name one with --database")
        name = f"bench_checks_{os.getpid()}"
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    try:
        yield name
    finally:
        odoo.sql_db.close_all()
        with closing(odoo.sql_db.db_connect("postgres").cursor()) as cursor:
            cursor._cnx.autocommit = True
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--config", default=os.environ.get("ODOO_RC"), help="Odoo configuration file ($ODOO_RC)")
    parser.add_argument("--database", help="a database with the add-on, of which a copy is made")
    parser.add_argument("--invoices", type=int, default=20_000, metavar="N", help="0: sending only")
    parser.add_argument("--changed", type=int, metavar="N", help="invoices that have changed since (one in a hundred)")
    parser.add_argument("--no-touch-all", dest="touch_all", action="store_false", help="change no tax, no company")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes that refresh the list")
    parser.add_argument("--singles", type=int, default=10, metavar="N", help="invoices sent one by one (0: no sending)")
    parser.add_argument("--batch", type=int, default=50, metavar="N", help="invoices sent together")
    parser.add_argument("--shares", type=int, nargs="+", help=argparse.SUPPRESS)
    parser.add_argument("--json", metavar="FILE", help="write the figures there too")
    options = parser.parse_args(argv)
    odoo.tools.config.parse_config(["-c", options.config, "--no-http", "--log-level", "error"], setup_logging=True)
    if options.shares:
        warnings.simplefilter("ignore")
        work(options.database, options.shares)
        return 0
    figures = {}
    with copy_of(options.config, options.database) as database:
        registry = Registry(database)
        warnings.simplefilter("ignore")
        with closing(registry.cursor()) as cursor:
            env = api.Environment(cursor, odoo.SUPERUSER_ID, {})
            env["ir.config_parameter"].set_param("account_peppol.edi.mode", "demo")
            company = company_of(env)
            env = api.Environment(cursor, odoo.SUPERUSER_ID, {"allowed_company_ids": company.ids})
            company = company.with_env(env)
            cursor.commit()
            if options.singles:
                measure_sending(env, registry, company, options, figures)
            if options.invoices:
                measure_list(env, company, options, figures)
            cursor.rollback()
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
