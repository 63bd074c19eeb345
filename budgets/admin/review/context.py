"""The context of every review page about a report, read in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from ...disclosure.exposure import Exposure, exposures
from ...disclosure.papers import Paper, has_papers
from ...disclosure.publication import PublicContent, public_content
from ...domain.choices import BUREAU, FINISHED, HANDED_BACK, UNDER_REVIEW, ReportKind, Role, Status
from ...domain.dossier import PROJECTS, Dossier
from ...domain.transitions import MOVES, Move, Verb
from ...models import Annex, Comment, Report
from ...permissions import AuthenticatedHttpRequest, roles_in
from ...review.checklist import Checklist, checklist_of
from ...review.declarations import Declaration, declarations_of
from ...review.validation import Judged, Judgement, judge_many
from ...storage.loading import load_dossier
from ...storage.sections import all_sections
from ...storage.sources import Standing, standing_of
from .changes import FigureChange, total_change
from .lookups import report_for

VERBS = tuple(m for m in MOVES if set(m.roles) & set(BUREAU))
ONLY_WHEN_POSSIBLE = (Verb.REVOKE, Verb.CORRECT)
"""Verbs off the usual path, which are offered only in the state that they start from."""


@dataclass(frozen=True)
class Offered:
    """A verb as a button. ``reason`` says why it cannot be used now; empty if it can."""

    verb: Verb
    url: str
    reason: str


@dataclass(frozen=True)
class Desk:
    """A report opened by a reviewer."""

    report: Report
    dossier: Dossier
    judgement: Judgement
    threads: tuple[Comment, ...]
    roles: frozenset[Role]
    user: Any
    checklist: Checklist
    is_whole: bool = False
    """Whether the page shows the whole report, withheld projects included, and not its public content."""

    @cached_property
    def content(self) -> PublicContent:
        """The content that is published, or would be."""
        return public_content(self.report, self.dossier)

    @cached_property
    def withheld(self) -> list[str]:
        """Names of the projects that are withheld."""
        return [project.identity.name for project in self.dossier.projects if project.withheld]

    @cached_property
    def annex(self) -> Annex | None:
        return Annex.objects.filter(report=self.report).first()

    @cached_property
    def papers(self) -> list[tuple[str, str]]:
        """The papers that there are, with their titles: none before the approval."""
        is_approved = self.report.approval_date is not None
        return Paper.pairs() if is_approved and has_papers(self.content) else []

    @cached_property
    def has_publications(self) -> bool:
        return self.report.publications.exists()

    @cached_property
    def standing(self) -> Standing:
        """The report's sources, and their changes since it was submitted."""
        return standing_of(self.report)

    @cached_property
    def exposures(self) -> list[Exposure]:
        """Current publications that mention projects which are withheld now."""
        return exposures(self.report, self.dossier)

    @property
    def title(self) -> str:
        return (
            f"{self.dossier.header.department_name} {self.report.year} 年{ReportKind(self.report.kind).label}"
        )

    @property
    def status(self) -> Status:
        return Status(self.report.status)

    @property
    def is_under_way(self) -> bool:
        return self.report.status in HANDED_BACK

    @cached_property
    def total(self) -> FigureChange:
        return total_change(self.dossier)

    @property
    def findings(self) -> tuple[Judged, ...]:
        return self.judgement.findings

    @property
    def errors(self) -> int:
        return len(self.judgement.errors)

    @property
    def warnings(self) -> int:
        return len(self.judgement.warnings)

    @property
    def open_threads(self) -> list[Comment]:
        return [thread for thread in self.threads if thread.is_open]

    @property
    def days_waiting(self) -> int | None:
        return days_waiting(self.report)

    @property
    def may_comment(self) -> bool:
        return bool(self.roles & set(BUREAU))

    @cached_property
    def sections(self) -> dict[str, str]:
        """Titles by key of the sections that comments can refer to."""
        titles = {section.key: section.title for section in all_sections(self.dossier)}
        return titles | {PROJECTS: "项目（全部）" if self.dossier.projects else "项目"}

    @cached_property
    def declarations(self) -> list[Declaration]:
        """The sections that the department has declared to be empty."""
        return list(declarations_of(self.report, self.dossier).values())

    def url(self, name: str, *args: object) -> str:
        return reverse(f"admin:budgets_report_{name}", args=[self.report.pk, *args])

    def tab(self, key: str, anchor: str = "") -> str:
        return f"{self.url('change')}?tab={key}" + (f"#{anchor}" if anchor else "")

    @cached_property
    def verbs(self) -> list[Offered]:
        """The bureau's verbs in the order of the work. After publication, only those that can follow."""
        is_finished = self.status in FINISHED
        return [
            Offered(move.verb, self.url("verb", move.verb.value), self.why_not(move))
            for move in VERBS
            if self.status in move.sources or not (is_finished or move.verb in ONLY_WHEN_POSSIBLE)
        ]

    def why_not(self, move: Move) -> str:
        """The reason why the person cannot do it now; empty if they can."""
        roles = [role for role in move.roles if role in BUREAU]
        if not self.roles & set(roles):
            return f"由{'、'.join(role.label for role in roles)}办理"
        if self.status not in move.sources:
            return "或".join(f"“{source.label}”" for source in move.sources) + "时可办理"
        if move.verb == Verb.APPROVE and self.report.submitted_by_id == self.user.pk:
            return "报送人不能批复"
        if move.verb == Verb.PASS:
            return self.checklist.obstacle
        return ""

    def target_url(self, thread: Comment) -> str:
        """The page of the figure or sentence that the thread is about; empty if it is about a whole section.

        A sentence that is not said any more has none, so that the whole text is all there is.
        """
        if thread.sentence:
            document = self.content.narrative
            is_said = document is not None and document.sentence(thread.sentence) is not None
            return self.sentence_url(thread.sentence) if is_said else self.tab("text")
        return self.figure_url(thread.target) if thread.target else ""

    def figure_url(self, key: str) -> str:
        """The page of the figure in the cell with that key."""
        return f"{self.url('figure')}?{urlencode({'cell': key})}"

    def sentence_url(self, key: str) -> str:
        """The page of the sentence of the text with that key."""
        return f"{self.url('sentence')}?{urlencode({'key': key})}"

    def threads_at(self, target: str) -> list[Comment]:
        return [thread for thread in self.threads if thread.target == target]

    @cached_property
    def open_targets(self) -> Counter[str]:
        return Counter(thread.target for thread in self.open_threads if thread.target)


def days_waiting(report: Report) -> int | None:
    """Days since submission while the bureau has the report; None otherwise."""
    if report.status not in UNDER_REVIEW or report.submitted_at is None:
        return None
    return (timezone.localdate() - timezone.localdate(report.submitted_at)).days


def judgements(reports: Iterable[Report], dossiers: Mapping[int, Dossier]) -> dict[int, Judgement]:
    """Findings by report id. Archived reports have none: they were never checked, and are coarser than checks need."""
    reports = list(reports)
    judged = judge_many([report for report in reports if report.status != Status.ARCHIVED], dossiers)
    return {report.pk: judged.get(report.pk, Judgement()) for report in reports}


def threads_of(report: Report) -> tuple[Comment, ...]:
    """The threads, open ones first, then by time, with authors and answers."""
    threads = report.comments.threads().with_people()
    return tuple(sorted(threads, key=lambda thread: not thread.is_open))


def open_desk(request: AuthenticatedHttpRequest, report_id: int) -> Desk:
    """Open the report if the person reviews it; 404 otherwise."""
    report = report_for(request, report_id)
    dossier = load_dossier(report)
    return Desk(
        report=report,
        dossier=dossier,
        judgement=judgements([report], {report.pk: dossier})[report.pk],
        threads=threads_of(report),
        roles=roles_in(request.user, report),
        user=request.user,
        checklist=checklist_of(report),
        is_whole=request.GET.get("whole") == "1",
    )


def show(
    request: AuthenticatedHttpRequest,
    template: str,
    desk: Desk | None,
    title: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a page of the review inside the admin's frame."""
    return TemplateResponse(
        request,
        f"admin/budgets/report/{template}",
        {
            **admin.site.each_context(request),
            "opts": Report._meta,
            "title": title,
            "original": desk.report if desk else None,
            "desk": desk,
            "is_fullwidth": "1",
            **context,
        },
        status=status,
    )
