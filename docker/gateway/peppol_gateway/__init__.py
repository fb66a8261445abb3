"""A small Peppol AS4 access point: it sends documents, receives them, and loses none.

The protocol itself (SOAP, signatures, encryption) is the package ``as4``; this service adds what an access point needs
around it: a durable store, retries, duplicate detection, an inbox, look-up before sending, message level status.
docs/gateway.md describes it.
"""

__version__ = "1.0.0"
