"""What a report publishes as documents for people: the full text as pdf and docx, and its charts as pictures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..narrative.document import Chart
from ..renderers import charts, docx, pdf
from ..renderers.manuscript import Manuscript
from .exporting import ExportedFile

WHOLE = ("pdf", "docx")
"""The formats of the full text."""
FORMATS = (*WHOLE, "svg")
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SVG = "image/svg+xml"


def documents(
    stem: str, whole: Manuscript, pictures: Iterable[Chart], formats: Collection[str] = FORMATS
) -> Iterator[ExportedFile]:
    """The documents of these formats. ``stem`` begins their names: ``112001-2023-budget``.

    Raises `pdf.FontsMissing` for a pdf.
    """
    for format in WHOLE:
        if format in formats:
            yield written(whole, stem, format)
    if "svg" in formats:
        for chart in pictures:
            name = chart_name(stem, chart)
            yield ExportedFile(name, chart.caption, "svg", SVG, charts.svg(chart).encode())


def written(manuscript: Manuscript, stem: str, format: str) -> ExportedFile:
    """The manuscript as ``format`` (pdf, docx). Raises `pdf.FontsMissing`."""
    name, title = f"{stem}.{format}", manuscript.title
    if format == "pdf":
        return ExportedFile(name, f"{title}（PDF）", format, PDF, pdf.render(manuscript))
    return ExportedFile(name, f"{title}（Word）", format, DOCX, docx.render(manuscript))


def chart_name(stem: str, chart: Chart) -> str:
    """``112001-2023-budget-chart-income.svg``."""
    return f"{stem}-chart-{chart.key.removesuffix('.chart').replace('.', '-')}.svg"
