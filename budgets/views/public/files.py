"""Downloads of published files, with their checksum."""

from __future__ import annotations

import logging

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from budgets.domain.choices import ReportKind
from budgets.models import PublishedFile

from .caching import REVALIDATED
from .withdrawn import gone, is_withdrawn

FROZEN = [f"publication__{name}" for name in ("full_dossier", "dossier", "sheets", "difference")]

logger = logging.getLogger(__name__)


@require_safe
def download(
    request: HttpRequest, year: int, code: str, kind: ReportKind, revision: int, name: str
) -> HttpResponseBase:
    """Send one file of one revision. Its bytes never change, but it may be withdrawn, so clients ask each time."""
    if "\0" in name:
        raise Http404
    file = get_object_or_404(
        PublishedFile.objects.select_related(
            "publication__report__department", "publication__report__fiscal_year", "publication__withdrawal"
        ).defer(*FROZEN),
        publication__report__department__code=code,
        publication__report__fiscal_year__year=year,
        publication__report__kind=kind,
        publication__revision=revision,
        name=name,
    )
    if is_withdrawn(file.publication):
        return gone(request, file.publication)
    etag = quote_etag(file.sha256)
    modified = int(file.publication.published_at.timestamp())
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is None:
        try:
            content = file.file.open("rb")
        except FileNotFoundError:
            logger.error("published file %s is not in storage", file.sha256)
            raise Http404 from None
        response = FileResponse(
            content, as_attachment=True, filename=file.name, content_type=file.content_type
        )
        response["Content-Length"] = str(file.size)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    response["Cache-Control"] = REVALIDATED
    response["X-Checksum-SHA256"] = file.sha256
    return response
