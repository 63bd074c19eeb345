"""The walk over free texts: every text once, with the way to its field."""

from dataclasses import replace

from hypothesis import given

from budgets.checks.texts import clauses, free_texts, squeeze
from budgets.domain.address import Address
from budgets.domain.choices import ReportKind
from budgets.domain.profile import section_of
from budgets.domain.schema import (
    AssetHolding,
    Assets,
    Explanation,
    Explanations,
    OperatingProcurement,
    ProcurementItem,
    RestatedComparatives,
    RestatedFigure,
)
from performance.domain.evaluation import Band, Evaluation, IndicatorResult, UnitResult, Weight
from tests.examples import dossier, header, project
from tests.strategies import dossiers

FINAL = header(2024, "dongxihu_final_2024", kind=ReportKind.FINAL)


def test_every_kind_of_row_is_named_as_its_form_names_it():
    report = dossier(
        project(),
        parts={
            **dossier().parts,
            OperatingProcurement: OperatingProcurement(items=(ProcurementItem(key="p", name="纸"),)),
            Assets: Assets(holdings=(AssetHolding(key="v", kind="一般公务用车"),)),
            Explanations: Explanations(reasons=(Explanation(figure="total", text="人员增加"),)),
            RestatedComparatives: RestatedComparatives(
                figures=(RestatedFigure(figure="total", reason="职能划转"),)
            ),
        },
    )
    found = {(section_of(report, text.address), text.address.on_page) for text in free_texts(report)}
    assert found >= {
        ("basics", Address("basics", field="preparer")),
        ("basics", Address("duties", "d1", "text")),
        ("basics", Address("tasks", "t1", "title")),
        ("goals", Address("goals", "g1", "text")),
        ("goals", Address("indicators", "i5", "content")),
        ("matters", Address("procurement", "p", "name")),
        ("matters", Address("assets", "v", "kind")),
        ("explanations", Address("explanations", "total", "text")),
        ("explanations", Address("restated", "total", "reason")),
        ("project:zhyw", Address("identity", field="name")),
        ("project:zhyw", Address("application", field="plan")),
        ("project:zhyw", Address("activities", "a1", "basis")),
        ("project:zhyw", Address("procurement", "p1", "quantity")),
        ("project:zhyw", Address("indicators", "i5", "remark")),
    }


def test_a_self_evaluation_is_read_where_it_is_entered():
    said = Evaluation(
        causes="外包人数增加",
        results=(IndicatorResult(key="i5", actual="已举办 12 期", band=Band.MET, reason="按合同衡量"),),
        weights=(Weight(key="g2/1"),),
        units=(UnitResult(key="u", indicator="i5", unit="二级单位", actual="6 期"),),
    )
    report = dossier(project(evaluation=said), header=FINAL)
    texts = list(free_texts(replace(report, parts={**report.parts, Evaluation: said})))
    for section in ("evaluation", "project:zhyw"):
        fields = {text.address.on_page for text in texts if section_of(report, text.address) == section}
        assert fields >= {
            Address("evaluation", field="causes"),
            Address("results", "i5", "actual"),
            Address("results", "i5", "reason"),
            Address("units", "u", "unit"),
            Address("goals", "g1", "text"),
        }
        assert not {field.field for field in fields} & {"band", "indicator", "weight"}
    assert "goals" not in {section_of(report, text.address) for text in texts}


def test_codes_and_telephones_are_no_texts():
    names = {text.address.field for text in free_texts(dossier(project()))}
    assert not names & {"key", "code", "phone", "function", "economic", "fund", "category"}


def test_a_text_says_what_it_is_and_whose():
    text = next(
        t
        for t in free_texts(dossier(project()))
        if t.address.on_page == Address("application", field="basis")
    )
    assert (text.project, text.title, text.place) == ("zhyw", "项目立项依据", "综合业务—项目立项依据")


@given(dossiers())
def test_no_text_is_found_twice(report):
    found = [text.address for text in free_texts(report)]
    assert len(found) == len(set(found))


def test_texts_are_compared_without_blanks_and_widths():
    assert squeeze("２０２２年 56　万元（含）\n续") == "2022年56万元(含)\n续"
    assert clauses("一是人员；二是系统,三是\n基地。") == ("一是人员", "二是系统", "三是", "基地")
