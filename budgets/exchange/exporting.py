"""A dossier as files: workbook, JSON, one CSV for each table, and one of all their figures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..domain.dossier import Dossier
from ..domain.profile import build_tables
from ..domain.sheets import Sheet
from ..renderers import csv, xlsx
from ..storage.dossier_json import dump_dossier
from . import tidy

FORMATS = ("xlsx", "json", "csv")
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class ExportedFile:
    """One file. ``name`` has ASCII and Chinese characters only; ``content`` is the bytes."""

    name: str
    title: str
    format: str
    content_type: str
    content: bytes


def file_stem(dossier: Dossier) -> str:
    """``112001-2023-budget``."""
    head = dossier.header
    return f"{head.department_code}-{head.year}-{head.kind.value}"


def report_title(dossier: Dossier) -> str:
    head = dossier.header
    return f"{head.department_name} {head.year} 年{head.kind.label}"


def cover_lines(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """What the cover of the workbook says of the report: labels and values."""
    head = dossier.header
    return (
        ("单位代码", head.department_code),
        ("年度", f"{head.year} 年"),
        ("种类", head.kind.label),
    )


def dump_json(data: object) -> bytes:
    """Canonical bytes: the same content always gives the same checksum."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def tidy_name(stem: str) -> str:
    """The name of the long table: ``112001-2023-budget-tidy.csv``."""
    return f"{stem}-tidy.csv"


def export(
    dossier: Dossier,
    formats: Iterable[str] = FORMATS,
    sheets: list[Sheet] | None = None,
    revision: int | None = None,
) -> Iterator[ExportedFile]:
    """The files of a report. Pass ``sheets`` if they are built already, and the ``revision`` (版次) to be published."""
    stem, title = file_stem(dossier), report_title(dossier)
    sheets = build_tables(dossier) if sheets is None else sheets
    for format in formats:
        if format == "xlsx":
            content = xlsx.render(sheets, title=title, cover=cover_lines(dossier))
            yield ExportedFile(f"{stem}.xlsx", f"{title}公开表", "xlsx", XLSX, content)
        elif format == "json":
            content = dump_json(dump_dossier(dossier))
            yield ExportedFile(f"{stem}.json", f"{title}数据", "json", "application/json", content)
        elif format == "csv":
            for sheet in sheets:
                yield ExportedFile(f"{stem}-{sheet.table}.csv", sheet.heading, "csv", CSV, csv.render(sheet))
            content = tidy.render(dossier, sheets, revision)
            yield ExportedFile(tidy_name(stem), f"{title}公开表数据（长表）", "csv", CSV, content)
        else:
            raise ValueError(format)
