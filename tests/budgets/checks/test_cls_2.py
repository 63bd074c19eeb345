"""CLS-2: a unit's codes are those of its kind."""

import pytest

from budgets.checks.cls_2 import FittingKind
from budgets.domain.address import Address
from budgets.domain.choices import DepartmentKind, PostCategory, Severity, Status
from budgets.domain.dossier import Classification
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Expenditure, ExpenditureLine, Post, Staffing
from tests.examples import dossier, header, wan

CODES = Classification(
    function={
        "2010301": "行政运行",
        "2010350": "事业运行",
        "2101101": "行政单位医疗",
        "2101102": "事业单位医疗",
        "2101103": "公务员医疗补助",
    }
)
ADMINISTRATIVE, MANAGED = DepartmentKind.ADMINISTRATIVE, DepartmentKind.CIVIL_SERVICE_MANAGED


def found(*codes, kind=DepartmentKind.PUBLIC_ONE, posts=(), status=Status.DRAFT):
    lines = tuple(
        ExpenditureLine(key=f"e{i}", function=code, economic="30110", amount=wan("33.84"))
        for i, code in enumerate(codes)
    )
    report = dossier(
        header=header(department_kind=kind, status=status),
        parts={
            Expenditure: Expenditure(lines=lines),
            Staffing: Staffing(posts=tuple(Post(category=c, authorised=n, filled=n) for c, n in posts)),
        },
        codes=CODES,
    )
    return list(FittingKind().run(report, CheckSettings()))


def test_medical_insurance_of_administrative_units_in_an_institution():
    (finding,) = found("2010350", "2101101", "2101103")
    assert finding.severity == Severity.WARNING
    assert finding.address == Address("expenditure", "e1", "function")
    assert (finding.expected, finding.actual) == ("事业单位医疗", "2101101 行政单位医疗")
    assert "公益一类事业单位" in finding.message


def test_with_the_institutions_code_it_is_silent():
    assert found("2010350", "2101102", "2101103") == []


@pytest.mark.parametrize("kind", [ADMINISTRATIVE, MANAGED])
def test_administrative_and_managed_units_have_the_others(kind):
    assert found("2010301", "2101101", kind=kind) == []
    assert [f.actual for f in found("2010350", kind=kind)] == ["2010350 事业运行"]


def test_one_code_is_found_once():
    assert len(found("2101101", "2101101")) == 1


@pytest.mark.parametrize(
    ("code", "kind", "posts"),
    [
        ("2101102", ADMINISTRATIVE, [(PostCategory.ADMINISTRATIVE, 9), (PostCategory.INSTITUTION, 2)]),
        ("2101101", DepartmentKind.PUBLIC_ONE, [(PostCategory.ADMINISTRATIVE, 1)]),
        ("2101101", DepartmentKind.PUBLIC_TWO, [(PostCategory.CIVIL_SERVICE_MANAGED, 1)]),
    ],
)
def test_posts_of_both_kinds_have_codes_of_both(code, kind, posts):
    assert found(code, kind=kind, posts=posts) == []


def test_managed_posts_alone_are_none_of_the_other_kind():
    posts = [(PostCategory.INSTITUTION, 5), (PostCategory.CIVIL_SERVICE_MANAGED, 5)]
    assert len(found("2101102", kind=MANAGED, posts=posts)) == 1


def test_archived_reports_are_as_published():
    assert found("2101101", status=Status.ARCHIVED) == []
