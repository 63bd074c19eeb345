"""来源: the other reports that a report reads. They are read as they are until submission fixes them.

A budget reads the two budgets before it. Final accounts read the final accounts of the two years before, and the
budget of their own year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Max, QuerySet

from ..domain.choices import ROWS_SETTLED, SOURCES_FIXED, ReportKind, Status
from ..domain.formats import DOSSIER, current
from ..models import Publication, Report, RuleSetting, Submission

YEARS_BACK = 2
"""The number of earlier years that a report shows: 前年, 上年."""


@dataclass(frozen=True)
class SourceReport:
    """One report that is read. ``publication`` and ``revision`` are those of its last publication; None: rows."""

    report: int
    kind: str
    year: int
    status: str
    changes: int
    publication: int | None = None
    revision: int | None = None

    @property
    def key(self) -> str:
        """``budget-2023``"""
        return f"{self.kind}-{self.year}"

    @property
    def title(self) -> str:
        return f"{self.year} 年{ReportKind(self.kind).label}"

    @property
    def is_settled(self) -> bool:
        """Whether its figures are final: published once, approved, or archived."""
        return self.publication is not None or self.status in ROWS_SETTLED

    def still_says(self, then: SourceReport) -> bool:
        """Whether it is unchanged since it was read ``then``: the same last publication, or the same rows."""
        if then.publication is not None:
            return self.publication == then.publication
        return self.is_settled and (self.report, self.changes) == (then.report, then.changes)

    @property
    def state(self) -> str:
        """The state that is read: ``公开第 2 版``, ``已批复``."""
        if self.publication is not None:
            return f"公开第 {self.revision} 版"
        return str(Status(self.status).label)


@dataclass(frozen=True)
class Standing:
    """The ``sources`` of a report: fixed by its submission, or as they are now.

    ``moved`` lists in Chinese the sources that have changed since. ``rules_moved`` tells that the report is judged by
    other rule settings than the year has now.
    """

    sources: Sequence[SourceReport]
    is_fixed: bool = False
    moved: Sequence[str] = ()
    rules_moved: bool = False


@dataclass(frozen=True)
class FixedSource:
    """A source of a submitted report, with the exchange JSON that was read."""

    source: SourceReport
    content: Mapping[str, Any]

    @property
    def status(self) -> Status:
        return Status.PUBLISHED if self.source.publication is not None else Status(self.source.status)


def is_source(other: Report, report: Report) -> bool:
    """Whether ``report`` reads ``other``."""
    if other.department_id != report.department_id:
        return False
    if other.kind == report.kind:
        return report.year - YEARS_BACK <= other.year < report.year
    return report.kind == ReportKind.FINAL and other.year == report.year


def sources_of(report: Report) -> list[SourceReport]:
    """The current sources of ``report``, newest year first, in two queries."""
    years = (report.year - YEARS_BACK, report.year)
    around = (
        Report.objects.filter(department=report.department_id, fiscal_year__year__range=years)
        .select_related("fiscal_year")
        .order_by("-fiscal_year__year", "kind")
    )
    found = [other for other in around if is_source(other, report)]
    rows = Publication.objects.filter(report__in=found).order_by("revision")
    last = {
        pk: (publication, number) for pk, publication, number in rows.values_list("report", "pk", "revision")
    }
    return [
        SourceReport(r.pk, r.kind, r.year, r.status, r.changes, *last.get(r.pk, (None, None))) for r in found
    ]


def fix_sources(
    report: Report, sources: Sequence[SourceReport], contents: Mapping[str, Mapping[str, Any]], user: Any
) -> Submission:
    """Fix the sources of ``report``, together with the year's rule settings.

    ``contents`` has the exchange JSON of sources without a publication, by `SourceReport.key`.
    """
    return Submission.objects.create(
        report=report,
        revision=report.revision,
        changes=report.changes,
        user=user,
        sources=[asdict(source) for source in sources],
        contents=dict(contents),
        rules=_rules_now(report.fiscal_year_id),
    )


def fixed_sources(reports: Iterable[Report]) -> dict[int, list[FixedSource]]:
    """The fixed sources by report id, in at most two queries. Reports without fixed sources are left out."""
    wanted = [report.pk for report in reports if report.status in SOURCES_FIXED]
    if not wanted:
        return {}
    rows = _last_submissions(wanted).values_list("report", "sources", "contents", "format")
    found = {
        pk: ([SourceReport(**source) for source in sources], _contents_now(contents, format))
        for pk, sources, contents, format in rows
    }
    ids = {s.publication for sources, _ in found.values() for s in sources if s.publication is not None}
    published = full_dossiers(Publication.objects.filter(pk__in=ids), "pk") if ids else {}
    return {
        pk: [
            FixedSource(s, contents[s.key] if s.publication is None else published[s.publication])
            for s in sources
        ]
        for pk, (sources, contents) in found.items()
    }


def standing_of(report: Report) -> Standing:
    """The sources of ``report`` and their changes since it was submitted, in at most five queries."""
    now = sources_of(report)
    rows = _last_submissions([report.pk]) if report.status in SOURCES_FIXED else Submission.objects.none()
    given = rows.values_list("sources", "contents", "rules", "format").first()
    if given is None:
        return Standing(now)
    sources, contents, rules, format = given
    contents = _contents_now(contents, format)
    fixed = [SourceReport(**source) for source in sources]
    return Standing(
        fixed,
        is_fixed=True,
        moved=list(_moves(fixed, now, contents)),
        rules_moved=rules != _rules_now(report.fiscal_year_id),
    )


def fixed_rules(reports: Iterable[Report]) -> dict[int, list[RuleSetting]]:
    """The fixed rule settings by report id. Reports without fixed settings are left out."""
    wanted = {report.pk: report for report in reports if report.status in SOURCES_FIXED}
    if not wanted:
        return {}
    return {
        pk: [RuleSetting(fiscal_year_id=wanted[pk].fiscal_year_id, **rule) for rule in rules]
        for pk, rules in _last_submissions(list(wanted)).values_list("report", "rules")
    }


def judged_by(report: Report) -> list[RuleSetting]:
    """The rule settings for ``report``: those of its submission, else its year's."""
    fixed = fixed_rules([report])
    if report.pk in fixed:
        return fixed[report.pk]
    return list(RuleSetting.objects.filter(fiscal_year=report.fiscal_year_id))


def full_dossiers(publications: QuerySet[Publication], by: str) -> dict[int, Mapping[str, Any]]:
    """Exchange JSON of whole reports by the field ``by`` of their publications. Of several, the last one counts."""
    rows = publications.values_list(by, "full_dossier", "format")
    return {key: current(DOSSIER, content, format) for key, content, format in rows}


def _contents_now(contents: Mapping[str, Any], format: int) -> dict[str, Any]:
    return {key: current(DOSSIER, content, format) for key, content in contents.items()}


def _rules_now(fiscal_year: int) -> list[dict[str, Any]]:
    rows = RuleSetting.objects.filter(fiscal_year=fiscal_year).order_by("rule")
    return [dict(row) for row in rows.values("rule", "applies", "severity", "options")]


def _published_as_read(source: SourceReport, read: Mapping[str, Any] | None) -> bool:
    """Whether the rows that were read have been published since without a change."""
    if read is None or source.publication is None:
        return False
    rows = full_dossiers(Publication.objects.filter(pk=source.publication), "pk")
    published = dict(rows[source.publication])
    for beside in ("earlier", "budget", "withheld"):
        published.pop(beside, None)
    return published == read


def _moves(
    fixed: Iterable[SourceReport], now: Iterable[SourceReport], contents: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    left = {source.key: source for source in fixed}
    for source in now:
        then = left.pop(source.key, None)
        if then is None:
            if source.is_settled:
                yield f"报送之后有了{source.title}（{source.state}），报送时还没有"
        elif not (source.still_says(then) or _published_as_read(source, contents.get(source.key))):
            yield f"{then.title}报送时是{then.state}，现在{_now(source)}"
    for then in left.values():
        yield f"{then.title}报送时是{then.state}，现在没有了"


def _now(source: SourceReport) -> str:
    if not source.is_settled:
        return f"退回修改（{source.state}）"
    return f"是{source.state}" if source.publication is not None else f"已改动（{source.state}）"


def _last_submissions(reports: Sequence[int]) -> Any:
    last = Submission.objects.filter(report__in=reports).order_by().values("report")
    return Submission.objects.filter(pk__in=last.annotate(last=Max("pk")).values("last"))


__all__ = [
    "YEARS_BACK",
    "FixedSource",
    "SourceReport",
    "Standing",
    "fix_sources",
    "fixed_rules",
    "fixed_sources",
    "full_dossiers",
    "is_source",
    "judged_by",
    "sources_of",
    "standing_of",
]
