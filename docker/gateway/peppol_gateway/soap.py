"""SOAP envelopes of AS4, written as text and signed: user messages and receipts (eDelivery AS4 1.14, Peppol AS4 2.0.3).

``as4`` can make them too, field by field through its models; that takes most of the time that a message needs. Its
checks are applied to what is written here, by the receiving side and by the tests.
"""

import base64
import functools
import hashlib
from dataclasses import dataclass
from uuid import uuid4
from xml.sax.saxutils import escape, quoteattr

from as4 import const
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from lxml import etree

from .identifiers import PARTICIPANT_SCHEME

_WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"
_S12 = 'xmlns:S12="http://www.w3.org/2003/05/soap-envelope"'
_WSU = f'xmlns:wsu="{_WSS}-wssecurity-utility-1.0.xsd"'
_DS = 'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'
_NAMESPACES = (
    f'{_S12} xmlns:eb3="http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/"'
    f' xmlns:wsse="{_WSS}-wssecurity-secext-1.0.xsd" {_WSU}'
    f' {_DS} xmlns:enc="http://www.w3.org/2001/04/xmlenc#"'
    ' xmlns:ebbpsig="http://docs.oasis-open.org/ebxml-bp/ebbp-signals-2.0"'
)


@dataclass(frozen=True)
class Reference:
    """What a signature covers: the fields by which ``as4`` compares it with a receipt's."""

    uri: str
    transform: str
    digest: str  # SHA-256 in base64

    def xml(self):
        return (
            f"<ds:Reference URI={quoteattr(self.uri)}><ds:Transforms>"
            f'<ds:Transform Algorithm="{self.transform}"></ds:Transform></ds:Transforms>'
            f'<ds:DigestMethod Algorithm="{const.XMLENC_SHA256}"></ds:DigestMethod>'
            f"<ds:DigestValue>{self.digest}</ds:DigestValue></ds:Reference>"
        )

    def comparable(self):
        """The fields of ``as4``'s ComparableReferenceFields."""
        return {
            "uri": self.uri,
            "transform_algorithms": [self.transform],
            "digest_algorithm": const.XMLENC_SHA256,
            "digest_value": self.digest,
        }


def payload_reference(content_id, digest):
    """The reference to an attachment with this SHA-256 (bytes)."""
    return Reference(
        f"cid:{content_id}", const.SWA_ATTACHMENT_CONTENT_SIGNATURE_TRANSFORM, base64.b64encode(digest).decode()
    )


def user_message(us, them, addressing, *, message_id, conversation_id, content_id, now):
    """The content of eb:Messaging for a document to be sent."""

    def party(tag, identity, role):
        return (
            f'<eb3:{tag}><eb3:PartyId type="{const.PEPPOL_PARTY_IDENTIFIER_TYPE}">{escape(identity.party_id)}'
            f"</eb3:PartyId><eb3:Role>{role}</eb3:Role></eb3:{tag}>"
        )

    def participant(name, value):
        return f'<eb3:Property name="{name}" type="{PARTICIPANT_SCHEME}">{escape(value)}</eb3:Property>'

    return (
        f"<eb3:UserMessage>{_info(message_id, now)}<eb3:PartyInfo>{party('From', us.identity, const.INITIATOR)}"
        f"{party('To', them.identity, const.RESPONDER)}</eb3:PartyInfo><eb3:CollaborationInfo>"
        f"<eb3:AgreementRef>{const.PEPPOL_AP_PROVIDER}</eb3:AgreementRef>"
        f"<eb3:Service type={quoteattr(addressing.process.scheme)}>{escape(addressing.process.value)}</eb3:Service>"
        f"<eb3:Action>{escape(str(addressing.document_type))}</eb3:Action>"
        f"<eb3:ConversationId>{escape(conversation_id)}</eb3:ConversationId></eb3:CollaborationInfo>"
        f"<eb3:MessageProperties>{participant(const.ORIGINAL_SENDER, addressing.sender)}"
        f"{participant(const.FINAL_RECIPIENT, addressing.receiver)}</eb3:MessageProperties><eb3:PayloadInfo>"
        f'<eb3:PartInfo href="cid:{content_id}"><eb3:PartProperties>'
        '<eb3:Property name="MimeType">application/xml</eb3:Property>'
        '<eb3:Property name="CompressionType">application/gzip</eb3:Property>'
        "</eb3:PartProperties></eb3:PartInfo></eb3:PayloadInfo></eb3:UserMessage>"
    )


def receipt(message_id, references, now):
    """The content of eb:Messaging that acknowledges a message; ``references``: its signature's, as elements."""
    repeated = "".join(
        "<ebbpsig:MessagePartNRInformation>"
        f"{etree.tostring(element, method='c14n', exclusive=True).decode()}</ebbpsig:MessagePartNRInformation>"
        for element in references
    )
    return (
        f"<eb3:SignalMessage>{_info(f'{uuid4()}@peppol-gateway', now, message_id)}<eb3:Receipt>"
        f"<ebbpsig:NonRepudiationInformation>{repeated}</ebbpsig:NonRepudiationInformation></eb3:Receipt>"
        "</eb3:SignalMessage>"
    )


def _info(message_id, now, about=None):
    ref = f"<eb3:RefToMessageId>{escape(about)}</eb3:RefToMessageId>" if about else ""
    return (
        f"<eb3:MessageInfo><eb3:Timestamp>{now.isoformat(timespec='milliseconds')}</eb3:Timestamp>"
        f"<eb3:MessageId>{escape(message_id)}</eb3:MessageId>{ref}</eb3:MessageInfo>"
    )


def encryption(certificate, wrapped_key, content_id):
    """The parts of wsse:Security that tell how the attachment is encrypted."""
    name = uuid4()
    token, key, data = (f"{kind}-{name}" for kind in ("X509", "EK", "ED"))
    return (
        f"{_token(certificate, token)}"
        f'<enc:EncryptedKey Id="{key}"><enc:EncryptionMethod Algorithm="{const.RSA_OAEP}">'
        f'<ds:DigestMethod Algorithm="{const.XMLENC_SHA256}"/>'
        f'<enc11:MGF xmlns:enc11="http://www.w3.org/2009/xmlenc11#" Algorithm="{const.MGF1_SHA256}"/>'
        "</enc:EncryptionMethod><ds:KeyInfo><wsse:SecurityTokenReference>"
        f'<wsse:Reference URI="#{token}" ValueType="{const.X509_V3}"/></wsse:SecurityTokenReference></ds:KeyInfo>'
        f"<enc:CipherData><enc:CipherValue>{base64.b64encode(wrapped_key).decode()}</enc:CipherValue></enc:CipherData>"
        f'<enc:ReferenceList><enc:DataReference URI="#{data}"/></enc:ReferenceList></enc:EncryptedKey>'
        f'<enc:EncryptedData Id="{data}" MimeType="application/gzip"'
        f' Type="{const.SWA_PROFILE_ATTACHMENT_CONTENT_ONLY}">'
        f'<enc:EncryptionMethod Algorithm="{const.AES_128_GCM}"/><ds:KeyInfo><wsse:SecurityTokenReference'
        ' xmlns:wsse11="http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd"'
        f' wsse11:TokenType="{const.ENCRYPTED_KEY_TOKEN_TYPE}"><wsse:Reference URI="#{key}"/>'
        "</wsse:SecurityTokenReference></ds:KeyInfo><enc:CipherData>"
        f'<enc:CipherReference URI="cid:{content_id}"><enc:Transforms>'
        f'<ds:Transform Algorithm="{const.ATTACHMENT_CIPHERTEXT_TRANSFORM}"/></enc:Transforms></enc:CipherReference>'
        "</enc:CipherData></enc:EncryptedData>"
    )


def _token(certificate, identifier):
    return (
        f'<wsse:BinarySecurityToken EncodingType="{const.BASE_64_BINARY}" ValueType="{const.X509_V3}"'
        f' wsu:Id="{identifier}">{_der(certificate)}</wsse:BinarySecurityToken>'
    )


@functools.lru_cache(maxsize=1000)
def _der(certificate):
    return base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()


def sign(content, us, *, name=None, security="", payloads=()):
    """(SOAP bytes, references) of an envelope with ``content`` in eb:Messaging, signed by ``us``.

    ``name`` goes into its ids, the signed ones among them; a new one where none is given.
    """
    name = name or uuid4()
    messaging_id, body_id = f"as4-msg-{name}", f"body-{name}"
    messaging = f'<eb3:Messaging S12:mustUnderstand="true" wsu:Id="{messaging_id}">{content}</eb3:Messaging>'
    # written in canonical form, as they hold nothing that came from elsewhere: the body, and what is signed below
    body = f'<S12:Body {_S12} {_WSU} wsu:Id="{body_id}"></S12:Body>'
    references = [
        Reference(f"#{messaging_id}", const.XML_EXC_C14N, _digest(_canonical(messaging))),
        Reference(f"#{body_id}", const.XML_EXC_C14N, _digest(body.encode())),
        *payloads,
    ]
    token = f"X509-SIG-{name}"
    info = (
        f'<ds:SignedInfo {_DS}><ds:CanonicalizationMethod Algorithm="{const.XML_EXC_C14N}"></ds:CanonicalizationMethod>'
        f'<ds:SignatureMethod Algorithm="{const.DSIG_RSA_SHA256}"></ds:SignatureMethod>'
        f"{''.join(reference.xml() for reference in references)}</ds:SignedInfo>"
    )
    signature = us.credentials.private_key.sign(info.encode(), padding.PKCS1v15(), hashes.SHA256())
    text = (
        f'<S12:Envelope {_NAMESPACES}><S12:Header><wsse:Security S12:mustUnderstand="true">{security}'
        f'{_token(us.credentials.certificate, token)}<ds:Signature Id="SIG-{name}">{info}'
        f"<ds:SignatureValue>{base64.b64encode(signature).decode()}</ds:SignatureValue>"
        f'<ds:KeyInfo Id="KI-{name}"><wsse:SecurityTokenReference wsu:Id="STR-{name}">'
        f'<wsse:Reference URI="#{token}" ValueType="{const.X509_V3}"/></wsse:SecurityTokenReference></ds:KeyInfo>'
        f"</ds:Signature></wsse:Security>{messaging}</S12:Header>{body}</S12:Envelope>"
    )
    return text.encode(), references


def _canonical(fragment):
    """An element in exclusive canonical form, which does not depend on where in the envelope it stands."""
    element = etree.fromstring(f"<x {_NAMESPACES}>{fragment}</x>")[0]
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)


def _digest(canonical):
    return base64.b64encode(hashlib.sha256(canonical).digest()).decode()
