"""When changes and completion are judged: not before there is something to compare."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budgets.checks.car_1 import OpeningCarriedOver
from budgets.checks.changes import Entered
from budgets.checks.tpe_1 import ThreePublic
from budgets.checks.var_1 import ChangeExplained
from budgets.checks.var_2 import ReasonSaysWhy
from budgets.domain.choices import Flow, ReportKind, Use
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.ledger import Filter
from budgets.domain.schema import (
    Activities,
    Activity,
    ActivityLine,
    Application,
    Explanation,
    Explanations,
    Income,
    IncomeLine,
)
from tests.examples import header, project
from tests.final_examples import final, spent, wan

SPENT = Filter(flow=(Flow.EXPENDITURE,))
CAME = Filter(flow=(Flow.OPENING, Flow.INCOME))


def of_projects(amount: str, key: str = "zhyw") -> ProjectDossier:
    """A project of 2010399, taken over from a budget of 40 万元."""
    line = ActivityLine(
        key=f"{key}l", function="2010399", economic="30201", adjusted=wan("40"), amount=wan(amount)
    )
    return project(
        key,
        application=Application(),
        activities=Activities(activities=(Activity(key=f"{key}a", lines=(line,)),)),
    )


def income(amount: str, opening: str = "0.03") -> Income:
    return Income(
        lines=(
            IncomeLine(key="i", function="2010350", amount=wan(amount)),
            IncomeLine(key="o", function="2010350", flow=Flow.OPENING, amount=wan(opening)),
        )
    )


def opened(basic: str = "0", of_project: str = "0", came: str = "0") -> Dossier:
    """Final accounts opened from a budget of 20 basic and 40 万元 in a project; last year spent 10 and 30."""
    last = replace(
        final(spent("2010350", "10"), parts={Income: income("40")}),
        header=header(2023, "dongxihu_final_2024", kind=ReportKind.FINAL),
        projects=(of_projects("30"),),
    )
    this = final(
        spent("2010350", basic, adjusted="20"),
        budget=[("2010350", "20"), ("2010399", "40")],
        last=last,
        parts={Income: income(came)},
    )
    return replace(this, projects=(of_projects(of_project),))


def places(check: object, dossier: Dossier) -> set[str]:
    return {finding.place for finding in found(check, dossier)}


def found(check: object, dossier: Dossier) -> list[Finding]:
    return list(check.run(dossier, CheckSettings()))  # type: ignore[attr-defined]


@pytest.mark.parametrize("check", [ChangeExplained(), ReasonSaysWhy(), ThreePublic(), OpeningCarriedOver()])
def test_nothing_is_asked_of_what_was_just_opened(check):
    assert found(check, opened()) == []


def test_an_opening_that_was_carried_in_is_no_income_that_was_entered():
    entered = Entered(opened())
    assert entered.waits(CAME) and entered.waits(SPENT)
    assert not Entered(opened(came="100")).waits(CAME)


def test_basic_expenditure_is_judged_once_it_has_amounts_and_the_projects_when_they_have():
    assert places(ChangeExplained(), opened(basic="19")) == {"2010350 事业运行", "基本支出", "人员经费"}
    everything = places(ChangeExplained(), opened(basic="19", of_project="38"))
    assert {"2010350 事业运行", "项目支出", "本年支出合计", "综合业务"} <= everything
    assert any(place.startswith("2010399") for place in everything)


def test_once_projects_have_amounts_one_that_spent_nothing_is_judged_with_its_subject():
    this = opened(basic="20", of_project="0")
    this = replace(this, projects=(*this.projects, of_projects("2", "other")))
    assert any(place.startswith("2010399") for place in places(ChangeExplained(), this))
    assert "综合业务" not in places(ChangeExplained(), this)


def test_a_row_that_was_taken_out_waits_for_nobody():
    """Budgeted, and no row of it left: nothing was done of it."""
    this = replace(opened(basic="20"), projects=())
    assert any(place.startswith("2010399") for place in places(ChangeExplained(), this))


def test_a_figure_without_rows_waits_for_where_it_could_be_entered():
    reception = Filter(flow=(Flow.EXPENDITURE,), economic=("30217",))
    assert Entered(opened(basic="19")).waits(reception)
    assert not Entered(opened(basic="19", of_project="1")).waits(reception)
    assert not Entered(opened(basic="19")).waits(replace(reception, use=(Use.BASIC,)))


def test_a_budget_waits_for_nothing():
    this = opened()
    plan = replace(this, header=replace(this.header, kind=ReportKind.BUDGET))
    assert not Entered(plan).waits(SPENT)
    assert not Entered(plan).waits_for(plan.projects[0])


def test_drivers_are_added_up_when_there_is_a_change_to_add_up_to():
    text = "退休减少0.3万元，调出减少0.2万元"
    reasons = Explanations(reasons=(Explanation(figure="completion.2010350", text=text),))
    assert found(ReasonSaysWhy(), with_reasons("0", reasons)) == []
    assert places(ReasonSaysWhy(), with_reasons("19", reasons)) == {"2010350 事业运行"}


def with_reasons(basic: str, reasons: Explanations) -> Dossier:
    this = opened(basic=basic)
    return replace(this, parts={**this.parts, Explanations: reasons})


def test_vehicles_and_receptions_are_beside_their_cost_once_there_is_any():
    def counted(*lines):
        return final(*lines, detail={"vehicles_held": 1, "receptions": 2})

    waiting = [spent("2010350", "0", economic=code, adjusted="1") for code in ("30101", "30231")]
    assert found(ThreePublic(), counted(*waiting)) == []
    entered = [spent("2010350", "20", adjusted="20"), waiting[1]]
    assert places(ThreePublic(), counted(*entered)) == {"公务用车", "公务接待费"}


def test_the_opening_is_compared_once_any_income_has_an_amount():
    def brought(*amounts):
        this = opened()
        lines = tuple(
            replace(line, amount=wan(amount)) for line, amount in zip(income("0").lines, amounts, strict=True)
        )
        return replace(this, parts={**this.parts, Income: Income(lines=lines)})

    assert found(OpeningCarriedOver(), brought("0", "0")) == []
    assert places(OpeningCarriedOver(), brought("60", "0")) == {"一般公共预算财政拨款年初结转"}
