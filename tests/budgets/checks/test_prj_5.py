"""PRJ-5: a 科室 answers for a project and the unit carries it out, the same way round everywhere."""

import pytest

from budgets.checks.prj_5 import Responsible
from budgets.domain.address import Address
from budgets.domain.choices import Severity
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Application, Identity
from tests.examples import dossier, header, project

PRINTED = [
    ("办公室", "区企业和人才服务中心"),
    ("企业服务科", "企业和人才服务中心"),
    ("区企业和人才服务中心", "综合服务科"),
    ("党群综合人才科", "区企业和人才服务中心"),
]


def found(*pairs, **options):
    projects = [
        project(
            f"p{i}",
            identity=Identity(name=f"项目{i}"),
            application=Application(authority=authority, executing_unit=unit),
        )
        for i, (authority, unit) in enumerate(pairs)
    ]
    report = dossier(*projects, header=header(department_name="武汉市东西湖区企业和人才服务中心"))
    return list(Responsible().run(report, CheckSettings(options=options)))


def test_a_form_filled_the_other_way_round_is_found():
    (finding,) = found(*PRINTED)
    assert finding.severity == Severity.WARNING
    assert (finding.address.project, finding.place) == ("p2", "项目2")
    assert finding.address.on_page == Address("application", field="authority")
    assert finding.expected == "主管部门为科室，执行单位为单位"
    assert finding.actual == "主管部门为单位，执行单位为科室"
    assert "综合服务科" in finding.message


def test_put_right_it_is_silent():
    assert found(*PRINTED[:2], ("综合服务科", "区企业和人才服务中心"), PRINTED[3]) == []


@pytest.mark.parametrize(
    "pair",
    [
        ("区企业和人才服务中心", "区企业和人才服务中心"),
        ("", "区企业和人才服务中心"),
        ("区企业和人才服务中心", ""),
        ("区企业和人才服务中心", "待定"),
        ("长青街办事处", "区企业和人才服务中心"),
    ],
)
def test_what_cannot_be_told_is_left_alone(pair):
    assert found(PRINTED[0], pair) == []


def test_the_rarer_way_is_the_wrong_one():
    other_way = ("区企业和人才服务中心", "综合服务科")
    (finding,) = found(other_way, other_way, PRINTED[0])
    assert finding.address.project == "p2"


def test_a_locality_may_prescribe_the_way():
    assert [f.address.project for f in found(PRINTED[0], PRINTED[1], authority="unit")] == [
        "p0",
        "p1",
    ]
    assert [f.address.project for f in found(PRINTED[2], authority="section")] == ["p0"]
