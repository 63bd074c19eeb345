"""自评 as it is typed: scores and weights, results of the budget's targets, and what is no longer one."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.http import QueryDict

from budgets.changes.merge import merge
from budgets.domain.choices import ReportKind
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.money import Unit
from budgets.domain.profile import build_project_form, build_section_form
from budgets.renderers import html
from budgets.storage.dossier_json import parse_dossier
from budgets.storage.sections import project_parts, report_parts
from performance.domain.evaluation import Evaluation, IndicatorResult, Points, UnitResult, Weight
from performance.domain.goals import Goals, Horizon
from tests.budgets.forms.editing import CODES, dossier_of, edit, stored
from tests.controls import controls
from tests.samples import FOLDER

PROFILE = "dongxihu_final_2024"
PROJECT = "project:general-affairs"
GOAL = "general-affairs-annual"
FEE = "general-affairs-a01"


def settled(budget: Dossier) -> Dossier:
    """The start of the final accounts of the budget's year."""
    year = budget.header.year
    return Dossier(
        header=replace(budget.header, kind=ReportKind.FINAL, profile=PROFILE),
        parts={part.type: part.settle(budget.part(part.type), year) for part in report_parts(PROFILE)},
        projects=tuple(
            ProjectDossier(p.key, {q.type: q.settle(p.part(q.type), year) for q in project_parts(PROFILE)})
            for p in budget.projects
        ),
        codes=budget.codes,
        budget=budget,
    )


@pytest.fixture(scope="module")
def dossier():
    return settled(dossier_of())


def evaluated(dossier: Dossier, value: Evaluation, key: str = "general-affairs") -> Dossier:
    """``dossier`` with ``value`` stored of one project."""
    projects = tuple(
        ProjectDossier(p.key, {**p.parts, Evaluation: value}) if p.key == key else p for p in dossier.projects
    )
    return replace(dossier, projects=projects)


def post(**fields: str) -> QueryDict:
    """What is posted of the evaluation; ``__`` stands for the hyphens in names."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data[name.replace("__", "-")] = value
    return data


def result(**values: str) -> QueryDict:
    return post(**{f"results-{FEE}-{name}": value for name, value in values.items()})


def saved(dossier, data, key=PROJECT) -> dict:
    form = edit(dossier, key, data)
    assert form.is_valid(), list(form.problems())
    return form.content()["evaluation"]


def problems(dossier, data, key=PROJECT) -> list[tuple[str, str]]:
    form = edit(dossier, key, data)
    assert not form.is_valid()
    return [(problem.id, problem.message) for problem in form.problems()]


# --- scores, weights and dates --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("20", "20"), ("１１．５８", "11.58"), (" 7.50 分", "7.5"), ("0", "0"), (".5", "0.5"), ("100", "100")],
)
def test_a_score_is_read_as_people_type_it(dossier, typed, stored):
    assert saved(dossier, result(weight="100", score=typed))["results"] == [
        {"key": FEE, "weight": "100", "score": stored}
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("满分", "不是分值，请只填数字"),
        ("-1", "0 与 100 之间"),
        ("101", "0 与 100 之间"),
        ("1.234", "最多两位小数"),
        ("1e1", "不是分值"),
        ("1_0", "不是分值"),
        ("٣", "不是分值"),
        ("9" * 400, "不是分值"),
    ],
)
def test_what_is_no_score_is_refused_at_its_field(dossier, typed, said):
    ((id, message),) = problems(dossier, result(score=typed, actual="24"))
    assert id == f"f-results-{FEE}-score"
    assert said in message


@pytest.mark.parametrize("typed", ["2026-11-20", "2026年11月20日", "2026/11/20", "２０２６．１１．２０"])
def test_a_date_is_read_as_people_type_it(dossier, typed):
    assert saved(dossier, post(evaluation__filled_on=typed)) == {"filled_on": "2026-11-20"}


@pytest.mark.parametrize("typed", ["昨天", "2026-13-01", "2026-02-30", "20261120", "0001-01-01"])
def test_what_is_no_date_is_refused_at_its_field(dossier, typed):
    ((id, message),) = problems(dossier, post(evaluation__filled_on=typed))
    assert id == "f-evaluation-filled_on"
    assert message


# --- results --------------------------------------------------------------------------------------


def test_there_is_a_row_for_every_target_and_a_blank_one_is_not_stored(dossier):
    editor = edit(dossier, PROJECT).editors["evaluation"]
    goals = dossier.budget.project("general-affairs").part(Goals).of(Horizon.ANNUAL)
    wanted = [indicator.key for goal in goals for indicator in goal.indicators]
    assert [row.key for row in editor.rows["results"].rows] == wanted
    blank = {f"results-{key}-{name}": "" for key in wanted for name in ("actual", "score", "band")}
    assert saved(dossier, post(**blank)) == {}


def test_the_departments_targets_are_those_of_its_budget(dossier):
    editor = edit(dossier, "evaluation").editors["evaluation"]
    goals = dossier.budget.part(Goals).of(Horizon.ANNUAL)
    assert [row.key for row in editor.rows["results"].rows] == [i.key for g in goals for i in g.indicators]
    first = goals[0].indicators[0]
    typed = post(**{f"results-{first.key}-actual": "3"})
    assert saved(dossier, typed, "evaluation")["results"] == [{"key": first.key, "actual": "3"}]


def test_a_chosen_band_alone_is_kept(dossier):
    assert saved(dossier, result(band="partly"))["results"] == [{"key": FEE, "band": "partly"}]


def test_what_is_not_on_the_page_stays(dossier):
    value = Evaluation(summary="已完成", results=(IndicatorResult(key=FEE, actual="24", score=Points("5")),))
    kept = saved(evaluated(dossier, value), post(evaluation__causes="无偏差"))
    assert kept["summary"] == "已完成"
    assert kept["results"] == [{"key": FEE, "actual": "24", "score": "5"}]


def test_a_row_that_is_emptied_goes(dossier):
    value = Evaluation(results=(IndicatorResult(key=FEE, actual="24", score=Points("5")),))
    assert saved(evaluated(dossier, value), result(actual="", score="")) == {}


def test_results_of_what_is_no_longer_a_target_stay_and_are_shown_apart(dossier):
    value = Evaluation(
        results=(IndicatorResult(key="gone", actual="12 期"),),
        weights=(Weight(key="old/2", weight=Points(9)),),
    )
    now = evaluated(dossier, value)
    editor = edit(now, PROJECT).editors["evaluation"]
    assert [row.title for row in editor.former] == ["gone"]
    assert saved(now, result(actual="24")) == {
        "weights": [{"key": "old/2", "weight": "9"}],
        "results": [{"key": "gone", "actual": "12 期"}, {"key": FEE, "actual": "24"}],
    }
    assert "results" not in saved(now, post(**{"results-gone-actual": ""}))


def test_a_long_term_indicator_that_has_results_is_named(dossier):
    goals = dossier.budget.project("general-affairs").part(Goals).of(Horizon.LONG_TERM)
    indicator = goals[0].indicators[0]
    now = evaluated(dossier, Evaluation(results=(IndicatorResult(key=indicator.key, actual="1"),)))
    (row,) = edit(now, PROJECT).editors["evaluation"].former
    assert row.title == indicator.name


# --- limits ---------------------------------------------------------------------------------------


def test_a_score_above_its_own_weight_is_refused(dossier):
    assert problems(dossier, result(weight="7", score="7.01")) == [
        (f"f-results-{FEE}-score", "得分不能超过本指标权重 7")
    ]
    assert saved(dossier, result(weight="7", score="7"))


def test_a_score_above_the_weight_of_its_group_is_refused(dossier):
    """The scheme gives 成本指标 20 points; a weight typed on the same page goes before it."""
    assert problems(dossier, result(score="20.5")) == [
        (f"f-results-{FEE}-score", "得分不能超过成本指标权重 20")
    ]
    data = result(score="20.5")
    data[f"weights-{GOAL}/1-weight"] = "25"
    assert saved(dossier, data)["weights"] == [{"key": f"{GOAL}/1", "weight": "25"}]


def test_a_weight_cannot_be_lowered_below_a_score_that_stands(dossier):
    value = Evaluation(results=(IndicatorResult(key=FEE, weight=Points(7), score=Points(7)),))
    form = edit(evaluated(dossier, value), PROJECT, result(weight="5"))
    assert not form.is_valid()
    assert "得分不能超过本指标权重 5" in "".join(problem.message for problem in form.problems())


def test_the_score_of_execution_is_bounded_too(dossier):
    assert problems(dossier, post(evaluation__execution_score="20.01")) == [
        ("f-evaluation-execution_score", "得分不能超过预算执行权重 20")
    ]
    assert saved(dossier, post(evaluation__execution_score="6")) == {"execution_score": "6"}


# --- units ----------------------------------------------------------------------------------------


def test_units_choose_among_the_targets(dossier):
    data = post(**{"units-0-key": "u", "units-0-unit": "一科", "units-0-actual": "3", "units-0-money": "1.5"})
    data["units-0-indicator"] = ""
    assert problems(dossier, data) == [("f-units-u-indicator", "请选择指标")]
    data["units-0-indicator"] = "nonsense"
    assert problems(dossier, data) == [("f-units-u-indicator", "请从列表中选择指标")]
    data["units-0-indicator"] = FEE
    assert saved(dossier, data)["units"] == [
        {"key": "u", "indicator": FEE, "unit": "一科", "actual": "3", "money": "15000.00"}
    ]


def test_a_unit_of_a_former_target_keeps_it(dossier):
    now = evaluated(dossier, Evaluation(units=(UnitResult(key="u", indicator="gone", unit="一科"),)))
    form = edit(now, PROJECT)
    assert "gone（已不是目标）" in form.editors["evaluation"].rows["units"].rows[0].cell("indicator")
    data = post(**{"units-0-key": "u", "units-0-unit": "二科", "units-0-indicator": "gone"})
    assert saved(now, data)["units"] == [{"key": "u", "indicator": "gone", "unit": "二科"}]


# --- what is computed -----------------------------------------------------------------------------


def test_the_assessment_follows_what_is_typed(dossier):
    data = post(**{"results-general-affairs-a04-weight": "10", "results-general-affairs-a04-actual": "2"})
    form = edit(dossier, PROJECT, data)
    rows = {row.indicator.key: row for row in form.editors["evaluation"].assessment.rows}
    assert rows["general-affairs-a04"].indicator.value == "≥6/年"
    assert rows["general-affairs-a04"].proposed == Decimal("3.33")
    assert form.is_valid()


# --- the whole page -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def filled():
    """Final accounts as they were published, with their budget."""

    def read(kind: str) -> Dossier:
        path = FOLDER / f"112001_2024_{kind}.json"
        return parse_dossier(json.loads(path.read_text(encoding="utf-8")), CODES)

    return replace(read("final"), budget=read("budget"))


def laid_out(dossier: Dossier, key: str, unit: Unit) -> QueryDict:
    """What a browser posts from the untouched page of a section."""
    form = edit(dossier, key, unit=unit)
    project = form.context.project
    sheet = build_project_form(dossier, project, unit) if project else build_section_form(dossier, key, unit)
    assert sheet is not None
    return controls(html.render(sheet, binder=form))


@pytest.mark.parametrize("unit", [Unit.WAN, Unit.YUAN])
def test_a_filled_page_gives_back_all_that_is_stored(filled, unit):
    for key in ("evaluation", *(f"project:{project.key}" for project in filled.projects)):
        data = laid_out(filled, key, unit)
        assert any(name.endswith("-score") and data[name] for name in data)
        form = edit(filled, key, data, unit=unit)
        assert form.is_valid(), list(form.problems())
        assert form.content() == stored(filled, key)


# --- merging --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "id"),
    [
        (("results", f"[{FEE}]", "score"), f"f-results-{FEE}-score"),
        (("weights", f"[{GOAL}/1]", "weight"), f"f-weights-{GOAL}-1-weight"),
        (("weights", f"[{GOAL}]", "weight"), f"f-weights-{GOAL}-weight"),
        (("causes",), "f-evaluation-causes"),
    ],
)
def test_a_conflict_leads_to_its_control(dossier, path, id):
    form, name = edit(dossier, PROJECT).editors["evaluation"].find(path)
    assert form.control_id(name) == id


def test_two_versions_of_one_score_stand_beside_it(dossier):
    def side(score: str) -> dict:
        return {"evaluation": {"results": [{"key": FEE, "score": score}]}}

    merged = merge({"evaluation": {}}, side("5"), side("6"))
    form = edit(dossier, PROJECT)
    assert form.annotate(merged.conflicts) == []
    row = next(row for row in form.editors["evaluation"].rows["results"].rows if row.key == FEE)
    assert "对方改为：6" in row.cell("score")
    assert "您填写：5" in row.cell("score")
