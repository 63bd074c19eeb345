"""PRJ-6: what two projects have in common, and what only sounds alike."""

from budgets.checks.prj_6 import COMMON, Duplicates
from budgets.domain.address import Address
from budgets.domain.choices import Severity
from budgets.domain.dossier import Classification
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Activities, Activity, Application, Identity
from tests.examples import dossier, line, project


def found(*projects, **changes):
    return list(Duplicates().run(dossier(*projects, **changes), CheckSettings()))


def with_activity(key, name, description="", basis="", amount="10"):
    activity = Activity(
        key=f"{key}-a", name=name, description=description, basis=basis, lines=(line(f"{key}-l", amount),)
    )
    return project(
        key,
        identity=Identity(name=f"项目{key}"),
        application=Application(),
        activities=Activities(activities=(activity,)),
    )


def with_basis(key, basis):
    return project(
        key,
        identity=Identity(name=f"项目{key}"),
        application=Application(basis=basis),
        activities=Activities(),
    )


def test_two_servers_rented_in_two_projects():
    (finding,) = found(
        with_activity("1", "服务器租赁", "服务器租赁使用", "租赁 2台服务器，故障响应不超过 24小时", "12"),
        with_activity("3", "服务器租赁", "信息平台服务器", "租赁 2台服务器，保障数据库稳定"),
    )
    assert finding.severity == Severity.INFO
    assert finding.address == Address("activities", "3-a", "name", "3")
    assert "10.00 万元" in finding.message
    assert "项目“项目1”也有“服务器租赁”12.00 万元" in finding.message


def test_rented_in_one_project_it_is_silent():
    assert found(with_activity("1", "服务器租赁"), with_activity("3", "档案整理服务")) == []


def test_one_name_for_different_things_is_silent():
    first = with_activity("1", "服务器租赁", "人事档案查询", "一台，放在区档案馆")
    assert found(first, with_activity("3", "服务器租赁", "人才公寓门禁", "按套数计算")) == []


def test_an_economic_subject_is_no_activity_of_its_own():
    codes = Classification(economic={"30209": "物业管理费"})
    projects = (with_activity("1", "物业管理费"), with_activity("2", "物业管理费"))
    assert found(*projects, codes=codes) == []
    assert len(found(*projects)) == 1


COPIED = "特设立此项目，申请惠企惠才政策进企业宣讲活动项目经费。"


def test_a_basis_that_was_copied_from_another_project():
    (finding,) = found(
        with_basis("10", f"承担政府与企业的双向沟通。{COPIED}"),
        with_basis("11", f"宣传国家、省、市、区的法规。{COPIED}"),
        with_basis("12", "聘用编外人员辅助日常服务。"),
    )
    assert finding.address == Address("application", field="basis", project="11")
    assert "项目“项目10”" in finding.message


def test_written_for_the_project_it_is_silent():
    own = "特设立此项目，申请企业人才直通车活动经费。"
    assert found(with_basis("10", own), with_basis("11", COPIED)) == []


def test_almost_the_same_sentence_is_found():
    assert len(found(with_basis("1", COPIED), with_basis("2", COPIED.replace("进企业", "下企业")))) == 1


def test_what_three_projects_say_is_a_formula():
    assert found(*(with_basis(str(i), COPIED) for i in range(3))) == []
    assert found(*(with_basis(str(i), COPIED) for i in range(COMMON + 3))) == []


def test_short_sentences_and_one_project_alone_are_silent():
    assert found(with_basis("1", "依据合同测算。"), with_basis("2", "依据合同测算。")) == []
    assert found(with_basis("1", COPIED * 2)) == []
