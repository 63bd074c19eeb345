"""DIS-3: a withheld project whose amount is a total less what is published."""

from budgets.checks.dis_3 import NotBySubtraction
from budgets.domain.choices import Disclosure, ProjectCategory, Severity
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Activities, Activity, Identity
from tests.examples import dossier, line, project


def secret(key, amount="7", category=ProjectCategory.SPECIFIC, function="2010350"):
    return project(
        key,
        identity=Identity(name=f"涉密项目{key}", category=category, disclosure=Disclosure.WITHHELD),
        activities=Activities(
            activities=(Activity(key=f"{key}a", lines=(line(f"{key}l", amount, function=function),)),)
        ),
    )


def found(*projects):
    return [f.address.project for f in NotBySubtraction().run(dossier(*projects), CheckSettings())]


def test_a_single_withheld_project_can_be_computed():
    (finding,) = NotBySubtraction().run(dossier(project(), secret("x")), CheckSettings())
    assert (finding.severity, finding.address.project) == (Severity.WARNING, "x")
    assert "合计减去公开的项目就是它的金额" in finding.message


def test_two_of_one_category_and_function_are_silent():
    assert found(project(), secret("x"), secret("y")) == []


def test_two_of_different_categories_or_functions_are_each_alone():
    assert found(secret("x"), secret("y", category=ProjectCategory.OPERATING)) == ["x", "y"]
    assert found(secret("x"), secret("y", function="2010399")) == ["x", "y"]


def test_a_project_without_money_has_nothing_to_compute():
    assert found(secret("x"), secret("y", amount="0")) == ["x"]
    assert found(project()) == []
