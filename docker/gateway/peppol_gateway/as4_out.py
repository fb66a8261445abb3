"""Builds AS4 messages in constant memory: the payload is compressed, digested and encrypted piece by piece.

The package ``as4`` holds a payload several times in memory and parses it into a tree, whose texts may not exceed 10 MB.
"""

import hashlib
import json
import os
import zlib
from dataclasses import dataclass
from uuid import uuid4

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from . import envelope, soap
from .spool import chunks_of

OAEP = padding.OAEP(mgf=padding.MGF1(algorithm=hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
NONCE = 12  # bytes before the ciphertext; the authentication tag (16) comes last


@dataclass(frozen=True)
class Built:
    """A message ready to be posted: its HTTP headers, and the references that its receipt must repeat (JSON)."""

    headers: dict
    references: str


def build(out, document, addressing, *, us, them, message_id, conversation_id, spool, now, level=6):
    """Write the message into the file ``out``; return Built.

    ``document`` yields the document's root element in pieces; ``us`` is an ``as4`` party, ``them`` a
    ``keys.TheirParty``; ``level`` is gzip's. What is signed depends on nothing but the arguments: built again, a
    message that was lost before it was synced asks for the same receipt. The encryption is new each time.
    """
    name = message_id.partition("@")[0]
    content_id, boundary = f"payload-{name}@peppol-gateway", f"as4-{uuid4()}"
    session_key = os.urandom(16)
    wrapped_key = them.public_key.encrypt(session_key, OAEP)
    with spool.open() as compressed:
        digest = _compress(compressed, document, envelope.header(addressing, now), level)
        content = soap.user_message(
            us,
            them,
            addressing,
            message_id=message_id,
            conversation_id=conversation_id,
            content_id=content_id,
            now=now,
        )
        signed, references = soap.sign(
            content,
            us,
            name=name,
            security=soap.encryption(them.certificate, wrapped_key, content_id),
            payloads=[soap.payload_reference(content_id, digest)],
        )
        out.write(
            f"--{boundary}\r\nContent-Type: application/soap+xml; charset=UTF-8\r\n\r\n".encode()
            + signed
            + f"\r\n--{boundary}\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n"
            f"Content-ID: <{content_id}>\r\n\r\n".encode()
        )
        _encrypt(out, compressed, session_key)
        out.write(f"\r\n--{boundary}--\r\n".encode())
    return Built(
        {
            "Content-Type": f'multipart/related; type="application/soap+xml"; boundary="{boundary}"',
            "Message-ID": f"<{message_id}>",
            "Mime-Version": "1.0",
        },
        json.dumps([reference.comparable() for reference in references]),
    )


def _compress(out, document, opening, level):
    """Gzip the envelope with the document into ``out``; return the SHA-256 of the compressed bytes."""
    digest = hashlib.sha256()
    packer = zlib.compressobj(level, zlib.DEFLATED, 16 + zlib.MAX_WBITS)

    def write(data):
        digest.update(data)
        out.write(data)

    write(packer.compress(opening))
    for chunk in document:
        write(packer.compress(chunk))
    write(packer.compress(envelope.CLOSING))
    write(packer.flush())
    return digest.digest()


def _encrypt(out, compressed, session_key):
    nonce = os.urandom(NONCE)
    encryptor = Cipher(algorithms.AES(session_key), modes.GCM(nonce)).encryptor()
    out.write(nonce)
    for chunk in chunks_of(compressed):
        out.write(encryptor.update(chunk))
    out.write(encryptor.finalize() + encryptor.tag)
