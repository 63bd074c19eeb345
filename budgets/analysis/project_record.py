"""The account that one report gives of one project: its money by measure, its goals and their results.

Pure. Amounts in 元, weights and scores in points out of 100. `budgets.analysis.project_timeline` puts the accounts
of several years together. The accounts of a published report are frozen with it, so that the public reads what
was said then. Goals and results belong to another app; the profile's option ``outcome`` names its function.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from ..domain.choices import SETTLED, Flow, HistoryMeasure, ProjectCategory, ReportKind, Status
from ..domain.dossier import Dossier, ProjectDossier
from ..domain.ledger import Filter
from ..domain.profile import get_profile
from ..domain.schema import History, HistoryEntry

OPTION = "outcome"

SPENT = Filter(flow=(Flow.EXPENDITURE,))


@dataclass(frozen=True, kw_only=True)
class Result:
    """One 绩效指标 with its target, in final accounts also with its result."""

    level1: str = ""
    level2: str = ""
    name: str = ""
    target: str = ""
    actual: str = ""
    score: Decimal | None = None
    reason: str = ""
    """The reason why the score differs from the proposed one."""


@dataclass(frozen=True, kw_only=True)
class Aim:
    """One 年度绩效目标. ``weight`` and ``score`` are None in a budget, which scores nothing."""

    name: str = ""
    text: str = ""
    weight: Decimal | None = None
    score: Decimal | None = None
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Execution:
    """预算执行情况 of a self-evaluation: ``budget`` (A) is the measure that ``basis`` names, ``rate`` in percent.

    ``money`` names the money that is meant, which may be less than the project's whole spending.
    """

    money: str
    basis: str
    budget: Decimal
    executed: Decimal
    rate: Decimal | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A text of the self-evaluation with its heading on the form."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A project's goals in one report. ``score`` is None while the evaluation is missing or incomplete."""

    aims: tuple[Aim, ...] = ()
    execution: Execution | None = None
    score: Decimal | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def is_evaluated(self) -> bool:
        return self.execution is not None


@dataclass(frozen=True, kw_only=True)
class Account:
    """One project in one report, under the names of that year.

    ``initial`` (年初预算), ``adjusted`` (全年预算) and ``actual`` (决算) are None where this report does not tell
    them. ``past`` holds what it says of earlier years. ``address`` leads to the report; the page that shows the
    account sets it.
    """

    key: str
    kind: ReportKind
    year: int
    department: str
    name: str
    category: ProjectCategory
    status: Status = Status.PUBLISHED
    withheld: bool = False
    initial: Decimal | None = None
    adjusted: Decimal | None = None
    actual: Decimal | None = None
    reason: str = ""
    past: tuple[HistoryEntry, ...] = ()
    outcome: Outcome = field(default_factory=Outcome)
    address: str = ""

    @property
    def title(self) -> str:
        return f"{self.year} 年{self.kind.label}"

    @property
    def is_settled(self) -> bool:
        """Whether its figures are final: neither being entered nor under review."""
        return self.status in SETTLED


def account(dossier: Dossier, project: ProjectDossier) -> Account:
    """The account of ``project`` in ``dossier``, comparatives included."""
    head = dossier.header
    spent = dossier.ledger.of_project(project.key)
    is_final = head.kind == ReportKind.FINAL
    planned = dossier.budget.project(project.key) if dossier.budget else None
    contributor = get_profile(head.profile).options.get(OPTION)
    return Account(
        key=project.key,
        kind=head.kind,
        year=head.year,
        department=dossier.department_of(project),
        name=project.identity.name,
        category=project.identity.category,
        status=head.status,
        withheld=project.withheld,
        initial=(planned.amount if planned else None) if is_final else spent.total(SPENT),
        adjusted=spent.adjusted(SPENT) if is_final else None,
        actual=spent.total(SPENT) if is_final else None,
        reason=project.application.change_reason,
        past=tuple(_past(dossier, project)),
        outcome=contributor(dossier, project) if contributor else Outcome(),
    )


def accounts(dossier: Dossier) -> tuple[Account, ...]:
    """The accounts of all projects that may be named."""
    return tuple(account(dossier, project) for project in dossier.projects if not project.withheld)


def _past(dossier: Dossier, project: ProjectDossier) -> Iterator[HistoryEntry]:
    """Earlier years, newest first: amounts from their reports, else as typed."""
    measure = HistoryMeasure.FINAL if dossier.header.kind == ReportKind.FINAL else HistoryMeasure.BUDGET
    reported = {}
    for before in dossier.earlier:
        then = before.project(project.key)
        if then is not None:
            reported[before.header.year] = HistoryEntry(
                year=before.header.year, measure=measure, amount=then.amount
            )
    yield from reported.values()
    for entry in project.part(History).entries:
        is_said = entry.year in reported and (entry.amount is None or entry.measure == measure)
        if not is_said:
            yield entry


# --- as it is frozen ------------------------------------------------------------------------------

_ADAPTER: TypeAdapter[Account] = TypeAdapter(Account)


def dump_account(value: Account) -> dict[str, Any]:
    """The account as JSON. Defaults and the address are left out; decimals are strings."""
    found: dict[str, Any] = _ADAPTER.dump_python(
        value, mode="json", exclude_defaults=True, exclude={"address"}
    )
    return found


def parse_account(data: dict[str, Any]) -> Account:
    """Read an account that `dump_account` wrote."""
    return _ADAPTER.validate_python(data)
