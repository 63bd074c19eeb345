"""What the settings need and no package offers."""

import re
from collections.abc import Callable, Iterable, Mapping
from ipaddress import ip_address
from typing import Any

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.template.loader import render_to_string

from budgets.domain.types import FORBIDDEN

LONGEST_NAME = 150
"""The most characters of a user name."""
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


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


class WellFormedMiddleware:
    """Answers 400 to what no person sends and no database can hold: control characters in the address, the query, a
    header, or the name of a posted field. Values that are posted are the forms' to refuse, at their fields."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        headers = (value for name, value in request.META.items() if name.startswith("HTTP_"))
        if _CONTROLS.search(request.path_info) or _any(_CONTROLS, headers):
            return self.refuse()
        if _any(_CONTROLS, request.GET) or any(_any(FORBIDDEN, values) for _, values in request.GET.lists()):
            return self.refuse()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        is_malformed = request.method == "POST" and (
            _any(_CONTROLS, request.POST) or _any(_CONTROLS, request.FILES)
        )
        return self.refuse() if is_malformed else None

    def refuse(self) -> HttpResponse:
        page = render_to_string("400.html", {"reason": "地址或提交的内容中有不可见的控制字符。"})
        return HttpResponse(page, status=400)


def _any(pattern: re.Pattern[str], texts: Iterable[object]) -> bool:
    return any(pattern.search(str(text)) for text in texts)


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
