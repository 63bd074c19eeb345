"""What is derived from a report is computed once for it, and again for a changed one."""

from dataclasses import replace

from budgets.domain.dossier import Dossier, derived
from tests.examples import dossier

asked: list[Dossier] = []


@derived
def department(report: Dossier) -> str:
    asked.append(report)
    return report.header.department_name


def test_it_is_computed_once_for_each_report():
    report = dossier()
    assert department(report) == department(report) == report.header.department_name
    renamed = replace(report, header=replace(report.header, department_name="另一个部门"))
    assert department(renamed) == "另一个部门"
    assert asked == [report, renamed]
    assert report == dossier()
