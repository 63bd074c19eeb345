"""The two large reports in a database, and the table of ratios at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from budgets.actions.adopt import adopt
from budgets.domain.choices import Role, Status
from budgets.models import Report
from budgets.storage.dossier_json import dump_dossier
from tests.factories import person

from . import large
from .large import HALF, WHOLE

MANY = 20_000
"""Rows of the sheets that are taken in."""

Measure = tuple[str, object]
"""What was measured, and on how much."""

MEASURED = pytest.StashKey[dict[Measure, float]]()


def grows(what: str) -> tuple[str, Measure, Measure]:
    return f"{what}: {WHOLE:,} lines ÷ {HALF:,} lines", (what, WHOLE), (what, HALF)


def against(what: str, other: str) -> tuple[str, Measure, Measure]:
    return f"{what} ÷ {other}: {MANY:,} rows", (what, MANY), (other, MANY)


RATIOS: tuple[tuple[str, Measure, Measure], ...] = (
    (f"build every table of {WHOLE:,} lines ÷ load them", ("build tables", WHOLE), ("load", WHOLE)),
    (f"run every check on {WHOLE:,} lines ÷ load them", ("run checks", WHOLE), ("load", WHOLE)),
    grows("load"),
    grows("build tables"),
    grows("run checks"),
    grows("save 基本支出"),
    grows("save one project"),
    ("workbook of 112001 2023 ÷ same cells, unstyled", ("workbook", "112001"), ("bare workbook", "112001")),
    (
        "workbook of 112001 2023 ÷ same cells and styles, all known",
        ("workbook", "112001"),
        ("dressed workbook", "112001"),
    ),
    (
        "publication of 112001 2023, all formats ÷ cells and styles of its workbook",
        ("publication", "112001"),
        ("dressed workbook", "112001"),
    ),
    (
        "publication of 112001 2023, all formats ÷ its cells, unstyled",
        ("publication", "112001"),
        ("bare workbook", "112001"),
    ),
    (f"check JSON of {WHOLE:,} lines ÷ read it", ("check JSON", WHOLE), ("read JSON", WHOLE)),
    (f"import JSON of {WHOLE:,} lines ÷ read it", ("import JSON", WHOLE), ("read JSON", WHOLE)),
    against("preview and take a workbook", "import-export"),
    against("preview and take a workbook", "import-export in bulk"),
    against("preview and take a workbook", "read and insert"),
    against("preview and take an own sheet", "read and insert"),
    against("look at a workbook", "read and insert"),
    against("look at an own sheet", "read and insert"),
    against("import-export", "read and insert"),
    against("import-export in bulk", "read and insert"),
)
"""Label, what is of interest, and its floor or its half."""

RULE = "rule "
"""What the measures of single rules begin with."""

SLOWEST = 5
"""So many of the slowest rules are listed,"""

WATCHED = ("PRJ-6", "TXT-2")
"""and these wherever they stand: they compare texts with each other."""

LIMIT = 2.5
"""Growth from n to 2n above which a line is marked."""


@dataclass(frozen=True)
class Stored:
    """The large reports by number of lines, and somebody who may save them."""

    reports: dict[int, Report]
    preparer: Any


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Processor time, without the garbage collector: neither other programs nor other tests' objects may show."""
    config.stash[MEASURED] = {}
    config.option.benchmark_timer = "time.process_time"
    config.option.benchmark_disable_gc = True
    if config.getoption("benchmark_columns", None) is None:
        config.option.benchmark_columns = ["min", "median", "max", "rounds"]


@pytest.fixture
def timed(benchmark: Any, request: pytest.FixtureRequest) -> Callable[..., None]:
    """``timed(what, size, run)``: times ``run``; ``public_content`` before each round makes its arguments."""

    def measure(
        what: str,
        size: object,
        run: Callable[..., object],
        *,
        prepare: Callable[[], tuple[object, ...]] = tuple,
        rounds: int = 5,
    ) -> None:
        benchmark.group = what
        benchmark.pedantic(run, setup=lambda: (prepare(), {}), rounds=rounds, warmup_rounds=1)
        request.config.stash[MEASURED][what, size] = benchmark.stats.stats.min

    return measure


@pytest.fixture(scope="module")
def stored(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stored]:
    """Both reports as drafts, rolled back before the next module has its own.

    A test that uses it is marked ``django_db``: without the mark there is no test database, only the developer's.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        reports = {lines: adopt(dump_dossier(large.report(lines)), Status.DRAFT) for lines in (HALF, WHOLE)}
        preparer = person("preparer", Role.PREPARER, department=reports[HALF].department)
        preparer.memberships.create(role=Role.PREPARER, department=reports[WHOLE].department)
        yield Stored(reports, preparer)
        transaction.set_rollback(True)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """The table: each ratio of two best rounds, with both in milliseconds; then the slowest rules."""
    measured = config.stash[MEASURED]
    ratios = [row for row in RATIOS if {row[1], row[2]} <= measured.keys()]
    for title, rows in (("ratios", ratios), ("the slowest rules", _slowest_rules(measured))):
        if rows:
            terminalreporter.section(f"{title}, best rounds in ms of processor time")
            width = max(_width(label) for label, _, _ in rows)
            for label, top, floor in rows:
                terminalreporter.line(
                    label + " " * (width - _width(label)) + _ratio(measured[top], measured[floor])
                    + _mark(top, floor, measured)
                )  # fmt: skip


def _slowest_rules(measured: dict[Measure, float]) -> list[tuple[str, Measure, Measure]]:
    rules = sorted(
        (what for what, size in measured if what.startswith(RULE) and size == WHOLE),
        key=lambda what: -measured[what, WHOLE],
    )
    shown = [
        rule
        for number, rule in enumerate(rules)
        if (number < SLOWEST or rule.removeprefix(RULE) in WATCHED) and (rule, HALF) in measured
    ]
    return [grows(rule) for rule in shown]


def _ratio(top: float, floor: float) -> str:
    return f"  {top * 1000:10,.1f} ÷ {floor * 1000:9,.1f} = {top / floor:8.2f}"


def _mark(top: Measure, floor: Measure, measured: dict[Measure, float]) -> str:
    is_growth = (top[1], floor[1]) == (WHOLE, HALF)
    return f"  > {LIMIT}" if is_growth and measured[top] > LIMIT * measured[floor] else ""


def _width(label: str) -> int:
    """In columns of a terminal, where a Chinese character takes two."""
    return sum(2 if ord(character) > 0x2E80 else 1 for character in label)
