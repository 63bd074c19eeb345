"""Goals and indicators as they are typed, of a project and of the department."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from budgets.domain.types import new_key
from performance.domain.goals import Goals, Horizon, level_above
from performance.parts.goals import department_goals, project_goals
from tests.budgets.forms.editing import dossier_of, edit, page, posted, stored
from tests.controls import controls, named

KEY = "project:general-affairs"


@pytest.fixture(scope="module")
def dossier():
    return dossier_of()


@pytest.fixture
def data(dossier):
    return posted(dossier, "general-affairs")


def goals(dossier, data):
    form = edit(dossier, KEY, data)
    assert form.is_valid(), list(form.problems())
    return form.content()["goals"]["goals"]


def problems(dossier, data) -> list[tuple[str, str]]:
    form = edit(dossier, KEY, data)
    assert not form.is_valid()
    return [(problem.id, problem.message) for problem in form.problems()]


def rows(data, region: str) -> list[str]:
    return [name.removesuffix("-key") for name in named(data, region, "key")]


def indicator(data, row: str, name: str, goal: str = "") -> None:
    data[f"{row}-name"], data[f"{row}-goal"] = name, goal
    data[f"{row}-level1"], data[f"{row}-level2"], data[f"{row}-value"] = "产出指标", "数量指标", "≥1"


def test_an_indicator_can_be_of_a_goal_that_is_typed_on_the_same_page(dossier, data):
    goal, row = rows(data, "goals")[-2], rows(data, "annual_indicators")[-2]
    data[f"{goal}-text"] = "新目标"
    key = data[f"{goal}-key"]
    assert f'value="{key}"' in page(edit(dossier, KEY, data))
    indicator(data, row, "新指标", key)
    found = goals(dossier, data)
    assert [g["text"] for g in found if g["key"] == key] == ["新目标"]
    assert [i["name"] for g in found if g["key"] == key for i in g["indicators"]] == ["新指标"]


def test_without_a_choice_an_indicator_is_of_the_first_goal_of_its_horizon(dossier, data):
    indicator(data, rows(data, "long_term_indicators")[-1], "新指标")
    found = next(g for g in goals(dossier, data) if g["key"] == "general-affairs-long")
    assert found["indicators"][-1]["name"] == "新指标"


def test_an_indicator_without_its_goal_is_refused_and_kept(dossier, data):
    goal = next(row for row in rows(data, "goals") if data[f"{row}-key"] == "general-affairs-long")
    data[f"{goal}-DELETE"] = "on"
    found = problems(dossier, data)
    assert len(found) == 14
    assert set(found) >= {
        ("f-indicators-general-affairs-l01-goal", "所属目标已删除或未填写，请改选目标，或删除本行")
    }
    for row in rows(data, "long_term_indicators"):
        data[f"{row}-DELETE"] = "on"
    assert [g["key"] for g in goals(dossier, data)] == ["general-affairs-annual"]


def test_the_first_goal_is_asked_for_where_there_is_none(dossier):
    data = QueryDict(mutable=True)
    data["goals-0-key"], data["goals-0-text"], data["goals-0-horizon"] = "g", "", "annual"
    data["annual_indicators-0-key"], data["annual_indicators-0-name"] = "i", "指标"
    data["annual_indicators-0-goal"] = ""
    assert ("f-indicators-i-goal", "请先填写一个年度绩效目标") in problems(dossier, data)


def test_an_indicator_follows_its_goal_to_another_horizon(dossier, data):
    goal = next(row for row in rows(data, "goals") if data[f"{row}-key"] == "general-affairs-long")
    data[f"{goal}-horizon"] = "annual"
    found = next(g for g in goals(dossier, data) if g["key"] == "general-affairs-long")
    assert len(found["indicators"]) == 14


def test_words_outside_the_taxonomy_stay(dossier, data):
    row = rows(data, "annual_indicators")[0]
    data[f"{row}-level2"], data[f"{row}-basis"] = "旧二级指标", "上级文件"
    shown = page(edit(dossier, KEY, data))
    assert '<option value="旧二级指标" selected>旧二级指标</option>' in shown
    found = next(g for g in goals(dossier, data) if g["key"] == "general-affairs-annual")
    assert found["indicators"][0]["level2"] == "旧二级指标"
    assert found["indicators"][0]["basis"] == "上级文件"


def test_blank_goals_propose_the_horizon_that_is_missing():
    dossier = dossier_of("344001", 2022)
    project = dossier.projects[0]
    data = posted(dossier, project.key)
    horizons = [data[name] for name in named(data, "goals", "horizon")]
    assert horizons == ["annual", "long_term", "annual"]


def test_copying_without_annual_goals_copies_the_goals_too(dossier, data):
    for region in ("goals", "annual_indicators"):
        for row in rows(data, region):
            if data[f"{row}-key"] == "general-affairs-annual" or region == "annual_indicators":
                data[f"{row}-DELETE"] = "on"
    data["command"] = "goals-copy"
    found = goals(dossier, edit(dossier, KEY, data).entered.post)
    assert [g.get("horizon", "annual") for g in found] == ["long_term", "annual"]
    assert found[1]["text"] == found[0]["text"]
    assert [i["name"] for i in found[1]["indicators"]] == [i["name"] for i in found[0]["indicators"]]


def test_the_departments_goals_come_back_as_they_were(dossier):
    form = edit(dossier, "goals")
    editor = form.editors["goals"]
    html = "".join(
        f"{row.hidden}{''.join(cell for _, cell in row.column_cells)}"
        for table in editor.sub_tables
        for row in table.rows
    )
    again = edit(dossier, "goals", controls(html))
    assert again.is_valid(), list(again.problems())
    assert again.content() == stored(dossier, "goals")


def test_the_first_level_follows_from_the_second_where_it_is_left_blank(dossier, data):
    row = rows(data, "annual_indicators")[-1]
    indicator(data, row, "新指标")
    data[f"{row}-level1"], data[f"{row}-level2"] = "", "社会效益"
    found = next(g for g in goals(dossier, data) if g["key"] == "general-affairs-annual")
    assert (found["indicators"][-1]["level1"], found["indicators"][-1]["level2"]) == ("效益指标", "社会效益")
    shown = controls(page(edit(dossier, KEY, data)))
    assert shown[f"{row}-level1"] == "效益指标"


@pytest.mark.parametrize(("level1", "level2"), [("", "自定指标"), ("", ""), ("本地指标", "数量指标")])
def test_a_first_level_is_neither_guessed_nor_changed(dossier, data, level1, level2):
    row = rows(data, "annual_indicators")[-1]
    indicator(data, row, "新指标")
    data[f"{row}-level1"], data[f"{row}-level2"] = level1, level2
    found = next(g for g in goals(dossier, data) if g["key"] == "general-affairs-annual")
    assert found["indicators"][-1].get("level1", "") == level1


def test_it_is_that_of_the_profile():
    dossier = dossier_of("344001", 2022)
    key = f"project:{dossier.projects[0].key}"
    data = posted(dossier, dossier.projects[0].key)
    row = rows(data, "annual_indicators")[0]
    data[f"{row}-level1"], data[f"{row}-level2"] = "", "成本指标"
    assert controls(page(edit(dossier, key, data)))[f"{row}-level1"] == "产出指标"


def test_a_level_below_several_is_below_none():
    levels = {"甲指标": ("数量指标", "质量指标"), "乙指标": ("数量指标",)}
    assert [level_above(name, levels) for name in ("数量指标", "质量", "", "丙")] == ["", "甲指标", "", ""]


def test_a_blank_row_does_not_become_one_for_its_goal(dossier, data):
    for row in rows(data, "annual_indicators")[-2:]:
        data[f"{row}-goal"] = "general-affairs-long"
    data[f"{rows(data, 'long_term_indicators')[-1]}-goal"] = new_key()
    before = [len(g["indicators"]) for g in stored(dossier, KEY)["goals"]["goals"]]
    assert [len(g["indicators"]) for g in goals(dossier, data)] == before


def test_a_row_that_only_names_a_goal_that_is_not_there_is_refused_and_kept(dossier, data):
    row = rows(data, "annual_indicators")[-1]
    data[f"{row}-goal"] = "5"
    key = data[f"{row}-key"]
    assert problems(dossier, data) == [
        (f"f-indicators-{key}-goal", "所属目标已删除或未填写，请改选目标，或删除本行")
    ]
    data[f"{row}-goal"] = "目标甲"
    ((_, message),) = problems(dossier, data)
    assert message.startswith("没有“目标甲”这个目标，请改选：年度绩效目标1")


def test_what_indicators_lack_is_missing(dossier):
    part = dossier.projects[0].part(Goals)
    assert project_goals.missing(dossier, dossier.projects[0]) == []
    goal = part.of(Horizon.ANNUAL)[0]
    bare = [replace(i, level1="", value="" if n == 0 else i.value) for n, i in enumerate(goal.indicators[:3])]
    other = replace(part, goals=(replace(goal, indicators=(*bare, *goal.indicators[3:])),))
    project = replace(dossier.projects[0], parts={**dossier.projects[0].parts, Goals: other})
    assert project_goals.missing(dossier, project) == ["3 个指标的一级指标", "1 个指标的指标值"]
    whole = replace(dossier, parts={**dossier.parts, Goals: other})
    assert department_goals.missing(whole) == ["3 个指标的一级指标", "1 个指标的指标值"]
