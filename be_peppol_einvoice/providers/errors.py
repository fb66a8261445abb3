# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What can go wrong at an access point, by what has to happen next.

The text of an error is for people and is kept in the history of the exchange, so it never carries a credential.
"""


class ProviderError(Exception):
    """Any refusal or failure of an access point.

    kind: the key under which the failure is kept
    detail: what the access point said, in its own words; at most ``MAX_DETAIL`` characters
    """

    kind = "permanent"
    MAX_DETAIL = 2000

    def __init__(self, detail=""):
        self.detail = str(detail)[: self.MAX_DETAIL]
        super().__init__(self.detail)


class Temporary(ProviderError):
    """Worth another try with the same document and key: no network, a server that is down or busy, an odd answer.

    retry_after: the number of seconds for which the access point asks to be left alone, or None
    """

    kind = "temporary"

    def __init__(self, detail="", retry_after=None):
        super().__init__(detail)
        self.retry_after = retry_after


class Permanent(ProviderError):
    """This document will never be taken in this form, for another reason than its content."""


class Invalid(ProviderError):
    """The access point found the document itself to be wrong.

    findings: tuple of texts, one per fault
    """

    kind = "invalid"

    def __init__(self, detail="", findings=()):
        super().__init__(detail)
        self.findings = tuple(str(finding) for finding in findings)


class Unauthorised(ProviderError):
    """The credentials are wrong, expired or not good for this sender: no document of the company can go."""

    kind = "unauthorised"


class ReceiverUnknown(ProviderError):
    """The receiver is not on the network, or does not take this kind of document."""

    kind = "receiver_unknown"


class NotOffered(ProviderError):
    """The access point has no such operation."""

    kind = "not_offered"
