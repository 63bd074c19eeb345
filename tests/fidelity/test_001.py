"""武昌 2022: every figure that was printed and that its eleven tables carry stands in its cell of the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from budgets.domain.choices import Flow
from budgets.domain.dossier import Dossier
from budgets.domain.money import growth
from budgets.domain.schema import ProcurementItem

from .comparison import Pair, Tally, cells, pair, rows, tally
from .exports import Exports, printed
from .pages import Page, Workbook, plain
from .printed_facts import THREE_PUBLIC, people, vehicles

PRINTED = printed("001")
FORMS = PRINTED["projects"]

CANONICAL = {
    "企服工作经费项目": "企服工作经费",
    "智能系统项目经费项目": "智能系统项目经费",
    "区创新发展和人才服务基地专项经费项目": "区创新发展和人才服务基地专项经费",
    "支持区域发展专项": "支持区域经济发展专项经费",
}
"""How the narrative names the four projects: the form's is the one name that a project has."""

EXCEPTIONS = {
    f"表十一 {name} 名称": "PRJ-3: the narrative names the project otherwise than its form"
    for name in CANONICAL
}
"""Where the document contradicts itself, with the rule of the catalogue that says so."""


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def workbook(exports: Exports) -> Workbook:
    return exports["344001", 2022, "budget"].workbook


@pytest.fixture(scope="module")
def result(exports: Exports) -> Tally:
    own = exports["344001", 2022, "budget"]
    topics = (summary_tables, project_list, forms, beside_the_tables)
    return tally([p for topic in topics for p in topic(own.workbook, own.report)], EXCEPTIONS)


def table(workbook: Workbook, title: str) -> Page:
    return workbook.titled(f"2022年{title}")


def summary_tables(workbook: Workbook, report: Dossier) -> Iterator[Pair]:
    """Tables 一–八."""
    income, spent, general = PRINTED["income"], PRINTED["expenditure"], PRINTED["general"]
    left, right = ("收入", "预算数"), ("支出", "预算数")
    yield from cells(
        "表一",
        table(workbook, "部门收支总表"),
        (income["一般公共预算财政拨款收入"], "一般公共预算财政拨款", left),
        (income["其他收入"], "其他收入", left),
        (income["上年结转"], "上年结转", left),
        (income["合计"], "收入总计", left),
        *((number, name, right) for name, number in PRINTED["by_function"].items()),
        (spent["合计"], "支出总计", right),
    )
    yield from cells(
        "表二",
        table(workbook, "部门收入总表"),
        (income["合计"], "合计", ("合计",)),
        (income["一般公共预算财政拨款收入"], "合计", ("本年收入", "一般公共预算")),
        (income["其他收入"], "合计", ("本年收入", "其他收入")),
        (income["上年结转"], "合计", ("上年结转", "小计")),
    )
    functions = {name: number for name, number in PRINTED["by_function"].items() if number != "0"}
    yield from cells(
        "表三",
        table(workbook, "部门支出总表"),
        *((number, name, ("合计",)) for name, number in functions.items()),
        (spent["合计"], "合计", ("合计",)),
        (spent["基本支出"], "合计", ("基本支出",)),
        (spent["项目支出"], "合计", ("项目支出",)),
    )
    yield from cells(
        "表四",
        table(workbook, "财政拨款收支总表"),
        (general["当年预算"], "一般公共预算财政拨款", left),
        (general["上年结转"], "上年结转", left),
        (general["合计"], "收入总计", left),
        *((number, name, ("支出", "合计")) for name, number in PRINTED["by_function"].items()),
        (general["合计"], "支出总计", ("支出", "一般公共预算")),
    )
    yield from cells(
        "表五",
        table(workbook, "一般公共预算支出表"),
        *((number, name, ("合计",)) for name, number in functions.items()),
        (general["合计"], "合计", ("合计",)),
        (general["基本支出"], "合计", ("基本支出", "小计")),
        (general["人员经费"], "合计", ("基本支出", "人员经费")),
        (general["商品和服务支出"], "合计", ("基本支出", "公用经费")),
        (general["项目支出"], "合计", ("项目支出",)),
    )
    page = table(workbook, "一般公共预算基本支出表")
    yield from cells(
        "表六",
        page,
        (general["基本支出"], "合计", ("基本支出", "合计")),
        (general["人员经费"], "合计", ("基本支出", "人员经费")),
        (general["工资福利支出"], "工资福利支出", ("基本支出", "人员经费")),
        (general["商品和服务支出"], "商品和服务支出", ("基本支出", "公用经费")),
        (general["三公经费支出"], "公务接待费", ("基本支出", "公用经费")),
    )
    helped = "对个人和家庭的补助"
    yield Pair(f"表六 {helped}", general[helped], "" if helped in page else "0")
    yield from cells(
        "表七",
        table(workbook, "一般公共预算“三公”经费支出表"),
        *((PRINTED["three_public"][name], "2022年", path) for name, path in THREE_PUBLIC.items()),
    )
    yield from cells(
        "表八",
        table(workbook, "政府性基金预算支出表"),
        (PRINTED["government_fund"], "合计", ("本年支出", "合计")),
    )


def project_list(workbook: Workbook, report: Dossier) -> Iterator[Pair]:
    """Table 十一, and the list of projects in the narrative."""
    page = table(workbook, "项目支出表")
    names = [plain(name) for name, _ in page.records(("项目名称",), ("合计",))]
    yield pair("表十一 合计", PRINTED["expenditure"]["项目支出"], page.at, "合计", "合计")
    for name, amount, *_ in PRINTED["project_list"]:
        own = CANONICAL[name]
        yield Pair(f"表十一 {name} 名称", name, own if own in names else "")
        yield pair(f"表十一 {name}", amount, page.at, own, "合计")


# --- form B ---------------------------------------------------------------------------------------


def forms(workbook: Workbook, report: Dossier) -> Iterator[Pair]:
    """Table 十: form B of each project, in 元."""
    for number, form in enumerate(FORMS, 1):
        page = next(
            page
            for page in workbook.pages
            if "2022年武昌区部门预算项目申报表（含绩效目标）" in page
            and plain(page.beside("项目名称")) == form["name"]
        )
        yield from form_pairs(f"项目{number}", form, page)


def form_pairs(where: str, form: Any, page: Page) -> Iterator[Pair]:
    yield pair(f"{where} 项目名称", form["name"], page.beside, "项目名称")
    for label, value in form["header"].items():
        yield pair(f"{where} {label}", value, page.beside, label)
    past = dict(past_figures(str(page.beside("项目前两年预算及当年预算变动情况"))))
    for year, measure, amount in form["past"]:
        yield Pair(f"{where} {year}年 口径", measure, past.get(year, ("",))[0])
        yield Pair(f"{where} {year}年 金额", amount, past.get(year, ("", ""))[1])
    funding = page.between("项目资金来源", "项目支出明细测算")
    for label, value in form["funding"].items():
        if label == "合计" and not value:
            continue  # two of the four forms leave the total out
        yield pair(f"{where} 资金来源 {label}", value, funding.at, label, "金额")
    tasks = page.between("项目支出明细测算", "测算依据及说明")
    yield pair(f"{where} 明细合计", form["activities_total"], tasks.at, "合计", "金额")
    found = tasks.records(("项目支出明细",), ("金额",))
    yield Pair(f"{where} 明细 行数", str(len(form["activities"])), Decimal(len(found) - 1))
    for row, (name, amount) in enumerate(form["activities"], 1):
        yield pair(f"{where} 明细{row} {name}", amount, tasks.at, name, "金额")
    yield from rows(
        f"{where} 指标",
        form["annual"],
        page.between("项目年度绩效指标", "说明").records(
            ("一级指标",), ("二级指标",), ("指标内容",), ("指标内容",), ("指标值",), ("备注",)
        )[: len(form["annual"])],
        ("一级", "二级", "目标", "指标", "指标值", "备注"),
    )


def past_figures(text: str) -> Iterator[tuple[str, tuple[str, Decimal]]]:
    """(year, (measure, amount in 元)) of 项目前两年预算及当年预算变动情况."""
    for year, measure, number in re.findall(r"(\d{4})年(预算|执行|决算)([\d,.]+)元", text):
        yield year, (measure, Decimal(number.replace(",", "")))


# --- figures outside the eleven tables ------------------------------------------------------------


def beside_the_tables(workbook: Workbook, report: Dossier) -> Iterator[Pair]:
    """支出按经济分类, 采购, 购买服务, 人员, 资产: printed in words only, so looked up in the JSON."""
    for name, number in PRINTED["by_class"].items():
        amount = report.ledger.total(flow=Flow.EXPENDITURE, economic=CLASSES[name])
        yield Pair(f"JSON {name}", number, amount / 10000)
    items = [item for _, item in report.procurement]
    for name, number in PRINTED["procurement"].items():
        yield Pair(
            f"JSON 采购 {name}", number, total(i for i in items if name in ("合计", f"{i.kind.label}类"))
        )
    bought = [item for item in items if item.service_category]
    for name, number in PRINTED["service_purchase"].items():
        chosen = (i for i in bought if name in ("合计", i.service_category.label))
        yield Pair(f"JSON 购买服务 {name}", number, total(chosen))
    yield from people(PRINTED["staffing"], report)
    yield from vehicles(PRINTED["assets"], report)


def total(items: Iterable[ProcurementItem]) -> Decimal:
    """In 万元."""
    return sum((item.amount for item in items), Decimal(0)) / 10000


CLASSES = {
    "工资福利支出": "301",
    "商品和服务支出": "302",
    "对个人和家庭的补助": "303",
    "资本性支出": "310",
    "对企业补助": "312",
    "其他支出": "399",
}

# --- what must come out ---------------------------------------------------------------------------


def test_every_printed_figure_is_in_its_cell(result: Tally, capsys: pytest.CaptureFixture[str]) -> None:
    result.settle(capsys, "武昌 2022", least=301)


@pytest.mark.parametrize(
    ("where", "number"),
    [
        ("表一 支出总计 支出/预算数", "6931.33"),
        ("表三 合计 基本支出", "306.43"),
        ("表三 合计 项目支出", "6624.90"),
        ("表三 一般公共服务支出 合计", "6842.37"),
        ("表三 社会保障和就业支出 合计", "16.69"),
        ("表三 卫生健康支出 合计", "25.18"),
        ("表三 住房保障支出 合计", "47.09"),
        ("JSON 工资福利支出", "280.39"),
        ("JSON 商品和服务支出", "1317.64"),
        ("JSON 资本性支出", "333.30"),
        ("JSON 对企业补助", "5000.00"),
        ("项目1 项目当年预算", "896000"),
        ("项目2 项目当年预算", "2833000"),
        ("项目3 项目当年预算", "12520000"),
        ("项目4 项目当年预算", "50000000"),
    ],
)
def test_headline_figures(result: Tally, where: str, number: str) -> None:
    found = result.at(where)
    assert found.matches
    assert found.found == Decimal(number)


@pytest.mark.parametrize(
    ("name", "label", "path"),
    [
        ("收支总计", "合计", ("合计",)),
        ("基本支出", "合计", ("基本支出", "小计")),
        ("工资福利支出", "合计", ("基本支出", "人员经费")),
        ("项目支出", "合计", ("项目支出",)),
    ],
)
def test_changes_follow_from_the_2021_report(
    exports: Exports, name: str, label: str, path: tuple[str, ...]
) -> None:
    """比上年 in the narrative, from the same table of the two years."""
    page = exports["344001", 2022, "budget"].workbook.titled("2022年一般公共预算支出表")
    past = exports["344001", 2021, "budget"].workbook.titled("2021年一般公共预算支出表")
    current, previous = page.at(label, *path), past.at(label, *path)
    assert isinstance(current, Decimal)
    assert isinstance(previous, Decimal)
    direction, amount, rate = PRINTED["changes"][name]
    assert direction == "增加"
    assert current - previous == Decimal(amount)
    assert rate is None or growth(current, previous) == Decimal(rate)


def test_reception_in_2021(workbook: Workbook) -> None:
    page = table(workbook, "一般公共预算“三公”经费支出表")
    current, previous = page.at("2022年", "公务接待费"), page.at("2021年", "公务接待费")
    assert (current, previous) == (Decimal("0.48"), Decimal("0.45"))
    assert growth(current, previous) == Decimal(PRINTED["changes"]["三公经费"][2])


@pytest.mark.parametrize("row", PRINTED["project_list"], ids=lambda row: row[0])
def test_projects_changed_as_printed(exports: Exports, row: list[str | None]) -> None:
    now, then = exports["344001", 2022, "budget"].report, exports["344001", 2021, "budget"].report
    project = next(p for p in now.projects if p.identity.name == CANONICAL[str(row[0])])
    before = then.project(project.key)
    assert before is not None
    assert (project.amount - before.amount) / 10000 == Decimal(str(row[3]))
    assert row[4] is None or growth(project.amount, before.amount) == Decimal(row[4])
