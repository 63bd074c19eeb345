"""DIS-2: a text that will be published names no withheld project and nothing in one."""

from budgets.checks.dis_2 import NothingGivenAway
from budgets.domain.address import Address
from budgets.domain.choices import Disclosure, Severity
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Activities, Activity, Application, Basics, Duty, Identity
from tests.examples import dossier, line, project, withheld


def secret(name):
    return project(
        "s",
        identity=Identity(name=name, disclosure=Disclosure.WITHHELD),
        activities=Activities(
            activities=(Activity(key="sa", name="联络点租用与看护", lines=(line("sl", "7"),)),)
        ),
    )


def found(*projects, duty="服务企业"):
    parts = {Basics: Basics(duties=(Duty(key="d1", text=duty),))}
    return list(NothingGivenAway().run(dossier(*projects, parts=parts), CheckSettings()))


def test_a_name_in_a_duty_is_an_error_at_the_duty():
    (finding,) = found(secret("专班保障经费"), duty="做好专班 保障经费的管理")
    assert finding.severity == Severity.ERROR
    assert finding.address == Address("duties", "d1", "text")
    assert "不予公开项目“专班保障经费”的名称" in finding.message


def test_an_activity_in_another_projects_plan_is_an_error_there():
    telling = project("p", application=Application(plan="与联络点租用与看护一并实施"))
    (finding,) = found(secret("专班保障经费"), telling)
    assert finding.severity == Severity.ERROR
    assert (finding.address.project, finding.address.field) == ("p", "plan")


def test_a_short_name_is_a_warning():
    (finding,) = found(secret("党建"), duty="加强党建工作")
    assert finding.severity == Severity.WARNING
    assert "或说明它为什么不会泄露" in finding.message


def test_the_withheld_projects_own_texts_are_its_own():
    assert found(secret("专班保障经费")) == []


def test_without_withheld_projects_it_is_silent():
    assert found(project("p"), duty="综合业务") == []
    assert found(withheld(), duty="宣传政策") == []
