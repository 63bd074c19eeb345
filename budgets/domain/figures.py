"""The headline figures of a report: those that are compared, explained and restated.

Pure. A figure is a named `Filter`. Explanations refer to its key, so that a reason belongs to the figure and not
to a place in some text. Final accounts are compared twice: with last year's, and with the year's budget
(完成率).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from .choices import FISCAL, Choices, Flow, Fund, ReportKind, Status, Use
from .dossier import Dossier
from .ledger import ITEM, PERSONNEL, Filter
from .money import ZERO, share
from .schema import Explanation, Explanations, RestatedComparatives, RestatedFigure

OVERSEAS = ("30212",)
VEHICLE_PURCHASE = ("31013", "30913")
VEHICLE_RUNNING = ("30231",)
RECEPTION = ("30217",)
THREE_PUBLIC = OVERSEAS + VEHICLE_PURCHASE + VEHICLE_RUNNING + RECEPTION


class Base(Choices):
    """The two things a figure can be compared with."""

    LAST_YEAR = "last_year", "上年"
    INITIAL = "initial", "年初预算"
    ADJUSTED = "adjusted", "全年预算"


@dataclass(frozen=True, slots=True)
class Figure:
    """``parent`` is the figure that it is part of. The reason of the figure ``like`` holds if it has none."""

    key: str
    title: str
    filter: Filter
    parent: str = ""
    base: Base = Base.LAST_YEAR
    like: str = ""

    def of(self, dossier: Dossier) -> Decimal:
        """元."""
        return dossier.ledger.total(self.filter)


_CAME = Filter(flow=(Flow.OPENING, Flow.INCOME, Flow.RESERVES))
_SPENT = Filter(flow=(Flow.EXPENDITURE,))


def _three_public(fund: tuple[Fund, ...], prefix: str = "", base: Base = Base.LAST_YEAR) -> Iterator[Figure]:
    items = (
        ("", "“三公”经费", THREE_PUBLIC),
        (".overseas", "因公出国（境）费", OVERSEAS),
        (".purchase", "公务用车购置费", VEHICLE_PURCHASE),
        (".running", "公务用车运行维护费", VEHICLE_RUNNING),
        (".reception", "公务接待费", RECEPTION),
    )
    for suffix, title, codes in items:
        key = f"{prefix}three_public"
        parent = key if suffix else ""
        like = parent if base == Base.ADJUSTED else ""
        yield Figure(key + suffix, title, replace(_SPENT, fund=fund, economic=codes), parent, base, like)


_BY_USE = (
    Figure("basic", "基本支出", replace(_SPENT, use=(Use.BASIC,)), "total"),
    Figure("basic.personnel", "人员经费", replace(_SPENT, use=(Use.BASIC,), economic=PERSONNEL), "basic"),
    Figure(
        "basic.operating",
        "公用经费",
        replace(_SPENT, use=(Use.BASIC,), economic=("3", "5"), economic_except=PERSONNEL),
        "basic",
    ),
    Figure("project", "项目支出", replace(_SPENT, use=(Use.PROJECT,)), "total"),
)

SUMS = {
    "total": replace(_SPENT, use=(Use.COMMERCIAL, Use.REMITTED, Use.SUBSIDY)),
    "basic": None,
    "three_public": None,
}
"""Figures that are the sum of their parts, with the uses that belong to them and to no part."""

FIGURES = (Figure("total", "支出总计", _SPENT), *_BY_USE, *_three_public((Fund.GENERAL,)))
"""Figures of a budget."""

FINAL_FIGURES = (
    Figure("balance", "收入支出总计", _CAME, like="total"),
    Figure("income", "本年收入合计", Filter(flow=(Flow.INCOME,)), "balance", like="total"),
    Figure("total", "本年支出合计", _SPENT, "balance"),
    *_BY_USE,
    Figure("fiscal", "财政拨款收入支出总计", replace(_CAME, fund=FISCAL), like="total"),
    Figure(
        "fiscal.income", "财政拨款收入", Filter(flow=(Flow.INCOME,), fund=FISCAL), "fiscal", like="fiscal"
    ),
    Figure("fiscal.spent", "财政拨款支出", replace(_SPENT, fund=FISCAL), "fiscal", like="fiscal"),
    Figure(
        "general",
        "一般公共预算财政拨款支出",
        replace(_SPENT, fund=(Fund.GENERAL,)),
        "fiscal.spent",
        like="fiscal.spent",
    ),
    *_three_public(FISCAL),
)
"""Figures of final accounts that are compared with last year's. One change of the whole has one reason."""

_COARSE = (0, 3, 5)
"""Lengths of codes: none, 类, 款."""

COMPLETION = Figure(
    "completion", "一般公共预算财政拨款支出", replace(_SPENT, fund=(Fund.GENERAL,)), base=Base.INITIAL
)
"""The figure that is compared with the initial budget; its children are the functional 项."""

_COMPLETED = tuple(_three_public(FISCAL, "completion.", Base.ADJUSTED))
_OF_SUBJECT = re.compile(r"completion\.([0-9]{7})")
_TITLES = {figure.key: figure.title for figure in (*FINAL_FIGURES, *FIGURES, COMPLETION, *_COMPLETED)}


def headline(kind: ReportKind) -> tuple[Figure, ...]:
    """The figures of a report of that kind that are compared with last year's."""
    return FINAL_FIGURES if kind == ReportKind.FINAL else FIGURES


def total_of(kind: ReportKind) -> Figure:
    """The figure of the whole expenditure."""
    return next(figure for figure in headline(kind) if figure.key == "total")


def completion(dossier: Dossier) -> tuple[Figure, ...]:
    """The figures of final accounts that are compared with the year's budget; none of a budget.

    Every functional 项 of general-budget expenditure, budgeted, spent or explained, then the “三公”.
    """
    if dossier.header.kind != ReportKind.FINAL:
        return ()
    reports = (dossier, *((dossier.budget,) if dossier.budget else ()))
    codes = {line.function for report in reports for line in report.ledger.where(COMPLETION.filter)}
    codes |= {code for reason in dossier.part(Explanations).reasons if (code := subject_of(reason.figure))}
    return (
        COMPLETION,
        *(_completion_of(code, dossier) for code in sorted(codes) if len(code) == ITEM),
        *_COMPLETED,
    )


def _completion_of(code: str, dossier: Dossier) -> Figure:
    return Figure(
        f"{COMPLETION.key}.{code}",
        f"{code} {dossier.codes.function_name(code)}".strip(),
        replace(_SPENT, fund=(Fund.GENERAL,), function=(code,)),
        COMPLETION.key,
        Base.INITIAL,
    )


def figures_of(dossier: Dossier) -> tuple[Figure, ...]:
    """Every figure that a reason can be given for."""
    return headline(dossier.header.kind) + completion(dossier)


def explanation_of(figure: Figure, dossier: Dossier) -> Explanation | None:
    """What explains a change, or missing the budget: the figure's own reason, else that of the figure it is like."""
    given = {each.figure: each for each in dossier.part(Explanations).reasons if each.text}
    by_key = {each.key: each for each in (*headline(dossier.header.kind), *_COMPLETED)}
    at: Figure | None = figure
    while at is not None:
        if at.key in given:
            return given[at.key]
        at = by_key.get(at.like)
    return None


def reason_of(figure: Figure, dossier: Dossier) -> str:
    """The text of `explanation_of`; empty without one."""
    found = explanation_of(figure, dossier)
    return found.text if found else ""


def subject_of(key: str) -> str:
    """The functional 项 whose completion a key is about; empty for any other key."""
    match = _OF_SUBJECT.fullmatch(key)
    return match[1] if match else ""


def is_known(key: str, kind: ReportKind) -> bool:
    """Whether a report of that kind can have a figure with that key."""
    fixed = (*headline(kind), *((COMPLETION, *_COMPLETED) if kind == ReportKind.FINAL else ()))
    return any(key == figure.key for figure in fixed) or (kind == ReportKind.FINAL and bool(subject_of(key)))


def title_of(key: str) -> str:
    """The title of a figure, without its report; empty for an unknown key."""
    code = subject_of(key)
    title = f"科目 {code} " if code else _TITLES.get(key, "")
    return f"{title}预算完成情况" if title and key.startswith(COMPLETION.key) else title


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure and the amount it is compared with, in 元.

    ``published`` is last year's amount in last year's report; None where that does not tell it. ``restated``
    replaces it, and has the reason.
    """

    figure: Figure
    current: Decimal
    previous: Decimal
    published: Decimal | None
    restated: RestatedFigure | None = None

    @property
    def change(self) -> Decimal:
        return self.current - self.previous

    @property
    def rate(self) -> Decimal | None:
        """完成率 in percent, two places; None on a zero base."""
        return share(self.current, self.previous)


def last_years(dossier: Dossier, filter: Filter) -> Decimal | None:
    """The amount in last year's report, in 元; None where it is not wholly known.

    Archived reports hold amounts without use or code. A figure to which such an amount may belong is known in
    part at most. It is not compared, because a change from a part means nothing.
    """
    previous = dossier.previous
    if previous is None or not previous.ledger.knows(filter):
        return None
    return previous.ledger.total(filter)


def restated_figures(dossier: Dossier) -> dict[str, RestatedFigure]:
    """Last year's figures that are restated (上年数调整), by key."""
    return {restated.figure: restated for restated in dossier.part(RestatedComparatives).figures}


def compare_with_last_year(dossier: Dossier) -> Iterator[Comparison]:
    """Every headline figure with last year's amount, where that is restated or wholly known.

    Figures that an archived report itself knows only in part are left out too.
    """
    all_restated, is_archived = restated_figures(dossier), dossier.header.status == Status.ARCHIVED
    for figure in headline(dossier.header.kind):
        if is_archived and not dossier.ledger.knows(figure.filter):
            continue
        restated, published = all_restated.get(figure.key), last_years(dossier, figure.filter)
        previous = restated.amount if restated else published
        if previous is not None:
            yield Comparison(figure, figure.of(dossier), previous, published, restated)


def compare_with_budget(dossier: Dossier) -> Iterator[Comparison]:
    """Every figure of `completion` whose budget is known."""
    spent = _by_subject(dossier)
    budgeted = _by_subject(dossier.budget) if dossier.budget else {}
    for figure in completion(dossier):
        code = subject_of(figure.key)
        base = _initial(code, budgeted) if code and dossier.budget else _budgeted(figure, dossier)
        if base is not None:
            current = spent.get(code, ZERO) if code else figure.of(dossier)
            yield Comparison(figure, current, base, base)


def _by_subject(dossier: Dossier) -> dict[str, Decimal]:
    """The amounts that `COMPLETION` counts, in 元 by function code. Walks the report once for all subjects."""
    return {
        str(code): amount
        for code, amount in dossier.ledger.where(COMPLETION.filter).by(lambda line: line.function).items()
    }


def _initial(code: str, budgeted: Mapping[str, Decimal]) -> Decimal | None:
    """In 元; None where an archived budget holds amounts without a subject, or with a coarser one."""
    if any(budgeted.get(code[:length]) for length in _COARSE):
        return None
    return budgeted.get(code, ZERO)


def _budgeted(figure: Figure, dossier: Dossier) -> Decimal | None:
    """In 元; None where no budget tells it."""
    if figure.base == Base.ADJUSTED:
        return dossier.ledger.adjusted(figure.filter)
    return figure.of(dossier.budget) if dossier.budget else None
