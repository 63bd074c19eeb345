"""Weight schemes are data: they add to 100, and give every form its weights."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.choices import Programme
from performance.analysis.assessment import assess
from performance.domain.schemes import FULL, LEVELS, Scheme, Weights
from tests.performance.evaluated import CONTENT, COST, EFFECT, OUTPUT, case, decimals, elsewhere, locality

WHOLE = {
    "25 + 3 × 25": (25, (25, 25, 25)),
    "30 + 25 + 28 + 17": (30, (25, 28, 17)),
    "20 + 40 + 40": (20, (40, 40)),
}
PROJECT = Weights(execution=Decimal(20), goals=(Decimal(80),))


def weights(execution, goals, **more):
    return Weights(execution=Decimal(execution), goals=tuple(map(Decimal, goals)), **more)


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_published_schemes_add_to_a_hundred_with_any_number_of_goals(name):
    scheme = weights(*WHOLE[name])
    assert scheme.of_goals(len(WHOLE[name][1])) == list(map(Decimal, WHOLE[name][1]))
    for count in (1, 2, 3, 4, 7):
        assert scheme.execution + sum(scheme.of_goals(count)) == FULL


@given(execution=st.integers(0, 10_000), count=st.integers(1, 300))
def test_goals_share_what_execution_leaves(execution, count):
    given_weight = Decimal(execution).scaleb(-2)
    scheme = Weights(execution=given_weight, goals=(FULL - given_weight,))
    shares = scheme.of_goals(count)
    assert len(shares) == count
    assert sum(shares) == FULL - given_weight
    assert min(shares) >= 0
    assert max(shares) - min(shares) < 2


def test_without_goals_there_is_nothing_to_share():
    assert weights(20, (40, 40)).of_goals(0) == []


def test_a_scheme_that_does_not_add_up_is_refused():
    with pytest.raises(ValueError, match="add to 100"):
        weights(20, (40, 41))
    with pytest.raises(ValueError, match="add to their goal"):
        weights(20, (80,), groups={COST: Decimal(20), OUTPUT: Decimal(50)})


def test_groups_keep_their_proportion_where_a_goal_weighs_otherwise():
    fixed = dict(zip(LEVELS, decimals("20", "20", "30", "10"), strict=True))
    scheme = weights(20, (80,), groups=fixed)
    assert [scheme.of_group(level, Decimal(80)) for level in LEVELS] == decimals("20", "20", "30", "10")
    assert [scheme.of_group(level, Decimal(40)) for level in LEVELS] == decimals("10", "10", "15", "5")
    assert scheme.of_group("其他指标", Decimal(80)) is None
    assert weights(20, (80,)).of_group(COST, Decimal(80)) is None


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_another_scheme_is_data_of_a_profile(name):
    with locality(Scheme(department=weights(*WHOLE[name]), project=PROJECT)):
        assessment = assess(elsewhere(case()))
        assert assessment.execution.weight == WHOLE[name][0]
        assert assessment.weight_total == 100


def test_fixed_weights_of_levels_are_data_of_a_profile():
    fixed = dict(zip((COST, OUTPUT, EFFECT, CONTENT), decimals("20", "20", "30", "10"), strict=True))
    scheme = Scheme(department=weights(20, (40, 40)), project=weights(20, (80,), groups=fixed))
    with locality(scheme):
        report = elsewhere(case())
        (goal,) = assess(report, report.projects[0]).goals
        assert {group.level1: group.weight for group in goal.groups} == fixed
    with locality(Scheme(department=weights(20, (40, 40)), project=PROJECT)):
        (goal,) = assess(report, report.projects[0]).goals
        assert {group.weight for group in goal.groups} == {None}


def test_a_locality_may_name_its_own_boxes():
    named = {Programme.DEPARTMENT: "部门预算项目", Programme.DISTRICT: "市直专项"}
    scheme = Scheme(department=weights(20, (40, 40)), project=PROJECT, programmes=named)
    assert list(scheme.programmes.values()) == ["部门预算项目", "市直专项"]
    assert len(Scheme(department=weights(20, (40, 40)), project=PROJECT).programmes) == len(Programme)
