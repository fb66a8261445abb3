# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Benchmark of a large archive: ``./dev bench scale [--exchanges 100000]``.

Fills a copy of the prepared database with exchanges, their histories, files and seals (SQL; the files are one file on
the disk), serves it, and measures what each page asks of the server over HTTP, what the workers need for a document
with few and with many exchanges beside it, and the export for an audit with its memory. The copy is dropped at the
end.
"""

import argparse
import json
import time
from pathlib import Path
from statistics import median

import requests
from _prepared import prepared, served

EXPORTED = 10_000
ROUNDS = 7
#: Seconds that a page may take.
GOAL = 1.0
LOGIN, PASSWORD = "bench", "bench-of-the-archive"
HERE = Path(__file__).resolve().parent


class Client:
    """An accountant's browser, as far as its questions go."""

    def __init__(self, url, database):
        self.url, self.session = url, requests.Session()
        self.call("/web/session/authenticate", db=database, login=LOGIN, password=PASSWORD)

    def call(self, path, **params):
        answer = self.session.post(f"{self.url}{path}", json={"params": params}, timeout=600).json()
        if "error" in answer:
            raise SystemExit(f"{path}: {answer['error']['data']['message']}")
        return answer["result"]

    def method(self, model, method, *args, **options):
        return self.call("/web/dataset/call_kw", model=model, method=method, args=list(args), kwargs=options)

    def times(self, question):
        """The median of the seconds that a question takes; the first time counts, for a page is opened once."""
        seconds = []
        for _round in range(ROUNDS):
            began = time.perf_counter()
            question()
            seconds.append(time.perf_counter() - began)
        return median(seconds), seconds[0]


def pages(client, newest):
    """Page → what it asks."""
    fields = ("create_date", "direction", "display_name", "amount", "state", "reason_kind", "next_at", "provider")
    row = {name: {} for name in fields} | {"partner_id": {"fields": {"display_name": {}}}}
    whole = row | {
        "event_ids": {"fields": {name: {} for name in ("at", "step", "state", "reason_kind", "answer")}},
        "attachment_id": {"fields": {"display_name": {}}},
        **{name: {} for name in ("advice", "can_try_again", "can_close", "reason", "sha256", "key", "kept_until")},
    }

    def listed(*domain, **options):
        return lambda: client.method(
            "peppol.exchange", "web_search_read", domain=list(domain), specification=row, limit=80, **options
        )

    def grouped(by):
        return lambda: client.method(
            "peppol.exchange", "web_read_group", domain=[], groupby=[by], aggregates=["__count", "amount:sum"]
        )

    return {
        "list": listed(),
        "list, last page": listed(offset=9920),
        "list by amount": listed(order="amount desc"),
        "needs attention": listed(["state", "=", "attention"]),
        "search for a number": listed(["number", "ilike", "/00042"]),
        "search for a partner": listed(["partner_id", "ilike", "bench"]),
        "by month": grouped("create_date:month"),
        "by status": grouped("state"),
        "form": lambda: client.method("peppol.exchange", "web_read", [newest], specification=whole),
        "first page": lambda: client.method("be.peppol.overview", "get_overview"),
        "export's window": lambda: client.method(
            "peppol.archive.export", "onchange", [], {}, [], {"date_from": {}, "date_to": {}, "count": {}}
        ),
    }


def main():
    parser = argparse.ArgumentParser(description="Pages, workers and the export with many exchanges.")
    parser.add_argument("--config", required=True)
    parser.add_argument("--exchanges", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with prepared(options.config, "scale") as (workshop, database):
        values = f"login={LOGIN!r}, password={PASSWORD!r}, exchanges={options.exchanges}, exported={EXPORTED}"
        source = f"import json, sys\nsys.path.insert(0, {str(HERE)!r})\nimport _scale_odoo\n"
        source += f"print(json.dumps(_scale_odoo.measure(env, {values})))\n"
        made = json.loads(workshop.shell(database, source).strip().splitlines()[-1])
        with served(workshop, database) as url:
            client = Client(url, database)
            # the first request of a server loads its registry
            client.method("res.partner", "search_count", [])
            found = {name: client.times(question) for name, question in pages(client, made["newest"]).items()}
    report({**made, "pages": found}, options)


def report(found, options):
    if options.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{options.exchanges} exchanges, each with 3 events, a file and a seal")
    print(f"{'page':28} {'first, ms':>10} {'median, ms':>11}   goal {GOAL * 1000:.0f} ms")
    for name, (typical, first) in found["pages"].items():
        missed = "" if max(typical, first) <= GOAL else "   missed"
        print(f"{name:28} {1000 * first:10.0f} {1000 * typical:11.0f}{missed}")
    few, many = found["few"], found["many"]
    print("processor time of a document's worker, ms: with few exchanges beside it, with many, times:")
    for job in few:
        print(f"  {job:26} {1000 * few[job]:8.1f} {1000 * many[job]:8.1f} {many[job] / few[job]:8.2f}")
    export = found["export"]
    print(
        f"export of {export['documents']} documents: {export['seconds']:.0f} s, {export['size'] / 1e6:.0f} MB, "
        f"{export['memory']:.0f} MB of memory more than before; of a tenth of them {export['memory_of_a_tenth']:.0f} MB"
    )
    print(f"verifying the archive: {found['verify']:.0f} s, sealing one day's 500 documents: {found['seal']:.2f} s")


if __name__ == "__main__":
    main()
