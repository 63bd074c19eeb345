"""Suggestions for subjects while a code or a name is typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.views.decorators.http import require_GET

from ...classification.lookup import subjects_of
from ...forms.fields import CodeField, normal_name, selectable
from ...permissions import AuthenticatedHttpRequest
from .lookups import report_for

MOST = 20
"""The most suggestions in one answer."""


@login_required
@require_GET
def codes(request: AuthenticatedHttpRequest, report: int, kind: str) -> JsonResponse:
    """``{"codes": [{code, name, path}]}`` for ``?q=``: the usable subjects of the report's edition."""
    found = report_for(request, report)
    if kind not in CodeField.least:
        raise Http404
    classification = subjects_of(found.fiscal_year.edition).names
    names = classification.function if kind == "function" else classification.economic
    matches = list(suggestions(kind, names, request.GET.get("q", "")))[:MOST]
    return JsonResponse(
        {"codes": [{"code": code, "name": names[code], "path": path(names, code)} for code in matches]}
    )


def suggestions(kind: str, names: Mapping[str, str], typed: str) -> Iterator[str]:
    """Codes that begin with the typed text, then names that begin with it, then names that contain it."""
    text = normal_name(typed)
    start = text.split("-", 1)[0]
    usable = selectable(kind, names)
    if start.isascii() and start.isdigit():
        yield from (code for code in usable if code.startswith(start))
        return
    known = {code: normal_name(names[code]) for code in usable}
    yield from (code for code in usable if known[code].startswith(text))
    yield from (code for code in usable if text in known[code] and not known[code].startswith(text))


def path(names: Mapping[str, str], code: str) -> str:
    """The subjects above a subject: ``类 › 款``."""
    above = (code[:length] for length in (3, 5) if length < len(code))
    return " › ".join(names[c] for c in above if c in names)
