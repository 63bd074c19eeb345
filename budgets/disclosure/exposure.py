"""Texts in current publications about projects that are withheld now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..analysis.redaction import strings, withheld_keys
from ..analysis.secrecy import certain, given_away, secrets_of
from ..domain.choices import ReportKind
from ..domain.dossier import Dossier
from ..models import Publication, Report


@dataclass(frozen=True)
class Exposure:
    """``places`` counts the texts of one published revision that contain something withheld now."""

    report: int
    kind: str
    year: int
    revision: int
    places: int

    @property
    def title(self) -> str:
        return f"{self.year} 年{ReportKind(self.kind).label}第 {self.revision} 版"


def exposures(report: Report, dossier: Dossier) -> list[Exposure]:
    """Search every revision of the department that is not withdrawn, newest year first.

    ``dossier`` is the dossier of ``report``. Publications are not read if nothing is withheld.
    """
    if not withheld_keys(dossier):
        return []
    return list(_exposures(report, dossier))


def _exposures(report: Report, dossier: Dossier) -> Iterator[Exposure]:
    secrets = certain(secrets_of(dossier))
    rows = (
        Publication.objects.filter(report__department=report.department_id, withdrawal=None)
        .select_related("report__fiscal_year")
        .prefetch_related("files")
        .defer("full_dossier", "summary")
        .order_by("-report__fiscal_year__year", "report__kind", "-revision")
    )
    for row in rows:
        told = {key: value for key, value in row.dossier.items() if key not in ("earlier", "budget")}
        texts = [
            *strings(told),
            *strings(row.sheets),
            *strings(row.difference),
            *strings(row.narrative),
            row.reason,
        ]
        texts += [text for file in row.files.all() for text in (file.title, file.name, file.text or "")]
        if given_away(texts, secrets):
            places = sum(bool(given_away([text], secrets)) for text in texts)
            of = row.report
            yield Exposure(of.pk, of.kind, of.year, row.revision, places)
