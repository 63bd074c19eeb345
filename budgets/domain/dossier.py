"""One report as frozen dataclasses: what every table, check, export and comparison reads.

Pure. A dossier is its header and a bag of *parts*, each a dataclass of `budgets.domain.schema` or, for other apps, of
their own (`performance.domain.goals`). All amounts in 元.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, wraps
from types import MappingProxyType
from typing import Any, TypeVar

from .address import Address
from .choices import (
    DepartmentKind,
    Disclosure,
    Flow,
    HistoryMeasure,
    ReportKind,
    Status,
    Use,
)
from .ledger import Ledger, Line
from .money import ZERO
from .schema import (
    Activities,
    Activity,
    ActivityLine,
    Application,
    Expenditure,
    ExpenditureLine,
    History,
    HistoryEntry,
    Identity,
    Income,
    OperatingProcurement,
    ProcurementItem,
    ProjectProcurement,
)

P = TypeVar("P")
R = TypeVar("R", "ProjectDossier", "Dossier")

EMPTY: Mapping[Any, Any] = MappingProxyType({})

PROJECT = "project:"
"""Prefix of the key of a project's section; the key of the project follows."""

PROJECTS = "projects"
"""Key of the section that lists the projects in their order, and holds nothing else."""


# --- the whole ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Header:
    """Which report this is."""

    kind: ReportKind
    year: int
    profile: str
    district_code: str
    district_name: str
    department_code: str
    department_name: str
    department_kind: DepartmentKind
    edition: str
    """Classification edition."""
    status: Status = Status.DRAFT
    revision: int = 1


@dataclass(frozen=True, kw_only=True)
class Classification:
    """Names of 政府收支分类科目 by code, in one edition.

    ``definitions`` are the official ones, by functional code or term; without them 名词解释 uses our own.
    """

    function: Mapping[str, str] = field(default_factory=dict)
    economic: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)

    def function_classes(self) -> list[str]:
        """Every functional 类, in code order."""
        return sorted(code for code in self.function if len(code) == 3)

    def function_name(self, code: str) -> str:
        return self.function.get(code, "") if code else "未细分"

    def economic_name(self, code: str) -> str:
        return self.economic.get(code, "") if code else "未细分"


def derived(function: Callable[[R], P]) -> Callable[[R], P]:
    """Computes what a pure ``function`` of a report or of one project returns once for each, however many rules ask.

    It is kept with the report and goes with it.
    """

    @wraps(function)
    def once(of: R) -> P:
        kept: dict[object, Any] = of.__dict__.setdefault("_derived", {})
        if function not in kept:
            kept[function] = function(of)
        result: P = kept[function]
        return result

    return once


@dataclass(frozen=True, slots=True)
class TextSetting:
    """What the bureau has set for a chapter of the 说明 or, with a ``pattern``, for one of its sentences.

    It holds for the year's reports of one kind. ``position`` counts from 1 among the chapters of one heading. What is
    empty stays as the locality has it.
    """

    chapter: str
    pattern: str = ""
    title: str = ""
    position: int | None = None
    note: str = ""
    template: str = ""


@dataclass(frozen=True)
class ProjectDossier:
    """One project in one report. ``key`` is the project's, the same in every year."""

    key: str
    parts: Mapping[type, Any] = field(default_factory=dict)

    def part(self, cls: type[P]) -> P:
        """The part of that type, or an empty one."""
        return self.parts.get(cls) or cls()

    @property
    def section(self) -> str:
        """The key of the entry section in which it is entered."""
        return PROJECT + self.key

    def address(self, object: str, row: str = "", field: str = "") -> Address:
        """The address of one of its fields."""
        return Address(object, row, field, self.key)

    @property
    def identity(self) -> Identity:
        return self.part(Identity)

    @property
    def application(self) -> Application:
        return self.part(Application)

    @property
    def activities(self) -> tuple[Activity, ...]:
        return self.part(Activities).activities

    @property
    def procurement(self) -> tuple[ProcurementItem, ...]:
        return self.part(ProjectProcurement).items

    @property
    def amount(self) -> Decimal:
        """项目当年预算 in 元: the sum of its lines, nothing else."""
        return sum((activity.amount for activity in self.activities), ZERO)

    @property
    def withheld(self) -> bool:
        return self.identity.disclosure == Disclosure.WITHHELD

    @property
    def total_budget(self) -> Decimal | None:
        """项目总预算 in 元; None for 长期. Defaults to the current budget."""
        if self.application.long_term:
            return None
        given = self.application.total_budget
        return self.amount if given is None else given


@dataclass(frozen=True)
class Dossier:
    """A report with its projects and the dossiers of earlier years, newest first.

    ``budget`` is, for final accounts, the same year's budget: where the initial budget (年初预算) is read.
    A roll-up (汇总, `budgets.analysis.consolidation`) has ``members``, the dossiers of several departments: its money
    is theirs. ``declared_empty`` are keys of sections of which the department has said that there is nothing;
    a declaration about a section that holds something does not count (`budgets.domain.profile.declared_sections`).
    ``text_settings`` are the bureau's for the 说明.
    """

    header: Header
    parts: Mapping[type, Any] = field(default_factory=dict)
    projects: tuple[ProjectDossier, ...] = ()
    earlier: tuple[Dossier, ...] = ()
    codes: Classification = field(default_factory=Classification)
    budget: Dossier | None = None
    members: tuple[Dossier, ...] = ()
    declared_empty: frozenset[str] = frozenset()
    text_settings: tuple[TextSetting, ...] = ()

    def part(self, cls: type[P]) -> P:
        """The part of that type, or an empty one."""
        return self.parts.get(cls) or cls()

    def year(self, year: int) -> Dossier | None:
        """This report or the same department's report of an earlier year, where there is one."""
        return next((d for d in (self, *self.earlier) if d.header.year == year), None)

    @property
    def previous(self) -> Dossier | None:
        return self.year(self.header.year - 1)

    @property
    def measure(self) -> HistoryMeasure:
        """What an amount of a project in this report means: a budget or final accounts."""
        return HistoryMeasure.FINAL if self.header.kind == ReportKind.FINAL else HistoryMeasure.BUDGET

    def project(self, key: str) -> ProjectDossier | None:
        return self._projects.get(key)

    @cached_property
    def _projects(self) -> Mapping[str, ProjectDossier]:
        return {project.key: project for project in self.projects}

    def project_of(self, key: str) -> str:
        """The key of the project that a cell with that key (`sheets.Cell.key`) is about; empty if it is about none.

        A project's own sheet is called by it (``T13.<project>/…``), else the row is (``T12/<project>/…``), or
        begins with it (``T11/<project>:<item>/…``).
        """
        table, row, *_ = [*key.split("/"), ""]
        named = (table.partition(".")[2], row, row.partition(":")[0])
        return next((name for name in named if name and self.project(name)), "")

    def cell_address(self, source: Address, key: str) -> Address:
        """The address that a cell with that key and ``source`` shows, with its project."""
        return replace(source, project=self.project_of(key))

    @property
    def units(self) -> dict[str, str]:
        """Names of the 预算单位 whose lines these are, by code."""
        headers = [dossier.header for dossier in self.members or (self,)]
        return {header.department_code: header.department_name for header in headers}

    def department_of(self, project: ProjectDossier) -> str:
        """The name of the department whose project it is."""
        owner = self._owners.get(project.key, self)
        return owner.header.department_name

    @cached_property
    def _owners(self) -> dict[str, Dossier]:
        return {project.key: member for member in self.members for project in member.projects}

    @cached_property
    def ledger(self) -> Ledger:
        """Every line of the report; of a roll-up, every line of its members."""
        if self.members:
            return Ledger(tuple(line for member in self.members for line in member.ledger))
        unit = self.header.department_code
        lines: list[Line] = [
            Line(
                key=line.key,
                flow=line.flow,
                fund=line.fund,
                function=line.function,
                amount=line.amount,
                counterparty=line.counterparty,
                unit=unit,
            )
            for line in self.part(Income).lines
        ]
        lines += [
            _spent(line, unit, line.use, counterparty=line.counterparty)
            for line in self.part(Expenditure).lines
        ]
        lines += [
            _spent(line, unit, Use.PROJECT, project=project.key, activity=activity.key)
            for project in self.projects
            for activity in project.activities
            for line in activity.lines
        ]
        return Ledger(tuple(lines))

    @property
    def procurement(self) -> tuple[tuple[ProjectDossier | None, ProcurementItem], ...]:
        """Every procurement item with its project; None for operating cost."""
        own = tuple((None, item) for item in self.part(OperatingProcurement).items)
        return tuple((p, item) for p in self.projects for item in p.procurement) + own

    def past(self, project: ProjectDossier, year: int) -> HistoryEntry | None:
        """The amount of ``project`` in ``year``, from that year's report, else as typed; None when unknown."""
        dossier = self.year(year)
        then = dossier.project(project.key) if dossier else None
        if dossier is not None and then is not None:
            return HistoryEntry(year=year, measure=dossier.measure, amount=then.amount)
        return next((e for e in project.part(History).entries if e.year == year), None)


def _spent(
    line: ExpenditureLine | ActivityLine,
    unit: str,
    use: Use,
    *,
    counterparty: str = "",
    project: str = "",
    activity: str = "",
) -> Line:
    """A line of expenditure, in a project or outside, as a line of the ledger."""
    return Line(
        key=line.key,
        flow=Flow.EXPENDITURE,
        use=use,
        fund=line.fund,
        from_carry_over=line.from_carry_over,
        function=line.function,
        economic=line.economic,
        amount=line.amount,
        adjusted=line.adjusted,
        counterparty=counterparty,
        unit=unit,
        project=project,
        activity=activity,
    )
