"""What the settings need and no package offers."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from ipaddress import ip_address
from typing import Any

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.signals import request_finished
from django.dispatch import receiver
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware

from budgets.audit.errors import keep_room

from . import errors, request_ids

GetResponse = Callable[[HttpRequest], HttpResponseBase]

PRIVATE = "private, no-store"
"""Cache-Control of whatever does not say that it is public."""

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)
"""Permissions-Policy: what no page asks a browser for, so that nothing that is smuggled into one can."""

LONGEST_NAME = 150
"""The most characters of a user name."""

logger = logging.getLogger(__name__)


class RequestIdMiddleware:
    """Gives each request an id (`request_ids`). Stands outermost, so that whatever is answered or logged has it."""

    header = "X-Request-ID"

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        keep_room()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = request_ids.begin()
        response = self.get_response(request)
        response[self.header] = request_id
        # A file goes to the server as a file; it has no code of ours that could fail.
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            response.streaming_content = watched(request, iter(response))
        return response


def watched(request: HttpRequest, content: Iterable[bytes]) -> Iterator[bytes]:
    """The content of an answer that is written while it is sent. Where it breaks off, that is kept as an error."""
    try:
        yield from content
    except Exception as error:
        logger.exception("answer broken off: %s", request.path)
        errors.note(request, error, errors.failure_of(error))
        raise


@receiver(request_finished)
def end_request(**_: object) -> None:
    request_ids.end()


class HeadersMiddleware:
    """The headers of every answer: files, redirects, refusals and errors too.

    No answer is stored by a browser or a proxy unless it says that it is public, as published pages and files and what
    lies under /static/ do. So pages behind the login do not stay on a shared computer, and a new view need not think
    of it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        response["X-Content-Type-Options"] = "nosniff"
        said = response.get("Cache-Control", "").split(", ")
        if "public" not in said:
            response["Cache-Control"] = PRIVATE
        return response


class PageCompressionMiddleware(GZipMiddleware):
    """Compresses pages, of which a long table is a megabyte, and in development what they load; files go as they are.

    A page of three hundred rows is a thirtieth then, which a slow line notices at every save. Django pads what it
    compresses at random, so that its length tells nothing of the tokens in it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_text = response.get("Content-Type", "").startswith(("text/html", "text/css", "text/javascript"))
        return super().process_response(request, response) if is_text else response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The policy of the settings everywhere; under /admin/ alone, what the admin theme's Alpine needs."""

    admin_prefix = "/admin/"
    admin_additions = {"script-src": [UNSAFE_EVAL], "style-src": [UNSAFE_INLINE]}

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(self.admin_prefix):
            update = {name: list(sources) for name, sources in self.admin_additions.items()}
            for name, sources in (parts.update or {}).items():
                extra = list(sources) if isinstance(sources, (list, tuple, set)) else [sources]
                update[name] = update.get(name, []) + extra
            parts.update = update
        return parts


def attempted_name(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str | None:
    """The user name that a failed login is counted for: no longer than one can be."""
    name = (credentials or request.POST).get("username")
    return None if name is None else str(name)[:LONGEST_NAME]


def client_address(request: HttpRequest) -> str:
    """The address that failed logins are counted for.

    Behind TRUSTED_PROXIES proxies, each appends the address it was called from to X-Forwarded-For, so
    the client's is that many from the end; anything further left was sent by the client and is not
    believed.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    hops = settings.TRUSTED_PROXIES
    if hops < 1:
        return direct
    forwarded = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    return forwarded[-hops] if len(forwarded) >= hops and _is_address(forwarded[-hops]) else direct


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
