"""东西湖 2023: every figure that was printed and that tables 1–14 carry stands in its cell of the workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from budgets.domain.dossier import Dossier
from budgets.domain.money import growth, share

from .comparison import Pair, Tally, cells, pair, rows, tally
from .exports import Exports, printed
from .pages import Page, Workbook, plain
from .printed_facts import THREE_PUBLIC, people, vehicles

PRINTED = printed("000")
FORMS = PRINTED["projects"]
TABLE_14 = PRINTED["department_form"]
ANNUAL = ("一级", "二级", "三级", "前年", "上年", "当年", "依据")
LONG_TERM = ("一级", "二级", "三级", "指标值", "依据")

CANONICAL = {
    "优化营商环境系列宣传活动": "优化营商环境系列宣传",
    "企业人才产学研对接交流": "企业人才产学研对接交流活动",
    "企业人才直通车活动": "企业人才直通车",
    "企业和人才综合服务平台": "企业和人才综合服务平台运行费",
    "惠企惠才政策进企业宣讲活动": "惠企惠才政策下企业宣讲活动",
    "档案微服务小程序年费": "档案微服务小程序年服务费",
    "聘用编外辅助用工人员经费": "聘用编外辅助用工人员",
}
"""The other names of seven projects in the document: the form's is the one name that a project has."""

EXCEPTIONS = {
    **{
        f"表10 {name} 名称": "PRJ-3: the narrative names the project otherwise than its form"
        for name in list(CANONICAL)[:3]
    },
    **{
        f"表14 {name} 名称": "PRJ-3: table 14 names the project otherwise than its form"
        for name in list(CANONICAL)[3:]
    },
    "项目5 支出项目类别": "PRJ-3: 运转类 in the form, 特定目标类 in table 14, which the totals follow",
    "项目8 支出项目类别": "PRJ-3: 运转类 in the form, 特定目标类 in table 14, which the totals follow",
    "项目7 项目属性": "PRJ-4: a 项目类型 printed as 项目属性",
    "表14 企业人才直通车 项目总预算": "PRJ-1: 长期 in the form, an amount in table 14",
    "表11 合计": "PRC-1: 38 printed against items of 35.5",
    **{
        f"项目{number} 活动{row} 经济分类": "CLS-1: a government economic class (502) under a departmental name"
        for number, form in enumerate(FORMS, 1)
        for row, (_, economic, _) in enumerate(form["activities"], 1)
        if economic
    },
}
"""Where the document contradicts itself, with the rule of the catalogue that says so."""


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def workbook(exports: Exports) -> Workbook:
    return exports["112001", 2023, "budget"].workbook


@pytest.fixture(scope="module")
def result(exports: Exports) -> Tally:
    own = exports["112001", 2023, "budget"]
    topics = (summary_tables, project_list, procurement, forms, department_form, beside_the_tables)
    return tally([p for topic in topics for p in topic(own.workbook, own.report)], EXCEPTIONS)


def table(workbook: Workbook, title: str, **options: str) -> Page:
    return workbook.titled(f"2023年{title}", **options)


def summary_tables(workbook: Workbook, report: Dossier) -> Iterator[Pair]:
    """Tables 1–9."""
    income, spent, general = PRINTED["income"], PRINTED["expenditure"], PRINTED["general"]
    left, right = ("收入", "预算数"), ("支出", "预算数")
    yield from cells(
        "表1",
        table(workbook, "部门收支总表"),
        *((income[name], label, left) for name, label in INCOME_ROWS.items()),
        (income["合计"], "本年收入合计", left),
        (income["合计"], "收入总计", left),
        (spent["支出总计"], "本年支出合计", right),
        (spent["支出总计"], "支出总计", right),
    )
    yield from cells(
        "表2",
        table(workbook, "部门收入总表"),
        (income["合计"], "合计", ("合计",)),
        *((income[name], "合计", ("本年收入", column)) for name, column in INCOME_COLUMNS.items()),
        (income["上年结转"], "合计", ("上年结转", "小计")),
    )
    yield from cells(
        "表3",
        table(workbook, "部门支出总表"),
        (spent["支出总计"], "合计", ("合计",)),
        (spent["基本支出"], "合计", ("基本支出",)),
        (spent["项目支出"], "合计", ("项目支出",)),
    )
    yield from cells(
        "表4",
        table(workbook, "财政拨款收支总表"),
        (income["合计"], "收入总计", left),
        (general["当年预算"], "一般公共预算财政拨款", left),
        (income["政府性基金预算财政拨款收入"], "政府性基金预算财政拨款", left),
        (general["上年结转"], "上年结转", left),
        (general["合计"], "支出总计", ("支出", "合计")),
        (general["合计"], "支出总计", ("支出", "一般公共预算")),
    )
    yield from cells(
        "表5",
        table(workbook, "一般公共预算支出表"),
        (general["合计"], "合计", ("合计",)),
        (general["基本支出"], "合计", ("基本支出", "小计")),
        (general["人员经费"], "合计", ("基本支出", "人员经费")),
        (general["公用经费"], "合计", ("基本支出", "公用经费")),
        (general["项目支出"], "合计", ("项目支出",)),
    )
    page = table(workbook, "一般公共预算基本支出表")
    yield from cells(
        "表6",
        page,
        (general["基本支出"], "合计", ("基本支出", "合计")),
        (general["人员经费"], "合计", ("基本支出", "人员经费")),
        (general["公用经费"], "合计", ("基本支出", "公用经费")),
        (general["工资福利支出"], "工资福利支出", ("基本支出", "人员经费")),
        (general["公用经费"], "商品和服务支出", ("基本支出", "公用经费")),
    )
    helped = "对个人和家庭的补助"
    yield Pair(f"表6 {helped}", general[helped], "" if helped in page else "0")
    page = table(workbook, "一般公共预算“三公”经费支出表")
    yield from cells(
        "表7",
        page,
        *((PRINTED["three_public"][name], "2023年", path) for name, path in THREE_PUBLIC.items()),
        *(
            (number, "2022年", THREE_PUBLIC[name])
            for name, number in PRINTED["three_public_last_year"].items()
        ),
    )
    for number, title in (("表8", "政府性基金预算支出表"), ("表9", "国有资本经营预算支出表")):
        yield from cells(number, table(workbook, title), ("0", "合计", ("本年支出", "合计")))


INCOME_ROWS = {
    "一般公共预算财政拨款收入": "一般公共预算财政拨款",
    "政府性基金预算财政拨款收入": "政府性基金预算财政拨款",
    "纳入财政专户管理资金": "财政专户管理资金",
    "事业收入": "事业收入",
    "上级补助收入": "上级补助收入",
    "附属单位上缴收入": "附属单位上缴收入",
    "事业单位经营收入": "事业单位经营收入",
    "其他收入": "其他收入",
    "上年结转": "上年结转",
}
"""How table 1 names what the narrative lists."""

INCOME_COLUMNS = {
    name: {"一般公共预算财政拨款": "一般公共预算", "政府性基金预算财政拨款": "政府性基金预算"}.get(
        label, label
    )
    for name, label in INCOME_ROWS.items()
    if name != "上年结转"
}


def project_list(workbook: Workbook, report: Dossier) -> Iterator[Pair]:
    """Table 10, and the list of projects in the narrative."""
    page = table(workbook, "项目支出表")
    rows = page.records(("项目名称",), ("合计",))
    names = [str(name) for name, _ in rows if plain(name) != "合计"]
    yield Pair("表10 项目个数", PRINTED["other"]["项目支出绩效目标个数"], Decimal(len(names)))
    yield pair("表10 合计", PRINTED["expenditure"]["项目支出"], page.at, "合计", "合计")
    for name, amount in PRINTED["project_list"]:
        own = CANONICAL.get(name, name)
        yield Pair(f"表10 {name} 名称", name, own if own in names else "")
        yield pair(f"表10 {name}", amount, page.at, own, "合计")


def procurement(workbook: Workbook, report: Dossier) -> Iterator[Pair]:
    """Tables 11 and 12, and what the narrative says beside them."""
    page = table(workbook, "政府采购预算表")
    items = [(form["name"], *item) for form in FORMS for item in form["procurement"]]
    rows = page.records(("项目名称",), ("品名",), ("数量",), ("金额",))
    for number, (item, row) in enumerate(zip(items, rows, strict=False), 1):
        for column, wanted, found in zip(("项目", "品名", "数量", "金额"), item, row, strict=True):
            yield Pair(f"表11 {number} {column}", wanted, found)
    yield pair("表11 合计", PRINTED["other"]["政府采购预算"], page.at, "合计", "金额")
    yield pair(
        "表12 合计",
        PRINTED["other"]["政府购买服务"],
        table(workbook, "政府购买服务预算表").at,
        "合计",
        "金额",
    )


# --- table 13 -------------------------------------------------------------------------------------


def forms(workbook: Workbook, report: Dossier) -> Iterator[Pair]:
    """Table 13: the form of each project, in the order of the document."""
    for number, form in enumerate(FORMS, 1):
        page = next(
            page
            for page in workbook.pages
            if "2023年项目绩效目标申报表" in page and plain(page.beside("项目名称")) == plain(form["name"])
        )
        yield from form_pairs(f"项目{number}", form, page)


def form_pairs(where: str, form: Any, page: Page) -> Iterator[Pair]:
    yield pair(f"{where} 项目名称", form["name"], page.beside, "项目名称")
    for label, value in form["header"].items():
        yield pair(f"{where} {label}", value, page.beside, label)
    past = dict(past_budgets(str(page.beside("项目前两年预算及当年预算变动情况"))))
    for year, value in form["past"].items():
        yield Pair(f"{where} {year}年", value, past.get(year))
    funding = page.between("项目资金来源", "项目支出明细测算")
    for label, value in form["funding"].items():
        yield pair(f"{where} 资金来源 {label}", value, funding.at, label, "金额")
    activities = page.between("项目支出明细测算", "项目采购")
    yield from rows(
        f"{where} 活动",
        form["activities"],
        activities.records(("项目活动",), ("支出经济分类",), ("金额",)),
        ("名称", "经济分类", "金额"),
    )
    bought = page.between("项目采购", "项目绩效总目标")
    yield from rows(
        f"{where} 采购",
        form["procurement"],
        bought.records(("品名",), ("数量",), ("金额",)),
        ("品名", "数量", "金额"),
    )
    yield from rows(
        f"{where} 长期指标",
        form["long_term"],
        page.between("长期绩效目标表", "年度绩效目标表").records(
            ("一级指标",), ("二级指标",), ("三级指标",), ("指标值",), ("指标值确定依据",)
        ),
        LONG_TERM,
    )
    yield from rows(
        f"{where} 年度指标",
        form["annual"],
        page.between("年度绩效目标表").records(
            ("一级指标",),
            ("二级指标",),
            ("三级指标",),
            ("指标值", "前年"),
            ("指标值", "上年"),
            ("指标值", "预计当年实现"),
            ("指标值确定依据",),
        ),
        ANNUAL,
    )


def past_budgets(text: str) -> Iterator[tuple[str, object]]:
    """(year, amount in 万元 or 未立项) of 项目前两年预算及当年预算变动情况."""
    for year, said in re.findall(r"(\d{4})年(未立项|预算[\d,.]+万元)", text):
        number = said.removeprefix("预算").removesuffix("万元").replace(",", "")
        yield year, said if said == "未立项" else Decimal(number)


# --- table 14 -------------------------------------------------------------------------------------


def department_form(workbook: Workbook, report: Dossier) -> Iterator[Pair]:
    page = table(workbook, "部门整体支出绩效目标申报表")
    name = "部门(单位)名称"
    yield pair("表14 名称", TABLE_14["部门单位名称"], page.beside, name)
    for group in ("收入构成", "支出构成"):
        for label, *values in TABLE_14[group]:
            for column, value in zip(TABLE_14["columns"], values, strict=True):
                path = ("近两年收支金额", column) if column.endswith("年") else (column,)
                yield pair(
                    f"表14 {group} {label} {column}",
                    value,
                    page.at,
                    label,
                    *path,
                    within=group,
                )
    for name, category, total, current in TABLE_14["项目支出情况"]:
        own = CANONICAL.get(name, name)
        yield Pair(f"表14 {name} 名称", name, own if own in page else "")
        for column, value in (
            ("支出项目类别", category),
            ("项目总预算", total),
            ("项目本年度预算", current),
        ):
            yield pair(f"表14 {name} {column}", value, page.at, own, column)
    until = TABLE_14["长期目标截止年"]
    yield Pair("表14 长期目标截止年", until, until if page.mentions(f"截止{until}年") else "")
    yield from goals(
        "长期目标",
        page.between("长期绩效指标", "年度绩效指标"),
        (("一级指标",), ("二级指标",), ("三级指标",), ("指标值",), ("指标值确定依据",)),
        LONG_TERM,
    )
    values = (("近两年指标值", "前年"), ("近两年指标值", "上年"), ("指标值", "预期当年实现值"))
    yield from goals(
        "年度目标",
        page.between("年度绩效指标"),
        (("一级指标",), ("二级指标",), ("三级指标",), *values, ("指标值确定依据",)),
        ANNUAL,
    )


def goals(
    title: str, page: Page, columns: tuple[tuple[str, ...], ...], names: tuple[str, ...]
) -> Iterator[Pair]:
    for number, goal in enumerate(TABLE_14[title], 1):
        own = page.between(f"{title}{number}", f"{title}{number + 1}")
        label = f"{title}{number}"
        yield pair(f"表14 {label} 名称", goal["name"], page.beside, label)
        yield from rows(f"表14 {label} 指标", goal["indicators"], own.records(*columns), names)


# --- figures outside the tables -------------------------------------------------------------------


def beside_the_tables(workbook: Workbook, report: Dossier) -> Iterator[Pair]:
    """人员情况 and vehicles."""
    yield from people(PRINTED["staffing"], report)
    yield from vehicles({kind: PRINTED["other"][kind] for kind in ("车辆", "一般公务用车")}, report)


# --- what must come out ---------------------------------------------------------------------------


def test_every_printed_figure_is_in_its_cell(result: Tally, capsys: pytest.CaptureFixture[str]) -> None:
    result.settle(capsys, "东西湖 2023", least=1001)


@pytest.mark.parametrize(
    ("where", "number"),
    [
        ("表1 收入总计 收入/预算数", "3073.53"),
        ("表5 合计 基本支出/小计", "967.43"),
        ("表5 合计 基本支出/人员经费", "849.86"),
        ("表5 合计 基本支出/公用经费", "117.57"),
        ("表10 合计", "2106.10"),
        ("表10 项目个数", "12"),
        ("表14 支出构成 合计 2022年", "4787.76"),
        ("表14 支出构成 特定目标类项目支出 2022年", "3917.30"),
        ("表14 支出构成 人员类项目支出 占比", "27.65"),
        ("表14 支出构成 运转类项目支出 占比", "3.83"),
        ("表14 支出构成 特定目标类项目支出 占比", "68.52"),
        ("表7 2023年 合计", "3.00"),
        ("表7 2023年 公务用车购置及运行费/公务用车运行费", "3.00"),
    ],
)
def test_headline_figures(result: Tally, where: str, number: str) -> None:
    found = result.at(where)
    assert found.matches
    assert found.found == Decimal(number)


@pytest.fixture(scope="module")
def money(workbook: Workbook) -> Callable[[str, str], Decimal]:
    """Table 14's 支出构成: (row, column) to an amount in 万元; 基本支出 is personnel and operating."""
    page = table(workbook, "部门整体支出绩效目标申报表")
    rows = {
        "收支总计": ("合计",),
        "基本支出": ("人员类项目支出", "运转类项目支出"),
        "公用经费": ("运转类项目支出",),
        "项目支出": ("特定目标类项目支出",),
    }

    def of(name: str, column: str) -> Decimal:
        return sum((page.at(label, column, within="支出构成") for label in rows[name]), Decimal(0))  # type: ignore[misc]

    return of


def test_last_years_basic_expenditure(money: Callable[[str, str], Decimal]) -> None:
    assert money("基本支出", "2022年") == Decimal("870.46")


@pytest.mark.parametrize("name", ["收支总计", "基本支出", "公用经费", "项目支出"])
def test_changes_follow_from_the_cells(money: Callable[[str, str], Decimal], name: str) -> None:
    """比上年 in the narrative: direction, amount, rate."""
    current, previous = money(name, "当年金额"), money(name, "2022年")
    direction, amount, rate = PRINTED["changes"][name]
    assert abs(current - previous) == Decimal(amount)
    assert ("增加" if current > previous else "减少") == direction
    places = len(rate.partition(".")[2])
    assert abs(growth(current, previous, places)) == Decimal(rate)


@pytest.mark.parametrize("name", ["基本支出", "项目支出"])
def test_shares_follow_from_the_cells(money: Callable[[str, str], Decimal], name: str) -> None:
    assert share(money(name, "当年金额"), money("收支总计", "当年金额")) == Decimal(PRINTED["shares"][name])
