"""One report as every page about it shows it: state, contents, findings, comments and the ways about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ...access import roles_in
from ...actions.narrative import OPEN_STATES
from ...actions.transitions import Verb, available
from ...choices import ReportKind, Role, Severity, Status
from ...dossier import Dossier
from ...findings import Finding
from ...judging import Judged, Judgement, Point, judge, last_years_explanations
from ...models import Attachment, Comment, Report, Transition
from ...money import Unit
from ...sections import load_dossier
from .addresses import Addresses
from .contents import Entry, contents, find
from .lookups import report_for, reports_of
from .session import unit_of

SENT_BACK = (Verb.RETURN, Verb.REVOKE)
SIGNS = {Severity.ERROR: "✕", Severity.WARNING: "!", Severity.INFO: "i"}


@dataclass(frozen=True)
class Noted:
    """A finding as it is shown: with its sign and the address of the control that it is about.

    ``last_year`` is what was said to the same a year ago.
    """

    judged: Judged
    sign: str
    url: str
    last_year: str

    @property
    def finding(self) -> Finding:
        return self.judged.finding

    @property
    def place(self) -> str:
        """What it is about, unless its message begins with that."""
        return "" if self.finding.message.startswith(self.finding.place) else self.finding.place


@dataclass(frozen=True)
class Pinned:
    """A thread of comments and the address of what it is pinned to."""

    comment: Comment
    url: str


@dataclass(frozen=True)
class Workspace:
    """A report opened by somebody. ``siblings`` are the reports that he can switch to."""

    report: Report
    dossier: Dossier
    judgement: Judgement
    last_year: Mapping[Point, str]
    threads: tuple[Comment, ...]
    contents: tuple[Entry, ...]
    roles: frozenset[Role]
    siblings: Sequence[Report]
    unit: Unit
    addresses: Addresses
    narrative: Attachment | None
    sent_back: Transition | None
    """The return that the report is in, with its reason."""

    @property
    def title(self) -> str:
        return f"{self.report.year} 年{ReportKind(self.report.kind).label}"

    @property
    def department(self) -> str:
        return self.dossier.header.department_name

    @property
    def status(self) -> Status:
        return Status(self.report.status)

    @property
    def role(self) -> str:
        """The person's role in the department, the signing one first."""
        return next((r.label for r in (Role.SUBMITTER, Role.PREPARER) if r in self.roles), "")

    @property
    def verbs(self) -> set[str]:
        """What the person may do to the report as it stands."""
        return {move.verb.value for move in available(self.report.status, self.roles)}

    @property
    def findings(self) -> tuple[Judged, ...]:
        return self.judgement.findings

    @property
    def errors(self) -> int:
        return len(self.judgement.errors)

    @property
    def warnings(self) -> int:
        """Warnings that still need an explanation."""
        return len(self.judgement.unexplained)

    @property
    def open_threads(self) -> list[Comment]:
        return [thread for thread in self.threads if thread.is_open]

    @property
    def can_attach(self) -> bool:
        """Whether the narrative can be attached or taken away now."""
        return self.status in OPEN_STATES

    @property
    def locked_reason(self) -> str:
        """Why figures cannot be changed now; empty when they can."""
        if self.report.is_editable:
            return ""
        return {
            Status.SUBMITTED: "编报已报送，正由财政部门审核，此时不能修改。需要改动时请联系初审人退回。",
            Status.REVIEWED: "编报已通过初审，等待批复，此时不能修改。",
            Status.APPROVED: "编报已批复，此时不能修改。",
            Status.PUBLISHED: "编报已公开，不再改动。发现错误时请联系财政部门发起更正。",
            Status.ARCHIVED: "这是历史数据，只供查阅。",
        }[self.status]

    def entry(self, key: str) -> Entry | None:
        return find(self.contents, key)

    def noted(self, findings: Sequence[Judged]) -> list[Noted]:
        """``findings`` in their order."""
        return [
            Noted(
                judged,
                SIGNS[judged.severity],
                self.url_of(judged.finding),
                self.last_year.get(judged.point, ""),
            )
            for judged in findings
        ]

    def pinned(self, threads: Sequence[Comment]) -> list[Pinned]:
        """``threads``, open ones first."""
        shown = sorted(threads, key=lambda thread: not thread.is_open)
        return [Pinned(thread, self._place_of(thread)) for thread in shown]

    def _place_of(self, thread: Comment) -> str:
        entry = self.entry(thread.section)
        return f"{entry.url}#comment-{thread.pk}" if entry else ""

    def url_of(self, finding: Finding) -> str:
        """The control that a finding is about, else its section."""
        entry = self.entry(finding.section)
        if entry is None:
            return ""
        return f"{entry.url}#{finding.anchor}" if finding.anchor else entry.url


def open_workspace(request: HttpRequest, report_id: int) -> Workspace:
    """The report with all that its pages show, in a constant number of queries; 404 out of scope."""
    siblings = list(reports_of(request))
    report = next((r for r in siblings if r.pk == report_id), None) or report_for(request, report_id)
    return workspace(request, report, siblings)


def workspace(request: HttpRequest, report: Report, siblings: Sequence[Report] = ()) -> Workspace:
    dossier = load_dossier(report)
    judgement = judge(report, dossier)
    threads = tuple(
        report.comments.filter(parent__isnull=True)
        .select_related("author", "resolved_by")
        .prefetch_related(Prefetch("answers", Comment.objects.select_related("author")))
    )
    return Workspace(
        report=report,
        dossier=dossier,
        judgement=judgement,
        last_year=last_years_explanations(report),
        threads=threads,
        contents=contents(report.pk, dossier, judgement.findings, threads),
        roles=roles_in(request.user, report),
        siblings=siblings,
        unit=unit_of(request),
        addresses=Addresses(report.pk, dossier),
        narrative=Attachment.objects.filter(report=report).select_related("uploaded_by").first(),
        sent_back=report.transitions.filter(verb__in=SENT_BACK).select_related("user").last()
        if report.status == Status.RETURNED
        else None,
    )


def show(
    request: HttpRequest,
    template: str,
    space: Workspace,
    current: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page about the report; ``current`` is the entry of the contents that it is."""
    return render(
        request, template, {"space": space, "unit": space.unit, "current": current, **context}, status=status
    )
