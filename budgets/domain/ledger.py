"""Lines in memory, and sums over them by any dimension, for one report or many.

Pure. A `Ledger` is the only thing that is ever summed: every figure of every table is the total of
one `Filter` over it, which is also what lets a figure open the rows behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property
from urllib.parse import parse_qs, urlencode

from .choices import Flow, Fund, Use
from .money import ZERO

ITEM = 7
"""Digits of a functional 项."""

ECONOMIC_ITEM = 5
"""Digits of an economic 款."""

STAND_IN = "withheld-"
"""Prefix of the key of a project that stands for withheld ones (`budgets.analysis.redaction`)."""

OPEN = "-open-"
"""Mark in the key of a line of such a project whose economic code is incomplete."""

PERSONNEL = ("301", "303")
"""Economic 类 of 人员经费; any other code of basic expenditure is 公用经费."""


def is_known_though_untold(key: str) -> bool:
    """Whether the line with that key stands for withheld lines whose economic codes are all complete."""
    return key.startswith(STAND_IN) and OPEN not in key


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One amount. ``amount`` and ``adjusted`` in 元.

    ``function`` and ``economic`` are codes of the year's edition; shorter or empty ones occur in
    archived reports only and print 未细分. ``unit`` is the code of the 预算单位.
    """

    key: str
    flow: Flow
    amount: Decimal
    fund: Fund = Fund.GENERAL
    use: Use | None = None
    from_carry_over: bool = False
    function: str = ""
    economic: str = ""
    unit: str = ""
    project: str = ""
    activity: str = ""
    counterparty: str = ""
    adjusted: Decimal | None = None

    @property
    def is_coarse(self) -> bool:
        """Whether its use is unknown, or a code coarser than the functional 项 or the economic 款.

        The economic code of a withheld line may be known; it is published only as far as a table prints it.
        """
        is_known = len(self.economic) >= ECONOMIC_ITEM or is_known_though_untold(self.key)
        return self.use == Use.UNSPECIFIED or len(self.function) < ITEM or not is_known

    @property
    def is_personnel(self) -> bool:
        return self.economic.startswith(PERSONNEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which lines: a conjunction. An empty tuple or None does not restrict.

    ``function`` and ``economic`` hold code prefixes, ``economic_except`` excluded prefixes;
    the empty string as a prefix inside ``uncoded_function`` is spelt by that flag instead: only lines
    whose function code is exactly one of ``exact_function``.
    """

    flow: tuple[Flow, ...] = ()
    use: tuple[Use, ...] = ()
    fund: tuple[Fund, ...] = ()
    from_carry_over: bool | None = None
    function: tuple[str, ...] = ()
    exact_function: tuple[str, ...] = ()
    economic: tuple[str, ...] = ()
    economic_except: tuple[str, ...] = ()
    exact_economic: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    project: tuple[str, ...] = ()
    activity: tuple[str, ...] = ()

    def matches(self, line: Line) -> bool:
        return (
            (not self.flow or line.flow in self.flow)
            and (not self.use or line.use in self.use)
            and (not self.fund or line.fund in self.fund)
            and (self.from_carry_over is None or line.from_carry_over == self.from_carry_over)
            and (not self.function or line.function.startswith(self.function))
            and (not self.exact_function or line.function in self.exact_function)
            and (not self.economic or line.economic.startswith(self.economic))
            and (not self.economic_except or not line.economic.startswith(self.economic_except))
            and (not self.exact_economic or line.economic in self.exact_economic)
            and (not self.unit or line.unit in self.unit)
            and (not self.project or line.project in self.project)
            and (not self.activity or line.activity in self.activity)
        )

    def leaves_open(self, line: Line) -> bool:
        """Whether incomplete codes or an unknown use leave open if ``line`` matches.

        Lines of archived reports are like that: ``302`` may or may not be a 30231.
        """
        could_be = (
            (not self.flow or line.flow in self.flow)
            and (not self.use or line.use in self.use or line.use == Use.UNSPECIFIED)
            and (not self.fund or line.fund in self.fund)
            and (self.from_carry_over is None or line.from_carry_over == self.from_carry_over)
            and _could_begin(line.function, self.function)
            and _could_be(line.function, self.exact_function)
            and _could_begin(line.economic, self.economic)
            and _could_be(line.economic, self.exact_economic)
            and not (self.economic_except and line.economic.startswith(self.economic_except))
            and (not self.unit or line.unit in self.unit)
            and (not self.project or line.project in self.project)
            and (not self.activity or line.activity in self.activity)
        )
        could_be_excepted = any(code.startswith(line.economic) for code in self.economic_except)
        return could_be and (could_be_excepted or not self.matches(line))

    def query(self) -> str:
        """This filter as a URL query; `Filter.parse` reads it back."""
        pairs: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "from_carry_over":
                if value is not None:
                    pairs.append((field.name, "1" if value else "0"))
            else:
                pairs.extend((field.name, item) for item in value)
        return urlencode(pairs)

    @classmethod
    def parse(cls, query: str) -> Filter:
        """Read a URL query; raises ValueError on a name or value that no filter has."""
        kinds: dict[str, Callable[[str], str]] = {"flow": Flow, "use": Use, "fund": Fund}
        known = {field.name for field in fields(cls)}
        values: dict[str, object] = {}
        for name, items in parse_qs(query, keep_blank_values=True, max_num_fields=200).items():
            if name not in known:
                raise ValueError(name)
            if name == "from_carry_over":
                if items not in (["0"], ["1"]):
                    raise ValueError(name)
                values[name] = items == ["1"]
            else:
                values[name] = tuple(kinds.get(name, str)(item) for item in items)
        return cls(**values)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Ledger:
    """An immutable bag of lines. Sums are exact, in 元."""

    lines: tuple[Line, ...] = ()

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __add__(self, other: Ledger) -> Ledger:
        return Ledger(self.lines + other.lines)

    def where(self, filter: Filter | None = None, /, **criteria: object) -> Ledger:
        """The lines that match ``filter``, or `Filter(**criteria)`; single values need no tuple."""
        return Ledger(tuple(filter_lines(self.lines, filter or make_filter(**criteria))))

    def total(self, filter: Filter | None = None, /, **criteria: object) -> Decimal:
        """Sum in 元 of the matching lines (all lines when nothing is given)."""
        if filter is None and not criteria:
            return sum((line.amount for line in self.lines), ZERO)
        return sum(
            (line.amount for line in filter_lines(self.lines, filter or make_filter(**criteria))), ZERO
        )

    def knows(self, filter: Filter) -> bool:
        """Whether ``total(filter)`` is complete: no amount is too coarse to tell if it counts.

        A flow without any line counts as unknown.
        """
        if not any(not filter.flow or line.flow in filter.flow for line in self.lines):
            return False
        return not any(filter.leaves_open(line) for line in self._coarse)

    def adjusted(self, filter: Filter) -> Decimal | None:
        """全年预算数 in 元: the sum over the matching lines that have one; None where none has."""
        known = [line.adjusted for line in filter_lines(self.lines, filter) if line.adjusted is not None]
        return sum(known, ZERO) if known else None

    def by(self, key: Callable[[Line], object]) -> dict[object, Decimal]:
        """Sums in 元, grouped by what ``key`` returns for a line; lines with None are left out."""
        sums: dict[object, Decimal] = defaultdict(lambda: ZERO)
        for line in self.lines:
            group = key(line)
            if group is not None:
                sums[group] += line.amount
        return dict(sums)

    @cached_property
    def _coarse(self) -> tuple[Line, ...]:
        """The amounts whose use is unknown or whose codes are incomplete."""
        return tuple(line for line in self.lines if line.amount and line.is_coarse)

    @cached_property
    def expenditure(self) -> Ledger:
        return self.where(flow=Flow.EXPENDITURE)

    @cached_property
    def _by_project(self) -> dict[str, tuple[Line, ...]]:
        groups: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            groups[line.project].append(line)
        return {key: tuple(lines) for key, lines in groups.items()}

    def of_project(self, key: str) -> Ledger:
        """The lines of one project. Uses an index, so that it does not walk the whole ledger."""
        return Ledger(self._by_project.get(key, ()))

    def closing(self, **criteria: object) -> Decimal:
        """年末结转（结转下年）in 元: opening + income + reserves − expenditure − allocation. Always derived."""
        lines = self.where(**criteria) if criteria else self
        return sum((line.amount if line.flow in _INWARD else -line.amount for line in lines), ZERO)


_INWARD = frozenset({Flow.OPENING, Flow.INCOME, Flow.RESERVES})


def _could_begin(code: str, prefixes: tuple[str, ...]) -> bool:
    """Whether ``code`` begins with one of ``prefixes`` or could if it were complete. No prefixes match any code."""
    return not prefixes or code.startswith(prefixes) or any(prefix.startswith(code) for prefix in prefixes)


def _could_be(code: str, codes: tuple[str, ...]) -> bool:
    """Whether ``code`` is one of ``codes`` or could be if it were complete. No codes match any code."""
    return not codes or any(each.startswith(code) for each in codes)


def filter_lines(lines: Iterable[Line], filter: Filter) -> Iterator[Line]:
    return (line for line in lines if filter.matches(line))


def make_filter(**criteria: object) -> Filter:
    """A `Filter` from keyword values, wrapping single strings into tuples."""
    wrapped = {name: (value,) if isinstance(value, str) else value for name, value in criteria.items()}
    return Filter(**wrapped)  # type: ignore[arg-type]
