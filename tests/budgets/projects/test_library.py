"""The projects of earlier reports: which report's word counts, and what is left of them for a new year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from budgets.domain.dossier import Classification, Dossier
from budgets.parts.procurement import project_procurement
from budgets.parts.project import activities
from budgets.projects.library import shelve
from budgets.storage.dossier_json import parse_dossier
from tests.sample_world import sample


def report(year: int, *projects: dict[str, Any], kind: str = "budget") -> Dossier:
    document = sample(year=2024, kind=kind) | {"year": year, "projects": list(projects)}
    return parse_dossier(document, Classification())


def project(key: str, name: str, amount: str = "1.00", **identity: str) -> dict[str, Any]:
    lines = [{"key": f"{key}-line", "amount": amount}]
    return {
        "key": key,
        "identity": {"name": name, **identity},
        "activities": {"activities": [{"key": f"{key}-activity", "lines": lines}]},
    }


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((2023,), "2023"),
        ((2021, 2022), "2021–2022"),
        ((2018, 2020, 2021, 2022, 2024), "2018、2020–2022、2024"),
    ],
)
def test_the_years_are_read_as_spans(years, said):
    (found,) = shelve([report(year, project("a", "甲")) for year in years], ())
    assert found.spans == said


def test_the_last_report_speaks_and_former_names_are_kept():
    found = shelve(
        [
            report(2021, project("a", "最早的名称"), project("b", "乙")),
            report(2023, project("a", "新名称", "3.00"), project("c", "丙")),
            report(2022, project("a", "旧名称", "2.00")),
        ],
        {"c"},
    )
    assert [(one.key, one.name, one.year, one.amount) for one in found] == [
        ("a", "新名称", 2023, Decimal("3.00")),
        ("b", "乙", 2021, Decimal("1.00")),
    ]
    assert found[0].names == ("旧名称", "最早的名称")


def test_of_one_year_the_budget_speaks_before_the_final_accounts():
    final = report(2023, project("a", "甲", "9.00"), project("b", "年中新增", "4.00"), kind="final")
    found = shelve([final, report(2023, project("a", "甲", "5.00"))], ())
    assert [(one.key, one.amount, one.source.header.kind.value) for one in found] == [
        ("a", Decimal("5.00"), "budget"),
        ("b", Decimal("4.00"), "final"),
    ]


def test_what_has_no_name_cannot_be_chosen():
    assert shelve([report(2023, project("a", ""))], ()) == []


def test_one_of_a_single_year_does_not_carry_on():
    found = shelve([report(2023, project("a", "甲"), project("b", "乙", type="one_off"))], ())
    assert [one.carries_on for one in found] == [True, False]


def test_of_final_accounts_a_budget_takes_what_budgets_have():
    line = {"key": "l", "adjusted": "8.00", "amount": "7.00"}
    spent = activities.parse({"activities": [{"key": "a", "lines": [line]}]})
    (planned,) = activities.copy_forward(spent, 2025).activities
    assert (planned.lines[0].adjusted, planned.amount) == (None, Decimal("7.00"))
    bought = project_procurement.parse(
        {"items": [{"key": "p", "amount": "5.00", "sme_amount": "4.00", "micro_amount": "3.00"}]}
    )
    (item,) = project_procurement.copy_forward(bought, 2025).items
    assert (item.amount, item.sme_amount, item.micro_amount) == (Decimal("5.00"), 0, 0)
