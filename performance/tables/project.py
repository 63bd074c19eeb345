"""Rows that both project forms share: money by source, history, activities.

Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgets.domain.address import Address
from budgets.domain.choices import Flow, Fund, HistoryMeasure, Use
from budgets.domain.dossier import Classification, Dossier, ProjectDossier
from budgets.domain.ledger import STAND_IN, Filter
from budgets.domain.money import Unit, grouped
from budgets.domain.profile import TableSpec
from budgets.domain.schema import Activity, History, HistoryEntry
from budgets.domain.sheets import Cell, Lines, Region, Row, Sheet
from budgets.tables.cells import has_money

from .paper import Paper, label
from .regions import region

LONG_TERM = "长期"
"""The text in place of the total budget of a project without an end."""

HISTORY = region("history", (("year", 4), ("measure", 4), ("amount", 4)))
"""Fields that are edited, and printed only as a sentence (see `past_and_change`)."""

_PROCUREMENT = (
    ("name", 4),
    ("kind", 1),
    ("quantity", 1),
    ("amount", 2),
    ("fund", 2),
    ("service_category", 2),
)


@dataclass(frozen=True, slots=True)
class Funding:
    """One printed row of 项目资金来源. An empty ``fund`` means all; ``id`` is its part of cell keys."""

    id: str
    title: str
    fund: tuple[Fund, ...] = ()
    from_carry_over: bool | None = None
    indent: int = 0
    optional: bool = False
    """Whether it is printed only if there is such money."""


def spent(
    project: ProjectDossier,
    *,
    fund: tuple[Fund, ...] = (),
    from_carry_over: bool | None = None,
    activity: tuple[str, ...] = (),
) -> Filter:
    """The lines of one project."""
    return Filter(
        flow=(Flow.EXPENDITURE,),
        project=(project.key,),
        fund=fund,
        from_carry_over=from_carry_over,
        activity=activity,
    )


def funding_rows(
    paper: Paper, dossier: Dossier, project: ProjectDossier, sources: Sequence[Funding]
) -> list[Row]:
    """来源项目 | 金额, each the sum of the project's lines from that source."""
    lines = dossier.ledger.of_project(project.key).where(spent(project))
    rows = []
    for source in sources:
        filter = spent(project, fund=source.fund, from_carry_over=source.from_carry_over)
        if source.optional and not has_money(lines, filter):
            continue
        amount = paper.amount(f"funding.{source.id}", "amount", lines.total(filter), 6, Lines(filter))
        rows.append(Row((label(source.title, 6, indent=source.indent), amount)))
    return rows


def budget_row(paper: Paper, project: ProjectDossier) -> Row:
    """项目总预算 (typed, or 长期) | 项目当年预算 (the sum of the lines)."""
    source = Address("application", field="total_budget")
    if project.total_budget is None:
        total: Cell = paper.text("total_budget", "value", LONG_TERM, 4, source)
    else:
        total = paper.amount("total_budget", "value", project.total_budget, 4, source)
    current = paper.amount("current_budget", "value", project.amount, 4, Lines(spent(project)))
    return Row((label("项目总预算"), total, label("项目当年预算"), current))


def past_row(paper: Paper, dossier: Dossier, project: ProjectDossier) -> Row:
    """项目前两年预算及当年预算变动情况. Only the reason is typed."""
    text = past_and_change(dossier, project, paper.unit)
    source = Address("application", field="change_reason")
    return Row((label("项目前两年预算及当年预算变动情况"), paper.text("change", "value", text, 10, source)))


def past_and_change(dossier: Dossier, project: ProjectDossier, unit: Unit) -> str:
    """One line per year, this year's budget last, then the reason under the direction of the change.

    Unknown years are left out.
    """
    year = dossier.header.year
    lines = []
    for earlier in (year - 2, year - 1):
        entry = _known(dossier, project, earlier)
        if entry is not None:
            lines.append(_stated(entry.year, entry.measure, entry.amount, unit))
    lines.append(_stated(year, HistoryMeasure.BUDGET, project.amount, unit))
    reason = project.application.change_reason
    if reason:
        lines.append(f"{_direction(dossier, project)}原因：{reason}")
    return "\n".join(lines)


def _stated(year: int, measure: HistoryMeasure, amount: Decimal | None, unit: Unit) -> str:
    if amount is None:
        return f"{year}年未立项"
    return f"{year}年{measure.label}{grouped(amount, unit)}{unit.label}"


def _known(dossier: Dossier, project: ProjectDossier, year: int) -> HistoryEntry | None:
    """The printed amount of ``year``: the typed one if its measure is in no budget report, else `Dossier.past`.

    If that year's report names all its projects and not this one, the project did not exist (未立项).
    """
    for typed in project.part(History).entries:
        if typed.year == year and typed.measure != HistoryMeasure.BUDGET:
            return typed
    entry = dossier.past(project, year)
    if entry is not None:
        return entry
    report = dossier.year(year)
    return HistoryEntry(year=year) if report is not None and _names_all_projects(report) else None


def _names_all_projects(report: Dossier) -> bool:
    if any(project.key.startswith(STAND_IN) for project in report.projects):
        return False
    unnamed = Filter(use=(Use.PROJECT, Use.UNSPECIFIED), project=("",))
    return bool(report.projects) and not has_money(report.ledger, unnamed)


def _direction(dossier: Dossier, project: ProjectDossier) -> str:
    before = dossier.past(project, dossier.header.year - 1)
    if before is None or before.amount is None or before.amount == project.amount:
        return "调整"
    return "调增" if project.amount > before.amount else "调减"


def economic_classes(activity: Activity, codes: Classification) -> str:
    """The economic subjects of an activity's lines: ``30214-租赁费、30201-办公费``."""
    found = dict.fromkeys(line.economic for line in activity.lines if line.economic)
    return "、".join(f"{code}-{codes.economic_name(code)}" for code in found)


def activity_amount(paper: Paper, project: ProjectDossier, activity: Activity, columns: int) -> Cell:
    filter = spent(project, activity=(activity.key,))
    return paper.amount(f"activity.{activity.key}", "amount", activity.amount, columns, Lines(filter))


def procurement_region(rows: tuple[Row, ...] = (), head: tuple[Row, ...] = ()) -> Region:
    """项目采购, which is edited with more fields than any form prints."""
    return region("procurement", _PROCUREMENT, rows, head)


def one_per_project(
    dossier: Dossier,
    spec: TableSpec,
    unit: Unit,
    form: Callable[[Dossier, ProjectDossier, TableSpec, Unit], Sheet],
) -> list[Sheet]:
    """The ``form`` of every public project, numbered in the order of the report; without any, a sheet that says so."""
    public = [project for project in dossier.projects if not project.withheld]
    if not public:
        note = f"{dossier.header.year}年没有公开的项目。"
        paper = Paper(spec.key, unit)
        return [paper.sheet(dossier, spec, (paper.blank(),), name=spec.title, notes=(note,))]
    return [
        form(dossier, project, replace(spec, number=f"{spec.number}-{number}"), unit)
        for number, project in enumerate(public, 1)
    ]
