"""东西湖 2024 决算: every figure printed in 公开01–09 and the six 自评表 stands in its cell of the workbook.

Amounts were printed in 万元 only and are entered so. Where the document's own sums differ from their addends by 尾差,
the regenerated ones differ from the printed sums, within what rounding explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from budgets.domain.choices import Flow, Fund, ProcurementClass, Use
from budgets.domain.dossier import Dossier
from budgets.domain.figures import THREE_PUBLIC
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit, growth, share, to_unit
from budgets.domain.schema import Assets, Basics

from .comparison import Pair, Tally, pair, tally
from .exports import Exports, printed
from .pages import Page, Workbook, bare, plain

PRINTED = printed("004")
ITEM = re.compile(r"\d{7}")
CODES = [row[0] for row in PRINTED["F03"]["rows"]]
"""The functional codes in the order of the tables; 公开02表 has the same, cut off."""

DEPARTMENT = "武汉市东西湖区科技创新和人才服务中心本级"
TITLES = {
    "F01": "收入支出决算总表",
    "F02": "收入决算表",
    "F03": "支出决算表",
    "F04": "财政拨款收入支出决算总表",
    "F05": "一般公共预算财政拨款支出决算表",
    "F06": "一般公共预算财政拨款基本支出决算明细表",
    "F07": "政府性基金预算财政拨款收入支出决算表",
    "F08": "国有资本经营预算财政拨款支出决算表",
    "F09": "财政拨款“三公”经费支出决算表",
}

INDICATOR = ("一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分")

EXCEPTIONS = {
    "整体自评 单位名称": "PRJ-3: one name of the department everywhere, no short one",
    "整体自评 目标1 指标4 一级指标": "PRF-7: 社会效益 printed under 产出",
    "整体自评 目标1 产出指标 分值": "PRF-7: 18 with the 6 of 社会效益, which has moved to 效益",
    "整体自评 目标2 效益指标 分值": "EVA-1: weights left blank; what 40 leaves",
    "整体自评 目标2 满意度指标 分值": "EVA-1: weights left blank; what 40 leaves",
    **{
        f"人才专项资金 {name}": "PRJ-5: printed the other way round than in the other forms"
        for name in ("主管部门", "项目实施单位")
    },
    **{
        f"人才专项资金 {name}": "PRJ-4: ticked as going on in the first year that it was run"
        for name in ("项目属性", "项目类型")
    },
    "档案信息化整理尾款 项目属性": "PRJ-4: 持续性 and 一次性 both ticked",
    "档案信息化整理尾款 目标1 指标3 得分": "PRF-7: one row printed twice with 5 points each stands once, with 10",
    **{
        f"档案信息化整理尾款 目标1 指标4 {column}": "PRF-7: the row above, printed again"
        for column in INDICATOR
    },
    "档案信息化整理尾款 目标1 指标5 二级指标": "PRF-7: a time limit printed as 社会效益, under 产出",
    "说明 社会保障和就业支出 占比": "the share of 140.92 in 1112.14 is 12.67",
    "说明 自评项目 占项目支出": "EXE-1: 198.85 by the budget of 246.50; all of the projects' general money is evaluated",
    **{
        f"说明 {name} {what}": "EXE-2: one amount printed as 62.745 and 62.75, 26.325 and 26.32, 9.155 and 9.15"
        for name, what in (
            ("企业人才活动经费", "完成率"),
            ("档案信息化整理尾款", "执行数"),
            ("档案信息化整理尾款", "完成率"),
            ("人才专项资金", "执行数"),
        )
    },
}
"""Where the document contradicts itself, with the rule of the catalogue that says so."""

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def workbook(exports: Exports) -> Workbook:
    return exports["112001", 2024, "final"].workbook


@pytest.fixture(scope="module")
def result(exports: Exports, workbook: Workbook) -> Tally:
    topics = (heads, balances, by_function, basic, three_public, evaluations)
    pairs = [p for topic in topics for p in topic(workbook)]
    return tally([*pairs, *beside_the_tables(exports)], EXCEPTIONS)


def table(workbook: Workbook, key: str) -> Page:
    return workbook.titled(f"2024年度{TITLES[key]}")


def heads(workbook: Workbook) -> Iterator[Pair]:
    """Number, department and unit above each table."""
    for number, key in enumerate(TITLES, 1):
        page = table(workbook, key)
        for text in (f"公开0{number}表", f"单位：{DEPARTMENT}", "单位：万元"):
            yield Pair(f"{key} {text}", text, text if text in page else "")


# --- 公开01, 公开04: two sides with line numbers -----------------------------------------------------

SIDES = {
    "F01": {"income": ("收入", ["金额"]), "expenditure": ("支出", ["金额"])},
    "F04": {
        "income": ("收入", ["决算数"]),
        "expenditure": (
            "支出",
            ["小计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"],
        ),
    },
}
CLASSES = {bare(row[1]): row[0] for row in PRINTED["F03"]["rows"] if len(row[0]) == 3}


def balances(workbook: Workbook) -> Iterator[Pair]:
    for key, sides in SIDES.items():
        page = table(workbook, key)
        column_number = 0
        for side, (heading, columns) in sides.items():
            paths = [(heading, name) for name in ("项目", "行次", *columns)]
            numbers, *lines = page.records(*paths)[: len(PRINTED[key][side]) + 1]
            for column, number in zip(columns, numbers[2:], strict=True):
                column_number += 1
                yield Pair(f"{key} {heading} {column} 栏次", str(column_number), number)
            for wanted, found in zip(PRINTED[key][side], lines, strict=True):
                label, line, *amounts = wanted
                yield Pair(f"{key} 行{line} 项目", label, found[0])
                yield Pair(f"{key} 行{line} 行次", line, found[1])
                for column, amount, cell in zip(columns, amounts, found[2:], strict=True):
                    yield Pair(f"{key} 行{line} {column}", amount, cell, _under(key, side, label))


def _under(key: str, side: str, label: str) -> int | None:
    """The number of printed 项 of which the line is the sum; none for a line that is no sum of 项."""
    detail = {"F01": {"income": "F02", "expenditure": "F03"}, "F04": {"income": "F05", "expenditure": "F05"}}
    name = bare(label)
    if name in CLASSES:
        return leaves("F03", CLASSES[name])
    if name in ("本年收入合计", "本年支出合计", "总计") or name.startswith("一般公共预算财政拨款收入"):
        return leaves(detail[key][side])
    return leaves("F05") if label.startswith("一、一般公共预算财政拨款") else None


def leaves(key: str, code: str = "", column: int = 0) -> int:
    """The number of 项 printed below ``code`` with an amount in the column."""
    return sum(
        1
        for own, row in zip(CODES, PRINTED[key]["rows"], strict=True)
        if ITEM.fullmatch(own) and own.startswith(code) and row[2 + column]
    )


# --- 公开02, 03, 05, 07, 08: by functional code -------------------------------------------------------


def by_function(workbook: Workbook) -> Iterator[Pair]:
    for key in ("F02", "F03", "F05", "F07", "F08"):
        page, columns = table(workbook, key), PRINTED[key]["columns"]
        paths = [("类",), ("科目名称",), *((column,) for column in columns)]
        found = [row for row in page.records(*paths) if re.fullmatch(r"\d+|合计", plain(row[0]))]
        wanted = PRINTED[key]["rows"]
        yield Pair(f"{key} 行数", str(len(wanted)), Decimal(len(found)))
        yield from column_numbers(page, key, columns)
        for code, row, cells in zip(CODES, wanted, found, strict=False):
            where = f"{key} {code or '合计'}"
            yield Pair(f"{where} 编码", row[0], as_printed(cells[0], row[0] if key == "F02" else ""))
            yield Pair(f"{where} 名称", row[1], as_printed(cells[1], row[1]) if row[1] else "")
            for number, column in enumerate(columns):
                addends = None if ITEM.fullmatch(code) else _items(key, code, number)
                yield Pair(f"{where} {column}", row[2 + number], cells[2 + number], addends)


def column_numbers(page: Page, key: str, columns: list[str]) -> Iterator[Pair]:
    """栏次, in the row below the headings."""
    row = next(row for row in page.rows if any(plain(place.value) == "栏次" for place in row))
    for number, column in enumerate(columns, 1):
        yield Pair(f"{key} {column} 栏次", str(number), row[page.column(column)[1]].value)


def as_printed(found: object, wanted: str) -> str:
    """As much of the text as there was room for."""
    text = plain(found)
    return text[: len(plain(wanted))] if wanted else text


def _items(key: str, code: str, column: int) -> int | None:
    return None if key in ("F07", "F08") else leaves(key, "" if code == "合计" else code, column)


# --- 公开06 -----------------------------------------------------------------------------------------


def basic(workbook: Workbook) -> Iterator[Pair]:
    page = table(workbook, "F06")
    side = ("经济分类科目编码", "科目名称", "决算数")
    paths = [(heading, name) for heading in ("人员经费", "公用经费", "公用经费") for name in side]
    records = page.records(*paths)
    for number, wanted in enumerate(PRINTED["F06"]["blocks"]):
        found = [row[3 * number : 3 * number + 3] for row in records]
        found = [row for row in found if re.fullmatch(r"\d+", plain(row[0]))]
        yield Pair(f"F06 第{number + 1}栏 行数", str(len(wanted)), Decimal(len(found)))
        for row, cells in zip(wanted, found, strict=False):
            where = f"F06 {plain(cells[0])}"
            yield Pair(f"{where} 编码", row[0], as_printed(cells[0], row[0]))
            yield Pair(f"{where} 名称", row[1], as_printed(cells[1], row[1]))
            yield Pair(f"{where} 决算数", row[2], cells[2], _sections(row[0]))
    for total, classes in (("人员经费合计", ("301", "303")), ("公用经费合计", ("302", "310"))):
        addends = sum(_sections(code) or 0 for code in classes)
        where = f"F06 {total}"
        found_total = pair(where, PRINTED["F06"][total], page.beside, total)
        yield Pair(where, found_total.printed, found_total.found, addends)


def _sections(code: str) -> int | None:
    """The number of 款 printed with an amount below a 类; none for a 款."""
    if len(code) > 3:
        return None
    rows = (row for block in PRINTED["F06"]["blocks"] for row in block)
    return sum(1 for row in rows if len(row[0]) > 3 and row[0].startswith(code) and row[2])


# --- 公开09 -----------------------------------------------------------------------------------------

ITEMS = (
    ("合计",),
    ("因公出国（境）费",),
    ("公务用车购置及运行维护费", "小计"),
    ("公务用车购置及运行维护费", "公务用车购置费"),
    ("公务用车购置及运行维护费", "公务用车运行维护费"),
    ("公务接待费",),
)


def three_public(workbook: Workbook) -> Iterator[Pair]:
    page = table(workbook, "F09")
    paths = [(half, *item) for half in ("预算数", "决算数") for item in ITEMS]
    numbers, amounts, *_ = page.records(*paths)
    wanted = [*PRINTED["F09"]["预算数"], *PRINTED["F09"]["决算数"]]
    for number, (path, amount) in enumerate(zip(paths, wanted, strict=True)):
        where = f"F09 {'/'.join(path)}"
        yield Pair(f"{where} 栏次", str(number + 1), numbers[number])
        yield Pair(where, amount, amounts[number])


# --- the self-evaluation forms ----------------------------------------------------------------------

BOXES = ("项目类别", "项目属性", "项目类型")


def evaluations(workbook: Workbook) -> Iterator[Pair]:
    form = PRINTED["department_evaluation"]
    page = workbook.titled("2024年度整体绩效自评表")
    yield pair("整体自评 单位名称", form["name"], page.beside, "单位名称")
    for column, name in ((1, "基本支出总额"), (2, "项目支出总额")):
        yield Pair(f"整体自评 {name}", form[name], page.beside(name), leaves("F05", column=column))
    yield from _evaluation("整体自评", form, page, leaves("F05"))
    for form in PRINTED["project_evaluations"]:
        page = workbook.titled("2024年度项目绩效自评表", has=form["name"])
        for name in ("主管部门", "项目实施单位"):
            yield pair(f"{form['name']} {name}", form[name], page.beside, name)
        for name in BOXES:
            ticked = re.findall(r"\d、([^☑□]+)☑", plain(page.beside(name)))
            yield Pair(f"{form['name']} {name}", form[name], "、".join(ticked))
        yield from _evaluation(form["name"], form, page, 0)


def _evaluation(where: str, form: dict[str, Any], page: Page, addends: int) -> Iterator[Pair]:
    """Execution, the goals and the total; a score or rate may be printed rounded."""
    execution = form["execution"]
    label, weight = execution["label"], execution["weight"]
    head = f"预算执行情况（万元）（{weight}分）"
    yield Pair(f"{where} 预算执行 分值", head, head if head in page else "")
    rate = execution["执行率"]
    percent = rate if rate.endswith("%") else str(Decimal(rate) * 100)
    for name, number, most in (
        ("预算数（A）", execution["预算数"], addends),
        ("执行数（B）", execution["执行数"], addends),
        ("执行率（B/A）", percent, 0),
        (f"得分（{weight}分*执行率）", execution["得分"], 0),
    ):
        found = pair(f"{where} 预算执行 {name}", number, page.at, label, name)
        yield replace(found, addends=most)
    heads = [
        f"年度绩效目标{number if len(form['goals']) > 1 else ''}（{goal['weight']}分）"
        for number, goal in enumerate(form["goals"], 1)
    ]
    for number, (goal, head) in enumerate(zip(form["goals"], heads, strict=True), 1):
        yield from _goal(f"{where} 目标{number}", goal, page, head, (*heads[number:], "总分"))
    yield replace(pair(f"{where} 总分", form["总分"], page.beside, "总分"), addends=0)


def _goal(where: str, goal: dict[str, Any], page: Page, head: str, ends: tuple[str, ...]) -> Iterator[Pair]:
    if goal["text"]:
        yield pair(f"{where} 内容", goal["text"], page.beside, head)
    rows = page.between(head, *ends).records(*((column,) for column in INDICATOR))
    weights: dict[str, str] = {}
    by_name: dict[str, list[list[object]]] = {}
    for level1, *others in rows:
        name, _, weight = plain(level1).partition("（")
        weights[name] = weight.removesuffix("分）")
        by_name.setdefault(plain(others[1]), []).append([name, *others])
    for name, weight in goal["groups"].items():
        yield Pair(f"{where} {name} 分值", weight, weights.get(name, "none"))
    for number, wanted in enumerate(goal["indicators"], 1):
        same = by_name.get(plain(wanted[2]), [])
        found = same.pop(0) if same else ["none"] * len(INDICATOR)
        for column, value, cell in zip(INDICATOR, wanted, found, strict=True):
            yield Pair(f"{where} 指标{number} {column}", value, cell)
    rest = [name for name, left in by_name.items() if left]
    yield Pair(f"{where} 其他指标", "", "、".join(rest))


# --- beside the tables: what follows from the same rows ----------------------------------------------

TEN_THOUSAND = Decimal(10_000)
INWARD = Filter(flow=(Flow.OPENING, Flow.INCOME, Flow.RESERVES))
RECEIVED = Filter(flow=(Flow.INCOME,))
SPENT = Filter(flow=(Flow.EXPENDITURE,))
GENERAL = replace(SPENT, fund=(Fund.GENERAL,))
CHANGES = {
    "收支总计": INWARD,
    "收入合计": RECEIVED,
    "支出合计": SPENT,
    "财政拨款支出": GENERAL,
    "三公经费": replace(GENERAL, economic=THREE_PUBLIC),
}
SHARES = {
    "财政拨款收入": (replace(RECEIVED, fund=(Fund.GENERAL,)), RECEIVED),
    "其他收入": (replace(RECEIVED, fund=(Fund.OTHER,)), RECEIVED),
    "基本支出": (replace(SPENT, use=(Use.BASIC,)), SPENT),
    "项目支出": (replace(SPENT, use=(Use.PROJECT,)), SPENT),
    "一般公共预算财政拨款支出": (GENERAL, SPENT),
}


def beside_the_tables(exports: Exports) -> Iterator[Pair]:
    """Comparisons, shares, completion, procurement, vehicles and key work of the narrative."""
    report = exports["112001", 2024, "final"].report
    last = exports["112001", 2023, "final"].report
    yield from _changes(report, last)
    yield from _structure(report)
    yield from _completion(report, exports["112001", 2024, "budget"].report)
    yield from _procurement(report)
    for number, (facts, task) in enumerate(
        zip(PRINTED["key_work"], report.part(Basics).tasks, strict=True), 1
    ):
        for fact in facts:
            said = plain(fact) if plain(fact) in plain(task.result) else task.result
            yield Pair(f"说明 重点工作{number} {fact}", fact, said)


def _changes(report: Dossier, last: Dossier) -> Iterator[Pair]:
    for name, (direction, amount, rate) in PRINTED["changes"].items():
        now, then = report.ledger.total(CHANGES[name]), last.ledger.total(CHANGES[name])
        yield Pair(f"说明 {name} 方向", direction, "减少" if now < then else "增加")
        yield Pair(f"说明 {name} 比上年", amount, abs(now - then) / TEN_THOUSAND, len(CODES))
        yield Pair(f"说明 {name} 幅度", rate, abs(growth(now, then, 1) or Decimal(0)))


def _structure(report: Dossier) -> Iterator[Pair]:
    for name, percent in PRINTED["shares"].items():
        part, whole = (report.ledger.total(filter) for filter in SHARES[name])
        yield Pair(f"说明 {name} 占比", percent, share(part, whole, _places(percent)))
    for name, amount, percent in PRINTED["structure"]:
        own = report.ledger.total(replace(GENERAL, function=(CLASSES[name],)))
        yield Pair(f"说明 {name}", amount, own / TEN_THOUSAND)
        yield Pair(f"说明 {name} 占比", percent, share(own, report.ledger.total(GENERAL)))


def _completion(report: Dossier, budget: Dossier) -> Iterator[Pair]:
    initial, spent = budget.ledger.total(GENERAL), report.ledger.total(GENERAL)
    items = PRINTED["initial"]["items"]
    yield Pair("说明 年初预算", PRINTED["initial"]["年初预算"], initial / TEN_THOUSAND, len(items))
    yield Pair("说明 完成率", PRINTED["initial"]["完成率"], share(spent, initial, 1))
    for code, planned, actual, percent in items:
        filter = replace(GENERAL, function=(code,))
        before, after = budget.ledger.total(filter), report.ledger.total(filter)
        yield Pair(f"说明 {code} 年初预算", planned, before / TEN_THOUSAND)
        yield Pair(f"说明 {code} 决算", actual, after / TEN_THOUSAND)
        yield Pair(f"说明 {code} 完成率", percent, share(after, before))
    projects = {project.identity.name: project.key for project in report.projects}
    evaluated = PRINTED["evaluated"]
    money = sum(report.ledger.total(replace(GENERAL, project=(key,))) for key in projects.values())
    yield Pair("说明 自评项目 个数", evaluated["项目数"], Decimal(len(projects)))
    yield Pair("说明 自评项目 资金", evaluated["资金"], money / TEN_THOUSAND)
    all_of_it = report.ledger.total(replace(GENERAL, use=(Use.PROJECT,)))
    yield Pair("说明 自评项目 占项目支出", evaluated["占项目支出"], share(money, all_of_it))
    for name, planned, actual, percent in PRINTED["project_list"]:
        filter = replace(GENERAL, project=(projects[name],))
        adjusted, after = report.ledger.adjusted(filter) or Decimal(0), report.ledger.total(filter)
        yield Pair(f"说明 {name} 全年预算数", planned, adjusted / TEN_THOUSAND)
        yield Pair(f"说明 {name} 执行数", actual, to_unit(after, Unit.WAN))
        yield Pair(f"说明 {name} 完成率", percent, share(after, adjusted, _places(percent)))


def _procurement(report: Dossier) -> Iterator[Pair]:
    items = [item for _, item in report.procurement]
    kinds = {"货物": ProcurementClass.GOODS, "服务": ProcurementClass.SERVICES}
    total = sum(item.amount for item in items)
    sme, micro = sum(item.sme_amount for item in items), sum(item.micro_amount for item in items)
    found = {
        "总额": total / TEN_THOUSAND,
        **{
            name: sum(i.amount for i in items if i.kind == kind) / TEN_THOUSAND
            for name, kind in kinds.items()
        },
        "中小企业": sme / TEN_THOUSAND,
        "小微企业": micro / TEN_THOUSAND,
        "中小占总额": share(sme, total),
        "小微占中小": share(micro, sme),
    }
    for name, number in PRINTED["procurement"].items():
        yield Pair(f"说明 采购 {name}", number, found[name])
    vehicles = sum(holding.quantity for holding in report.part(Assets).holdings)
    yield Pair("说明 车辆", PRINTED["vehicles"], Decimal(vehicles))


def _places(number: str) -> int:
    return len(number.partition(".")[2])


# --- what is held of them ---------------------------------------------------------------------------


def test_every_printed_figure_is_in_its_cell(result: Tally, capsys: pytest.CaptureFixture[str]) -> None:
    result.settle(capsys, "东西湖 2024 决算", least=701)


@pytest.mark.parametrize(
    ("form", "execution", "total"),
    [
        ("整体自评", "15.47", "95.05"),
        ("企业人才活动经费", "19.31", "97.31"),
        ("综合业务", "17.25", "96.25"),
        ("人才专项资金", "6", "86"),
        ("档案信息化整理尾款", "14.63", "94.63"),
        ("聘用编外辅助用工人员经费", "17.95", "97.95"),
    ],
)
def test_scores_of_the_forms(result: Tally, form: str, execution: str, total: str) -> None:
    """As printed; 19.3 and 14.6, and the totals with them, were printed to one place."""
    for where, number in ((f"{form} 预算执行 得分（20分*执行率）", execution), (f"{form} 总分", total)):
        found = result.at(where)
        assert found.found == Decimal(number)
        assert found.matches or found.is_within


@pytest.mark.parametrize("key", ["F07", "F08"])
def test_an_empty_table_says_so_of_its_own_fund(workbook: Workbook, key: str) -> None:
    fund = {"F07": "政府性基金预算财政拨款", "F08": "国有资本经营预算财政拨款"}
    page = table(workbook, key)
    for name in sorted(fund):
        says = page.mentions(f"没有{fund[name]}") or page.mentions(f"没有使用{fund[name]}")
        assert says == (name == key)
