"""A project typed in its 申报表: what is on the page comes back as it was, and what is typed arrives."""

import copy
from dataclasses import replace

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.changes.merge import merge
from budgets.domain.address import Address
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.money import Unit
from budgets.domain.schema import Activities, Application
from tests.budgets.forms.editing import dossier_of, edit, page, posted, stored
from tests.controls import named
from tests.strategies import dossiers

PROJECT = "general-affairs"
KEY = f"project:{PROJECT}"


@pytest.fixture(scope="module")
def dossier():
    return dossier_of()


@pytest.fixture
def data(dossier):
    return posted(dossier, PROJECT)


def typed(dossier, data):
    form = edit(dossier, KEY, data)
    assert form.is_valid(), list(form.problems())
    return form.content()


def messages(dossier, data) -> list[str]:
    form = edit(dossier, KEY, data)
    assert not form.is_valid()
    return [problem.message for problem in form.problems()]


def last_rows(data, region: str) -> list[str]:
    """The prefixes of the rows of a region, in order."""
    return [name.removesuffix("-key") for name in named(data, region, "key")]


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize(("code", "year"), [("112001", 2023), ("112001", 2022), ("344001", 2022)])
def test_an_untouched_page_posts_what_is_stored(code, year, unit):
    whole = dossier_of(code, year)
    for project in whole.projects:
        data = posted(whole, project.key, unit=unit)
        form = edit(whole, f"project:{project.key}", data, unit=unit)
        assert form.is_valid(), list(form.problems())
        assert form.content() == stored(whole, f"project:{project.key}")


def test_every_control_has_the_id_that_findings_link_to(dossier):
    shown = page(edit(dossier, KEY))
    for field in (
        Address("identity", field="name"),
        Address("application", field="total_budget"),
        Address("history", "2022", "amount"),
        Address("activities", "general-affairs-legal", "basis"),
        Address("lines", "general-affairs-legal-1", "economic"),
        Address("procurement", "general-affairs-p1", "name"),
        Address("goals", "general-affairs-annual", "text"),
        Address("indicators", "general-affairs-a01", "value"),
    ):
        assert f'id="{field.anchor()}"' in shown


def test_ids_are_unique_on_the_page():
    dossier = dossier_of()
    data = posted(dossier, PROJECT)
    first, *_ = last_rows(data, "activities")
    data = edit(dossier, KEY, data).editors["activities"].command(f"{first}-duplicate", data)
    second = last_rows(data, "activities")[1]
    for name in ("name", "description", "basis", "remark"):
        data[f"{second}-{name}"] = ""
    whole = parsed(dossier, typed(dossier, data))
    found = [part.split('"')[0] for part in page(edit(whole, KEY)).split(' id="')[1:]]
    shown = [id for id in found if "__key__" not in id]
    assert len(shown) == len(set(shown))


def parsed(dossier: Dossier, content) -> Dossier:
    """``dossier`` with that content of the project."""
    parts = {part.type: part.parse(content[part.key]) for part in edit(dossier, KEY).section.parts}
    projects = tuple(ProjectDossier(p.key, parts) if p.key == PROJECT else p for p in dossier.projects)
    return replace(dossier, projects=projects)


# --- activities -----------------------------------------------------------------------------------


def test_a_row_without_name_is_a_further_line_of_the_activity_above(dossier, data):
    first = last_rows(data, "activities")[0]
    data = edit(dossier, KEY, data).editors["activities"].command(f"{first}-duplicate", data)
    second = last_rows(data, "activities")[1]
    for name in ("name", "description", "basis", "remark"):
        data[f"{second}-{name}"] = ""
    data[f"{second}-economic"] = "租赁费"
    data[f"{second}-fund"] = "government_fund"
    data[f"{second}-from_carry_over"] = "1"
    data[f"{second}-amount"] = "1.5"
    content = typed(dossier, data)
    activities = content["activities"]["activities"]
    assert len(activities) == 11
    assert [line["amount"] for line in activities[0]["lines"]] == ["50000.00", "15000.00"]
    assert activities[0]["lines"][1]["economic"] == "30214"
    assert activities[0]["lines"][1]["fund"] == "government_fund"
    assert activities[0]["lines"][1]["from_carry_over"] is True
    again = parsed(dossier, content)
    assert typed(again, posted(again, PROJECT)) == content


def test_a_new_activity_takes_the_default_function_typed_on_the_same_page(dossier, data):
    row = last_rows(data, "activities")[-2]
    data |= {}
    data["application-function"] = "2010350"
    data[f"{row}-name"], data[f"{row}-amount"] = "新活动", "3"
    line = typed(dossier, data)["activities"]["activities"][-1]
    assert (line["name"], line["lines"][0]["function"]) == ("新活动", "2010350")
    assert line["lines"][0]["amount"] == "30000.00"


def test_an_activity_may_be_named_before_it_has_money(dossier, data):
    row = last_rows(data, "activities")[-2]
    data[f"{row}-name"] = "新活动"
    content = typed(dossier, data)
    assert content["activities"]["activities"][-1].get("lines", []) == []
    again = parsed(dossier, content)
    assert typed(again, posted(again, PROJECT)) == content


@pytest.mark.parametrize(("name", "said"), [("fund", "government_fund"), ("from_carry_over", "1")])
def test_what_is_chosen_beside_a_name_stays_before_there_is_money(dossier, data, name, said):
    row = last_rows(data, "activities")[-2]
    data[f"{row}-name"] = "新活动"
    data[f"{row}-{name}"] = said
    again = parsed(dossier, typed(dossier, data))
    assert posted(again, PROJECT)[f"{row}-{name}"] == said


def test_the_first_row_and_a_described_one_need_a_name(dossier, data):
    first, second, *_ = last_rows(data, "activities")
    data[f"{first}-name"] = ""
    assert messages(dossier, data) == ["请填写项目活动；只有同一活动的其他金额才可以留空"]
    data[f"{first}-name"] = "法律援助"
    data[f"{second}-name"] = ""
    assert messages(dossier, data) == ["请填写项目活动；只有同一活动的其他金额才可以留空"]


def test_errors_are_chinese_and_name_their_control(dossier, data):
    first = last_rows(data, "activities")[0]
    data[f"{first}-amount"] = "五万"
    data[f"{first}-economic"] = "302"
    data["identity-end_year"] = "2020"
    data["identity-start_year"] = "2023"
    data["identity-category"] = "hacked"
    form = edit(dossier, KEY, data)
    assert not form.is_valid()
    problems = {problem.id: problem.message for problem in form.problems()}
    assert "不是数字" in problems["f-lines-general-affairs-legal-1-amount"]
    assert "还须细分到款" in problems["f-lines-general-affairs-legal-1-economic"]
    assert problems["f-identity-end_year"] == "终止年度不能早于起始年度"
    assert problems["f-identity-category"] == (
        "“hacked”不在列表中，请从列表中选择：其他运转类项目、特定目标类项目"
    )
    shown = page(form)
    assert "五万" in shown
    assert "✕ 终止年度不能早于起始年度" in shown
    assert '<option value="hacked" selected>hacked</option>' in shown


# --- history, application -------------------------------------------------------------------------


def test_history_is_stored_where_something_is_said_of_a_year(dossier, data):
    assert typed(dossier, data)["history"] == {}
    data["history-2021-measure"], data["history-2021-amount"] = "final", "80"
    data["history-2022-measure"], data["history-2022-amount"] = "budget", ""
    assert typed(dossier, data)["history"]["entries"] == [
        {"year": 2021, "measure": "final", "amount": "800000.00"},
        {"year": 2022},
    ]


def test_an_amount_of_a_past_year_without_its_measure_is_not_taken_for_the_budget(dossier, data):
    """The paper says which it is: 预算 would be said of what was typed from the final accounts."""
    data["history-2021-measure"], data["history-2021-amount"] = "", "80"
    form = edit(dossier, KEY, data)
    assert not form.is_valid()
    assert [(problem.id, problem.message) for problem in form.problems()] == [
        ("f-history-2021-measure", "请选择这个金额的口径：预算、调整预算、执行还是决算")
    ]


def test_a_long_term_project_needs_no_total(dossier, data):
    data["application-total_budget"] = ""
    data.setlist("application-long_term", ["0", "1"])
    application = typed(dossier, data)["application"]
    assert application["long_term"] is True
    assert "total_budget" not in application


def test_what_the_form_of_a_locality_leaves_out_is_kept():
    whole = dossier_of("344001", 2022)
    project = whole.projects[0]
    task = replace(project.activities[0], description="说明", basis="依据")
    parts = {**project.parts, Activities: Activities(activities=(task, *project.activities[1:]))}
    whole = replace(whole, projects=(ProjectDossier(project.key, parts), *whole.projects[1:]))
    key = f"project:{project.key}"
    data = posted(whole, project.key)
    row = last_rows(data, "activities")[0]
    assert f"{row}-description" not in data
    data[f"{row}-amount"] = "1"
    form = edit(whole, key, data)
    assert form.is_valid()
    first = form.content()["activities"]["activities"][0]
    assert (first["description"], first["basis"], first["lines"][0]["amount"]) == ("说明", "依据", "10000.00")


# --- goals ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["长期", " 长 期\u200b"])
def test_long_term_may_be_written_in_place_of_a_total(dossier, data, text):
    data["application-total_budget"] = text
    application = typed(dossier, data)["application"]
    assert (application["long_term"], application.get("total_budget")) == (True, None)


def test_long_term_indicators_are_copied_to_annual_in_one_go(dossier, data):
    for prefix in last_rows(data, "annual_indicators")[3:]:
        data[f"{prefix}-DELETE"] = "on"
    data["command"] = "goals-copy"
    form = edit(dossier, KEY, data)
    data = form.entered.post
    annual = next(g for g in typed(dossier, data)["goals"]["goals"] if g["key"] == "general-affairs-annual")
    before = next(g for g in stored(dossier, KEY)["goals"]["goals"] if g["key"] == "general-affairs-long")
    measured = [(i["level1"], i["level2"], i["name"]) for i in annual["indicators"]]
    assert measured[:3] == [(i["level1"], i["level2"], i["name"]) for i in before["indicators"][:3]]
    assert sorted(measured) == sorted((i["level1"], i["level2"], i["name"]) for i in before["indicators"])
    assert len({i["key"] for i in annual["indicators"]}) == 14
    again = copy.copy(data)
    again._mutable = True
    again["command"] = "goals-copy"
    assert typed(dossier, edit(dossier, KEY, again).entered.post) == typed(dossier, data)


# --- conflicts ------------------------------------------------------------------------------------


def test_both_values_of_a_conflict_stand_beside_the_field(dossier):
    base = stored(dossier, KEY)
    mine, theirs = copy.deepcopy(base), copy.deepcopy(base)
    for content, text, amount, code in (
        (mine, "甲写的", "10000.00", "30214"),
        (theirs, "乙写的", "20000.00", "30201"),
    ):
        content["application"]["basis"] = text
        content["activities"]["activities"][0]["lines"][0] |= {"amount": amount, "economic": code}
        content["goals"]["goals"][0]["indicators"][0]["value"] = text
    del theirs["procurement"]["items"][0]
    mine["procurement"]["items"][0]["quantity"] = "9"
    result = merge(base, mine, theirs)
    form = edit(dossier, KEY)
    form = type(form)(form.section, result.result, None, form.context, base=7)
    other = form.annotate(result.conflicts)
    shown = page(form)
    assert "对方改为：乙写的" in shown
    assert "您填写：甲写的" in shown
    assert "对方改为：2.00" in shown
    assert "对方改为：30201-办公费" in shown
    assert shown.count("对方改为：乙写的") == 2
    assert other == ["项目采购：对方删除了您修改的一行，已保留您的内容，确认不要时请再删除"]
    assert 'value="7"' in form.hidden


# --- arbitrary projects and posts -----------------------------------------------------------------


def fit(dossier: Dossier) -> Dossier:
    """What the entry site would have let in: subjects to the last level, activities with names."""

    def code(value: str, length: int) -> str:
        return value if len(value) >= length else ""

    def one(project: ProjectDossier) -> ProjectDossier:
        application = project.application
        activities = tuple(
            replace(
                activity,
                name=activity.name or f"活动{n}",
                lines=tuple(
                    replace(line, function=code(line.function, 7), economic=code(line.economic, 5))
                    for line in activity.lines
                ),
            )
            for n, activity in enumerate(project.activities)
        )
        parts = {
            **project.parts,
            Activities: Activities(activities=activities),
            Application: replace(application, function=""),
        }
        return ProjectDossier(project.key, parts)

    return replace(dossier, projects=tuple(one(project) for project in dossier.projects))


@settings(max_examples=25)
@given(dossiers(), st.sampled_from(list(Unit)))
def test_any_project_survives_its_page(dossier, unit):
    dossier = fit(dossier)
    for project in dossier.projects:
        key = f"project:{project.key}"
        form = edit(dossier, key, posted(dossier, project.key, unit=unit), unit=unit)
        assert form.is_valid(), list(form.problems())
        content, before = form.content(), stored(dossier, key)
        assert content["activities"] == before["activities"]
        assert content["identity"] == before["identity"]
        assert content["application"] == before["application"]
        assert content["history"] == before["history"]


SMALL = parsed(dossier_of(), {key: {} for key in stored(dossier_of(), KEY)})

names = st.one_of(
    st.sampled_from(
        [
            "base",
            "command",
            "focus",
            "identity-name",
            "identity-start_year",
            "application-total_budget",
            "application-function",
            "history-2021-amount",
            "history-2021-measure",
        ]
    ),
    st.builds(
        "{}-{}-{}".format,
        st.sampled_from(["activities", "procurement", "goals", "long_term_indicators", "annual_indicators"]),
        st.integers(0, 3),
        st.sampled_from(
            [
                "key",
                "activity",
                "goal",
                "name",
                "amount",
                "economic",
                "horizon",
                "level1",
                "text",
                "DELETE",
                "fund",
            ]
        ),
    ),
)
commands = [
    "goals-copy",
    "activities-add",
    "activities-0-duplicate",
    "goals-1-up",
    "long_term_indicators-0-delete",
]
values = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        ["a", "b", "1", "-1", "2023", "30214", "annual", "general-affairs-long", "on", *commands]
    ),
)


@given(st.lists(st.tuples(names, values), max_size=30), st.sampled_from(["", *commands]))
def test_whatever_is_posted_is_answered(pairs, command):
    dossier = SMALL
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    if command:
        data["command"] = command
    form = edit(dossier, KEY, data)
    assert page(form)
    if form.is_valid():
        assert set(form.content()) == set(stored(dossier, KEY))
    else:
        assert all(problem.message for problem in form.problems())


def test_what_is_known_of_earlier_years_stands_above_the_reason():
    whole = dossier_of("344001", 2022)
    form = edit(whole, f"project:{whole.projects[0].key}")
    assert "2020年决算89.60 万元；2021年决算84.55 万元；" in page(form)
