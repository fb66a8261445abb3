# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""“Check my customers” of thousands of customers, in Odoo, against the local Peppol network.

    ./dev bench customers [--count 3000]

The whole way: the check is queued, the customers are looked up in the local network's locator and publisher, what is
found is written with its history, batch by batch, and the page of readiness is read after each batch as a user who
waits would. One customer in three can receive, one is registered for credit notes only, one is not registered. Network
and Odoo share this machine. Works in a copy of a database with the add-on, which is dropped at the end.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from contextlib import closing, contextmanager
from pathlib import Path

from invoice_checks import company_of, copy_of
from lookup import enterprise_number

import odoo
from odoo import api
from odoo.modules.registry import Registry

ROOT = Path(__file__).parents[2]
GOAL = 60  # seconds for 3,000
CREDIT_NOTE = (
    "busdox-docid-qns::urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2::CreditNote"
    "##urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0::2.1"
)
#: In the gateway's environment: starts a network without access points, registers, and ends with its standard input.
SERVE = """
import json, sys
from peppol_network.client import LocalNetwork
folder = sys.argv[1]
network = LocalNetwork(folder).start(access_points=False)
registrations = json.loads(sys.stdin.readline())
for documents, participants in registrations:
    network.register(*participants, documents=documents)
print(network.layout.network, flush=True)
sys.stdin.read()
network.stop()
"""


@contextmanager
def local_network(python, count):
    """The file that describes a running local network in which the customers are registered."""
    names = [f"0208:{enterprise_number(serial)}" for serial in range(count)]
    registrations = [(None, names[0::3]), ([CREDIT_NOTE], names[1::3])]
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'docker' / 'gateway'}:{ROOT / 'be_peppol_einvoice'}"}
    with tempfile.TemporaryDirectory() as folder:
        pipe = subprocess.PIPE
        with subprocess.Popen(
            [python, "-c", SERVE, folder], stdin=pipe, stdout=pipe, text=True, env=environment
        ) as served:
            served.stdin.write(json.dumps(registrations) + "\n")
            served.stdin.flush()
            try:
                yield served.stdout.readline().strip()
            finally:
                served.stdin.close()
                served.wait()


def measure(env, company, network, count):
    """The figures, as a dict."""
    parameters = env["ir.config_parameter"]
    parameters.set_param("be_peppol_einvoice.network", "file")
    parameters.set_param("be_peppol_einvoice.network_file", network)
    env["res.partner"].with_company(company).create(
        [
            {
                "name": f"Customer {serial}",
                "is_company": True,
                "customer_rank": 1,
                "company_id": company.id,
                "country_id": env.ref("base.be").id,
                "peppol_eas": "0208",
                "peppol_endpoint": enterprise_number(serial),
                "invoice_edi_format": "ubl_bis3",
            }
            for serial in range(count)
        ]
    )
    env.cr.commit()
    readiness = env["be.peppol.readiness"].with_company(company)
    started = time.perf_counter()
    readiness.start_check()
    check = env["be.peppol.check"].search([("company_id", "=", company.id)])
    shown, left = [], count
    while left:
        left = check._work()
        env.cr.commit()
        env.invalidate_all()
        shown.append(readiness.get_readiness()["check"]["done"])
    return {
        "customers": check.done,
        "seconds": time.perf_counter() - started,
        "state": check.state,
        "progress": shown,
        "outcomes": {kind: check[kind] for kind in ("can_receive", "other_documents", "not_registered", "unknown")},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--config", default=os.environ.get("ODOO_RC"), help="Odoo configuration file ($ODOO_RC)")
    parser.add_argument("--database", help="a database with the add-on, of which a copy is made")
    parser.add_argument("--network-python", required=True, help="the Python of the gateway's environment")
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    odoo.tools.config.parse_config(["-c", options.config, "--no-http", "--log-level", "error"], setup_logging=True)
    with (
        local_network(options.network_python, options.count) as network,
        copy_of(options.config, options.database) as database,
    ):
        registry = Registry(database)
        warnings.simplefilter("ignore")
        with closing(registry.cursor()) as cursor:
            env = api.Environment(cursor, odoo.SUPERUSER_ID, {})
            company = company_of(env)
            env = api.Environment(cursor, odoo.SUPERUSER_ID, {"allowed_company_ids": company.ids})
            figures = measure(env, company.with_env(env), network, options.count)
            cursor.rollback()
    if options.json:
        print(json.dumps(figures))
        return
    print(
        f"{figures['customers']} customers checked in {figures['seconds']:.1f} s"
        f" ({figures['customers'] / figures['seconds']:.0f} a second; goal: 3000 in under {GOAL} s):"
        f" {figures['state']}, {figures['outcomes']}"
    )
    print(f"progress shown: {', '.join(map(str, figures['progress']))}")


if __name__ == "__main__":
    sys.exit(main())
