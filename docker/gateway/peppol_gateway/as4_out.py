"""Builds AS4 messages in constant memory.

The package ``as4`` makes the SOAP envelope and signs it, but holds a payload several times in memory and parses it into
a tree, whose texts may not exceed 10 MB. Here the payload streams: compressed, digested, encrypted piece by piece.
``as4`` calls the modules that are extended here internal: its version is locked.
"""

import base64
import hashlib
import json
import os
import zlib
from dataclasses import dataclass

from as4.core.references import AS4References
from as4.models.dsig.reference import ComparableReferenceFields, DigestAlgorithm, DigestMethod, DigestValue, Reference
from as4.models.dsig.transforms import Transform, TransformAlgorithm, Transforms
from as4.peppol import BusdoxDocidQnsDocumentIdentifier, PeppolAS4MessageBuilderArgs
from as4.profiles.peppol.message import PeppolAS4Message
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from lxml import etree

from . import envelope
from .spool import chunks_of

OAEP = padding.OAEP(mgf=padding.MGF1(algorithm=hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
NONCE = 12  # bytes before the ciphertext; the authentication tag (16) comes last
ENVELOPE = "{http://www.w3.org/2003/05/soap-envelope}Envelope"


@dataclass(frozen=True)
class Digest:
    """A payload's SHA-256, where ``as4`` expects the payload's bytes."""

    value: bytes


class StreamedMessage(PeppolAS4Message):
    """``as4``'s Peppol message with its payload outside memory."""

    @classmethod
    def get_payload_digest_reference(cls, attachment_id, compressed_payload):
        return Reference(
            transforms=Transforms(transforms=[Transform(algorithm=TransformAlgorithm.ATTACHMENT_CONTENT_SIGNATURE)]),
            digest_method=DigestMethod(algorithm=DigestAlgorithm.SHA256),
            digest_value=DigestValue(text=base64.b64encode(compressed_payload.value).decode()),
            uri=f"cid:{attachment_id}",
        )


@dataclass(frozen=True)
class Built:
    """A message ready to be posted: its HTTP headers, and the references that its receipt must repeat (JSON)."""

    headers: dict
    references: str


def build(out, document, addressing, *, us, them, message_id, conversation_id, spool, now, level=6):
    """Write the message into the file ``out``; return Built.

    ``document`` yields the document's root element in pieces; ``us`` and ``them`` are ``as4`` parties; ``level`` is
    gzip's.
    """
    references = AS4References(message_id=message_id, conversation_id=conversation_id)
    attachment_id, _ = references.encrypted_data_attachment_mapping()
    session_key = os.urandom(16)
    with spool.open() as compressed:
        digest = _compress(compressed, document, envelope.header(addressing, now), level)
        soap = _soap(us, them, addressing, references, session_key, {attachment_id: Digest(digest)})
        boundary = f"as4-{references.messaging_id}"
        out.write(
            f"--{boundary}\r\nContent-Type: application/soap+xml; charset=UTF-8\r\n\r\n".encode()
            + etree.tostring(soap.dump_to_xml(ENVELOPE))
            + f"\r\n--{boundary}\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n"
            f"Content-ID: <{attachment_id}>\r\n\r\n".encode()
        )
        _encrypt(out, compressed, session_key)
        out.write(f"\r\n--{boundary}--\r\n".encode())
    signed = soap.header.security.signature.signed_info.references
    return Built(
        {
            "Content-Type": f'multipart/related; type="application/soap+xml"; boundary="{boundary}"',
            "Message-ID": f"<{message_id}>",
            "Mime-Version": "1.0",
        },
        json.dumps([ComparableReferenceFields.from_reference(reference).model_dump() for reference in signed]),
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


def _soap(us, them, addressing, references, session_key, digests):
    parts = envelope.document_type_parts(addressing.document_type.value)
    arguments = PeppolAS4MessageBuilderArgs(
        sender=addressing.sender,
        recipient=addressing.receiver,
        document_type_identifier=BusdoxDocidQnsDocumentIdentifier(
            scheme=addressing.document_type.scheme,
            syntax_specific_id=f"{parts['namespace']}::{parts['name']}",
            customization_id=parts["customization"],
            version=parts["version"],
        ),
        document_identification_instance_identifier=addressing.instance,
        process_identifier=addressing.process.value,
        c1_country_id=addressing.country,
    )
    encrypted_key = them.credentials.rsa_public_key.encrypt(session_key, OAEP)
    return StreamedMessage.get_soap_envelope(us, them, arguments, references, encrypted_key, digests)


def _encrypt(out, compressed, session_key):
    nonce = os.urandom(NONCE)
    encryptor = Cipher(algorithms.AES(session_key), modes.GCM(nonce)).encryptor()
    out.write(nonce)
    for chunk in chunks_of(compressed):
        out.write(encryptor.update(chunk))
    out.write(encryptor.finalize() + encryptor.tag)
