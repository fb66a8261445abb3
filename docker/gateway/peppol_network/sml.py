"""The local service metadata locator: a DNS server that is the authority for one zone, over UDP and TCP.

Peppol SML 1.3.0: a participant is found as ``base32(sha256(id)).iso6523-actorid-upis.zone`` with a NAPTR record,
flag U, service Meta:SMP, whose regular expression gives the address of its SMP.
"""

import asyncio
import logging
import struct

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.opcode
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

log = logging.getLogger(__name__)

#: Seconds that an answer may be cached; short, because one plays with this network.
TIME_TO_LIVE = 5
#: A TCP client that says nothing for this many seconds is let go.
PATIENCE = 10


class Locator:
    """``find(name)`` says whether a name (in small letters, without the last dot) is registered; ``smp_url()`` where
    its SMP is; ``drills`` is asked before each answer."""

    def __init__(self, zone, find, smp_url, drills):
        self.zone = dns.name.from_text(zone)
        self.find = find
        self.smp_url = smp_url
        self.drills = drills
        self.servers = []

    async def start(self, host, port):
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: _Datagrams(self), local_addr=(host, port))
        self.servers = [transport, await asyncio.start_server(self.serve_stream, host, port)]

    async def stop(self):
        for server in self.servers:
            server.close()
        self.servers = []

    async def answer(self, wire, *, limit):
        """The answer to a query in wire format, None where none is given; longer than ``limit`` it is truncated."""
        try:
            query = dns.message.from_wire(wire)
        except dns.exception.DNSException:
            return None
        if query.flags & dns.flags.QR:
            return None
        if self.drills.act("dns_down", "sml"):
            return None
        if drill := self.drills.act("dns_slow", "sml"):
            await asyncio.sleep(drill.seconds)
        response = dns.message.make_response(query)
        if self.drills.act("dns_fails", "sml"):
            response.set_rcode(dns.rcode.SERVFAIL)
        elif query.opcode() != dns.opcode.QUERY or len(query.question) != 1:
            response.set_rcode(dns.rcode.NOTIMP)
        else:
            self.fill(query.question[0], response)
        # a client that speaks EDNS says how long an answer over UDP it takes
        return response.to_wire(max_size=limit or max(512, min(query.payload or 512, 4096)), prefer_truncation=True)

    def fill(self, question, response):
        name = question.name
        if not name.is_subdomain(self.zone) or question.rdclass != dns.rdataclass.IN:
            response.set_rcode(dns.rcode.REFUSED)
            return
        response.flags |= dns.flags.AA
        registered = self.find(name.canonicalize().to_text(omit_final_dot=True))
        if self.drills.act("not_registered", "sml"):
            registered = False
        if registered and question.rdtype in (dns.rdatatype.NAPTR, dns.rdatatype.ANY):
            # the expression is the one that real records carry: not anchored
            record = f'100 10 "U" "Meta:SMP" "!.*!{self.smp_url()}!" .'
            response.answer.append(dns.rrset.from_text(name, TIME_TO_LIVE, "IN", "NAPTR", record))
            return
        if not registered and name != self.zone and not self.is_between(name):
            response.set_rcode(dns.rcode.NXDOMAIN)
        soa = f"ns.{self.zone} hostmaster.{self.zone} 1 3600 600 86400 {TIME_TO_LIVE}"
        response.authority.append(dns.rrset.from_text(self.zone, TIME_TO_LIVE, "IN", "SOA", soa))

    def is_between(self, name):
        """``iso6523-actorid-upis.zone`` exists though it holds no record: names below it do (RFC 8020)."""
        return name == dns.name.Name([b"iso6523-actorid-upis", *self.zone.labels])

    async def serve_stream(self, reader, writer):
        try:
            while True:
                head = await asyncio.wait_for(reader.readexactly(2), PATIENCE)
                wire = await asyncio.wait_for(reader.readexactly(struct.unpack("!H", head)[0]), PATIENCE)
                answer = await self.answer(wire, limit=65535)
                if answer is None:
                    break
                writer.write(struct.pack("!H", len(answer)) + answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, TimeoutError, ConnectionError):
            pass
        finally:
            writer.close()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, locator):
        self.locator = locator
        self.tasks = set()

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        task = asyncio.get_running_loop().create_task(self.reply(data, address))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def reply(self, data, address):
        answer = await self.locator.answer(data, limit=0)
        if answer is not None and not self.transport.is_closing():
            self.transport.sendto(answer, address)
