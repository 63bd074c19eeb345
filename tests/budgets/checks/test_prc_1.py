"""PRC-1: nobody buys for more than there is."""

from dataclasses import replace

from budgets.checks.prc_1 import ProcurementWithinBudget
from budgets.domain.address import Address
from budgets.domain.choices import ReportKind, Severity
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import (
    Activities,
    Activity,
    Expenditure,
    ExpenditureLine,
    OperatingProcurement,
    ProcurementItem,
    ProjectProcurement,
)
from tests.examples import dossier, header, line, project, wan


def items(*amounts):
    return tuple(ProcurementItem(key=f"p{i}", amount=wan(a)) for i, a in enumerate(amounts))


def bought(project_items=(), budget="75", operating_items=(), operating="117.57"):
    return dossier(
        project(
            procurement=ProjectProcurement(items=items(*project_items)),
            activities=Activities(activities=(Activity(key="a", lines=(line("l", budget),)),)),
        ),
        parts={
            OperatingProcurement: OperatingProcurement(items=items(*operating_items)),
            Expenditure: Expenditure(
                lines=(
                    ExpenditureLine(key="e1", economic="30101", amount=wan("849.86")),
                    ExpenditureLine(key="e2", economic="30201", amount=wan(operating)),
                )
            ),
        },
    )


def found(*args, **amounts):
    return list(ProcurementWithinBudget().run(bought(*args, **amounts), CheckSettings()))


def test_procurement_as_printed_is_within_the_budget():
    assert found(["5", "3", "5", "2.5"]) == []
    assert found(["20"], budget="20") == []
    assert found(operating_items=["117.57"]) == []


def test_a_project_that_buys_for_more_than_its_budget():
    (finding,) = found(["5", "20", "13"], budget="35.5")
    assert finding.severity == Severity.ERROR
    assert finding.address == Address("procurement", "p1", "amount", "zhyw")
    assert (finding.expected, finding.actual, finding.difference) == (wan("35.5"), wan("38"), wan("2.5"))
    assert "超出 2.50 万元" in finding.message


def test_other_procurement_is_paid_from_operating_cost_alone():
    (finding,) = found(operating_items=["117.58"])
    assert (finding.address.object, finding.address.project) == ("procurement", "")
    assert (finding.expected, finding.actual) == (wan("117.57"), wan("117.58"))


def test_without_procurement_there_is_nothing_to_exceed():
    assert found(budget="0", operating="0") == []


def test_in_final_accounts_it_is_what_was_spent():
    final = replace(
        bought(["8.89"], budget="8", operating_items=["118"]),
        header=header(2024, "dongxihu_final_2024", kind=ReportKind.FINAL),
    )
    of_project, rest = ProcurementWithinBudget().run(final, CheckSettings())
    assert "项目决算数只有 8.00 万元" in of_project.message
    assert "预算" not in of_project.message + rest.message
