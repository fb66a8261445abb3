"""The header of a received envelope: checked against the schema, and read. Errors are those of the Peppol profile."""

import contextlib
from dataclasses import dataclass

from as4.peppol import PeppolSBDHException
from as4.resources.schemas.vendor.sbdh import SBDHSchema

from . import identifiers
from .envelope import NAMESPACE, Addressing
from .identifiers import DOCUMENT_SCHEME, PROCESS_SCHEME, Qualified


@dataclass(frozen=True)
class Identifier:
    """A participant as the header names it; the fields of ``as4``'s model, which compares them with the message's."""

    value: str
    authority: str | None


@dataclass(frozen=True)
class Header:
    sender: Identifier
    receiver: Identifier
    addressing: Addressing


def read(document):
    """The Header of a StandardBusinessDocument (a tree); PeppolSBDHException tells what is wrong with it."""
    element = document[0]
    problem = SBDHSchema.validation_error(element)
    if problem is not None:
        raise PeppolSBDHException(f"The SBDH is not schema valid: {problem}")
    sender, receiver = (_identifier(_one(_one(element, name), "Identifier")) for name in ("Sender", "Receiver"))
    identification = _one(element, "DocumentIdentification")
    scopes = {_text(_one(scope, "Type")): scope for scope in _all(_one(element, "BusinessScope"), "Scope")}
    missing = sorted({"DOCUMENTID", "PROCESSID", "COUNTRY_C1"} - set(scopes))
    if missing:
        raise PeppolSBDHException(f"Missing scopes: {', '.join(missing)}")
    values = {name: _text(_one(scope, "InstanceIdentifier")) for name, scope in scopes.items()}

    def qualified(name, default):
        scheme = _all(scopes[name], "Identifier")
        return Qualified(_text(scheme[0]) if scheme else default, values[name])

    mls_to = None
    with contextlib.suppress(ValueError):
        mls_to = identifiers.participant(values.get("MLS_TO", ""))
    try:
        addressing = Addressing(
            sender=identifiers.participant(sender.value),
            receiver=identifiers.participant(receiver.value),
            document_type=qualified("DOCUMENTID", DOCUMENT_SCHEME),
            process=qualified("PROCESSID", PROCESS_SCHEME),
            country=values["COUNTRY_C1"],
            instance=_text(_one(identification, "InstanceIdentifier")),
            mls_to=mls_to,
            mls_type=values.get("MLS_TYPE"),
        )
    except ValueError as error:
        raise PeppolSBDHException(str(error)) from None
    return Header(sender, receiver, addressing)


def _all(parent, name):
    return parent.findall(f"{{{NAMESPACE}}}{name}")


def _one(parent, name):
    """The only child of that name. The schema allows several receivers and no scopes; Peppol does not."""
    found = _all(parent, name)
    if len(found) != 1:
        raise PeppolSBDHException(f"The SBDH has {len(found)} elements {name} where there must be one")
    return found[0]


def _text(element):
    text = (element.text or "").strip()
    if not text:
        raise PeppolSBDHException("An element of the SBDH is empty")
    return text


def _identifier(element):
    return Identifier(_text(element), element.get("Authority"))
