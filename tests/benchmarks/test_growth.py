"""How the work on a report grows with its lines, and what building its tables costs beside loading it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from itertools import cycle
from typing import Any

import pytest

from budgets.actions.save_section import current_number, save_section
from budgets.domain.findings import Check, CheckSettings
from budgets.domain.profile import build_tables, get_profile, run_checks
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section

from . import large
from .conftest import RULE, Stored
from .large import HALF, WHOLE

pytestmark = pytest.mark.parametrize("lines", [HALF, WHOLE])

CHECKS: list[type[Check]] = [use.check for use in get_profile(large.PROFILE).checks]
FINAL_CHECKS: list[type[Check]] = [use.check for use in get_profile(large.FINAL_PROFILE).checks]


def fresh(lines: int) -> Callable[[], tuple[object, ...]]:
    """The report without what it has computed already; the year before too."""

    def prepare() -> tuple[object, ...]:
        report = large.report(lines)
        return (replace(report, earlier=tuple(replace(before) for before in report.earlier)),)

    return prepare


@pytest.mark.django_db
def test_load(timed: Callable[..., None], stored: Stored, lines: int) -> None:
    timed("load", lines, lambda: load_dossier(stored.reports[lines]))


def test_tables(timed: Callable[..., None], lines: int) -> None:
    timed("build tables", lines, build_tables, prepare=fresh(lines))


def test_checks(timed: Callable[..., None], lines: int) -> None:
    timed("run checks", lines, run_checks, prepare=fresh(lines))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_rule(timed: Callable[..., None], check: type[Check], lines: int) -> None:
    """One rule alone, on a report whose ledger is there already."""
    prepare = fresh(lines)

    def with_ledger() -> tuple[object, ...]:
        (report,) = prepare()
        for one in (report, *report.earlier):  # type: ignore[attr-defined]
            assert one.ledger
        return (report,)

    timed(
        f"{RULE}{check.id}",
        lines,
        lambda report: list(check().run(report, CheckSettings())),
        prepare=with_ledger,
    )


@pytest.mark.parametrize("check", FINAL_CHECKS, ids=lambda check: check.id)
def test_rule_of_final_accounts(timed: Callable[..., None], check: type[Check], lines: int) -> None:
    """The same, of what became of the report; both have their ledgers already."""

    def prepare() -> tuple[object, ...]:
        made = large.accounts(lines)
        budget = replace(made.budget) if made.budget else None
        report = replace(made, budget=budget)
        assert report.ledger and budget and budget.ledger
        return (report,)

    timed(
        f"{RULE}{check.id} of final accounts",
        lines,
        lambda report: list(check().run(report, CheckSettings())),
        prepare=prepare,
    )


@pytest.mark.django_db
def test_save_every_line(timed: Callable[..., None], stored: Stored, lines: int) -> None:
    """A fifth of the report's lines are in this section; each is changed."""

    def change(content: dict[str, Any]) -> None:
        for line in content["expenditure"]["lines"]:
            line["amount"] = f"{Decimal(line['amount']) + 1:.2f}"

    _save(timed, "save 基本支出", stored, lines, "expenditure", change)


@pytest.mark.django_db
def test_save_one_project(timed: Callable[..., None], stored: Stored, lines: int) -> None:
    """The same section in both: what is left over is what the rest of the report costs."""

    def change(content: dict[str, Any]) -> None:
        line = content["activities"]["activities"][0]["lines"][0]
        line["amount"] = f"{Decimal(line['amount']) + 1:.2f}"

    _save(timed, "save one project", stored, lines, "project:project-0", change)


def _save(
    timed: Callable[..., None],
    what: str,
    stored: Stored,
    lines: int,
    key: str,
    change: Callable[[dict[str, Any]], None],
) -> None:
    """Saves the section with and without ``change`` in turn, so that every save writes."""
    report = stored.reports[lines]
    dossier = load_dossier(report)
    section = find_section(dossier, key)
    assert section is not None
    before = section.content(dossier)
    after = deepcopy(before)
    change(after)
    contents = cycle([after, before])

    def save(number: int, content: Mapping[str, Any]) -> None:
        save_section(report.pk, stored.preparer, key, number, content)

    timed(what, lines, save, prepare=lambda: (current_number(report, key), next(contents)))
