# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Enveloped XML signatures as publishers make them (Peppol SMP 1.4.0, chapter on signatures; W3C XMLDSig).

signxml would do this, but none of its releases runs with the versions of lxml and pyOpenSSL that Odoo 19 prescribes for
Python 3.11, so the one shape that Peppol allows is verified here: one signature, one reference to the whole document.
"""

import hashlib
import re
from base64 import b64decode
from binascii import Error as Base64Error
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

from .errors import LookupFailed

DS = "http://www.w3.org/2000/09/xmldsig#"
_NS = {"ds": DS}
_ENVELOPED = f"{DS}enveloped-signature"
# canonicalization without comments → exclusive?
_CANONICAL = {
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": False,
    "http://www.w3.org/2006/12/xml-c14n11": False,
    "http://www.w3.org/2001/10/xml-exc-c14n#": True,
}
# SHA-1 is not among them: a signature with it proves nothing any more
_SIGNATURES = {
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": hashes.SHA256(),
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384": hashes.SHA384(),
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": hashes.SHA512(),
}
_DIGESTS = {
    "http://www.w3.org/2001/04/xmlenc#sha256": hashlib.sha256,
    "http://www.w3.org/2001/04/xmldsig-more#sha384": hashlib.sha384,
    "http://www.w3.org/2001/04/xmlenc#sha512": hashlib.sha512,
}
# comments stay, as they separate texts; the canonical form leaves them out
_PARSER_OPTIONS = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def parse(data: bytes):
    """The root element of bytes that may be hostile.

    :raises LookupFailed: if they are no XML or have a document type
    """
    try:
        root = etree.fromstring(data, etree.XMLParser(**_PARSER_OPTIONS))
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise LookupFailed("smp_invalid", str(error)) from error
    docinfo = root.getroottree().docinfo
    if docinfo.doctype or docinfo.internalDTD is not None:
        raise LookupFailed("smp_invalid", "the answer has a document type")
    return root


def verify(data: bytes, anchors: list[x509.Certificate], now: datetime):
    """Verify the signature of a document and return ``(root, certificate)``.

    :param data: the bytes as received
    :param anchors: the certificates one of which must have issued the signer's
    :return: the root element of what has been signed, and only that, read anew; the signer's certificate
    :raises LookupFailed: with a reason of signatures
    """
    root = parse(data)
    signatures = root.findall(f"{{{DS}}}Signature")
    if not signatures:
        raise LookupFailed("signature_missing")
    if len(signatures) > 1 or len(list(root.iter(f"{{{DS}}}Signature"))) > 1:
        raise LookupFailed("signature_invalid", "more than one signature")
    signature = signatures[0]
    certificate = _signer(signature, anchors, now)
    try:
        _check_value(signature, certificate)
        signed = _check_digest(root, signature)
    except (InvalidSignature, UnsupportedAlgorithm, Base64Error, ValueError, TypeError, etree.LxmlError) as error:
        raise LookupFailed("signature_invalid", str(error) or type(error).__name__) from error
    return parse(signed), certificate


def _signer(signature, anchors, now) -> x509.Certificate:
    """The certificate in the signature, if an anchor has issued it and both are valid now."""
    texts = [one.text or "" for one in signature.iterfind("ds:KeyInfo/ds:X509Data/ds:X509Certificate", _NS)]
    if not texts:
        raise LookupFailed("signature_invalid", "the signature has no certificate")
    try:
        # the signer's own is the first; others are ignored, as an anchor must have issued it directly
        certificate = x509.load_der_x509_certificate(_binary(texts[0]))
    except (ValueError, TypeError) as error:
        raise LookupFailed("signature_invalid", f"the certificate cannot be read: {error}") from error
    if not anchors:
        raise LookupFailed("no_anchors")
    for anchor in anchors:
        try:
            certificate.verify_directly_issued_by(anchor)
        except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
            continue
        for one in (certificate, anchor):
            if not one.not_valid_before_utc <= now <= one.not_valid_after_utc:
                raise LookupFailed("signature_untrusted", f"the certificate {one.subject.rfc4514_string()} has expired")
        return certificate
    raise LookupFailed("signature_untrusted", f"signed by {certificate.subject.rfc4514_string()}")


def _check_value(signature, certificate):
    info = _one(signature, "ds:SignedInfo")
    exclusive = _algorithm(_one(info, "ds:CanonicalizationMethod"), _CANONICAL)
    digest = _algorithm(_one(info, "ds:SignatureMethod"), _SIGNATURES)
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise LookupFailed("signature_invalid", "the signer's key is not RSA")
    value = _binary(_one(signature, "ds:SignatureValue").text)
    key.verify(value, _canonical(info, exclusive), padding.PKCS1v15(), digest)


def _check_digest(root, signature) -> bytes:
    """The canonical bytes that the signature vouches for."""
    references = signature.findall("ds:SignedInfo/ds:Reference", _NS)
    if len(references) != 1 or references[0].get("URI") != "":
        raise ValueError("the signature is not one of the whole document")
    names = [one.get("Algorithm") for one in references[0].iterfind("ds:Transforms/ds:Transform", _NS)]
    if not names or names[0] != _ENVELOPED or len(names) > 2 or any(name not in _CANONICAL for name in names[1:]):
        raise ValueError(f"unknown transforms: {', '.join(filter(None, names))}")
    digest = _algorithm(_one(references[0], "ds:DigestMethod"), _DIGESTS)
    expected = _binary(_one(references[0], "ds:DigestValue").text)
    _remove(signature)
    canonical = _canonical(root.getroottree(), _CANONICAL[names[1]] if len(names) > 1 else False)
    if digest(canonical).digest() != expected:
        raise ValueError("the document has been changed")
    return canonical


def _remove(element):
    """Take an element out and leave the text behind it."""
    before, parent = element.getprevious(), element.getparent()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _canonical(node, exclusive: bool) -> bytes:
    return etree.tostring(node, method="c14n", exclusive=exclusive, with_comments=False)


def _one(parent, path: str):
    found = parent.findall(path, _NS)
    if len(found) != 1:
        raise ValueError(f"{len(found)} elements {path}")
    return found[0]


def _algorithm(element, known: dict):
    name = element.get("Algorithm")
    if name not in known or len(element):
        raise ValueError(f"algorithm not accepted: {name}")
    return known[name]


def _binary(text: str | None) -> bytes:
    return b64decode(re.sub(r"\s", "", text or ""), validate=True)
