"""Caching of public pages: clients ask each time, and get the page only if it has changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, set_response_etag

REVALIDATED = "public, no-cache"
"""Cache-Control of public pages and files: clients keep them, but ask before each use whether they were replaced."""

View = Callable[..., HttpResponse]


class EvenCompression(GZipMiddleware):
    """Compresses equal pages to equal bytes, without padding, because nothing in a public page is secret."""

    max_random_bytes = 0


def revalidate(view: View) -> View:
    """Answer GET and HEAD with a strong ETag, or with 304 if the client has the page already.

    The ETag belongs to the bytes as they are sent, so a page and its compressed form have different ones. Last-Modified
    is sent but not compared, because a withdrawal or the start of a correction changes a page without a new
    publication.
    """

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _compressed(request, view(request, *args, **kwargs))
        response["Cache-Control"] = REVALIDATED
        set_response_etag(response)
        answer = get_conditional_response(request, etag=response["ETag"], response=response)
        return cast(HttpResponse, answer)

    return respond


def _compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Compress the page if the client accepts it. The site's middleware skips compressed pages."""
    return cast(HttpResponse, EvenCompression(lambda request: response)(request))
