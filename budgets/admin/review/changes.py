"""变化: the report compared with last year's, the largest changes first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ...analysis.execution import Completion, by_subject, completion_of
from ...domain.choices import Disclosure, Flow, ReportKind
from ...domain.dossier import Dossier, ProjectDossier
from ...domain.figures import (
    COMPLETION,
    Base,
    Comparison,
    Figure,
    compare_with_budget,
    compare_with_last_year,
    headline,
    reason_of,
    total_of,
)
from ...domain.ledger import ECONOMIC_ITEM, ITEM, Filter, Ledger, Line
from ...domain.money import ZERO, growth, stated
from ...domain.schema import Explanations, HistoryEntry

SPENT = Filter(flow=(Flow.EXPENDITURE,))
NOT_COMPARED = "数据不全，不作比较"


@dataclass(frozen=True)
class Subjects:
    """Expenditure by one classification. ``whole`` is a subject with all under it, ``exact`` what stands at itself.

    ``digits`` are those of a subject that has none under it.
    """

    digits: int
    code_of: Callable[[Line], str]
    whole: Callable[[str], Filter]
    exact: Callable[[str], Filter]


FUNCTION = Subjects(
    ITEM,
    lambda line: line.function,
    lambda code: replace(SPENT, function=(code,)),
    lambda code: replace(SPENT, exact_function=(code,)),
)
ECONOMIC = Subjects(
    ECONOMIC_ITEM,
    lambda line: line.economic,
    lambda code: replace(SPENT, economic=(code,)),
    lambda code: replace(SPENT, exact_economic=(code,)),
)


@dataclass(frozen=True, kw_only=True)
class FigureChange:
    """One figure this year and last year, in 元. ``previous`` is None if it is not wholly known.

    ``query`` finds the rows behind it, and last year's rows if ``has_rows_before``. If ``is_restated``, ``previous``
    replaces ``published``, the amount in last year's report.
    ``key`` is the project's if the figure is a project's.
    """

    title: str
    current: Decimal
    previous: Decimal | None
    query: str = ""
    has_rows_before: bool = True
    is_restated: bool = False
    published: Decimal | None = None
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
        """``35.81%`` without a sign, which the arrow shows. Empty without a change, or on a zero or unknown base."""
        rate = growth(self.current, self.previous) if self.previous and self.difference else None
        return "" if rate is None else f"{abs(rate):,.2f}%"


def total_change(dossier: Dossier) -> FigureChange:
    """The whole expenditure against last year's."""
    figure = total_of(dossier.header.kind)
    compared = {comparison.figure.key: comparison for comparison in compare_with_last_year(dossier)}
    return _change(dossier, figure, compared.get(figure.key))


def figure_changes(dossier: Dossier) -> list[FigureChange]:
    """Every headline figure that is not zero in both years; empty if no figure of last year is known."""
    compared = {comparison.figure.key: comparison for comparison in compare_with_last_year(dossier)}
    rows = [
        _change(dossier, figure, compared.get(figure.key))
        for figure in headline(dossier.header.kind)
        if compared
    ]
    return sorted((row for row in rows if row.current or row.previous), key=_size, reverse=True)


def _change(dossier: Dossier, figure: Figure, known: Comparison | None) -> FigureChange:
    restated = known.restated if known else None
    return FigureChange(
        title=figure.title,
        current=figure.of(dossier),
        previous=known.previous if known else None,
        query=figure.filter.query(),
        has_rows_before=restated is None,
        is_restated=restated is not None,
        published=known.published if known else None,
        reason=reason_of(figure, dossier),
        note=_of_last_year(known) if known else NOT_COMPARED,
    )


def _of_last_year(known: Comparison) -> str:
    """The reason why last year's figure differs from the published one, or its origin."""
    if known.restated is None:
        return ""
    why = known.restated.reason or "没有说明原因"
    return f"上年编报没有单列，上年数：{why}" if known.published is None else f"上年数已调整：{why}"


def project_changes(dossier: Dossier) -> list[FigureChange]:
    """Every project of this year, and those that have ended."""
    return sorted([*_projects(dossier), *_ended(dossier)], key=_size, reverse=True)


@dataclass(frozen=True)
class Completed:
    """One row of 预算完成情况 with its reason."""

    row: Completion
    reason: str


def completion_rows(dossier: Dossier) -> list[Completed]:
    """预算完成情况 of final accounts by subject, “三公” item and project."""
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
    rows += [
        Completed(
            completion_of(dossier, project.identity.name, replace(SPENT, project=(project.key,))),
            project.application.change_reason,
        )
        for project in dossier.projects
    ]
    return rows


def subject_changes(dossier: Dossier) -> tuple[list[FigureChange], list[FigureChange]]:
    """Expenditure by functional and by economic subject, in 元, including subjects of one year only.

    If one of the years has only a coarser subject, that one is compared with everything under it (类 with 类) instead
    of the finer ones. Money without any subject is shown and not compared.
    """
    codes = dossier.codes
    return (
        _subjects(dossier, FUNCTION, codes.function_name),
        _subjects(dossier, ECONOMIC, codes.economic_name),
    )


def _subjects(dossier: Dossier, subjects: Subjects, title: Callable[[str], str]) -> list[FigureChange]:
    this = dossier.ledger.where(SPENT)
    last = dossier.previous.ledger.where(SPENT) if dossier.previous else None
    codes = {subjects.code_of(line): None for ledger in (this, last or ()) for line in ledger}
    rows = (_subject(this, last, subjects, code, f"{code} {title(code)}".strip()) for code in codes)
    return sorted((row for row in rows if row), key=_size, reverse=True)


def _subject(
    this: Ledger, last: Ledger | None, subjects: Subjects, code: str, title: str
) -> FigureChange | None:
    """The change of one subject; None if it has no money this year and is not compared."""
    is_group = bool(code) and len(code) < subjects.digits
    exact, whole = subjects.exact(code), subjects.whole(code)
    why_not = _why_not_compared(this, last, whole) if code else ""
    within = whole if is_group and not why_not else exact
    now, before = this.where(within), (last or Ledger()).where(within)
    if why_not and not len(now):
        return None
    if not code:
        why_not = _uncoded(now, before)
    notes = [why_not] if why_not or last is None else [_one_year_only(len(now), len(before))]
    return FigureChange(
        title=title,
        current=now.total(),
        previous=None if why_not or last is None else before.total(),
        query=within.query(),
        note="，".join(note for note in ("含所属科目" if within is whole else "", *notes) if note),
    )


def _why_not_compared(this: Ledger, last: Ledger | None, subject: Filter) -> str:
    """The reason why a subject is not compared: one year does not know it wholly. Empty if it is compared."""
    if last is not None and not last.knows(subject):
        return "上年没有细分到本科目，不作比较"
    if len(this) and not this.knows(subject):
        return "本年没有细分到本科目，不作比较"
    return ""


def _uncoded(now: Ledger, before: Ledger) -> str:
    """The money of both years without a subject, which may belong to any."""
    years = (("上年", before.total()), ("本年", now.total()))
    told = [f"{year} {stated(amount)}" for year, amount in years if amount]
    return f"{'、'.join(told)}没有细分到科目" if told else ""


def _one_year_only(lines_now: int, lines_before: int) -> str:
    if lines_now and lines_before:
        return ""
    return "本年新增" if lines_now else "本年不再安排"


def _size(change: FigureChange) -> Decimal:
    return abs(change.current if change.difference is None else change.difference)


def _projects(dossier: Dossier) -> Iterator[FigureChange]:
    before = dossier.previous
    for project in dossier.projects:
        past = dossier.past(project, dossier.header.year - 1)
        yield FigureChange(
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


def _ended(dossier: Dossier) -> Iterator[FigureChange]:
    now = {project.key for project in dossier.projects}
    for project in dossier.previous.projects if dossier.previous else ():
        if project.key not in now:
            yield FigureChange(
                title=project.identity.name, current=ZERO, previous=project.amount, note="本年不再安排"
            )
