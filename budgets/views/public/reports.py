"""A published report: its frozen text and tables, and the downloads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import http_date
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from budgets.changes.cells import Difference, load_difference
from budgets.disclosure.publication import stem_of
from budgets.domain import money
from budgets.domain.choices import ReportKind
from budgets.domain.money import Unit
from budgets.domain.sheet_json import load_sheet
from budgets.domain.sheets import Lines, Sheet
from budgets.exchange.documents import chart_name
from budgets.models import Publication, PublishedFile, Withdrawal
from budgets.narrative.document import Chart, Document, Heading, Kind, SheetsHere, Value
from budgets.narrative.document_json import load_chart, load_document
from budgets.renderers import html
from budgets.renderers.booklet import is_of
from budgets.renderers.markup import joined, markup
from budgets.renderers.narrative import image, render_chart, sentence_id
from budgets.renderers.narrative import render as render_narrative

from .caching import revalidate
from .lookups import name_of, named_projects, publication_or_404, publications_of
from .withdrawn import gone, is_withdrawn

DOWNLOADS = {
    ".pdf": "全文（PDF）",
    ".docx": "全文（Word）",
    ".xlsx": "全部公开表（Excel）",
    ".json": "数据（JSON）",
    "-tidy.csv": "数据（CSV 长表）",
}
"""What the page offers first, by the end of the file's name."""


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
class Part:
    """An outermost heading with those below it, or the sheets at its place, each an anchor and a title."""

    anchor: str
    title: str
    below: list[tuple[str, str]]


@dataclass(frozen=True)
class Text:
    """The 说明 as markup, and the headings of its parts."""

    title: str
    content: SafeString
    parts: list[Part]


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


class _Pictures:
    """The charts of a publication, from its files. One that was published without its picture is a table alone."""

    def __init__(self, publication: Publication, files: list[PublishedFile]) -> None:
        self.publication = publication
        self.stem = stem_of(publication.report)
        self.names = {file.name for file in files if file.format == "svg"}

    def __call__(self, chart: Chart) -> SafeString:
        name = chart_name(self.stem, chart)
        report = self.publication.report
        where = [report.year, report.department.code, report.kind, self.publication.revision, name]
        return image(chart, reverse("public:file", args=where)) if name in self.names else SafeString()

    def of_page(self) -> list[SafeString]:
        """The charts that stand beside those of the text."""
        found = map(load_chart, self.publication.summary.get("charts", ()))
        return [render_chart(chart, lambda value: "", picture=self) for chart in found]


def _text(publication: Publication, sheets: list[Sheet], pictures: _Pictures) -> Text | None:
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

    def ways(place: SheetsHere) -> SafeString:
        rows = (markup('<li><a href="#{}">{}</a></li>', *way) for way in _ways(place, sheets))
        return markup('<ul class="narrative-sheets">{}</ul>', joined(rows))

    content = render_narrative(document, link, level=3, picture=pictures, sheets=ways)
    return Text(document.title, content, _parts(document, sheets))


def _parts(document: Document, sheets: list[Sheet]) -> list[Part]:
    parts: list[Part] = []
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            parts.append(Part(sentence_id(block.key), block.number + block.text, []))
        elif isinstance(block, Heading) and block.level == 2:
            parts[-1].below.append((sentence_id(block.key), block.number + block.text))
        elif isinstance(block, SheetsHere):
            parts[-1].below.extend(_ways(block, sheets))
    return parts


def _ways(place: SheetsHere, sheets: list[Sheet]) -> Iterator[tuple[str, str]]:
    return ((section_id(sheet), sheet.heading) for sheet in sheets if is_of(sheet, place.kind))


def section_id(sheet: Sheet) -> str:
    """The ``id`` of the section of the page that has the sheet."""
    return f"s-{html.cell_id(sheet.table)}"


def _page(request: HttpRequest, publication: Publication, *, is_latest: bool) -> HttpResponse:
    report = publication.report
    if is_withdrawn(publication):
        return gone(request, publication)
    files = list(publication.files.all())
    named = {file.name: file for file in files}
    stem = stem_of(report)
    pictures = _Pictures(publication, files)
    sheets = [load_sheet(data) for data in publication.sheets]
    tables = [
        Table(
            anchor=section_id(sheet),
            number=sheet.number,
            title=sheet.name.removeprefix(sheet.number).strip() if sheet.is_form else sheet.title,
            content=html.render(sheet, level=3),
            csv=named.get(f"{stem}-{sheet.table}.csv"),
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
        "text": _text(publication, sheets, pictures),
        "pictures": pictures.of_page(),
        "projects": named_projects(report.department, [publication]),
        "downloads": [(title, named[stem + end]) for end, title in DOWNLOADS.items() if stem + end in named],
        "annexes": [file for file in files if file.name.startswith(f"{stem}-annex.")],
        "files": files,
        "changed": _changed(publication),
        "unit": Unit.WAN,
    }
    response = render(request, "public/report.html", context)
    response["Last-Modified"] = http_date(publication.published_at.timestamp())
    return response
