"""改过的 Word 文件: what was changed outside, sentence by sentence; what can be taken is taken after it was shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from ...actions.base import ActionRefused
from ...actions.reword import Proposed, reword_many
from ...disclosure.publication import public_content
from ...domain.schema import Statement
from ...files.docx_text import DocxText, Table, read_docx
from ...files.office import MEGABYTE, PackageRefused
from ...forms.layout import say_at
from ...narrative.document import Document, Sentence
from ...narrative.edited import NOT_OURS, Edit, compare
from ...narrative.rewording import shown
from ...permissions import AuthenticatedHttpRequest
from ...renderers.values import text as plain_text
from .context import Workspace, open_workspace, show
from .forms import EditedForm
from .report import refusal_status

MAX_SIZE = 20 * MEGABYTE
SALT = "budgets.entry.edited"
MOST_CELLS = 200
"""Changed cells that are listed one by one."""
_SHORT = 200
KEPT = datetime.timedelta(days=1)
"""How long the page may stand before its wordings are taken."""
MOST_TIMES, MORE_LINES, MORE_CHARACTERS = 3, 500, 20_000
"""A file is compared if it has up to so many times the lines and characters of ours, and so many more."""


@dataclass(frozen=True)
class Comparison:
    """``taken`` are other wordings, ``refused`` everything else that differs, each with the way to where it is typed.

    ``is_old``: the text has changed since the file was made.
    """

    taken: list[Edit]
    refused: list[tuple[Edit, str]]
    is_old: bool


@login_required
@require_http_methods(["GET", "POST"])
def page(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Take an edited docx, and show what differs from the text as it would be published. Nothing is written."""
    space = open_workspace(request, report)
    if not space.has_text:
        raise Http404
    form = EditedForm(report)
    if request.method == "GET":
        return _page(request, space, form)
    form = EditedForm(report, request.POST, request.FILES)
    form.full_clean()
    upload = form.cleaned_data["file"]
    if not space.report.is_editable:
        return _page(request, space, form, 409, problem=space.locked_reason)
    if upload is None:
        return _refused(request, space, form, "请选择改过的 Word 文件")
    if not upload.size:
        return _refused(request, space, form, "文件是空的")
    if upload.size > MAX_SIZE:
        return _refused(request, space, form, f"文件过大，最多 {MAX_SIZE // MEGABYTE} MB")
    try:
        found = _compared(space, upload.read())
    except PackageRefused as refused:
        return _refused(request, space, form, refused.message)
    return _page(request, space, form, found=found, token=_token(request, space, found.taken))


@login_required
@require_POST
def take(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Take the wordings that were shown, all of them or none."""
    space = open_workspace(request, report)
    try:
        proposed = [Proposed(**row) for row in _shown_before(request, space, request.POST.get("token", ""))]
        reword_many(space.report.pk, request.user, proposed)
    except signing.BadSignature:
        problem = "页面内容不完整或不是这份编报的，请重新上传"
        return _page(request, space, EditedForm(report), 422, problem=problem)
    except ActionRefused as refused:
        problem = f"{refused.message}。没有采用任何改写，请重新上传比对"
        return _page(request, space, EditedForm(report), refusal_status(refused), problem=problem)
    messages.success(request, f"已采用 {len(proposed)} 句改写")
    return redirect("entry:text", report)


def _page(
    request: AuthenticatedHttpRequest, space: Workspace, form: EditedForm, status: int = 200, **context: Any
) -> HttpResponse:
    return show(request, "entry/edited.html", space, current="narrative", status=status, form=form, **context)


def _refused(
    request: AuthenticatedHttpRequest, space: Workspace, form: EditedForm, message: str
) -> HttpResponse:
    say_at(form, "file", message)
    return _page(request, space, form, 422)


# --- What differs -------------------------------------------------------------------------------------


def _compared(space: Workspace, upload: bytes) -> Comparison:
    content = public_content(space.report, space.dossier)
    document = content.narrative
    if document is None:
        raise Http404
    ours, theirs = read_docx(content.file("docx").read()), read_docx(upload)
    found = compare(document, ours.lines, theirs.lines)
    headings = {sheet.heading for sheet in content.sheets}
    _refuse_longer(ours.lines, theirs.lines)
    if theirs.identifier and theirs.identifier != ours.identifier:
        raise PackageRefused("这不是这份编报的文件，请上传由这份编报下载、改过的 Word 文件")
    refused = [each for each in found if each.problem]
    refused += _cells(ours, theirs, headings)
    if theirs.margins != ours.margins:
        refused.append(Edit("页眉页脚", ours.margins, theirs.margins, problem=NOT_OURS))
    if more := theirs.unread - ours.unread:
        what = "、".join(f"{name} {count} 处" for name, count in sorted(more.items()))
        refused.append(Edit("文件", "", what, problem="其中的内容没有比对，也不进入公开文字"))
    refused += (
        Edit("文件", "", said, problem="批注和注释不进入公开文字，请写到“补充说明”或意见里")
        for said in theirs.beside
    )
    ways = [(each, space.links.value(each.value) if each.value else "") for each in refused]
    is_old = bool(theirs.version) and theirs.version != ours.version
    return Comparison([each for each in found if not each.problem], ways, is_old)


def _refuse_longer(ours: Sequence[str], theirs: Sequence[str]) -> None:
    """The comparison takes time with the product of both."""
    lines = len(theirs) > MOST_TIMES * len(ours) + MORE_LINES
    if lines or sum(map(len, theirs)) > MOST_TIMES * sum(map(len, ours)) + MORE_CHARACTERS:
        raise PackageRefused(
            "文件比系统写出的全文长得多，不是由它改成的，请上传由这份编报下载、改过的 Word 文件"
        )


def _cells(ours: DocxText, theirs: DocxText, headings: set[str]) -> Iterator[Edit]:
    """Changes within tables, which are named and never taken."""
    if len(ours.tables) != len(theirs.tables):
        counts = f"{len(ours.tables)} 个", f"{len(theirs.tables)} 个"
        yield Edit("表格的个数", *counts, problem=TABLES)
        return
    changed = _changed_cells(ours, theirs, headings)
    yield from islice(changed, MOST_CELLS)
    if rest := sum(1 for _ in changed):
        yield Edit("表格", "", f"另有 {rest} 处", problem=TABLES)


TABLES = "表格由所填数据算出，不能在文件里改，请到填报的部分修改"


def _changed_cells(ours: DocxText, theirs: DocxText, headings: set[str]) -> Iterator[Edit]:
    for old, new in zip(ours.tables, theirs.tables, strict=True):
        place = _heading(ours, old, headings)
        if len(old.rows) != len(new.rows):
            yield Edit(place, f"{len(old.rows)} 行", f"{len(new.rows)} 行", problem=TABLES)
            continue
        for number, (row, other) in enumerate(zip(old.rows, new.rows, strict=True), 1):
            if row != other:
                yield Edit(f"{place} 第 {number} 行", _said(row), _said(other), problem=TABLES)


def _heading(document: DocxText, table: Table, headings: set[str]) -> str:
    """The heading of the sheet to which the table belongs."""
    before = reversed(document.lines[: table.at])
    return next((line for line in before if line in headings), "表格")


def _said(row: Iterable[str]) -> str:
    return plain_text(" | ".join(cell for cell in row if cell))[:_SHORT]


# --- What was shown -----------------------------------------------------------------------------------


def _token(request: AuthenticatedHttpRequest, space: Workspace, taken: Iterable[Edit]) -> str:
    """What the person saw, signed: the wordings of this report."""
    document = public_content(space.report, space.dossier).narrative
    kept = {row.sentence: row.wording for row in space.dossier.part(Statement).rewordings}
    rows = [
        {
            "key": each.key,
            "seen": shown(_sentence(document, each.key)),
            "text": each.wording,
            "base": kept.get(each.key, ""),
        }
        for each in taken
    ]
    said = {"report": space.report.pk, "user": request.user.pk, "rows": rows}
    return signing.dumps(said, salt=SALT, compress=True)


def _sentence(document: Document | None, key: str) -> Sentence:
    found = document.sentence(key) if document else None
    if found is None:
        raise LookupError(key)
    return found


def _shown_before(request: AuthenticatedHttpRequest, space: Workspace, token: str) -> list[Mapping[str, Any]]:
    """The rows of `_token`; raises BadSignature for another report's or person's, and after a day."""
    data = signing.loads(token, salt=SALT, max_age=KEPT)
    if (data["report"], data["user"]) != (space.report.pk, request.user.pk):
        raise signing.BadSignature
    rows: list[Mapping[str, Any]] = data["rows"]
    return rows
