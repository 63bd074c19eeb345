"""The samples are reports that could be submitted, and agree with themselves."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import budgets
from budgets.classification.editions import classification
from budgets.domain.choices import Flow, Severity
from budgets.domain.dossier import Dossier
from budgets.domain.money import ZERO
from budgets.domain.profile import run_checks
from budgets.domain.schema import Income
from budgets.exchange.importing import check_document
from budgets.management.commands import load_samples

SAMPLES = Path(budgets.__file__).parent / "samples"
STATES = {(code, year, kind.value): status for code, year, kind, status in load_samples.REPORTS}
FILES = sorted(path.stem for path in SAMPLES.glob("*.json"))


def read(name: str) -> Dossier:
    data = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return replace(check_document(data), codes=classification(data["edition"]))


def with_earlier(department: str, kind: str, year: int, *earlier: int) -> Dossier:
    """The sample with the others that it is read with, in the states that they are loaded in."""

    def loaded(year: int, kind: str) -> Dossier:
        dossier = read(f"{department}_{year}_{kind}")
        return replace(dossier, header=replace(dossier.header, status=STATES[department, year, kind]))

    past = tuple(loaded(y, kind) for y in earlier)
    return replace(
        loaded(year, kind), earlier=past, budget=loaded(year, "budget") if kind == "final" else None
    )


CARRIED_OVER = {"112001_2023_final": Decimal("300"), "112001_2024_final": Decimal("214200")}
"""年末结转 of final accounts, in 元; budgets leave nothing."""


@pytest.mark.parametrize("name", FILES)
def test_it_is_a_valid_document_that_balances(name: str) -> None:
    dossier = read(name)
    assert dossier.ledger.closing() == CARRIED_OVER.get(name, ZERO)
    assert dossier.ledger.closing(fund="general") == ZERO
    assert dossier.ledger.expenditure.total() > 0


def test_the_years_of_final_accounts_follow_each_other() -> None:
    """What is left of a year is what the next begins with, before adjustments."""
    last, this = read("112001_2023_final"), read("112001_2024_final")
    opening = [line for line in this.part(Income).lines if line.flow == Flow.OPENING]
    assert sum(line.amount for line in opening if not line.adjustment) == last.ledger.closing()
    assert all(line.remark for line in opening if line.adjustment)


@pytest.mark.parametrize(
    ("report", "printed_so"),
    [
        (
            ("112001", "budget", 2023, 2022, 2021),
            {
                ("PRJ-4", "project:talent-apartments"),
                ("PRJ-5", "project:industry-academia"),
                ("PRJ-5", "project:needs-survey"),
                ("PRJ-7", "project:study-course"),
                ("PRC-2", "project:general-affairs"),
                ("PRF-2", "goals"),
                ("PRF-2", "project:environment-publicity"),
                ("PRF-2", "project:industry-academia"),
                ("PRF-3", "goals"),
                ("PRF-4", "project:environment-publicity"),
                ("PRF-4", "project:needs-survey"),
                ("PRF-4", "project:policy-briefings"),
                ("PRF-6", "project:jinshan-talents"),
                ("PRF-7", "project:jinshan-talents"),
                ("PRF-8", "goals"),
                ("PRF-8", "project:environment-publicity"),
                ("PRF-8", "project:general-affairs"),
                ("PRF-8", "project:jinshan-talents"),
                ("PRF-8", "project:policy-briefings"),
                ("PRF-8", "project:through-train"),
                ("TXT-1", "project:talent-apartments"),
            },
        ),
        (
            ("344001", "budget", 2022, 2021),
            {
                ("PRF-1", "project:regional-development"),
                ("CON-1", "project:intelligent-system"),
                ("CON-1", "project:service-base"),
                ("CON-1", "project:regional-development"),
            },
        ),
        (("112001", "final", 2024, 2023), {("CLS-2", "expenditure")}),
    ],
)
def test_only_what_was_printed_so_is_found(report: tuple[Any, ...], printed_so: set[tuple[str, str]]) -> None:
    """No error, and no warning but of what the published documents say themselves."""
    findings = run_checks(with_earlier(*report))
    assert {(f.rule, f.section) for f in findings if f.severity == Severity.WARNING} == printed_so
    assert [f for f in findings if f.severity == Severity.ERROR] == []


@pytest.mark.parametrize("name", FILES)
def test_every_code_is_in_the_edition(name: str) -> None:
    dossier = read(name)
    for line in dossier.ledger:
        assert not line.function or line.function in dossier.codes.function
        assert not line.economic or line.economic in dossier.codes.economic


@pytest.mark.parametrize(
    "name", ["112001_2023_budget", "112001_2024_budget", "112001_2024_final", "344001_2022_budget"]
)
def test_assumed_basic_expenditure_says_so(name: str) -> None:
    data = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    assert all(line["remark"].startswith("假定：") for line in data["expenditure"]["lines"])


def test_people_are_made_up() -> None:
    """A role and a number that nobody has, wherever a form asks for a person."""
    for name in FILES:
        data = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
        people = [data["basics"]] if "basics" in data else []
        people += [p["application"] for p in data["projects"] if "application" in p]
        assert all(person["phone"].startswith("020-0000-") for person in people)
        assert all(p.get("leader", p.get("preparer")).endswith(("负责人", "填报人")) for p in people)
