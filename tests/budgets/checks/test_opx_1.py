"""OPX-1: 机关运行经费 is that of 行政 and 参公 units, and their posts say so."""

import pytest

from budgets.analysis.operating_cost import agency_operating_cost
from budgets.checks.opx_1 import AgencyOperatingCost
from budgets.domain.address import Address
from budgets.domain.choices import DepartmentKind, Fund, PostCategory, Severity, Use
from budgets.domain.findings import CheckSettings
from budgets.domain.money import ZERO
from budgets.domain.schema import Expenditure, ExpenditureLine, Post, Staffing
from tests.examples import dossier, header, wan

MANAGED = DepartmentKind.CIVIL_SERVICE_MANAGED
BOTH = "机关（事业）运行经费"


def report(kind=DepartmentKind.PUBLIC_ONE, institution=40, managed=0, administrative=0):
    counts = {
        PostCategory.INSTITUTION: institution,
        PostCategory.CIVIL_SERVICE_MANAGED: managed,
        PostCategory.ADMINISTRATIVE: administrative,
    }
    lines = (
        ExpenditureLine(key="e1", economic="30101", amount=wan("849.86")),
        ExpenditureLine(key="e2", economic="30201", amount=wan("117.57")),
        ExpenditureLine(key="e3", economic="30201", amount=wan("5"), fund=Fund.OTHER),
        ExpenditureLine(key="e4", economic="30201", amount=wan("6"), use=Use.PROJECT),
    )
    return dossier(
        header=header(department_kind=kind),
        parts={
            Expenditure: Expenditure(lines=lines),
            Staffing: Staffing(
                posts=tuple(Post(category=c, authorised=n, filled=n) for c, n in counts.items())
            ),
        },
    )


def found(*args, word=None, **changes):
    options = {"operating_cost_word": word} if word else {}
    return list(AgencyOperatingCost().run(report(*args, **changes), CheckSettings(options=options)))


def test_an_institution_has_none_unless_the_locality_prints_both():
    assert agency_operating_cost(report()) == ZERO
    assert agency_operating_cost(report(), BOTH) == wan("117.57")
    assert agency_operating_cost(report(MANAGED)) == wan("117.57")


def test_printed_for_a_unit_without_managed_staff():
    (finding,) = found(MANAGED)
    assert finding.severity == Severity.WARNING
    assert finding.address == Address("staffing", "civil_service_managed", "filled")
    assert (finding.expected, finding.actual, finding.difference) == (ZERO, wan("117.57"), wan("117.57"))
    assert "机关运行经费 117.57 万元" in finding.message


def test_as_the_institution_that_it_is_the_unit_is_silent():
    assert found() == []


def test_staff_of_an_agency_in_an_institution():
    (finding,) = found(managed=3)
    assert (finding.expected, finding.actual) == (wan("117.57"), ZERO)


@pytest.mark.parametrize(
    "case",
    [
        {"kind": MANAGED, "managed": 40},
        {"kind": DepartmentKind.ADMINISTRATIVE, "administrative": 5},
        {"kind": MANAGED, "institution": 0},
        {"kind": MANAGED, "word": BOTH},
        {"managed": 3, "word": BOTH},
    ],
)
def test_it_stays_silent(case):
    assert found(**case) == []
