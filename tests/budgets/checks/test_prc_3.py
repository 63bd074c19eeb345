"""PRC-3: 中小企业 within the whole, 小微企业 within them; shares are typed nowhere."""

import pytest

from budgets.checks.prc_3 import SmallEnterprises
from budgets.domain.address import Address
from budgets.domain.choices import ReportKind, Severity
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import OperatingProcurement, ProcurementItem, ProjectProcurement
from tests.budgets.checks.test_by_construction import refuses
from tests.examples import dossier, header, project, wan

FINAL = header(2024, "dongxihu_final_2024", kind=ReportKind.FINAL)


def item(amount, sme, micro, key="p1"):
    return ProcurementItem(
        key=key, name="办公设备", amount=wan(amount), sme_amount=wan(sme), micro_amount=wan(micro)
    )


def found(*items, severity=None):
    report = dossier(header=FINAL, parts={OperatingProcurement: OperatingProcurement(items=items)})
    return list(SmallEnterprises().run(report, CheckSettings(severity=severity)))


@pytest.mark.parametrize("amounts", [("4.93", "4.93", "4.93"), ("8.89", "3", "0"), ("0", "0", "0")])
def test_a_part_of_the_whole_is_silent(amounts):
    assert found(item(*amounts)) == []


def test_more_than_was_bought_stops_the_report():
    (finding,) = found(item("4.93", "4.94", "0"))
    assert finding.severity == Severity.ERROR
    assert finding.address == Address("procurement", "p1", "sme_amount")
    assert finding.difference == wan("0.01")


def test_small_ones_are_among_the_small_and_medium_ones():
    (finding,) = found(item("8.89", "3", "3.96"))
    assert finding.address.on_page == Address("procurement", "p1", "micro_amount")
    assert "授予小微企业金额 3.96 万元" in finding.message


def test_each_item_stands_for_itself():
    assert len(found(item("1", "2", "0"), item("5", "1", "0", key="p2"))) == 1


def test_an_item_of_a_project_is_found_there():
    owner = project(procurement=ProjectProcurement(items=(item("1", "2", "3"),)))
    findings = list(SmallEnterprises().run(dossier(owner, header=FINAL), CheckSettings()))
    assert [finding.address.project for finding in findings] == ["zhyw"] * 2


def test_a_locality_may_set_the_severity():
    (finding,) = found(item("1", "2", "0"), severity=Severity.WARNING)
    assert finding.severity == Severity.WARNING


@pytest.mark.parametrize("name", ["share", "sme_share", "percent", "total"])
def test_nobody_types_a_share_or_a_total(name):
    assert refuses(OperatingProcurement, {"items": [{"key": "a", name: "100"}]})
    assert refuses(OperatingProcurement, {name: "100"})
