"""批复文件 of several reports as one archive."""

from __future__ import annotations

import io
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from ...actions.base import ActionRefused
from ...disclosure.papers import Paper, has_papers, paper_file
from ...disclosure.publication import ReadyFile, public_content
from ...exchange.documents import WHOLE
from ...models import Report
from ...renderers.pdf import NotDrawn

MOST = 15
"""Reports in one archive: each takes about two seconds."""
LIST = "清单.txt"


def approvals(reports: list[Report]) -> HttpResponse:
    """An archive of the 批复 of each report, with a list of what is in it and what is not.

    Raises `ActionRefused` if none of them has been approved, or the server lacks fonts.
    """
    out = io.BytesIO()
    listed: list[str] = []
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for report in reports:
            files = list(_files(report))
            for file in files:
                archive.writestr(file.name, file.read())
            listed.append(f"{report}：{'、'.join(file.name for file in files) or '没有批复，不在其中'}")
        archive.writestr(LIST, "\ufeff" + "\r\n".join(listed) + "\r\n")
        if len(archive.namelist()) == 1:
            raise ActionRefused("所选编报都还没有批复，没有批复文件")
    return HttpResponse(
        out.getvalue(),
        content_type="application/zip",
        headers={"Content-Disposition": content_disposition_header(True, "批复文件.zip")},
    )


def _files(report: Report) -> Iterator[ReadyFile]:
    content = public_content(report)
    if not has_papers(content):
        return
    try:
        yield from (paper_file(content, Paper.APPROVAL, format) for format in WHOLE)
    except NotDrawn as missing:
        raise ActionRefused(str(missing)) from missing
