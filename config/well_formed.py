"""Requests that no person sends and no database can hold."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.template.loader import render_to_string

from budgets.domain.types import FORBIDDEN

_IN_HEADER = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
"""Not the bytes above: browsers write names there in whichever encoding."""
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class WellFormedMiddleware:
    """Answers 400 to what no person sends and no database can hold: control characters in the address, the query, a
    header, or the name of a posted field. Values that are posted are the forms' to refuse, at their fields."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        headers = (value for name, value in request.META.items() if name.startswith("HTTP_"))
        if _CONTROLS.search(request.path_info) or _any(_IN_HEADER, headers):
            return self.refuse()
        if _any(_CONTROLS, request.GET) or any(_any(FORBIDDEN, values) for _, values in request.GET.lists()):
            return self.refuse()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        try:
            names = (*request.POST, *request.FILES) if request.method == "POST" else ()
        except UnreadablePostError:
            return None  # whoever sent it is gone
        return self.refuse() if _any(_CONTROLS, names) else None

    def refuse(self) -> HttpResponse:
        page = render_to_string("400.html", {"reason": "地址或提交的内容中有不可见的控制字符。"})
        return HttpResponse(page, status=400)


def _any(pattern: re.Pattern[str], texts: Iterable[object]) -> bool:
    return any(pattern.search(str(text)) for text in texts)
