"""The figures of projects: the columns of their list, and the bar below a project's form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from ...domain.choices import Flow, ReportKind, Use
from ...domain.dossier import Dossier, ProjectDossier
from ...domain.figures import last_years
from ...domain.ledger import make_filter
from ...domain.money import ZERO, Unit, grouped, growth, share
from ...forms.sections import SectionForm
from ...parts.base import Headline
from ...storage.sections import project_parts

PROJECT_MONEY = make_filter(flow=Flow.EXPENDITURE, use=Use.PROJECT)
UNKNOWN = "—"


# --- the list -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Columns:
    """Headings, the printed figures of each project, and the totals."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...]


def columns(dossier: Dossier, unit: Unit) -> Columns:
    """The columns: a budget compared with last year's, or final accounts with the budget and the parts' headlines."""
    return (_settled if dossier.header.kind == ReportKind.FINAL else _planned)(dossier, unit)


def _planned(dossier: Dossier, unit: Unit) -> Columns:
    year = dossier.header.year - 1

    def figures(current: Decimal, before: Decimal | None) -> tuple[str, ...]:
        change = None if before is None else current - before
        percent = None if before is None else growth(current, before)
        return (*_amounts((current, before, change), unit), _percent(percent))

    def past(project: ProjectDossier) -> Decimal | None:
        entry = dossier.past(project, year)
        return entry.amount if entry else None

    return Columns(
        ("当年预算", f"{year} 年", "增减", "增减率"),
        tuple(figures(project.amount, past(project)) for project in dossier.projects),
        figures(dossier.ledger.total(PROJECT_MONEY), last_years(dossier, PROJECT_MONEY)),
    )


def _settled(dossier: Dossier, unit: Unit) -> Columns:
    def figures(initial: Decimal | None, adjusted: Decimal | None, spent: Decimal) -> tuple[str, ...]:
        return (*_amounts((initial, adjusted, spent), unit), _percent(execution(adjusted, spent)))

    def of_project(project: ProjectDossier) -> tuple[str, ...]:
        then = dossier.budget.project(project.key) if dossier.budget else None
        adjusted = dossier.ledger.of_project(project.key).adjusted(PROJECT_MONEY)
        return (
            *figures(then.amount if then else None, adjusted, project.amount),
            *(headline.value or UNKNOWN for headline in headlines(dossier, project)),
        )

    initial = dossier.budget.ledger.total(PROJECT_MONEY) if dossier.budget else None
    adjusted, spent = dossier.ledger.adjusted(PROJECT_MONEY), dossier.ledger.total(PROJECT_MONEY)
    titles = [headline.title for project in dossier.projects[:1] for headline in headlines(dossier, project)]
    return Columns(
        ("年初预算", "全年预算", "决算", "执行率", *titles),
        tuple(of_project(project) for project in dossier.projects),
        (*figures(initial, adjusted, spent), *("" for _ in titles)),
    )


def headlines(dossier: Dossier, project: ProjectDossier) -> list[Headline]:
    """The headlines of a project's parts, in their order."""
    parts = project_parts(dossier.header.profile)
    return [headline for part in parts for headline in part.headlines(dossier, project)]


def execution(adjusted: Decimal | None, spent: Decimal) -> Decimal | None:
    """执行率 in percent; None if the adjusted budget is unknown or zero."""
    return share(spent, adjusted) if adjusted else None


def _amounts(values: Iterable[Decimal | None], unit: Unit) -> list[str]:
    return [UNKNOWN if value is None else grouped(value, unit) for value in values]


def _percent(value: Decimal | None) -> str:
    return UNKNOWN if value is None else f"{value:,.2f}%"


# --- the bar --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlannedBar:
    """The figures that stay in view while a project is edited, in 元. ``before`` is None if unknown, or for 未立项.

    Budget, lines and sources have the same sum by construction, because every line has one source.
    """

    template: ClassVar[str] = "entry/project_bar.html"
    lines: Decimal
    procurement: Decimal
    before: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        return growth(self.lines, self.before, 1) if self.before is not None else None

    @property
    def direction(self) -> str:
        change = self.lines - (self.before or ZERO)
        return "↑" if change > 0 else "↓" if change < 0 else ""


@dataclass(frozen=True)
class SettledBar:
    """The figures that stay in view while a project's final accounts are edited, in 元."""

    template: ClassVar[str] = "entry/project_bar_final.html"
    adjusted: Decimal
    spent: Decimal
    procurement: Decimal
    headlines: Sequence[Headline]

    @property
    def rate(self) -> str:
        """执行率 of the amounts on the page."""
        return _percent(execution(self.adjusted, self.spent))


def bar(dossier: Dossier, project: ProjectDossier, form: SectionForm) -> PlannedBar | SettledBar:
    make: Callable[..., PlannedBar | SettledBar]
    make = _settled_bar if dossier.header.kind == ReportKind.FINAL else _planned_bar
    return make(dossier, project, form)


def _planned_bar(dossier: Dossier, project: ProjectDossier, form: SectionForm) -> PlannedBar:
    past = dossier.past(project, dossier.header.year - 1)
    return PlannedBar(
        lines=form.total("activities"),
        procurement=form.total("procurement"),
        before=past.amount if past else None,
    )


def _settled_bar(dossier: Dossier, project: ProjectDossier, form: SectionForm) -> SettledBar:
    return SettledBar(
        adjusted=form.total("activities", "adjusted"),
        spent=form.total("activities"),
        procurement=form.total("procurement"),
        headlines=headlines(dossier, project),
    )
