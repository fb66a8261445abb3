"""Checks and decrypts AS4 messages in constant memory.

Signature, certificate and envelope are checked by ``as4``; the payload is not left to it (see as4_out). ``as4`` calls
the modules that are used here internal: its version is locked.
"""

import base64
import hashlib
import zlib
from dataclasses import dataclass

from as4.core.common import index_elements_by_id
from as4.core.context import AS4ParseContext
from as4.errors import (
    CipherReferenceNotFoundException,
    CipherValueNotFoundException,
    DecompressedPayloadTooLargeException,
    DecompressionFailedException,
    DecryptionFailedException,
    DigestMismatchException,
    EncryptedAttachmentNotFoundException,
    EncryptedDataReferenceNotFoundException,
    EncryptionRequiredException,
    PartInfoWithoutMimePartException,
    PayloadInfoNotFoundException,
    ReferenceTargetNotFoundException,
    UnsupportedDigestAlgorithmException,
    UnsupportedEncryptionAlgorithmException,
    UnsupportedTransformException,
)
from as4.models.common import NAMESPACES
from as4.models.dsig.reference import DigestAlgorithm
from as4.models.dsig.transforms import TransformAlgorithm
from as4.models.soap.envelope import Envelope
from as4.models.xenc.encrypted_type import EncryptionAlgorithm
from as4.profiles.peppol.message import PeppolAS4Message
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from lxml import etree

from .as4_out import NONCE, OAEP

TAG = 16
DIGESTS = {DigestAlgorithm.SHA256: "sha256", DigestAlgorithm.SHA384: "sha384", DigestAlgorithm.SHA512: "sha512"}
_TO = "./S12:Header/eb3:Messaging/eb3:UserMessage/eb3:PartyInfo/eb3:To"


@dataclass
class Verified:
    """A message whose signature is verified and whose payload is decrypted into ``file``."""

    soap: object
    signer: object
    message_id: str
    messaging_id: str
    from_party: str
    signature_references: list

    @property
    def reference_elements(self):
        """The signature's references as they came: a receipt repeats them."""
        return [reference.etree_element for reference in self.signature_references]


def identify(soap_bytes):
    """(element, message id, messaging id, receiving party id) of a SOAP part, before anything is verified."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    element = etree.fromstring(soap_bytes, parser)
    message_id, messaging_id = PeppolAS4Message.pre_validate(element)
    to = element.find(_TO, namespaces=NAMESPACES)
    return element, message_id, messaging_id, PeppolAS4Message.get_addressed_to(to).party_id


def verify(element, ids, us, policy):
    """Check the signature over the SOAP part, who signed it and what it covers; return Verified."""
    soap = Envelope.model_validate_etree(element)
    context = AS4ParseContext(local_party=us, security_policy=policy)
    signature, signer = PeppolAS4Message.get_verified_signature(
        context, soap.header.security, soap, index_elements_by_id(element)
    )
    PeppolAS4Message.verify_party_identifiers(soap)
    from_party = soap.header.messaging.user_message.party_info.party_from.party_id.value
    return Verified(soap, signer, *ids, from_party, signature.signed_info.references)


def decrypt(verified, attachment, source, out, us, largest):
    """Decrypt and unpack the attachment of ``source`` into ``out``, and check the digest that was signed.

    What is written to ``out`` counts only when this returns: the authentication tag comes last.
    """
    security = verified.soap.header.security
    _check_payload(verified, attachment)
    decryptor = _Decryptor(_session_key(security, attachment, us))
    reference = _payload_reference(verified, attachment)
    digest = hashlib.new(DIGESTS[reference.digest_method.algorithm])
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS) if _is_compressed(verified, attachment) else None
    size, failure = 0, None
    for encrypted in attachment.chunks(source):
        plain = decryptor.update(encrypted)
        digest.update(plain)
        if failure is None:
            try:
                size = _unpack(unpacker, plain, out, size, largest)
            except (DecompressionFailedException, DecompressedPayloadTooLargeException) as error:
                failure = error
    decryptor.finish()
    # in this order: a payload that was tampered with must not be told from one that is badly packed
    if base64.b64encode(digest.digest()).decode() != reference.digest_value.text.strip():
        raise DigestMismatchException(f"cid:{attachment.content_id}")
    if failure is None and unpacker is not None and not unpacker.eof:
        failure = DecompressionFailedException()
    if failure is not None:
        raise failure


def _unpack(unpacker, plain, out, size, largest):
    if unpacker is None:
        if size + len(plain) > largest:
            raise DecompressedPayloadTooLargeException()
        out.write(plain)
        return size + len(plain)
    while plain:
        try:
            piece = unpacker.decompress(plain, 1 << 20)
        except zlib.error:
            raise DecompressionFailedException() from None
        size += len(piece)
        if size > largest:
            raise DecompressedPayloadTooLargeException()
        out.write(piece)
        plain = unpacker.unconsumed_tail
        if unpacker.eof and unpacker.unused_data.strip(b"\0"):
            raise DecompressionFailedException()
    return size


class _Decryptor:
    """AES-128-GCM over pieces: the nonce comes first, the tag last."""

    def __init__(self, key):
        self.key = key
        self.held = b""
        self.cipher = None

    def update(self, data):
        data = self.held + data
        if self.cipher is None:
            if len(data) < NONCE:
                self.held = data
                return b""
            self.cipher = Cipher(algorithms.AES(self.key), modes.GCM(data[:NONCE])).decryptor()
            data = data[NONCE:]
        self.held = data[-TAG:]
        return self.cipher.update(data[:-TAG])

    def finish(self):
        try:
            if self.cipher is None or len(self.held) != TAG:
                raise InvalidTag
            self.cipher.finalize_with_tag(self.held)
        except InvalidTag:
            raise DecryptionFailedException() from None


def _session_key(security, attachment, us):
    encrypted_key = security.encrypted_key
    if encrypted_key is None:
        raise EncryptionRequiredException()
    value = encrypted_key.cipher_data.cipher_value
    if not value or not value.value:
        raise CipherValueNotFoundException()
    if encrypted_key.encryption_method.algorithm != EncryptionAlgorithm.RSA_OAEP:
        raise UnsupportedEncryptionAlgorithmException(encrypted_key.encryption_method.algorithm)
    data = None
    for reference in encrypted_key.reference_list.data_reference:
        if not reference.uri:
            raise EncryptedDataReferenceNotFoundException()
        candidate = security.get_encrypted_data(reference.uri[1:])
        cipher_reference = candidate and candidate.cipher_data.cipher_reference
        if not cipher_reference or not (cipher_reference.uri or "").startswith("cid:"):
            raise CipherReferenceNotFoundException()
        if cipher_reference.uri == f"cid:{attachment.content_id}":
            data = candidate
    if data is None:
        raise EncryptedAttachmentNotFoundException(attachment.content_id)
    if data.encryption_method.algorithm != EncryptionAlgorithm.AES128_GCM:
        raise UnsupportedEncryptionAlgorithmException(data.encryption_method.algorithm)
    try:
        key = us.credentials.private_key.decrypt(base64.b64decode(value.value, validate=True), OAEP)
    except ValueError:
        raise DecryptionFailedException() from None
    if len(key) != 16:
        raise DecryptionFailedException()
    return key


def _check_payload(verified, attachment):
    payloads = verified.soap.header.messaging.user_message.payload_info
    if payloads is None:
        raise PayloadInfoNotFoundException()
    for part in payloads.part_info:
        if part.href != f"cid:{attachment.content_id}":
            raise PartInfoWithoutMimePartException(part.href or "")


def _is_compressed(verified, attachment):
    payloads = verified.soap.header.messaging.user_message.payload_info
    return payloads.get_part_info(f"cid:{attachment.content_id}").part_properties.compression_type == "application/gzip"


def _payload_reference(verified, attachment):
    uri = f"cid:{attachment.content_id}"
    for reference in verified.signature_references:
        if reference.uri == uri:
            if reference.digest_method.algorithm not in DIGESTS:
                raise UnsupportedDigestAlgorithmException(reference.digest_method.algorithm)
            used = {transform.algorithm for transform in reference.transforms.transforms}
            if used != {TransformAlgorithm.ATTACHMENT_CONTENT_SIGNATURE}:
                raise UnsupportedTransformException(", ".join(sorted(map(str, used))) or "none")
            return reference
    raise ReferenceTargetNotFoundException(uri)
