"""The context of every page about a report: state, contents, findings, comments and links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ...actions.base import lock_report
from ...actions.save_section import current_number
from ...actions.submit import closed
from ...analysis.redaction import redact
from ...checks.cmp_1 import RequiredSections
from ...domain.choices import EDITABLE, ReportKind, Role, Severity, Status
from ...domain.dossier import Dossier
from ...domain.findings import Finding
from ...domain.money import Unit
from ...domain.profile import get_profile
from ...domain.transitions import Verb, available
from ...models import Annex, Comment, Report, Transition
from ...narrative.build import narrative_of
from ...narrative.document import Document
from ...permissions import AnyUser, AuthenticatedHttpRequest, roles_in
from ...renderers.narrative import sentence_id
from ...review.declarations import declarations_of
from ...review.validation import Judged, Judgement, Point, judge, last_years_explanations
from ...storage.loading import StoredSection, load_dossier_among, load_to_save
from .forms import AnswerForm, ExplanationForm
from .links import Links
from .lookups import reports_of
from .outline import OutlineEntry, contents, find
from .session import unit_of

CHECK = "check"
"""The page of all findings, as what stands on it names it."""

SENT_BACK = (Verb.RETURN, Verb.REVOKE)
SIGNS = {Severity.ERROR: "✕", Severity.WARNING: "!", Severity.INFO: "i"}


@dataclass(frozen=True)
class Noted:
    """A finding with its sign and the address of its control.

    ``last_year`` is the explanation of the same warning a year ago. ``can_declare``: declaring the section to be empty
    would answer the finding, and is possible now. ``explanation`` is the form below a warning.
    """

    judged: Judged
    sign: str
    url: str
    last_year: str
    can_declare: bool
    explanation: ExplanationForm | None

    @property
    def finding(self) -> Finding:
        return self.judged.finding

    @property
    def place(self) -> str:
        """The finding's place, unless its message begins with it."""
        return "" if self.finding.message.startswith(self.finding.place) else self.finding.place


@dataclass(frozen=True)
class Pinned:
    """A thread of comments, the address of its place, and the form of an answer.

    ``sentence_url`` is the address of the sentence that it is about, if it is about one.
    """

    comment: Comment
    url: str
    sentence_url: str
    answer: AnswerForm


@dataclass(frozen=True)
class Workspace:
    """A report opened by ``user``. ``siblings`` are the reports that they can switch to.

    Findings, comments and the like are loaded when a page first uses them. A save uses none of them.
    """

    user: AnyUser
    report: Report
    dossier: Dossier
    siblings: Sequence[Report]
    unit: Unit
    number: int
    """The last version of the page's section; 0 without a section or a version."""

    @cached_property
    def judgement(self) -> Judgement:
        return judge(self.report, self.dossier)

    @cached_property
    def last_year(self) -> Mapping[Point, str]:
        return last_years_explanations(self.report)

    @cached_property
    def threads(self) -> tuple[Comment, ...]:
        return tuple(self.report.comments.threads().with_people())

    @cached_property
    def contents(self) -> tuple[OutlineEntry, ...]:
        declarations = declarations_of(self.report, self.dossier)
        return contents(self.report.pk, self.dossier, self.findings, self.threads, declarations)

    @cached_property
    def roles(self) -> frozenset[Role]:
        return roles_in(self.user, self.report)

    @cached_property
    def links(self) -> Links:
        return Links(self.report.pk, self.dossier)

    @cached_property
    def annex(self) -> Annex | None:
        return Annex.objects.filter(report=self.report).select_related("uploaded_by").first()

    @cached_property
    def sent_back(self) -> Transition | None:
        """The last return of a returned report, with its reason."""
        if self.report.status != Status.RETURNED:
            return None
        return self.report.transitions.filter(verb__in=SENT_BACK).select_related("user").last()

    @cached_property
    def document(self) -> Document | None:
        """The text that the figures make, without what is withheld; None if the locality has none."""
        return narrative_of(redact(self.dossier))

    @property
    def has_text(self) -> bool:
        """Whether the locality's reports are told in words, which are written from the figures."""
        return get_profile(self.dossier.header.profile).narrative is not None

    @cached_property
    def closed(self) -> str:
        """Why the report cannot be submitted for the first time; empty if it can, or has been submitted before."""
        return closed(self.report)

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
        """The person's role in the department; 报送人 takes precedence."""
        return next((r.label for r in (Role.SUBMITTER, Role.PREPARER) if r in self.roles), "")

    @property
    def verbs(self) -> set[str]:
        """The verbs that the person may use on the report now."""
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
    def outdated(self) -> int:
        """Warnings whose explanation was given for other figures."""
        return len(self.judgement.outdated)

    @property
    def open_threads(self) -> list[Comment]:
        return [thread for thread in self.threads if thread.is_open]

    @property
    def can_attach(self) -> bool:
        """Whether the annex can be attached or removed now."""
        return self.status in EDITABLE

    @property
    def locked_reason(self) -> str:
        """The reason why figures cannot be changed now; empty if they can."""
        if self.report.is_editable:
            return ""
        return {
            Status.SUBMITTED: "编报已报送，正由财政部门审核，此时不能修改。需要改动时请联系初审人退回。",
            Status.REVIEWED: "编报已通过初审，等待批复，此时不能修改。",
            Status.APPROVED: "编报已批复，此时不能修改。",
            Status.PUBLISHED: "编报已公开，不再改动。发现错误时请联系财政部门发起更正。",
            Status.ARCHIVED: "这是历史数据，只供查阅。",
        }[self.status]

    def entry(self, key: str) -> OutlineEntry | None:
        return find(self.contents, key)

    def noted(self, findings: Sequence[Judged], on: str) -> list[Noted]:
        """``findings`` in their order, as they stand on the page ``on``: `CHECK`, or a section's key."""
        return [self._noted(judged, on) for judged in findings]

    def _noted(self, judged: Judged, on: str) -> Noted:
        last_year = self.last_year.get(judged.point, "") if judged.is_warning else ""
        editable = self.report.is_editable
        return Noted(
            judged,
            SIGNS[judged.severity],
            self.url_of(judged.finding),
            last_year,
            editable and judged.rule == RequiredSections.id and not judged.is_waived,
            ExplanationForm.under(judged, self.report.pk, on, last_year)
            if editable and judged.is_warning
            else None,
        )

    def pinned(self, threads: Sequence[Comment], on: str = "") -> list[Pinned]:
        """``threads`` with their addresses, open ones first, as they stand on the page ``on``."""
        shown = sorted(threads, key=lambda thread: not thread.is_open)
        return [
            Pinned(
                thread,
                self._place_of(thread),
                self._sentence_url(thread),
                AnswerForm(self.report.pk, thread.pk, on=on),
            )
            for thread in shown
        ]

    def _place_of(self, thread: Comment) -> str:
        entry = self.entry(thread.section)
        return f"{entry.url}#comment-{thread.pk}" if entry else ""

    def _sentence_url(self, thread: Comment) -> str:
        if not (thread.sentence and self.has_text):
            return ""
        return f"{reverse('entry:text', args=[self.report.pk])}#{sentence_id(thread.sentence)}"

    def url_of(self, finding: Finding) -> str:
        """The address of a finding's control, else of its section; of one about wording, of the text."""
        if finding.address and finding.address.object == "rewordings":
            return f"{reverse('entry:text', args=[self.report.pk])}#stale"
        entry = self.entry(finding.section)
        if entry is None:
            return ""
        return f"{entry.url}#{finding.anchor}" if finding.anchor else entry.url


def open_workspace(request: AuthenticatedHttpRequest, report_id: int, section: str = "") -> Workspace:
    """Open the report with the data of its pages, in a constant number of queries; 404 out of scope.

    ``section`` is the section to be edited. Its version number is read before its content, so that a save in between
    becomes a conflict and is not lost.
    """
    reports = list(reports_of(request))
    report = next((report for report in reports if report.pk == report_id), None)
    if report is None:
        raise Http404
    return workspace(request, report, reports, current_number(report, section) if section else 0)


@contextmanager
def open_to_save(
    request: AuthenticatedHttpRequest, report_id: int, section: str
) -> Iterator[tuple[Workspace, StoredSection]]:
    """Open and lock the report to save one of its sections; 404 if it has none of that key, or is out of scope.

    What is yielded was read once, and holds until the end: nobody else saves meanwhile. Unless the body ends
    with a save, it has to roll back.
    """
    reports = list(reports_of(request))
    listed = next((report for report in reports if report.pk == report_id), None)
    if listed is None:
        raise Http404
    with transaction.atomic():
        report = lock_report(report_id)
        report.department = listed.department
        reports = [report if other.pk == report_id else other for other in reports]
        dossier, stored = load_to_save(report, reports, section)
        if stored is None:
            raise Http404
        yield Workspace(request.user, report, dossier, reports, unit_of(request), 0), stored


def workspace(
    request: AuthenticatedHttpRequest, report: Report, reports: Sequence[Report], number: int = 0
) -> Workspace:
    """``reports`` are those of `reports_of`, among them ``report``."""
    return Workspace(
        user=request.user,
        report=report,
        dossier=load_dossier_among(report, reports),
        siblings=reports,
        unit=unit_of(request),
        number=number,
    )


def show(
    request: AuthenticatedHttpRequest,
    template: str,
    space: Workspace,
    current: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a page about the report. ``current`` is its entry in the table of contents."""
    return render(
        request, template, {"space": space, "unit": space.unit, "current": current, **context}, status=status
    )
