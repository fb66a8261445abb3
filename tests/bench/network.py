"""How much the gateway carries: two of them as processes on loopback, real HTTP, real certificates (RSA 2048).

    python tests/bench/network.py [--messages 200] [--json]

The unit is the floor: the processor time that ``cryptography`` alone needs for one message (sign, wrap the key,
encrypt; verify, unwrap, decrypt; sign and verify the receipt; the certificate's chain twice). Times of the gateways are
processor time of all their processes, so that other work on the machine disturbs them little; messages per second and
latencies are of the clock.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / folder) for folder in ("docker/gateway", "be_peppol_einvoice", "tests/gateway")]

import processes
from authority import Authority
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from peers import ALICE, BOB, invoice

#: What an invoice's line has; twenty of them make an invoice of some 14 kB.
LINE = (
    "<cac:InvoiceLine><cbc:ID>{0}</cbc:ID><cbc:InvoicedQuantity unitCode='C62'>{0}</cbc:InvoicedQuantity>"
    "<cbc:LineExtensionAmount currencyID='EUR'>{1}.00</cbc:LineExtensionAmount><cac:Item><cbc:Description>Some words "
    "about article {1}, as they stand on invoices</cbc:Description><cbc:Name>Article {1}</cbc:Name>"
    "<cac:SellersItemIdentification><cbc:ID>A{1}</cbc:ID></cac:SellersItemIdentification><cac:ClassifiedTaxCategory>"
    "<cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
    "</cac:ClassifiedTaxCategory></cac:Item><cac:Price><cbc:PriceAmount currencyID='EUR'>{0}.00</cbc:PriceAmount>"
    "</cac:Price></cac:InvoiceLine>"
)
LINES = "".join(LINE.format(n, n * n) for n in range(1, 21)).encode()


def floor(ca, repeat=200):
    """Seconds of processor time that one message's cryptography takes, both sides together."""
    certificate, key = ca.issue("POP000901")
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
    content = os.urandom(4000)
    public = certificate.public_key()

    def once():
        signature = key.sign(content, padding.PKCS1v15(), hashes.SHA256())
        session = AESGCM.generate_key(128)
        wrapped = public.encrypt(session, oaep)
        sealed = AESGCM(session).encrypt(b"0" * 12, content, None)
        certificate.verify_directly_issued_by(ca.certificate)
        public.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
        AESGCM(key.decrypt(wrapped, oaep)).decrypt(b"0" * 12, sealed, None)
        receipt = key.sign(content, padding.PKCS1v15(), hashes.SHA256())
        certificate.verify_directly_issued_by(ca.certificate)
        public.verify(receipt, content, padding.PKCS1v15(), hashes.SHA256())

    times = []
    for _ in range(repeat):
        started = time.process_time()
        once()
        times.append(time.process_time() - started)
    return median(times)


def processor_time(gateways):
    """Seconds that the gateways' processes have used."""
    ticks = 0
    for gateway in gateways:
        for pid in gateway.pids():
            ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def submit(gateway, receiver, numbers):
    document = invoice("F/1", gateway.participant, receiver).replace(b"</Invoice>", LINES + b"</Invoice>")
    with gateway.client() as client:
        for _ in numbers:
            answer = client.post("/outgoing", content=document)
            answer.raise_for_status()


def wait_for(gateway, count, end):
    """Until ``count`` messages are delivered."""
    with gateway.client() as client:
        client.base_url = gateway.url
        while time.monotonic() < end:
            text = client.get("/metrics").text
            done = sum(
                float(line.rsplit(" ", 1)[1])
                for line in text.splitlines()
                if line.startswith('gateway_outbox{state="delivered"}')
            )
            if done >= count:
                return
            # asking costs the gateway time too
            time.sleep(1)
    raise SystemExit("the gateways did not deliver in time")


def times(gateway, count):
    """(accepted, receipt verified) of the last ``count`` messages."""
    found, after = [], 0
    with gateway.client() as client:
        while after is not None:
            page = client.get("/outgoing", params={"after": after, "limit": 500}).json()
            found += [
                tuple(datetime.fromisoformat(item[at]) for at in ("created", "finished")) for item in page["items"]
            ]
            after = page["next"]
    return found[-count:]


def measure(ca, folder, *, messages, both, workers, unit):
    """One run; a dictionary of figures."""
    alice, bob = processes.two(ca, folder, workers=workers, senders=4)
    gateways = (alice, bob)
    try:
        for gateway in gateways:
            gateway.start()
        ways = [(alice, BOB), (bob, ALICE)] if both else [(alice, BOB)]
        for sender, receiver in ways:  # warm up
            submit(sender, receiver, range(5))
            wait_for(sender, 5, time.monotonic() + 30)
        used, started = processor_time(gateways), time.monotonic()
        threads = [threading.Thread(target=submit, args=(*way, range(messages))) for way in ways]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for sender, _ in ways:
            wait_for(sender, messages + 5, started + 60 + messages)
        used = processor_time(gateways) - used
        total = messages * len(ways)
        found = [one for sender, _ in ways for one in times(sender, messages)]
        clock = (max(end for _, end in found) - min(start for start, _ in found)).total_seconds()
        waits = sorted((end - start).total_seconds() for start, end in found)
        return {
            "ways": len(ways),
            "workers": workers,
            "messages": total,
            "per_second": total / clock,
            "p50_ms": median(waits) * 1000,
            "p95_ms": quantiles(waits, n=20)[-1] * 1000,
            "processor_ms": used / total * 1000,
            "times_floor": used / total / unit,
            "crypto_share": unit * total / used,
            "memory_mb": [gateway.memory()[0] / 1e6 for gateway in gateways],
        }
    finally:
        for gateway in gateways:
            gateway.stop()


def lookups():
    """The look-up's own benchmark, where there is one."""
    script = ROOT / "tests" / "bench" / "lookup.py"
    if script.exists():
        subprocess.run([sys.executable, str(script)], check=False)


def main():
    parser = argparse.ArgumentParser(description="Messages per second through the gateway.")
    parser.add_argument("--messages", type=int, default=200, help="per way and run (10000 for the memory's figure)")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ca = Authority(Path(folder) / "ca")
        unit = floor(ca)
        runs = []
        for both in (False, True):
            for workers in (1, 2):
                place = Path(folder) / f"{both}-{workers}"
                runs.append(measure(ca, place, messages=options.messages, both=both, workers=workers, unit=unit))
    if options.json:
        print(json.dumps({"floor_ms": unit * 1000, "runs": runs}, indent=2))
        return
    print(f"The cryptography of one message alone (the floor): {unit * 1000:.2f} ms of processor time")
    print("ways workers  msg/s  p50 ms  p95 ms  processor ms  × floor  in crypto  memory MB")
    for run in runs:
        memory = " + ".join(f"{value:.0f}" for value in run["memory_mb"])
        print(
            f"{run['ways']:4} {run['workers']:7} {run['per_second']:6.1f} {run['p50_ms']:7.0f} {run['p95_ms']:7.0f}"
            f" {run['processor_ms']:13.1f} {run['times_floor']:8.1f} {run['crypto_share']:9.0%}   {memory}"
        )
    lookups()


if __name__ == "__main__":
    main()
