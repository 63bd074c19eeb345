"""How long a public page may be kept: it is asked for anew each time, and sent only where it has changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, set_response_etag

REVALIDATED = "public, no-cache"
"""Cache-Control of all that is public: kept, but shown only after asking whether a correction replaced it."""

View = Callable[..., HttpResponse]


class EvenCompression(GZipMiddleware):
    """Compresses equal pages to equal bytes: nothing in a public page is secret, so its length may tell of it."""

    max_random_bytes = 0


def revalidate(view: View) -> View:
    """Answer with a strong ETag, or 304 where the client has that page; for GET and HEAD alike.

    The ETag is of the bytes as they are sent, so that the page as it is and the compressed page differ in it.
    Last-Modified is told and not asked: a withdrawal or the start of a correction changes a page without a later
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
    """The page as this client reads it; the middleware of the site leaves what is compressed."""
    return cast(HttpResponse, EvenCompression(lambda request: response)(request))
