"""The findings in a stored report, judged by the year's settings, the report's waivers and its explanations."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from ..domain.address import Address
from ..domain.choices import Severity
from ..domain.dossier import Dossier
from ..domain.findings import CheckSettings, Finding
from ..domain.profile import run_checks
from ..models import Report, RuleSetting, Waiver, WarningExplanation
from ..storage.sources import fixed_rules

SEVERITIES = list(Severity)


class Point(NamedTuple):
    """The subject of an explanation. ``object`` and ``field`` are empty without a field."""

    rule: str
    section: str
    object: str
    field: str


def key_of(point: Point) -> str:
    """The HTML id of the form in which a warning is explained."""
    return re.sub(r"[^\w-]", "-", "-".join(("explain", *(part for part in point if part))))


def point_of(finding: Finding) -> Point:
    at = finding.field
    return Point(finding.rule, finding.section, at.owner if at else "", at.field if at else "")


@dataclass(frozen=True)
class Said:
    """The department's explanation of a warning, and the `Judged.stamp` that it was given for; empty if unknown."""

    text: str
    stamp: str = ""

    def holds(self, stamp: str) -> bool:
        """Whether the explanation was given for every current figure."""
        return not self.stamp or set(stamp.split("\n")) <= set(self.stamp.split("\n"))


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A finding with its answers. ``waived`` is the reviewer's reason, ``explanation`` the department's.

    ``outdated`` is an explanation that was given for other figures; it does not count until it is confirmed.
    ``others`` are less severe findings about the same field, which are shown under it.
    """

    finding: Finding
    others: tuple[Finding, ...] = ()
    waived: str = ""
    explanation: str = ""
    outdated: str = ""

    @property
    def rule(self) -> str:
        return self.finding.rule

    @property
    def severity(self) -> Severity:
        return self.finding.severity

    @property
    def section(self) -> str:
        return self.finding.section

    @property
    def place(self) -> str:
        return self.finding.place

    @property
    def message(self) -> str:
        return self.finding.message

    @property
    def field(self) -> Address | None:
        return self.finding.field

    @property
    def point(self) -> Point:
        return point_of(self.finding)

    @property
    def key(self) -> str:
        """The HTML id of the form in which it is explained."""
        return key_of(self.point)

    @property
    def stamp(self) -> str:
        """The figures that an explanation would be about now: a line for the finding and each of the others."""
        return "\n".join(sorted({finding.stamp for finding in (self.finding, *self.others)}))

    @property
    def seen(self) -> str:
        """A short digest of the figures, which tells whether a person saw the current ones."""
        return hashlib.sha256(self.stamp.encode()).hexdigest()[:16]

    @property
    def said(self) -> str:
        """The department's explanation, whether it still counts or not."""
        return self.explanation or self.outdated

    @property
    def is_waived(self) -> bool:
        return bool(self.waived)

    @property
    def is_error(self) -> bool:
        """Whether it is an error that blocks the report."""
        return self.severity == Severity.ERROR and not self.waived

    @property
    def is_warning(self) -> bool:
        return self.severity == Severity.WARNING and not self.waived

    @property
    def is_unexplained(self) -> bool:
        """Whether it is a warning without an explanation, or with an outdated one."""
        return self.is_warning and not self.explanation


@dataclass(frozen=True)
class Judgement:
    """All findings in a report, the severest first, waived ones last."""

    findings: tuple[Judged, ...] = ()

    @cached_property
    def errors(self) -> tuple[Judged, ...]:
        return tuple(judged for judged in self.findings if judged.is_error)

    @cached_property
    def warnings(self) -> tuple[Judged, ...]:
        return tuple(judged for judged in self.findings if judged.is_warning)

    @cached_property
    def unexplained(self) -> tuple[Judged, ...]:
        return tuple(judged for judged in self.findings if judged.is_unexplained)

    @cached_property
    def outdated(self) -> tuple[Judged, ...]:
        """The unexplained warnings that have an explanation for other figures."""
        return tuple(judged for judged in self.unexplained if judged.outdated)


def judge(report: Report, dossier: Dossier) -> Judgement:
    """Judge ``dossier``, the dossier of ``report``, in a constant number of queries."""
    return judge_many([report], {report.pk: dossier})[report.pk]


def judge_many(reports: Iterable[Report], dossiers: Mapping[int, Dossier]) -> dict[int, Judgement]:
    """Judgements by report id, from ``dossiers`` by report id. The number of queries does not grow.

    A submitted report is judged by the rule settings that it was submitted under.
    """
    reports = [report for report in reports if report.pk in dossiers]
    years: dict[int, list[RuleSetting]] = {}
    for setting in RuleSetting.objects.filter(fiscal_year__in={report.fiscal_year_id for report in reports}):
        years.setdefault(setting.fiscal_year_id, []).append(setting)
    fixed = fixed_rules(reports)
    waived: dict[int, dict[str, str]] = {}
    for waiver in Waiver.objects.filter(report__in=reports, lifted_at=None):
        waived.setdefault(waiver.report_id, {})[waiver.rule] = waiver.reason
    explained: dict[int, dict[Point, Said]] = {}
    for said in WarningExplanation.objects.filter(report__in=reports):
        explained.setdefault(said.report_id, {})[_point(said)] = Said(said.text, said.stamp)
    return {
        report.pk: _judged(
            _found(dossiers[report.pk], fixed.get(report.pk, years.get(report.fiscal_year_id, ()))),
            waived.get(report.pk, {}),
            explained.get(report.pk, {}),
        )
        for report in reports
    }


def last_years_explanations(report: Report) -> dict[Point, str]:
    """Last year's explanations, by their subject."""
    before = WarningExplanation.objects.filter(
        report__department=report.department_id,
        report__kind=report.kind,
        report__fiscal_year__year=report.year - 1,
    )
    return {_point(said): said.text for said in before}


def _point(said: WarningExplanation) -> Point:
    return Point(said.rule, said.section, said.object, said.field)


def _found(dossier: Dossier, settings: Iterable[RuleSetting]) -> list[Finding]:
    own, skipped = {}, set()
    for setting in settings:
        if not setting.applies:
            skipped.add(setting.rule)
        severity = Severity(setting.severity) if setting.severity else None
        own[setting.rule] = CheckSettings(severity, setting.options)
    return run_checks(dossier, own, skipped)


def _judged(
    findings: Iterable[Finding], waived: Mapping[str, str], explained: Mapping[Point, Said]
) -> Judgement:
    """Join the findings about one field into the severest. A waived finding hides none that is not waived.

    Warnings of one rule about a section as a whole are joined too, and need one explanation.
    """
    groups: dict[object, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: SEVERITIES.index(f.severity)):
        at: object = finding.field
        if at is None:
            at = finding.rule if finding.severity == Severity.WARNING else id(finding)
        groups.setdefault((finding.rule in waived, finding.section, at), []).append(finding)
    out = [
        _with_words(
            Judged(finding=first, others=tuple(others), waived=waived.get(first.rule, "")),
            explained.get(point_of(first)),
        )
        for first, *others in groups.values()
    ]
    return Judgement(tuple(sorted(out, key=lambda judged: judged.is_waived)))


def _with_words(judged: Judged, said: Said | None) -> Judged:
    if said is None or judged.severity != Severity.WARNING:
        return judged
    if said.holds(judged.stamp):
        return replace(judged, explanation=said.text)
    return replace(judged, outdated=said.text)
