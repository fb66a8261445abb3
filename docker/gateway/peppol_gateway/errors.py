"""The errors of this service. ``kind`` is what a client of the REST API reads to decide what to do."""


class GatewayError(Exception):
    """An error with a machine-readable kind and a text for people; the text never quotes a document or a secret."""

    kind = "permanent"
    status = 500

    def __init__(self, text, *, retry_after=None):
        super().__init__(text)
        self.text = text
        self.retry_after = retry_after


class Temporary(GatewayError):
    """It may work later: the network, a full queue, an access point that is down."""

    kind = "temporary"
    status = 503


class Permanent(GatewayError):
    """It will not work by trying again: the receiver's access point refuses the message."""

    kind = "permanent"
    status = 422


class ReceiverUnknown(Permanent):
    """The receiver is not registered in the network, or its access point does not serve it."""

    kind = "receiver_unknown"


class DocumentNotAccepted(Permanent):
    """The receiver is registered, but not for this document type and process."""

    kind = "document_not_accepted"


class Invalid(GatewayError):
    """What the client sent cannot be used."""

    kind = "invalid"
    status = 400


class Conflict(GatewayError):
    kind = "conflict"
    status = 409


class NotFound(GatewayError):
    kind = "not_found"
    status = 404


class Unauthorised(GatewayError):
    kind = "unauthorised"
    status = 401


class TooLarge(GatewayError):
    kind = "too_large"
    status = 413


class Busy(Temporary):
    """Back-pressure: come back after ``retry_after`` seconds."""

    kind = "busy"


class ConfigurationError(Exception):
    """The service cannot start like this; the text says what to mend."""
