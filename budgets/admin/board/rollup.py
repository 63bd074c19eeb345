"""全区汇总: the tables of any set of departments, built by the same code as one department's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from ...analysis.consolidation import consolidate, without_year
from ...domain.choices import ROWS_STAND, Status
from ...domain.dossier import Dossier
from ...domain.profile import build_table, get_profile
from ...domain.sheets import Cell, Lines, Sheet
from ...forms.layout import Piece, Typed, admin_helper
from ...models import Department, Publication, Report
from ...permissions import AnyUser, AuthenticatedHttpRequest
from ...renderers.html import cell_id, render, sheet_id
from ...renderers.values import printed
from ...storage.dossier_json import parse_dossier
from ...storage.loading import load_dossiers
from ...storage.sources import full_dossiers
from ..review.cell_labels import place_of
from ..review.lookups import reports_of
from .choice import Choice, choose, page, workbook


@dataclass(frozen=True)
class Member:
    """One department of the district. ``dossier`` is its content in the roll-up, None without any.

    ``state`` tells why: 未建立, 编制中, or the state of the content.
    """

    code: str
    name: str
    is_chosen: bool
    state: str
    report: Report | None = None
    dossier: Dossier | None = None


@dataclass(frozen=True)
class RollUp:
    """The chosen departments and their roll-up; ``dossier`` is None if there is nothing to roll up."""

    members: tuple[Member, ...]
    dossier: Dossier | None

    @property
    def included(self) -> list[Member]:
        return [member for member in self.members if member.dossier]

    @property
    def codes(self) -> list[str]:
        """Codes of the chosen departments; empty if all are chosen."""
        chosen = [member.code for member in self.members if member.is_chosen]
        return chosen if len(chosen) < len(self.members) else []

    @property
    def missing(self) -> list[Member]:
        return [member for member in self.members if member.is_chosen and not member.dossier]

    @property
    def without_last_year(self) -> list[str]:
        """Names of departments without last year's figures, which stand on one side of the comparison only."""
        if self.dossier is None or self.dossier.previous is None:
            return []
        each = [member.dossier for member in self.included if member.dossier]
        return [d.header.department_name for d in without_year(each, self.dossier.header.year - 1)]


class MembersForm(forms.Form):
    """Which departments to roll up: none ticked stands for all."""

    district = Typed(widget=forms.HiddenInput)
    year = Typed(widget=forms.HiddenInput)
    kind = Typed(widget=forms.HiddenInput)
    department = forms.MultipleChoiceField(
        label="汇总哪些部门（不选即全部）", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, choice: Choice, members: Sequence[Member]) -> None:
        chosen = [member.code for member in members if member.is_chosen]
        super().__init__(initial={**choice.values, "department": chosen}, auto_id="rollup-%s")
        self.fields["department"].widget.choices = [(m.code, f"{m.code} {m.name}") for m in members]
        self.helper = admin_helper(
            "department",
            Piece("admin/budgets/board/rollup_acts.html"),
            method="get",
            css_class="rollup-choice",
        )


def roll_up(user: AnyUser, choice: Choice, codes: Collection[str]) -> RollUp:
    """The departments with those codes, all without codes; 404 for a code outside the district."""
    year = choice.fiscal_year
    departments = list(
        Department.objects.filter(district=choice.district).prefetch_related("earlier_names").order_by("code")
    )
    if set(codes) - {department.code for department in departments}:
        raise Http404
    chosen = [department for department in departments if not codes or department.code in codes]
    stored = Report.objects.filter(fiscal_year=year, kind=choice.kind, department__in=chosen)
    states = {report.department_id: _state(report) for report in stored}
    reports = {
        report.department_id: report
        for report in reports_of(user).filter(fiscal_year=year, kind=choice.kind, department__in=chosen)
    }
    dossiers = _standing_dossiers(list(reports.values()))
    members = tuple(
        Member(
            code=department.code,
            name=department.name_in(year.year),
            is_chosen=department in chosen,
            state=states.get(department.pk, "未建立"),
            report=report,
            dossier=dossiers.get(report.pk) if report else None,
        )
        for department in departments
        for report in (reports.get(department.pk),)
    )
    each = [member.dossier for member in members if member.dossier]
    return RollUp(members, _rolled_up(each, choice, len(departments)) if each else None)


def _state(report: Report) -> str:
    is_changing = report.status == Status.CORRECTING
    return Status(report.status).label + ("，按已公开版" if is_changing else "")


def _rolled_up(dossiers: list[Dossier], choice: Choice, departments: int) -> Dossier:
    extent = "全部" if len(dossiers) == departments else ""
    header = replace(
        dossiers[0].header,
        department_code=choice.district.code,
        department_name=f"{choice.district.name}{extent} {len(dossiers)} 个部门汇总",
    )
    return consolidate(dossiers, header)


def _standing_dossiers(reports: list[Report]) -> dict[int, Dossier]:
    """Content by report id: the rows if they count, else the last publication, else nothing."""
    changing = [report for report in reports if report.status not in ROWS_STAND]
    frozen = full_dossiers(Publication.objects.filter(report__in=changing).order_by("revision"), "report_id")
    wanted = [report for report in reports if report.status in ROWS_STAND or report.pk in frozen]
    loaded = load_dossiers(wanted)
    return {
        pk: replace(parse_dossier(frozen[pk], d.codes), earlier=d.earlier, budget=d.budget)
        if pk in frozen
        else d
        for pk, d in loaded.items()
    }


def sheets(dossier: Dossier) -> Iterator[Sheet]:
    """The tables. Forms belong to one project or department and are left out."""
    profile = get_profile(dossier.header.profile)
    for use in profile.tables:
        if use.key != profile.project_form:
            yield from (sheet for sheet in build_table(dossier, use) if not sheet.is_form)


@require_safe
def rollup(request: AuthenticatedHttpRequest) -> HttpResponse:
    choice = choose(request)
    if choice is None:
        return page(request, "rollup.html", "全区汇总", choice=None)
    whole = roll_up(request.user, choice, request.GET.getlist("department"))
    address = reverse("admin:budgets_report_rollup_figure")

    def link(cell: Cell) -> str | None:
        """The page that shows each department's share of a sum."""
        if not isinstance(cell.source, Lines):
            return None
        query = choice.values | {"department": whole.codes, "cell": cell.key}
        return f"{address}?{urlencode(query, doseq=True)}"

    shown = [
        {"sheet": sheet, "id": sheet_id(sheet.table), "html": render(sheet, link=link)}
        for sheet in (sheets(whole.dossier) if whole.dossier else ())
    ]
    return page(
        request,
        "rollup.html",
        "全区汇总",
        choice=choice,
        whole=whole,
        form=MembersForm(choice, whole.members),
        shown=shown,
        download=f"?{request.GET.urlencode()}" if request.GET else "",
    )


@dataclass(frozen=True)
class Share:
    """One department's share of a figure, in 元. ``url`` leads to its rows, empty if they cannot be shown."""

    name: str
    amount: Decimal
    url: str


@require_safe
def figure(request: AuthenticatedHttpRequest) -> HttpResponse:
    """``?cell=<key>``: show a figure of the roll-up by department; 404 if it is not a sum of lines."""
    choice = choose(request)
    whole = roll_up(request.user, choice, request.GET.getlist("department")) if choice else None
    if choice is None or whole is None or whole.dossier is None:
        raise Http404
    key = request.GET.get("cell", "")
    found = next(((s, s.cells[key]) for s in sheets(whole.dossier) if key in s.cells), None)
    if found is None or not isinstance(found[1].source, Lines):
        raise Http404
    sheet, cell = found
    back = urlencode(choice.values | {"department": whole.codes}, doseq=True)
    return page(
        request,
        "figure.html",
        "全区汇总",
        choice=choice,
        place=place_of(sheet, key),
        value=f"{printed(cell)} {sheet.unit.label}",
        shares=list(_shares(whole, found[1].source)),
        back=f"{reverse('admin:budgets_report_rollup')}?{back}#{cell_id(key)}",
    )


def _shares(whole: RollUp, source: Lines) -> Iterator[Share]:
    """The shares of all departments in the year of the figure, the largest first."""
    year = source.year or whole.dossier.header.year if whole.dossier else 0
    then = whole.dossier.year(year) if whole.dossier else None
    shares = [
        Share(d.header.department_name, d.ledger.total(source.filter), _rows_url(whole, d, source))
        for d in (then.members if then else ())
    ]
    yield from sorted(shares, key=lambda share: abs(share.amount), reverse=True)


def _rows_url(whole: RollUp, dossier: Dossier, source: Lines) -> str:
    """The address of the rows in the department's own report, with the project's own key."""
    code = dossier.header.department_code
    member = next(member for member in whole.included if member.code == code)
    if member.report is None or member.report.status not in ROWS_STAND:
        return ""
    own = replace(source.filter, project=tuple(k.removeprefix(f"{code}.") for k in source.filter.project))
    year = f"&year={source.year}" if source.year else ""
    return f"{reverse('admin:budgets_report_lines', args=[member.report.pk])}?{own.query()}{year}"


@require_safe
def download(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Download the rolled-up tables as a workbook; 404 if there is nothing to roll up."""
    choice = choose(request)
    whole = roll_up(request.user, choice, request.GET.getlist("department")) if choice else None
    if choice is None or whole is None or whole.dossier is None:
        raise Http404
    title = f"{choice.title}汇总"
    note = f"汇总范围：{'、'.join(member.name for member in whole.included)}"
    if whole.missing:
        note += f"；未包括：{'、'.join(f'{member.name}（{member.state}）' for member in whole.missing)}"
    each = [replace(sheet, notes=(*sheet.notes, note)) for sheet in sheets(whole.dossier)]
    return workbook(each, title, f"{choice.file_stem}-rollup")
