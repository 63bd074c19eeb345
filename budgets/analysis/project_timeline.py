"""One project across the years, put together from the accounts of its reports.

Pure. Officers, reviewers and the public read the same kind of story, made from the accounts that each of them
may see. Amounts in 元, scores in points, rates in percent. A year's own report takes precedence over what later
reports say of that year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from ..domain.choices import HistoryMeasure, ProjectCategory, ReportKind
from ..domain.money import ZERO, growth, share
from .project_record import Account, Outcome

INITIAL, ADJUSTED, ACTUAL = "年初预算", "全年预算", "决算"

MEASURES = {
    HistoryMeasure.BUDGET: INITIAL,
    HistoryMeasure.ADJUSTED: ADJUSTED,
    HistoryMeasure.EXECUTED: ACTUAL,
    HistoryMeasure.FINAL: ACTUAL,
}


@dataclass(frozen=True, kw_only=True)
class Known:
    """One figure and its report. ``note`` explains a figure that differs from what its column means."""

    amount: Decimal
    account: Account
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class YearChange:
    """A year against the one before, in ``measure``. ``previous`` is None if the project did not exist then."""

    measure: str
    amount: Decimal
    previous: Decimal | None

    @property
    def difference(self) -> Decimal:
        return self.amount - (self.previous or ZERO)

    @property
    def percent(self) -> Decimal | None:
        """Percent, signed; None on a zero base."""
        return growth(self.amount, self.previous, 1) if self.previous else None

    @property
    def word(self) -> str:
        if self.previous is None:
            return "新立项"
        return "增加" if self.difference > 0 else "减少" if self.difference < 0 else "持平"


@dataclass(frozen=True, kw_only=True)
class Reason:
    text: str
    account: Account


@dataclass(frozen=True, kw_only=True)
class Source:
    """A report and the figures that come from it."""

    account: Account
    measures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Year:
    """One year of a project.

    ``accounts`` are the year's own reports, final accounts first; empty where only later reports tell of the year.
    ``absent`` is the report that shows that the project did not exist (未立项).
    """

    year: int
    accounts: tuple[Account, ...] = ()
    initial: Known | None = None
    adjusted: Known | None = None
    actual: Known | None = None
    absent: Account | None = None
    change: YearChange | None = None

    @property
    def latest(self) -> Account | None:
        return self.accounts[0] if self.accounts else None

    @property
    def department(self) -> str:
        return self.latest.department if self.latest else ""

    @property
    def name(self) -> str:
        return self.latest.name if self.latest else ""

    @property
    def category(self) -> ProjectCategory | None:
        return self.latest.category if self.latest else None

    @property
    def withheld(self) -> bool:
        return any(account.withheld for account in self.accounts)

    @property
    def basis(self) -> str:
        """The amount that `rate` is measured against."""
        return ADJUSTED if self.adjusted else INITIAL

    @property
    def rate(self) -> Decimal | None:
        """执行率: 决算 in percent of 全年预算, else of 年初预算; None without either."""
        planned = self.adjusted or self.initial
        return share(self.actual.amount, planned.amount) if self.actual and planned else None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons for the change of the amount, with the report that gives each."""
        found: dict[str, Reason] = {}
        for account in reversed(self.accounts):
            if account.reason:
                found.setdefault(account.reason, Reason(text=account.reason, account=account))
        return tuple(found.values())

    @property
    def told_by(self) -> Account | None:
        """The report whose goals and results count for the year: the last one that has any."""
        return next((a for a in self.accounts if a.outcome.aims), self.latest)

    @property
    def outcome(self) -> Outcome:
        return self.told_by.outcome if self.told_by else Outcome()

    @property
    def score(self) -> Decimal | None:
        return self.outcome.score

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every report that a figure comes from, with the names of those figures."""
        found: dict[tuple[int, ReportKind], tuple[Account, list[str]]] = {}
        said = ((INITIAL, self.initial), (ADJUSTED, self.adjusted), (ACTUAL, self.actual))
        for measure, known in said:
            if known is not None:
                _noted(found, known.account).append(measure)
        if self.absent is not None:
            _noted(found, self.absent).append("未立项")
        for account in self.accounts:
            _noted(found, account)
        return tuple(Source(account=a, measures=tuple(measures)) for a, measures in found.values())


@dataclass(frozen=True, kw_only=True)
class Called:
    """A name and the years in which reports use it."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class Story:
    """``years`` newest first, at least one."""

    key: str
    years: tuple[Year, ...]

    @property
    def latest(self) -> Year:
        """The newest year with a report."""
        return next(year for year in self.years if year.accounts)

    @property
    def name(self) -> str:
        return self.latest.name

    @property
    def names(self) -> tuple[Called, ...]:
        """The project's names, oldest first."""
        return _called((year.year, year.name) for year in self._told)

    @property
    def departments(self) -> tuple[Called, ...]:
        """The names of its department, oldest first."""
        return _called((year.year, year.department) for year in self._told)

    @property
    def _told(self) -> Iterator[Year]:
        return (year for year in reversed(self.years) if year.accounts)

    @property
    def withheld(self) -> bool:
        return any(year.withheld for year in self.years)


def tell(accounts: Iterable[Account]) -> Story | None:
    """Put the ``accounts`` of one project together; None without any.

    ``accounts`` has at most one of each kind and year.
    """
    own: dict[int, dict[ReportKind, Account]] = {}
    for account in accounts:
        own.setdefault(account.year, {})[account.kind] = account
    if not own:
        return None
    later = [account for year in sorted(own, reverse=True) for account in _ordered(own[year])]
    typed = {
        entry.year for account in later for entry in account.past if entry.year < account.year
    } - own.keys()
    years = [_year(year, _ordered(own.get(year, {})), later) for year in sorted({*own, *typed})]
    return Story(key=later[0].key, years=tuple(reversed(_with_changes(years))))


def _ordered(accounts: Mapping[ReportKind, Account]) -> tuple[Account, ...]:
    """The final accounts before the budget."""
    return tuple(accounts[kind] for kind in (ReportKind.FINAL, ReportKind.BUDGET) if kind in accounts)


def _year(year: int, own: Sequence[Account], later: Sequence[Account]) -> Year:
    """``later`` are all accounts, newest first. If two tell of the year, the newer one counts."""
    known: dict[str, Known] = {}
    for account in reversed(own):
        said = ((INITIAL, account.initial), (ADJUSTED, account.adjusted), (ACTUAL, account.actual))
        for measure, amount in said:
            if amount is not None:
                known.setdefault(measure, Known(amount=amount, account=account))
    absent: Account | None = None
    for account in later:
        if account.year <= year:
            continue
        for entry in account.past:
            if entry.year != year:
                continue
            if entry.amount is None:
                absent = absent or account
            else:
                note = "执行数" if entry.measure == HistoryMeasure.EXECUTED else ""
                known.setdefault(
                    MEASURES[entry.measure], Known(amount=entry.amount, account=account, note=note)
                )
    return Year(
        year=year,
        accounts=tuple(own),
        initial=known.get(INITIAL),
        adjusted=known.get(ADJUSTED),
        actual=known.get(ACTUAL),
        absent=None if own or known else absent,
    )


def _with_changes(years: Sequence[Year]) -> list[Year]:
    by_year = {year.year: year for year in years}
    return [replace(year, change=_change(year, by_year.get(year.year - 1))) for year in years]


def _change(now: Year, before: Year | None) -> YearChange | None:
    """The change in a measure that both years have, 年初预算 first; None without a common measure."""
    if before is None:
        return None
    for measure, current, previous in (
        (INITIAL, now.initial, before.initial),
        (ACTUAL, now.actual, before.actual),
    ):
        if current is not None and previous is not None:
            return YearChange(measure=measure, amount=current.amount, previous=previous.amount)
    if before.absent is not None and now.initial is not None:
        return YearChange(measure=INITIAL, amount=now.initial.amount, previous=None)
    return None


def _noted(found: dict[tuple[int, ReportKind], tuple[Account, list[str]]], account: Account) -> list[str]:
    return found.setdefault((account.year, account.kind), (account, []))[1]


def _called(named: Iterable[tuple[int, str]]) -> tuple[Called, ...]:
    spans = []
    for name, group in groupby(named, key=lambda item: item[1]):
        years = [year for year, _ in group]
        spans.append(Called(name=name, first=years[0], last=years[-1]))
    return tuple(spans)


# --- the picture ----------------------------------------------------------------------------------

BAR, GAP, STEP, HEIGHT = 22, 3, 96, 120
"""Sizes of the picture in its own units."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One figure of the picture; ``kind`` is initial, adjusted or actual."""

    kind: str
    title: str
    known: Known
    x: int
    height: int

    @property
    def y(self) -> int:
        return HEIGHT - self.height


@dataclass(frozen=True, kw_only=True)
class YearColumn:
    year: Year
    bars: tuple[Bar, ...]
    middle: int


@dataclass(frozen=True, kw_only=True)
class Trend:
    """Bars by year, oldest first; the tallest is `HEIGHT`."""

    columns: tuple[YearColumn, ...]

    @property
    def width(self) -> int:
        return STEP * len(self.columns)

    @property
    def height(self) -> int:
        return HEIGHT

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """(kind, title) of the bars that occur, for the legend."""
        return tuple(dict.fromkeys((bar.kind, bar.title) for c in self.columns for bar in c.bars))


def trend(story: Story) -> Trend | None:
    """A picture of the years with amounts; None for fewer than two."""
    years = [year for year in reversed(story.years) if _amounts(year)]
    top = max((shown.known.amount for year in years for shown in _amounts(year)), default=ZERO)
    if len(years) < 2 or top <= 0:
        return None
    columns = []
    for number, year in enumerate(years):
        shown = _amounts(year)
        left = STEP * number + (STEP - len(shown) * (BAR + GAP) + GAP) // 2
        bars = tuple(
            Bar(
                kind=each.kind,
                title=each.title,
                known=each.known,
                x=left + place * (BAR + GAP),
                height=max(int(each.known.amount * HEIGHT / top), 0),
            )
            for place, each in enumerate(shown)
        )
        columns.append(YearColumn(year=year, bars=bars, middle=STEP * number + STEP // 2))
    return Trend(columns=tuple(columns))


@dataclass(frozen=True, slots=True)
class _Amount:
    """What a bar shows."""

    kind: str
    title: str
    known: Known


def _amounts(year: Year) -> list[_Amount]:
    all_three = (
        ("initial", INITIAL, year.initial),
        ("adjusted", ADJUSTED, year.adjusted),
        ("actual", ACTUAL, year.actual),
    )
    return [_Amount(kind, title, known) for kind, title, known in all_three if known is not None]
