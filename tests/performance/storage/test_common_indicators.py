"""常用指标: ranked by use, and never from what is not published or is withheld."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from budgets.actions.adopt import adopt
from budgets.domain.choices import Disclosure, Status
from budgets.models import Project, Report
from performance.domain.goals import LEVELS, Horizon
from performance.storage.common_indicators import WHOLE, Common, Use, common_indicators, grouped, rank
from tests.factories import make_report, make_world
from tests.sample_world import sample

# --- ranking --------------------------------------------------------------------------------------


def use(name: str = "满意度", value: str = "≥90%", owner: Any = 1, department: int = 1, **more: str) -> Use:
    given = {"level1": "满意度指标", "level2": "服务对象满意度指标", "scope": "specific"} | more
    return Use(name=name, value=value, owner=(department, owner), department=department, **given)


def test_the_most_used_comes_first_and_an_owner_counts_once():
    found = rank([use("甲"), use("乙", owner=1), use("乙", owner=2), use("乙", owner=2), use("甲", owner=1)])
    assert [(one.name, one.owners) for one in found] == [("乙", 2), ("甲", 1)]


def test_of_equally_used_ones_that_of_more_departments_comes_first():
    found = rank([use("甲", owner=1), use("甲", owner=2), use("乙", department=1), use("乙", department=2)])
    assert [(one.name, one.departments) for one in found] == [("乙", 2), ("甲", 1)]


def test_an_owners_first_value_is_its_value_and_the_usual_ones_are_named():
    found = rank(
        [
            use(value="≥95%", owner=1),
            use(value="≥80%", owner=1),
            use(value="≧95%", owner=2),
            use(value="≥90%", owner=3),
            use(value="/", owner=4),
        ]
    )
    assert found[0].values == ("≥95%", "≥90%")
    assert found[0].owners == 4


@pytest.mark.parametrize(
    ("values", "typical"),
    [
        (("≥90%",), "≥90%"),
        (("12次",), ""),
        (("12次", "12次", "4次"), "12次"),
        (("当年", "当年"), "当年"),
        (("有效保障",), ""),
        (("",), ""),
    ],
)
def test_a_value_is_proposed_where_it_is_not_one_owners_alone(values, typical):
    found = rank(use(value=value, owner=owner) for owner, value in enumerate(values))
    assert found[0].typical == typical


def test_one_name_under_two_levels_is_two_indicators():
    found = rank([use("使用率"), use("使用率", level1="产出指标", level2="质量指标")])
    assert len({one.key for one in found}) == 2


def test_uses_are_counted_by_scope():
    found = rank([use(owner=1), use(owner=2, scope="operating"), use(owner=3), use(owner=None, scope=WHOLE)])
    assert found[0].scopes == {"specific": 2, "operating": 1, WHOLE: 1}


def test_groups_stand_in_the_order_of_the_levels_and_unknown_ones_behind():
    common = [
        Common(level1="", level2="别的指标", name="甲"),
        Common(level1="满意度指标", level2="服务对象满意度指标", name="乙"),
        Common(level1="效益指标", level2="数量指标", name="丙"),
        Common(level1="产出指标", level2="数量指标", name="丁"),
    ]
    groups = grouped(common, LEVELS, 1)
    assert [(g.level1, g.level2, [m.name for m in g.members]) for g in groups] == [
        ("产出指标", "数量指标", ["丙"]),
        ("满意度指标", "服务对象满意度指标", ["乙"]),
        ("", "别的指标", ["甲"]),
    ]


# --- what is offered ------------------------------------------------------------------------------

SECRET = "不能外传的指标"


@pytest.fixture
def world(db):
    return make_world(2024)


@pytest.fixture
def report(world):
    """The report that is being entered."""
    return make_report(world)


def others(code: str = "112002", year: int = 2023, district: str = "420112", **status: Any) -> Report:
    """Another department's budget in which one project and the whole department have an indicator of that name."""
    document = copy.deepcopy(sample(year=2023))
    document["department"] |= {"code": code, "name": f"单位{code}"}
    document["district"] |= {"code": district}
    document["year"] = year
    indicator = {"key": "s", "level1": "产出指标", "level2": "数量指标", "name": SECRET, "value": "≥7次"}
    goal = {"key": "g", "text": "目标", "indicators": [indicator]}
    document["projects"] = [
        {**project, "goals": {"goals": [goal]}, "history": {}} for project in document["projects"][:1]
    ]
    document["goals"] = {"goals": []}
    made = adopt(document, Status.ARCHIVED)
    Report.objects.filter(pk=made.pk).update(**status)
    return made


def names(report: Report, horizon: Horizon = Horizon.ANNUAL) -> set[str]:
    return {one.name for one in common_indicators(report, horizon)}


@pytest.mark.parametrize("status", sorted({Status.PUBLISHED, Status.ARCHIVED}))
def test_what_the_district_published_or_archived_is_offered(report, status):
    others(status=status)
    (found,) = [one for one in common_indicators(report, Horizon.ANNUAL) if one.name == SECRET]
    assert (found.values, found.owners, found.departments) == (("≥7次",), 1, 1)
    assert SECRET not in names(report, Horizon.LONG_TERM)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.PUBLISHED, Status.ARCHIVED}))
def test_what_is_not_published_is_never_offered(report, status):
    more = {"approval_number": "1", "approval_date": "2024-01-01"}
    user = report.department.memberships.first().user
    others(status=status, submitted_by=user, submitted_at=report.created_at, **more)
    assert SECRET not in names(report)


def test_other_districts_are_not_asked(report):
    others(code="344002", district="420106", status=Status.PUBLISHED)
    assert SECRET not in names(report)


def test_years_long_past_do_not_count(report):
    others(year=2020, status=Status.PUBLISHED)
    assert SECRET not in names(report)
    others(year=2021, status=Status.PUBLISHED)
    assert SECRET in names(report)


def test_a_withheld_project_gives_nothing_away(report):
    made = others(status=Status.PUBLISHED)
    made.applications.update(disclosure=Disclosure.WITHHELD)
    assert SECRET not in names(report)


@pytest.mark.parametrize("status", sorted(Status))
def test_nor_does_one_that_was_withheld_in_any_other_year(report, status):
    made = others(status=Status.PUBLISHED)
    project = Project.objects.get(department=made.department)
    user = report.department.memberships.first().user
    other = make_report_of(made, status, user)
    other.applications.create(project=project, name="换了名称", disclosure=Disclosure.WITHHELD)
    assert SECRET not in names(report)


def make_report_of(made: Report, status: Status, user: Any) -> Report:
    """The same department's report of 2024."""
    year = made.department.district.years.get(year=2024)
    return Report.objects.create(
        department=made.department,
        fiscal_year=year,
        kind=made.kind,
        status=status,
        submitted_by=user,
        submitted_at=made.created_at,
        approval_number="1",
        approval_date="2024-01-01",
    )


def test_a_project_of_several_years_counts_once_with_its_last_value(report):
    others(year=2022, status=Status.PUBLISHED)
    last = others(year=2023, status=Status.PUBLISHED)
    last.indicator_set.update(value="≥9次")
    (found,) = [one for one in common_indicators(report, Horizon.ANNUAL) if one.name == SECRET]
    assert (found.values, found.owners) == (("≥9次",), 1)


def test_it_takes_one_query(report, django_assert_num_queries):
    others(status=Status.PUBLISHED)
    report.fiscal_year.district_id  # noqa: B018  read before
    with django_assert_num_queries(1):
        common_indicators(report, Horizon.ANNUAL)
