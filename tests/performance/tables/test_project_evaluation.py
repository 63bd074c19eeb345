"""项目绩效自评表: what it prints, and the layout in which it is entered."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from openpyxl import load_workbook

from budgets.domain.address import Address
from budgets.domain.choices import Disclosure, Programme, ProjectAttribute, ProjectType
from budgets.domain.dossier import ProjectDossier
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import build_project_form, build_table, get_profile
from budgets.domain.schema import Identity, ProcurementItem, ProjectProcurement
from budgets.domain.sheets import Lines, Orientation, positions
from budgets.renderers import html, xlsx
from performance.domain.evaluation import Band, Evaluation, UnitResult
from performance.domain.goals import Goals
from performance.domain.schemes import Scheme, Weights
from tests.examples import wan
from tests.performance.evaluated import (
    COST,
    OUTPUT,
    PROFILE,
    case,
    elsewhere,
    final,
    general,
    goal,
    locality,
    planned,
    project,
    result,
    results,
    spending,
)
from tests.performance.evaluation_strategies import evaluated_reports
from tests.performance.tables import reading
from tests.performance.tables.reading import as_text, placed, regions, values

USE = get_profile(PROFILE).table("E02")
SCHEME = get_profile(PROFILE).options["evaluation"]


def only(report, unit=None):
    return reading.only(report, get_profile(report.header.profile).table("E02"), unit)


def form(report, unit=None):
    return placed(build_project_form(report, report.projects[0], unit))


def of(*parts, budget_goals=None, spent="82.38"):
    """The report of `case` with another ``parts`` of its project."""
    then = project("zhyw", Goals(goals=(budget_goals or general(),)), spending("zhyw", "95.5"))
    now = project("zhyw", spending("zhyw", spent, adjusted=wan("95.5")), results(), *parts)
    return final(now, budget=planned(then))


# --- as printed -----------------------------------------------------------------------------------


def test_it_prints_the_form_from_top_to_bottom():
    assert as_text(only(case())) == [
        ["项目名称", "项目zhyw"],
        ["主管部门", "办公室", "项目实施单位", "服务中心"],
        ["项目类别", "1、部门预算项目☑　2、区直专项□"],
        ["项目属性", "1、持续性项目☑　2、新增性项目□"],
        ["项目类型", "1、常年性项目☑　2、延续性项目□　3、一次性项目□"],
        [
            "预算执行情况（万元）（20分）",
            "",
            "预算数（A）",
            "执行数（B）",
            "执行率（B/A）",
            "得分（20分*执行率）",
        ],
        ["年度财政资金总额", "95.50", "82.38", "86.26", "17.25"],
        [
            "年度绩效目标（80分）",
            "一级指标",
            "二级指标",
            "三级指标",
            "年初目标值（A）",
            "实际完成值（B）",
            "得分",
        ],
        ["成本指标（20分）", "经济成本指标", "outsourcing", "≤24万", "28.9", "5"],
        ["design", "≤20万", "4.4", "10"],
        ["产出指标（20分）", "数量指标", "services", "5个/年", "7", "10"],
        ["days", "≥240天/年", "≥240天", "10"],
        ["效益指标（30分）", "社会效益指标", "safeguarded", "有效保障", "有效保障", "30"],
        ["满意度指标（10分）", "服务对象满意度指标", "content", "≥95%", "≥95%", "10"],
        ["总分", "92.25"],
        ["偏差大或目标未完成原因分析", "外包人数增加"],
        ["改进措施及结果应用方案", "按合同测算"],
    ]


def test_it_is_numbered_and_named_like_the_other_forms():
    sheet = only(case())
    assert (sheet.table, sheet.number, sheet.name) == ("E02.zhyw", "附件2-1", "附件2-1 项目zhyw")
    assert sheet.title == "2024年度项目绩效自评表"
    assert sheet.is_form
    assert sheet.orientation == Orientation.PORTRAIT
    assert sheet.notes == ("预算数（A）为全年预算数，执行数（B）为决算数，口径均为财政拨款（含结转）。",)


@pytest.mark.parametrize(
    ("spent", "shown"),
    [("62.745", "62.745"), ("62.75", "62.75"), ("62", "62.00"), ("62.745012", "62.745012")],
)
def test_an_amount_is_printed_exactly(spent, shown):
    sheet = only(of(spent=spent))
    assert html.printed(sheet.cells["E02.zhyw/execution/executed"]) == shown


def test_amounts_follow_the_unit():
    sheet = only(case(), Unit.YUAN)
    assert values(sheet, "execution/executed") == [Decimal("823800.00")]
    assert as_text(sheet)[5][0] == "预算执行情况（元）（20分）"


def test_the_executed_amount_opens_the_rows_behind_it():
    report = case()
    source = only(report).cells["E02.zhyw/execution/executed"].source
    assert report.ledger.total(source.filter) == wan("82.38")


def test_what_was_typed_names_its_field():
    cells = only(case()).cells
    assert cells["E02.zhyw/name/value"].source == Address("identity", field="name")
    assert cells["E02.zhyw/authority/value"].source == Address("application", field="authority")
    assert cells["E02.zhyw/execution/score"].source == Address("evaluation", field="execution_score")
    assert cells["E02.zhyw/indicator.design/actual"].source == Address("results", "design", "actual")
    assert cells["E02.zhyw/indicator.design/score"].source == Address("results", "design", "score")
    assert cells["E02.zhyw/indicator.design/target"].source is None
    assert cells["E02.zhyw/causes/value"].source == Address("evaluation", field="causes")


def test_boxes_are_ticked_by_what_the_project_is():
    identity = Identity(
        programme=Programme.DISTRICT, attribute=ProjectAttribute.NEW, type=ProjectType.ONE_OFF
    )
    sheet = only(of(identity))
    assert values(sheet, "programme/value", "attribute/value", "type/value") == [
        "1、部门预算项目□　2、区直专项☑",
        "1、持续性项目□　2、新增性项目☑",
        "1、常年性项目□　2、延续性项目□　3、一次性项目☑",
    ]


def test_a_kind_that_the_locality_does_not_name_is_not_hidden():
    sheet = only(of(Identity(programme=Programme.TRANSFER)))
    assert values(sheet, "programme/value") == ["1、部门预算项目□　2、区直专项□　3、上级转移支付项目☑"]


def test_other_boxes_are_data():
    named = {
        Programme.DEPARTMENT: "部门预算项目",
        Programme.DISTRICT: "市直专项",
        Programme.TRANSFER: "市对下转移支付项目",
    }
    with locality(replace(SCHEME, programmes=named)):
        sheet = only(elsewhere(case()))
    assert values(sheet, "programme/value") == ["1、部门预算项目☑　2、市直专项□　3、市对下转移支付项目□"]


def test_which_weights_are_printed_is_data():
    with locality(
        replace(SCHEME, print_goal_weights=False, print_group_weights=False, print_row_weights=True)
    ):
        rows = as_text(only(elsewhere(case())))
    assert rows[7][0] == "年度绩效目标"
    assert rows[8][0] == "成本指标"
    assert rows[8][2] == "outsourcing（10分）"


def test_a_score_that_nobody_gave_is_blank():
    sheet = only(of(Evaluation(results=(result("design", "4.4"),))))
    assert values(sheet, "indicator.design/score", "indicator.days/actual") == [None, ""]


def test_several_goals_are_numbered_and_share_the_weight():
    goals = Goals(
        goals=(
            goal("a", ("i", OUTPUT, "数量指标", "≥1次"), text="甲"),
            goal("b", ("j", COST, "经济成本指标", "≤1万"), text="乙"),
        )
    )
    report = final(
        project("p", Evaluation(results=(result("i", "1次"),))), budget=planned(project("p", goals))
    )
    rows = [row[:2] for row in as_text(only(report))]
    assert ["年度绩效目标1（40分）", "甲"] in rows
    assert ["年度绩效目标2（40分）", "乙"] in rows
    assert ["成本指标（10分）", "经济成本指标"] in rows


# --- which projects -------------------------------------------------------------------------------


def named(key, *parts):
    return project(key, Evaluation(causes="已说明"), *parts)


def test_only_public_projects_with_a_self_evaluation_are_printed():
    secret = named("secret", Identity(name="涉密项目", disclosure=Disclosure.WITHHELD))
    sheets = build_table(final(named("a"), project("b"), secret, named("c")), USE)
    assert [(sheet.table, sheet.number) for sheet in sheets] == [("E02.a", "附件2-1"), ("E02.c", "附件2-2")]


def test_without_any_the_form_says_so():
    sheet = only(final(project("a")))
    assert sheet.table == "E02"
    assert sheet.notes == ("2024年度没有公开的项目绩效自评。",)


def test_before_anybody_evaluates_the_form_says_that_it_is_to_come():
    then = project("zhyw", Goals(goals=(general(),)), spending("zhyw", "95.5"))
    sheet = only(final(project("zhyw", spending("zhyw", "0")), budget=planned(then)))
    assert sheet.notes == ("2024年度的项目绩效自评还没有填写。",)


def test_any_project_can_be_entered():
    secret = named("secret", Identity(name="涉密项目", disclosure=Disclosure.WITHHELD))
    assert form(final(secret)).table == "E02.secret"
    assert values(form(final(project("b"))), "name/value") == ["项目b"]


# --- as entered -----------------------------------------------------------------------------------


def test_every_control_of_the_fixed_rows_is_on_the_form():
    sources = {cell.source for cell in form(case()).cells.values()}
    for indicator in general().indicators:
        for name in ("weight", "actual", "band", "score", "reason"):
            assert Address("results", indicator.key, name) in sources
    assert {Address("weights", key, "weight") for key in ("g1", "g1/1", "g1/2", "g1/3", "g1/4")} <= sources
    for name in ("execution_score", "execution_reason", "causes", "measures"):
        assert Address("evaluation", field=name) in sources
    for name in ("programme", "attribute", "type"):
        assert Address("identity", field=name) in sources
    assert Address("evaluation", field="summary") not in sources


def test_a_report_asks_for_its_own_words_too():
    with locality(replace(SCHEME, wrapped=True)):
        sources = {cell.source for cell in form(elsewhere(case())).cells.values()}
    assert {Address("evaluation", field="summary"), Address("evaluation", field="problems")} <= sources


def test_what_there_may_be_any_number_of_is_a_region():
    found = regions(form(case()))
    assert {name: region.fields for name, region in found.items()} == {
        "activities": (
            "name",
            "function",
            "economic",
            "fund",
            "from_carry_over",
            "adjusted",
            "amount",
            "remark",
        ),
        "procurement": (
            "name",
            "kind",
            "quantity",
            "fund",
            "amount",
            "sme_amount",
            "micro_amount",
            "service_category",
        ),
        "units": ("indicator", "unit", "actual", "money"),
    }


def test_targets_that_no_budget_set_are_entered_here():
    own = project("new", Goals(goals=(general(),)))
    found = regions(form(final(own, budget=planned(project("zhyw")))))
    assert found["goals"].fields == ("horizon", "name", "text")
    assert found["annual_indicators"].fields[0] == "goal"


def test_regions_fill_the_width_of_the_form():
    own = project("new", Goals(goals=(general(),)))
    sheet = form(final(own))
    for region in regions(sheet).values():
        assert sum(region.columns) == len(sheet.widths)
        assert len(region.columns) == len(region.fields) == len(region.edit_headers or region.fields)


def test_lines_and_procurement_show_what_is_entered():
    item = ProcurementItem(
        key="p", name="审计", quantity="1", amount=wan("5"), sme_amount=wan("5"), micro_amount=wan("2.5")
    )
    sheet = form(of(ProjectProcurement(items=(item,))))
    assert values(sheet, "activity.zhyw.task/adjusted", "activity.zhyw.task/amount") == [
        Decimal("95.50"),
        Decimal("82.38"),
    ]
    assert values(sheet, "procurement.p/sme_amount", "procurement.p/micro_amount") == [
        Decimal("5.00"),
        Decimal("2.50"),
    ]


def test_the_proposal_and_its_reason_stand_beside_the_score():
    said = Evaluation(
        results=(
            result("outsourcing", "28.9", "10", "5"),
            result("design", "4.4", "10"),
            result("services", "7", "10"),
            result("days", "≥240天"),
            result("safeguarded", "部分保障", "30", band=Band.PARTLY),
            result("content", "满意", "10", band=Band.MET),
        )
    )
    sheet = form(of(said))
    keys = ("outsourcing", "design", "services", "days", "safeguarded", "content")
    assert values(sheet, *(f"indicator.{key}/proposed" for key in keys)) == [
        "8.3（达成83.04%）",
        "10",
        "自行评分",
        "未填权重",
        "15至24（不含）",
        "8至10",
    ]
    assert values(sheet, "indicator.content/band", "execution/proposed") == [Band.MET.label, Decimal("17.25")]


def test_a_value_combined_from_units_is_not_typed():
    units = tuple(
        UnitResult(key=f"u{n}", indicator="days", unit=f"单位{n}", actual=f"{n}00天") for n in (1, 2)
    )
    sheet = form(of(replace(results(), units=units)))
    cell = sheet.cells["E02.zhyw/indicator.days/actual"]
    assert (cell.value, cell.source) == ("300天", None)
    assert values(sheet, "unit.u1/indicator", "unit.u2/actual") == ["days", "200天"]


def test_a_group_says_its_weight_and_what_its_rows_have():
    sheet = form(case())
    keys = ("goal.g1.1/weight", "goal.g1.1/allotted", "goal.g1.1/score", "goal.g1/weight", "goal.g1/score")
    assert values(sheet, *keys) == [20, "各指标权重合计20分", 15, 80, 75]


# --- always ---------------------------------------------------------------------------------------


@given(evaluated_reports())
def test_every_sheet_is_well_formed(report):
    sheets = [
        sheet
        for unit in Unit
        for sheet in (
            *build_table(report, USE, unit),
            *(build_project_form(report, project, unit) for project in report.projects),
        )
    ]
    for sheet in sheets:
        assert list(positions(sheet))
        keys = [cell.key for row in sheet.rows for cell in row.cells if cell.key]
        assert len(keys) == len(set(keys))
        assert all(key.startswith(f"{sheet.table}/") and key.count("/") == 2 for key in keys)
        assert len(sheet.name) <= 31
        for cell in sheet.cells.values():
            if isinstance(cell.source, Lines):
                assert cell.value * sheet.unit.factor == report.ledger.total(cell.source.filter)


@given(evaluated_reports())
def test_withheld_projects_are_never_printed(report):
    secret = {project.key for project in report.projects if project.withheld}
    assert not {sheet.table.partition(".")[2] for sheet in build_table(report, USE)} & secret


@given(evaluated_reports())
def test_no_other_project_s_money_is_counted(report):
    for one in report.projects:
        sheet = build_project_form(report, one, Unit.YUAN)
        spent = report.ledger.total(
            Filter(project=(one.key,), fund=("general", "government_fund", "state_capital"))
        )
        assert sheet.cells[f"{sheet.table}/execution/executed"].value == spent


def test_the_workbook_prints_it_on_a4_with_real_numbers():
    book = load_workbook(io.BytesIO(xlsx.render([only(of(spent="62.745"))], title="自评")))
    sheet = book.worksheets[1]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.page_setup.fitToWidth == 1
    found = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert found[62.745].number_format.startswith("#,##0.000")
    assert found[13.14].number_format == "0.00"
    assert found[10].number_format == "0"
    assert found["≤24万"].data_type == "s"


def test_no_row_of_the_page_is_wider_than_its_columns():
    for sheet in (only(case()), form(case())):
        page = str(html.render(sheet))
        assert page.count("<col ") == len(sheet.widths)
        last = max(place.column + place.cell.columns for place in positions(sheet))
        assert last == len(sheet.widths)


def test_a_profile_without_a_scheme_has_no_self_evaluations():
    report = case()
    budget = replace(report, header=replace(report.header, profile="dongxihu_2023"))
    (sheet,) = build_table(budget, USE)
    assert sheet.table == "E02"


def test_a_project_of_another_scheme_prints_its_weights():
    scheme = Scheme(
        department=Weights(execution=Decimal(30), goals=tuple(map(Decimal, (25, 28, 17)))),
        project=Weights(execution=Decimal(30), goals=(Decimal(70),)),
    )
    with locality(scheme):
        rows = as_text(only(elsewhere(case())))
    assert rows[5][-1] == "得分（30分*执行率）"
    assert rows[7][0] == "年度绩效目标（70分）"
    assert rows[8][0] == "成本指标"


def test_an_unnamed_project_is_no_error():
    assert only(final(ProjectDossier("p", {Evaluation: Evaluation(causes="无")}))).table == "E02.p"
