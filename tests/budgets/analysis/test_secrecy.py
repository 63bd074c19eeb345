"""Words of withheld projects are found however they are written, and words that are anybody's are not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.analysis.redaction import redact
from budgets.analysis.secrecy import Secret, bare, certain, given_away, secrets_of
from budgets.domain.choices import Disclosure
from budgets.domain.schema import Activities, Activity, Identity, ProcurementItem, ProjectProcurement
from budgets.storage.dossier_json import dump_dossier
from performance.domain.goals import Goal, Goals, Indicator
from tests.examples import dossier, line, project


def secret(
    name="专班保障经费", activity="联络点租用与看护", item="特种通信终端", indicator="联络点值守天数", key="s"
):
    return project(
        key,
        identity=Identity(name=name, disclosure=Disclosure.WITHHELD),
        activities=Activities(activities=(Activity(key="sa", name=activity, lines=(line("sl", "7"),)),)),
        procurement=ProjectProcurement(items=(ProcurementItem(key="sp", name=item),)),
        goals=Goals(goals=(Goal(key="sg", indicators=(Indicator(key="si", name=indicator),)),)),
    )


def found(text, *projects, **changes):
    return [s.said for s in given_away([text], secrets_of(dossier(*(projects or (secret(),)), **changes)))]


@pytest.mark.parametrize(
    "text",
    [
        "做好专班保障经费的管理",
        "做好专班 保障经费的管理",
        "做好专班\n保障经费的管理",
        "做好“专班·保障”（经费）的管理",
        "做好专班\u3000保障\u200b经费的管理",
    ],
)
def test_a_name_is_found_whatever_stands_between_its_characters(text):
    assert found(text) == ["专班保障经费"]


@pytest.mark.parametrize("said", ["联络点租用与看护", "特种通信终端", "联络点值守天数"])
def test_activities_items_and_indicators_are_found_too(said):
    assert found(f"全年{said}若干") == [said]
    (only,) = given_away([said], secrets_of(dossier(secret())))
    assert only.is_certain and "专班保障经费" in only.what


def test_a_part_of_a_name_is_none():
    assert found("做好专班保障") == []


def test_a_short_name_is_for_somebody_to_judge():
    short = secret(name="党建")
    (only,) = given_away(["加强党建工作"], secrets_of(dossier(short)))
    assert (only.said, only.is_certain) == ("党建", False)
    assert certain([only]) == ()


def test_what_something_else_is_called_gives_nothing_away():
    same = secret(activity="服务器租赁", item="审计服务", indicator="政策知晓率")
    assert found("服务器租赁、审计服务、政策知晓率", same, project()) == []


def test_a_name_within_a_longer_one_that_is_public():
    public = project("p", identity=Identity(name="综合业务平台"))
    hidden = secret(name="综合业务")
    assert found("建设综合业务平台", hidden, public) == []
    assert found("建设综合业务平台，保障综合业务", hidden, public) == ["综合业务"]


def test_names_of_earlier_years_and_of_the_budget_are_looked_for():
    before = dossier(secret(name="旧时联络专项资金"))
    assert found("旧时联络专项资金", secret(), earlier=(before,)) == ["旧时联络专项资金"]
    assert found("旧时联络专项资金", secret(), budget=before) == ["旧时联络专项资金"]
    shown = replace(secret(), parts={**secret().parts, Identity: Identity(name="专班保障经费")})
    assert found("专班保障经费", shown, budget=dossier(secret())) == ["专班保障经费"]


def test_nothing_is_looked_for_where_nothing_is_withheld():
    assert secrets_of(dossier(project())) == ()
    assert given_away(["综合业务"], ()) == []


def test_a_key_is_found_and_not_in_a_longer_one():
    hidden = secret(key="liaison-1")
    assert found("112001-2023-budget-T13.liaison-1.csv", hidden) == ["liaison-1"]
    assert found("112001-2023-budget-T13.liaison-10.csv", hidden) == []


def test_what_every_form_says_is_no_secret():
    """服务对象满意度 stands in the 二级指标 of every form."""
    assert found("提高服务对象满意度", secret(indicator="服务对象满意度"), project()) == []


def test_a_project_that_was_withheld_last_year_and_is_gone_is_looked_for():
    before = dossier(secret())
    assert found("主要是专班保障经费结束", project(), earlier=(before,)) == ["专班保障经费"]
    open_before = dossier(project("s", identity=Identity(name="专班保障经费")))
    report = redact(dossier(project(), earlier=(before, open_before)))
    assert "专班保障经费" not in str([dump_dossier(each) for each in (report, *report.earlier)])


SIGNS = st.text(st.sampled_from(" \t\n，。、；：“”《》（）·-—/…\u3000\u200b"), max_size=3)


@given(st.data())
def test_signs_and_blanks_never_hide_a_name(data):
    name = "专班保障经费"
    written = "".join(sign + data.draw(SIGNS) for sign in name)
    (only,) = given_away([f"前{written}后"], [Secret(bare(name), name, "项目名称", name)])
    assert only.said == name
