# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calling an access point's REST API: whatever comes back is a dict or list, bytes, or a typed error."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests

from .errors import Invalid, Permanent, Temporary, Unauthorised

MAX_ANSWER = 100 * 1024 * 1024
MAX_WAIT = 24 * 3600


def retry_after(header, now):
    """The seconds that a ``Retry-After`` header asks for, or None where there is none that makes sense.

    The date form is reckoned against the server's own clock where it gives one (see :func:`of_answer`), because ours
    may be wrong.

    >>> now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    >>> retry_after("120", now), retry_after("Tue, 24 Nov 2026 12:00:30 GMT", now)
    (120, 30)
    >>> retry_after("soon", now), retry_after(None, now), retry_after("-5", now), retry_after("99999999", now)
    (None, None, 0, 86400)
    """
    if not header:
        return None
    try:
        seconds = int(header)
    except ValueError:
        try:
            when = parsedate_to_datetime(header)
        except ValueError:
            return None
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        seconds = int((when - now).total_seconds())
    return min(max(seconds, 0), MAX_WAIT)


def of_answer(headers):
    """The seconds asked for by an answer's headers."""
    now = datetime.now(UTC)
    with suppress(KeyError, ValueError):
        now = parsedate_to_datetime(headers["Date"]).astimezone(UTC)
    return retry_after(headers.get("Retry-After"), now)


def raise_for(status, detail, wait=None):
    """Raise the typed error of an HTTP status; do nothing for a success.

    400, 409 and the like say that this very request is wrong; a provider that knows more of what an answer means in its
    API decides before it calls this.

    >>> raise_for(204, "")
    >>> raise_for(503, "busy", 30)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    Temporary: busy
    """
    if 200 <= status < 300:
        return
    if status in (401, 403):
        raise Unauthorised(detail or f"HTTP {status}")
    if status in (408, 425, 429) or status >= 500 or status < 200 or 300 <= status < 400:
        raise Temporary(detail or f"HTTP {status}", wait)
    if status in (415, 422):
        raise Invalid(detail or f"HTTP {status}")
    raise Permanent(detail or f"HTTP {status}")


class Client:
    """A REST API under one address, with one header for the credentials.

    timeout: seconds without a byte after which a call is given up
    """

    def __init__(self, base, headers, timeout=30):
        self._base = base.rstrip("/")
        self._headers = dict(headers)
        self._timeout = timeout

    def call(self, method, path, *, known=(), expect=dict, headers=None, **options):
        """One call.

        :param headers: more headers for this call
        :param known: statuses outside 2xx that the caller understands and wants to see
        :param expect: type of the JSON value (``dict``, ``list``), or ``bytes`` for the body as it is, or None
        :return: (status, value); of an answer with a known status the JSON value, {} if there is none
        :raises ProviderError: for all else
        """
        status, body, headers = self._exchange(method, self._base + path, self._headers | (headers or {}), options)
        if status in known:
            return status, _object(body)
        raise_for(status, _detail(body), of_answer(headers))
        if expect is None:
            return status, None
        if expect is bytes:
            return status, body
        try:
            value = json.loads(body)
        except ValueError:
            raise Temporary("the access point's answer is no JSON") from None
        if not isinstance(value, expect):
            raise Temporary("the access point's answer has an unexpected form")
        return status, value

    def download(self, url):
        """The content behind an address that carries its own authorisation: ours is not sent along.

        Only over HTTPS, or from the access point's own address: an answer must not make us call just anything.
        """
        target, own = urlsplit(url), urlsplit(self._base)
        if target.scheme != "https" and (target.scheme, target.netloc) != (own.scheme, own.netloc):
            raise Temporary("the access point gave an address that is not to be trusted")
        status, body, headers = self._exchange("GET", url, {}, {})
        if status in (401, 403, 404, 410):
            raise Temporary("the address of the document is no longer good")
        raise_for(status, "", of_answer(headers))
        return body

    def _exchange(self, method, url, headers, options):
        try:
            with requests.request(
                method,
                url,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
                **options,
            ) as answer:
                body = b"".join(_bounded(answer))
                return answer.status_code, body, answer.headers
        except requests.RequestException as error:
            # the text of such an error holds the address with its query, which may hold what is nobody's business
            raise Temporary(type(error).__name__) from None


def field(value, name, kind=str):
    """A member that an answer must have.

    >>> field({"id": "7"}, "id")
    '7'
    >>> field({}, "id")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    Temporary: the access point's answer has no “id”
    """
    found = value.get(name) if isinstance(value, dict) else None
    if not isinstance(found, kind):
        raise Temporary(f"the access point's answer has no “{name}”")
    return found


def moment(text):
    """A time of an answer in UTC, or None where it makes no sense; without an offset it is in UTC.

    >>> moment("2026-11-24T12:00:00+01:00"), moment("today")
    (datetime.datetime(2026, 11, 24, 11, 0, tzinfo=datetime.timezone.utc), None)
    """
    try:
        when = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _bounded(answer):
    size = 0
    for chunk in answer.iter_content(64 * 1024):
        size += len(chunk)
        if size > MAX_ANSWER:
            raise Temporary("the access point's answer is too large")
        yield chunk


def _object(body):
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _detail(body):
    """What an error's body says, in FastAPI's, RFC 9457's and the plainest form."""
    value = _object(body)
    detail = value.get("detail") or value.get("title") or value.get("message") or value.get("error") or ""
    if isinstance(detail, list):
        detail = "; ".join(str(item.get("msg", item)) if isinstance(item, dict) else str(item) for item in detail)
    return str(detail)
