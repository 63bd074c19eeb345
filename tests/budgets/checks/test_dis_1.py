"""DIS-1: what is withheld in the budget is withheld in its final accounts, and the other way round."""

from dataclasses import replace

import pytest

from budgets.checks.dis_1 import WithheldAlike
from budgets.domain.choices import Disclosure, Severity
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Identity
from tests.examples import dossier, project


def one(disclosure):
    return project("p", identity=Identity(name="综合业务", disclosure=disclosure))


def found(budget, final):
    return list(
        WithheldAlike().run(replace(dossier(one(final)), budget=dossier(one(budget))), CheckSettings())
    )


@pytest.mark.parametrize(
    ("budget", "final", "message"),
    [
        (Disclosure.WITHHELD, Disclosure.FULL, "年初预算中不予公开，决算中公开"),
        (Disclosure.FULL, Disclosure.WITHHELD, "年初预算中公开，决算中不予公开"),
    ],
)
def test_one_way_or_the_other_is_an_error_at_the_field(budget, final, message):
    (finding,) = found(budget, final)
    assert finding.severity == Severity.ERROR
    assert (finding.address.project, finding.address.field) == ("p", "disclosure")
    assert message in finding.message


@pytest.mark.parametrize("both", [Disclosure.WITHHELD, Disclosure.FULL])
def test_alike_is_silent(both):
    assert found(both, both) == []


def test_a_project_without_a_budget_or_a_report_without_one_is_silent():
    assert list(WithheldAlike().run(dossier(one(Disclosure.WITHHELD)), CheckSettings())) == []
    alone = replace(dossier(one(Disclosure.WITHHELD)), budget=dossier())
    assert list(WithheldAlike().run(alone, CheckSettings())) == []
