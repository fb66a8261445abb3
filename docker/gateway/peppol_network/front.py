"""What stands before an access point: TLS, and the drills that make messages late, lost, doubled or damaged.

The access point itself does not know of the drills: what goes wrong here goes wrong on the network.
"""

import asyncio
import logging
import re
import tempfile

import httpx

log = logging.getLogger(__name__)

#: Headers that belong to one connection (RFC 9110, 7.6.1); the body's length goes on, as it is sent on unchanged.
HOP_BY_HOP = {b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade"}
#: A message of up to this many bytes is held in memory, a larger one in a file.
IN_MEMORY = 1 << 20
CHUNK = 1 << 16


class Front:
    """The ASGI application before one access point."""

    def __init__(self, point, authority, drills):
        self.point = point
        self.authority = authority
        self.drills = drills
        self.client = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{point.service}",
            timeout=httpx.Timeout(300, connect=5),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=32),
            trust_env=False,
        )

    async def close(self):
        await self.client.aclose()

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return
        try:
            if scope["method"] != "POST" or not await self.misbehaves(scope, receive, send):
                await self.forward(scope, _body(receive), send)
        except ConnectionResetError:
            log.info("A client left %s before its message was whole.", self.point.name)

    async def misbehaves(self, scope, receive, send):
        """Whether a drill took this message; a late one is afterwards dealt with like any other."""
        act, name = self.drills.act, self.point.name
        if drill := act("late", name):
            await asyncio.sleep(drill.seconds)
        if act("lost", name):
            await _drop(scope, receive)
        elif act("refused", name):
            await self.refuse(scope, receive, send)
        elif act("corrupted", name):
            with await _stored(receive) as message:
                damage(message, _header(scope, b"content-type"))
                await self.forward(scope, _chunks(message), send)
        elif act("receipt_lost", name):
            await self.forward(scope, _body(receive), _nowhere)
            await _drop(scope, receive)
        elif act("duplicated", name):
            with await _stored(receive) as message:
                await self.forward(scope, _chunks(message), _nowhere)
                await self.forward(scope, _chunks(message), send)
        else:
            return False
        return True

    async def forward(self, scope, body, send):
        """Send the request on, and its answer back."""
        headers = [(name, value) for name, value in scope["headers"] if name not in HOP_BY_HOP]
        target = scope["raw_path"] + (b"?" + scope["query_string"] if scope["query_string"] else b"")
        has_body = any(name in (b"content-length", b"transfer-encoding") for name, _value in scope["headers"])
        request = self.client.build_request(
            scope["method"], httpx.URL(raw_path=target), headers=headers, content=body if has_body else None
        )
        try:
            answer = await self.client.send(request, stream=True)
        except httpx.HTTPError as error:
            log.warning("%s does not answer: %s", self.point.name, type(error).__name__)
            await _answer(send, 502, b"The access point does not answer.")
            return
        try:
            kept = [(name, value) for name, value in answer.headers.raw if name.lower() not in HOP_BY_HOP]
            await send({"type": "http.response.start", "status": answer.status_code, "headers": kept})
            async for chunk in answer.aiter_raw():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body"})
        finally:
            await answer.aclose()

    async def refuse(self, scope, receive, send):
        """Answer as an access point that does not serve the receiver."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        with await _stored(receive) as message:
            content = message.read()
        # a second to load, which only this drill needs
        from .refusal import refusal

        status, kind, answer = await asyncio.to_thread(refusal, self.point.seat, self.authority, headers, content)
        await _answer(send, status, answer, kind.encode("latin-1"))


def damage(message, content_type):
    """Change one byte of the last part's content (the encrypted document) in the file of a multipart message."""
    message.seek(0)
    content = message.read()
    place = len(content) // 2
    if boundary := re.search(rb'boundary="?([^";]+)', content_type):
        end = content.rfind(b"--" + boundary[1])
        begin = content.rfind(b"--" + boundary[1], 0, end)
        body = content.find(b"\r\n\r\n", begin)
        if 0 <= begin < body < end:
            place = (body + 4 + end) // 2
    message.seek(place)
    message.write(bytes([content[place] ^ 0x55]) if content else b"")
    message.seek(0)


def _header(scope, wanted):
    return next((value for name, value in scope["headers"] if name == wanted), b"")


async def _body(receive):
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise ConnectionResetError
        yield event.get("body", b"")
        if not event.get("more_body"):
            return


async def _stored(receive):
    """The whole message, in memory or in a temporary file."""
    message = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the caller closes it)
    async for chunk in _body(receive):
        message.write(chunk)
    message.seek(0)
    return message


async def _chunks(message):
    message.seek(0)
    while chunk := message.read(CHUNK):
        yield chunk


async def _drop(scope, receive):
    """End the connection without an answer."""
    scope["drop"]()
    while (await receive())["type"] != "http.disconnect":
        pass


async def _nowhere(_event):
    """The answer goes to nobody."""


async def _answer(send, status, content, kind=b"text/plain"):
    headers = [(b"content-type", kind), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
