"""变化: the report beside last year's, the largest changes first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ...choices import Disclosure, Flow, ReportKind
from ...completion import Completion, by_subject, completion_of
from ...dossier import Dossier, ProjectDossier
from ...facts import Explanations, HistoryEntry, RestatedComparatives
from ...figures import (
    COMPLETION,
    Base,
    compare_with_budget,
    compare_with_last_year,
    is_unknown,
    reason_of,
    total_of,
)
from ...ledger import Filter, Ledger
from ...money import ZERO, growth


@dataclass(frozen=True, kw_only=True)
class Change:
    """One figure this year and last year, in 元; ``previous`` None: not known.

    ``query`` finds the rows behind it; last year's too where ``has_rows_before``. ``key`` is the project's,
    where it is one.
    """

    title: str
    current: Decimal
    previous: Decimal | None
    query: str = ""
    has_rows_before: bool = True
    reason: str = ""
    note: str = ""
    key: str = ""

    @property
    def difference(self) -> Decimal | None:
        return None if self.previous is None else self.current - self.previous

    @property
    def arrow(self) -> str:
        if not self.difference:
            return "持平" if self.difference is not None else ""
        return "↑" if self.difference > 0 else "↓"

    @property
    def percent(self) -> str:
        """``35.81%`` without sign: the arrow has it. Empty without a change, or on a zero or unknown base."""
        rate = growth(self.current, self.previous) if self.previous and self.difference else None
        return "" if rate is None else f"{abs(rate):,.2f}%"


def total_change(dossier: Dossier) -> Change:
    """All that is spent, against last year."""
    before, figure = dossier.previous, total_of(dossier.header.kind)
    current = figure.of(dossier)
    restated = {f.figure: f.amount for f in dossier.part(RestatedComparatives).figures}
    previous = restated.get(figure.key, figure.of(before)) if before else None
    return Change(title=figure.title, current=current, previous=previous, query=figure.filter.query())


def figure_changes(dossier: Dossier) -> list[Change]:
    """Every headline figure that is not zero in both years."""
    restated = {f.figure: f for f in dossier.part(RestatedComparatives).figures}
    rows = [
        Change(
            title=c.figure.title,
            current=c.current,
            previous=None if is_unknown(dossier, c.figure) else c.previous,
            query=c.figure.filter.query(),
            reason=reason_of(c.figure, dossier),
            note=f"上年数按调整后口径：{restated[c.figure.key].reason}" if c.figure.key in restated else "",
        )
        for c in compare_with_last_year(dossier)
        if c.current or c.previous
    ]
    return sorted(rows, key=_size, reverse=True)


def project_changes(dossier: Dossier) -> list[Change]:
    """Every project of this year, and those that ended."""
    return sorted([*_projects(dossier), *_ended(dossier)], key=_size, reverse=True)


@dataclass(frozen=True)
class Completed:
    """One row of 预算完成情况, and why."""

    row: Completion
    reason: str


def completion_rows(dossier: Dossier) -> list[Completed]:
    """Initial budget, adjusted budget and final accounts of final accounts: subjects, “三公”, projects."""
    if dossier.header.kind != ReportKind.FINAL:
        return []
    reasons = dossier.part(Explanations)
    rows = [
        Completed(row, reasons.reason(".".join((COMPLETION.key, *row.filter.exact_function))))
        for row in by_subject(dossier, COMPLETION.filter)
    ]
    rows += [
        Completed(completion_of(dossier, c.figure.title, c.figure.filter), reason_of(c.figure, dossier))
        for c in compare_with_budget(dossier)
        if c.figure.base == Base.ADJUSTED and (c.current or c.previous)
    ]
    spent = Filter(flow=(Flow.EXPENDITURE,))
    rows += [
        Completed(
            completion_of(dossier, project.identity.name, replace(spent, project=(project.key,))),
            project.application.change_reason,
        )
        for project in dossier.projects
    ]
    return rows


def subject_changes(dossier: Dossier) -> tuple[list[Change], list[Change]]:
    """By functional and by economic subject of expenditure, in 元; also those of one year only."""
    spent = Filter(flow=(Flow.EXPENDITURE,))
    now, before = dossier.ledger.where(spent), dossier.previous and dossier.previous.ledger.where(spent)

    def totals(lines: Ledger | None, name: str) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for line in lines or ():
            code = getattr(line, name)
            found[code] = found.get(code, ZERO) + line.amount
        return found

    def of(name: str, filter_name: str, title: Callable[[str], str]) -> list[Change]:
        current, previous = totals(now, name), totals(before, name)
        rows = [
            Change(
                title=f"{code} {title(code)}".strip(),
                current=current.get(code, ZERO),
                previous=None if before is None else previous.get(code, ZERO),
                query=replace(spent, **{filter_name: (code,)}).query(),
                note=_one_year_only(code in current, before is None or code in previous),
            )
            for code in {**current, **previous}
        ]
        return sorted(rows, key=_size, reverse=True)

    codes = dossier.codes
    return (
        of("function", "exact_function", codes.function_name),
        of("economic", "exact_economic", codes.economic_name),
    )


def _one_year_only(is_now: bool, was_before: bool) -> str:
    if is_now and was_before:
        return ""
    return "本年新增" if is_now else "本年不再安排"


def _size(change: Change) -> Decimal:
    return abs(change.current if change.difference is None else change.difference)


def _projects(dossier: Dossier) -> Iterator[Change]:
    before = dossier.previous
    for project in dossier.projects:
        past = dossier.past(project, dossier.header.year - 1)
        yield Change(
            title=project.identity.name,
            current=project.amount,
            previous=past.amount if past else None,
            query=Filter(project=(project.key,)).query(),
            has_rows_before=before is not None and before.project(project.key) is not None,
            reason=project.application.change_reason,
            note=_note(dossier, project, past),
            key=project.key,
        )


def _note(dossier: Dossier, project: ProjectDossier, past: HistoryEntry | None) -> str:
    notes = []
    if project.identity.disclosure == Disclosure.WITHHELD:
        notes.append("不予公开")
    if past is None:
        notes.append("上年无数据")
    elif past.amount is None:
        notes.append("上年未立项")
    elif past.measure != dossier.measure:
        notes.append(f"上年数为{past.measure.label}数")
    return "，".join(notes)


def _ended(dossier: Dossier) -> Iterator[Change]:
    now = {project.key for project in dossier.projects}
    for project in dossier.previous.projects if dossier.previous else ():
        if project.key not in now:
            yield Change(
                title=project.identity.name, current=ZERO, previous=project.amount, note="本年不再安排"
            )
