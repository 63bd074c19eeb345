"""PRC-2: texts that buy services, in a report that buys none."""

from dataclasses import replace

import pytest

from budgets.checks.prc_2 import ServicePurchase
from budgets.domain.address import Address
from budgets.domain.choices import ServiceCategory, Severity
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Application, Basics, ProcurementItem, ProjectProcurement, WorkItem
from performance.domain.goals import Goal, Goals, Indicator
from tests.examples import dossier, project, wan


def found(purpose, category=None, parts=None):
    item = ProcurementItem(key="p", name="编外辅助用工", amount=wan("20"), service_category=category)
    report = dossier(
        project(
            application=Application(purpose=purpose),
            procurement=ProjectProcurement(items=(item,)),
            goals=Goals(),
        )
    )
    report = replace(report, parts=parts or {})
    return list(ServicePurchase().run(report, CheckSettings()))


def test_purchased_staff_without_service_purchase():
    (finding,) = found("聘用编外购买服务人员费用")
    assert finding.severity == Severity.WARNING
    assert finding.address == Address("application", field="purpose", project="zhyw")
    assert "购买服务" in finding.message
    assert finding.actual == "0.00 万元"


def test_marked_as_such_in_procurement_it_is_silent():
    assert found("聘用编外购买服务人员费用", ServiceCategory.SUPPORT) == []


@pytest.mark.parametrize(
    "purpose",
    [
        "编外人员的工资和社保",
        "按《政府购买服务管理办法》执行",
        "本项目不属于政府购买服务",
        "上年的购买服务合同已经期满",
        "购买办公设备，服务企业",
    ],
)
def test_it_stays_silent(purpose):
    assert found(purpose) == []


def test_other_sections_and_indicators_are_read_too():
    indicator = Indicator(key="i", name="购买服务项数", value="≥6/年")
    parts = {
        Basics: Basics(tasks=(WorkItem(key="t", text="向社会力量购买服务"),)),
        Goals: Goals(goals=(Goal(key="g", indicators=(indicator,)),)),
    }
    findings = found("", parts=parts)
    assert [f.address for f in findings] == [
        Address("tasks", "t", "text"),
        Address("indicators", "i", "name"),
    ]
    assert [f.address.object for f in findings] == ["tasks", "indicators"]


def test_one_project_is_told_once():
    assert len(found("购买服务。再次购买服务。")) == 1
