# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Benchmark of bringing customers and suppliers in: seconds, memory, and taking the import back.

    ./dev bench imports [--partners 50000]

Writes a file as a program would export it (in six kinds of faults and repairs), checks it and brings it in with the
scheduled job, slice by slice, in a copy of the prepared database, which is dropped at the end.
"""

import argparse
import json
from pathlib import Path

from _prepared import prepared

PARTNERS = 50_000
GOALS = {"check_and_load": 300, "memory": 600}

IN_ODOO = """
import base64, resource, time

def line(index):
    base = f"{20000000 + index:08d}"[-8:]
    digits = f"0{base[1:]}{97 - int('0' + base[1:]) % 97:02d}"
    vat = ("BE" + digits, digits[1:], f"BE {digits[:4]}.{digits[4:7]}.{digits[7:]}", "", "BE0123456700", "")[index % 6]
    old = f"{5390000000 + index}"
    iban = f"{old}{int(old) % 97 or 97:02d}" if index % 3 == 0 else ""
    zips = ("2000;Antwerpen", "4000;Liège", "1000 Bruxelles;", "9000;Gent", "B-5000;Namur", "4700;Eupen")[index % 6]
    name = f"Firma {index}" if index % 500 else ""
    return f"{index};{name};Straat {index};{zips};BE;{vat};{iban};mail{index}@example.com;02 {index:07d}"

lines = ["Klantnr;Naam;Adres;Postcode;Gemeente;Land;BTW-nummer;IBAN;E-mail;Telefoon"]
data = "\\r\\n".join(lines + [line(index) for index in range(1, PARTNERS + 1)]).encode("cp1252")
before = env["res.partner"].search_count([])
record = env["sme.import"].create(
    {"kind": "partners", "role": "customer", "file": base64.b64encode(data), "file_name": "klanten.csv"}
)
record.action_read()
env.cr.commit()
base_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
figures = {"base_memory": base_memory}

def run(name, start):
    start()
    env.cr.commit()
    began, cpu = time.monotonic(), time.process_time()
    while record.state == "running":
        env["sme.import"]._cron_run()
        env.cr.commit()
        env.invalidate_all()
    figures[name] = time.monotonic() - began
    figures[f"{name}_cpu"] = time.process_time() - cpu

run("check", record.action_check)
run("load", record.action_load)
figures["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
figures["in"], figures["out"] = record.in_count, record.out_count
figures["made"] = env["res.partner"].search_count([]) - before
began = time.monotonic()
figures["report_size"] = len(record._report()) / 1024**2
figures["report"] = time.monotonic() - began
if UNDO:
    run("undo", record.action_undo)
    figures["left"] = env["res.partner"].search_count([]) - before
figures["state"] = record.state
print(json.dumps(figures))
"""


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--config", help="Odoo configuration file")
    parser.add_argument("--partners", type=int, default=PARTNERS, metavar="N")
    parser.add_argument("--no-undo", action="store_true", help="leave the import in")
    parser.add_argument("--json", metavar="FILE", help="write the figures there too")
    options = parser.parse_args(argv)
    source = f"import json\nPARTNERS, UNDO = {options.partners}, {not options.no_undo}\n{IN_ODOO}"
    with prepared(options.config, "imports") as (workshop, database):
        figures = json.loads(workshop.shell(database, source).strip().splitlines()[-1])
    report(options.partners, figures)
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n")


def report(partners, figures):
    print(f"{partners:,} rows: {figures['in']:,} in, {figures['out']:,} in the report only")
    share = partners / PARTNERS
    measured = {"check_and_load": figures["check"] + figures["load"], "memory": figures["memory"]}
    for name, goal in GOALS.items():
        scaled = goal * min(1, share) if name == "check_and_load" else goal
        unit = "MB" if name == "memory" else "s"
        verdict = "within" if measured[name] <= scaled else "OVER"
        print(f"{name:16} {measured[name]:8.1f} {unit:3} goal {scaled:6.0f}  {verdict}")
    for name in ("check", "load", "report", "undo"):
        if name in figures:
            print(f"  {name:14} {figures[name]:8.1f} s")
    print(f"  memory before  {figures['base_memory']:8.1f} MB; report {figures['report_size']:.1f} MB")


if __name__ == "__main__":
    main()
