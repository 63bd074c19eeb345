"""A published report: its frozen text and tables, and the downloads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import http_date
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from budgets.changes.cells import Difference, load_difference
from budgets.domain import money
from budgets.domain.choices import ReportKind
from budgets.domain.money import Unit
from budgets.domain.sheet_json import load_sheet
from budgets.domain.sheets import Lines, Sheet
from budgets.exchange.exporting import tidy_name
from budgets.models import Publication, PublishedFile, Withdrawal
from budgets.narrative.document import Document, Heading, Kind, Value
from budgets.narrative.document_json import load_document
from budgets.renderers import html
from budgets.renderers.narrative import render as render_narrative
from budgets.renderers.narrative import sentence_id

from .caching import revalidate
from .lookups import name_of, named_projects, publication_or_404, publications_of
from .withdrawn import gone, is_withdrawn


@dataclass(frozen=True)
class Headline:
    """A figure of the lead, in 元, with ``change`` and ``rate`` against ``previous`` if last year's is known.

    If ``why`` is not None, it is the reason why ``previous`` is restated or comes from elsewhere. ``published`` is the
    amount in last year's report, None if that does not tell it.
    """

    title: str
    amount: Decimal
    previous: Decimal | None
    published: Decimal | None = None
    why: str | None = None

    @property
    def change(self) -> Decimal | None:
        return None if self.previous is None else self.amount - self.previous

    @property
    def rate(self) -> Decimal | None:
        return None if self.previous is None else money.growth(self.amount, self.previous)

    @property
    def is_adjusted(self) -> bool:
        """Whether ``previous`` differs from the published amount."""
        return self.why is not None and self.published not in (None, self.previous)

    @property
    def is_taken(self) -> bool:
        """Whether ``previous`` is an amount that last year's report does not tell."""
        return self.why is not None and self.published is None

    @property
    def direction(self) -> str:
        if not self.change:
            return "持平"
        return "增加" if self.change > 0 else "减少"

    @property
    def size(self) -> Decimal:
        return abs(self.change or Decimal(0))

    @property
    def speed(self) -> Decimal | None:
        return None if self.rate is None or not self.change else abs(self.rate)


@dataclass(frozen=True)
class Text:
    """The 说明 as markup. ``parts`` are the anchors and titles of its outermost headings."""

    title: str
    content: SafeString
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """One sheet on the page. ``anchor`` is its id, ``csv`` its file."""

    anchor: str
    number: str
    title: str
    content: str
    csv: PublishedFile | None


@require_safe
@revalidate
def report(request: HttpRequest, year: int, code: str, kind: ReportKind) -> HttpResponse:
    """Show the last publication of a report. The address is permanent."""
    publications = list(publications_of(year, code, kind)[:1])
    if not publications:
        raise Http404
    return _page(request, publications[0], is_latest=True)


@require_safe
@revalidate
def revision(request: HttpRequest, year: int, code: str, kind: ReportKind, revision: int) -> HttpResponse:
    """Show one revision of a report, even if it has been corrected since."""
    publication = publication_or_404(year, code, kind, revision)
    newer = publication.report.publications.filter(revision__gt=revision).exists()
    return _page(request, publication, is_latest=not newer)


def headlines(summary: dict[str, Any]) -> dict[str, Headline]:
    """The frozen figures of a publication, by key with underscores for dots."""
    found = {}
    for key, figure in summary.get("figures", {}).items():
        found[key.replace(".", "_")] = Headline(
            figure["title"],
            Decimal(figure["amount"]),
            _amount(figure["previous"]),
            _amount(figure.get("published")),
            figure.get("restated_reason"),
        )
    return found


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _changed(publication: Publication) -> Difference:
    """The changes of a correction; empty if the revision it is compared with is withdrawn."""
    found = load_difference(publication.difference)
    than = publication.revision - 1 if found.than is None else found.than
    is_gone = Withdrawal.objects.filter(publication__report=publication.report, publication__revision=than)
    return Difference() if found and is_gone.exists() else found


def _text(publication: Publication, sheets: list[Sheet]) -> Text | None:
    """The text of the revision, its figures linked to the cells that show them; None if it was published without."""
    if publication.narrative is None:
        return None
    document = load_document(publication.narrative)
    cells: dict[Lines, str] = {}
    for sheet in sheets:
        for key, cell in sheet.cells.items():
            if isinstance(cell.source, Lines):
                cells.setdefault(cell.source, f"#{html.cell_id(key)}")

    def link(value: Value) -> str:
        """Of amounts alone: no cell shows a difference, or a share."""
        is_amount = value.kind == Kind.AMOUNT and value.base is None
        return cells.get(value.source, "") if is_amount and isinstance(value.source, Lines) else ""

    return Text(document.title, render_narrative(document, link, level=3), tuple(_parts(document)))


def _parts(document: Document) -> Iterator[tuple[str, str]]:
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            yield sentence_id(block.key), block.number + block.text


def _page(request: HttpRequest, publication: Publication, *, is_latest: bool) -> HttpResponse:
    report = publication.report
    if is_withdrawn(publication):
        return gone(request, publication)
    files = list(publication.files.all())
    csv_files = {file.name: file for file in files if file.format == "csv"}
    stem = f"{report.department.code}-{report.year}-{report.kind}"
    sheets = [load_sheet(data) for data in publication.sheets]
    tables = [
        Table(
            anchor=html.cell_id(sheet.table),
            number=sheet.number,
            title=sheet.name.removeprefix(sheet.number).strip() if sheet.is_form else sheet.title,
            content=html.render(sheet, level=3),
            csv=csv_files.get(f"{stem}-{sheet.table}.csv"),
        )
        for sheet in sheets
    ]
    context = {
        "publication": publication,
        "report": report,
        "kind": ReportKind(report.kind),
        "department": report.department,
        "name": name_of(publication),
        "is_latest": is_latest,
        "revisions": report.publications.select_related("withdrawal")
        .order_by("revision")
        .defer("full_dossier", "dossier", "sheets", "summary", "difference", "narrative"),
        "figures": headlines(publication.summary),
        "duties": publication.summary.get("duties", []),
        "tables": tables,
        "text": _text(publication, sheets),
        "projects": named_projects(report.department, [publication]),
        "downloads": [file for file in files if file.format in ("xlsx", "json")],
        "tidy": csv_files.get(tidy_name(stem)),
        "annexes": [file for file in files if file.format in ("docx", "pdf")],
        "files": files,
        "changed": _changed(publication),
        "unit": Unit.WAN,
    }
    response = render(request, "public/report.html", context)
    response["Last-Modified"] = http_date(publication.published_at.timestamp())
    return response
