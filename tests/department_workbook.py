"""A report's document laid out as a department has it: sheets of rows in its own words, amounts in 万元.

The headings are those of the entry workbook. What an untouched row says anyway is left out, and what is the
same as in the row above where the workbook says that it may be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from budgets.domain.choices import (
    Choices,
    Flow,
    Fund,
    HistoryMeasure,
    PostCategory,
    ProcurementClass,
    ProjectAttribute,
    ProjectCategory,
    ProjectType,
    Use,
)
from budgets.domain.figures import title_of
from performance.domain.goals import Horizon
from tests.budgets.workbook.files import HEADER_ROW, column, find, first_empty

Document = Mapping[str, Any]
Cells = Mapping[str, Any]
"""One row by heading."""

OF_PROJECT = "所属项目"
REASONS = "变动原因"


def wan(yuan: str | None) -> Decimal | None:
    """元 in 万元."""
    return None if yuan is None else (Decimal(yuan) / 10_000).normalize()


def word(choices: type[Choices], value: str) -> str:
    """What a drop-down says for a stored value."""
    return choices(value).label


def _other_than(default: Choices, value: str) -> str | None:
    """The word for a value that a row has not anyway."""
    return None if value == default else word(type(default), value)


# --- the whole department's sheets ----------------------------------------------------------------


def upright(document: Document) -> dict[str, Cells]:
    """Label and value, by tab."""
    basics = document["basics"]
    return {
        "基本情况": {
            "填报人": basics["preparer"],
            "联系电话": basics["phone"],
            "单位地址": basics["address"],
            "邮政编码": basics["postcode"],
            "单位构成": basics["composition"],
        },
        "采购、资产与其他": {"公务用车保有量": document["three_public"]["vehicles_held"]},
    }


def given(document: Document) -> dict[str, tuple[str, dict[str, Cells]]]:
    """Rows that the workbook has already, by tab: the heading of what a row is about, and its cells by that."""
    posts = {
        word(PostCategory, post["category"]): {"编制数": post["authorised"], "在职实有数": post["filled"]}
        for post in document["staffing"]["posts"]
        if post["authorised"] or post["filled"]
    }
    reasons = {
        title_of(reason["figure"]): {REASONS: reason["text"]}
        for reason in document["explanations"]["reasons"]
    }
    restated = {
        title_of(last["figure"]): {"调整后金额": wan(last["amount"]), "调整原因": last["reason"]}
        for last in document["restated"]["figures"]
    }
    return {
        "编制与实有": ("编制类别", posts),
        "变动原因": ("指标", reasons),
        "上年数调整": ("指标", restated),
    }


def lists(document: Document) -> dict[str, list[Cells]]:
    """Rows, by tab, in their order."""
    basics = document["basics"]
    goals = document["goals"]["goals"]
    return {
        "部门职能": [{"职能": duty["text"]} for duty in basics["duties"]],
        "年度工作任务": [{"任务": task["title"], "内容": task["text"]} for task in basics["tasks"]],
        "收入与结转明细": [
            {
                "类型": word(Flow, line["flow"]),
                "资金来源": word(Fund, line["fund"]),
                "金额": wan(line["amount"]),
            }
            for line in document["income"]["lines"]
        ],
        "支出明细": [
            {
                "支出类别": _other_than(Use.BASIC, line["use"]),
                "功能分类": line["function"],
                "经济分类": line["economic"],
                "资金来源": _other_than(Fund.GENERAL, line["fund"]),
                "金额": wan(line["amount"]),
                "备注": line["remark"],
            }
            for line in document["expenditure"]["lines"]
        ],
        "绩效目标": goal_rows(goals),
        "长期绩效指标": list(_as_above("目标名称", indicator_rows(goals, Horizon.LONG_TERM))),
        "年度绩效指标": list(_as_above("目标名称", indicator_rows(goals, Horizon.ANNUAL))),
        "采购": [item_row(item) for item in document["operating_procurement"]["items"]],
        "上年末国有资产": [
            {"资产类别": holding["kind"], "数量": holding["quantity"]}
            for holding in document["assets"]["holdings"]
        ],
        **projects(document["projects"]),
    }


# --- projects -------------------------------------------------------------------------------------


def projects(documents: Iterable[Document]) -> dict[str, list[Cells]]:
    """The tabs that projects share."""
    parts = {
        "项目历年情况": history_rows,
        "项目支出明细测算": activity_rows,
        "项目采购": lambda project: [item_row(item) for item in project["procurement"]["items"]],
        "项目绩效目标": lambda project: goal_rows(project["goals"]["goals"]),
        "项目长期绩效指标": lambda project: _of_the_one_goal(project, Horizon.LONG_TERM),
        "项目年度绩效指标": lambda project: _of_the_one_goal(project, Horizon.ANNUAL),
    }
    found: dict[str, list[Cells]] = {"项目": [project_row(project) for project in documents]}
    for tab, rows in parts.items():
        named = (
            {OF_PROJECT: project["identity"]["name"], **row} for project in documents for row in rows(project)
        )
        found[tab] = list(_as_above(OF_PROJECT, named))
    return found


def project_row(project: Document) -> Cells:
    """One project's line in the list of all: what the 申报表 asks in its head."""
    identity, application = project["identity"], project["application"]
    return {
        "项目名称": identity["name"],
        "支出项目类别": word(ProjectCategory, identity["category"]),
        "项目属性": word(ProjectAttribute, identity["attribute"]),
        "项目类型": word(ProjectType, identity["type"]),
        "起始年度": identity["start_year"],
        "终止年度": identity["end_year"],
        "项目主管部门": application["authority"],
        "项目执行单位": application["executing_unit"],
        "项目负责人": application["leader"],
        "联系电话": application["phone"],
        "单位地址": application["address"],
        "邮政编码": application["postcode"],
        "项目立项依据": application["basis"],
        "项目实施方案": application["plan"],
        "主要支出方向和用途": application["purpose"],
        "项目总预算": wan(application["total_budget"]),
        "总预算为长期": "是" if application["long_term"] else None,
        "变动原因": application["change_reason"],
        "默认功能分类": application["function"],
    }


def history_rows(project: Document) -> list[Cells]:
    return [
        {
            "以前年度": f"{entry['year']}年",
            "口径": word(HistoryMeasure, entry["measure"]),
            "金额": wan(entry["amount"]),
        }
        for entry in project["history"]["entries"]
    ]


def activity_rows(project: Document) -> list[Cells]:
    """One row a line; a further line of an activity leaves its name and texts out."""
    rows: list[Cells] = []
    for activity in project["activities"]["activities"]:
        head = {
            "项目活动": activity["name"],
            "活动内容表述": activity["description"],
            "测算依据及说明": activity["basis"],
            "备注": activity["remark"],
        }
        for line in activity["lines"]:
            own = line["function"] != project["application"]["function"]
            rows.append(
                {
                    **head,
                    "功能分类": line["function"] if own else None,
                    "支出经济分类": line["economic"],
                    "资金来源": _other_than(Fund.GENERAL, line["fund"]),
                    "金额": wan(line["amount"]),
                }
            )
            head = {}
    return rows


def item_row(item: Document) -> Cells:
    return {
        "品名": item["name"],
        "采购类别": word(ProcurementClass, item["kind"]),
        "数量": item["quantity"],
        "资金来源": _other_than(Fund.GENERAL, item["fund"]),
        "金额": wan(item["amount"]),
    }


def goal_rows(goals: Iterable[Document]) -> list[Cells]:
    return [
        {
            "目标类型": word(Horizon, goal["horizon"]),
            "目标名称": goal["name"],
            "目标说明": goal["text"],
            "截止年度": goal.get("until_year"),
        }
        for goal in goals
    ]


def indicator_rows(goals: Iterable[Document], horizon: Horizon) -> list[Cells]:
    names = {
        "一级指标": "level1",
        "二级指标": "level2",
        "三级指标": "name",
        **(
            {"前年指标值": "value_before_last", "上年指标值": "value_last"}
            if horizon is Horizon.ANNUAL
            else {}
        ),
        "指标值": "value",
        "指标值确定依据": "basis",
    }
    return [
        {"目标名称": goal["name"], **{heading: indicator.get(name) for heading, name in names.items()}}
        for goal in goals
        if goal["horizon"] == horizon
        for indicator in goal["indicators"]
    ]


def _of_the_one_goal(project: Document, horizon: Horizon) -> list[Cells]:
    """A project has one goal of each kind: none of its indicators needs to say which it is of."""
    rows = indicator_rows(project["goals"]["goals"], horizon)
    assert len({row["目标名称"] for row in rows}) <= 1
    return [{heading: value for heading, value in row.items() if heading != "目标名称"} for row in rows]


def _as_above(heading: str, rows: Iterable[Cells]) -> Iterator[Cells]:
    """Leave out what the row above says too, as merged cells do."""
    above = None
    for row in rows:
        yield {**row, heading: None if row[heading] == above else row[heading]}
        above = row[heading]


# --- into the workbook ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Typed:
    """How many cells were typed, and how many of them are amounts and counts."""

    cells: int = 0
    figures: int = 0

    def __add__(self, other: Typed) -> Typed:
        return Typed(self.cells + other.cells, self.figures + other.figures)


def tally(cells: Cells) -> Typed:
    """What is typed in one row. A year is no figure."""
    said = _said(cells)
    figures = [h for h, v in said.items() if isinstance(v, int | Decimal) and not h.endswith("年度")]
    return Typed(len(said), len(figures))


def fill_in(book: Workbook, document: Document, *, without: Collection[tuple[str, str]] = ()) -> Typed:
    """Type the document into an empty entry workbook.

    ``without`` are (tab, project): rows that are entered in another way.
    """
    rows: list[Cells] = []
    for tab, cells in upright(document).items():
        rows.append(_write_upright(book[tab], cells))
    for tab, (heading, given_rows) in given(document).items():
        for about, cells in given_rows.items():
            rows.append(_write(book[tab], find(book[tab], heading, about), cells))
    for tab, free_rows in lists(document).items():
        project, row = "", first_empty(book[tab])
        for cells in free_rows:
            project = cells.get(OF_PROJECT) or project
            if (tab, project) not in without:
                rows.append(_write(book[tab], row, cells))
                row += 1
    return sum(map(tally, rows), Typed())


def _write_upright(sheet: Worksheet, cells: Cells) -> Cells:
    labels = {str(row[0].value): row[1] for row in sheet.iter_rows(min_row=HEADER_ROW, max_col=2)}
    for label, value in cells.items():
        labels[label].value = value
    return cells


def _write(sheet: Worksheet, row: int, cells: Cells) -> Cells:
    for heading, value in _said(cells).items():
        sheet.cell(row, column(sheet, heading)).value = value
    return cells


def _said(cells: Cells) -> Cells:
    return {heading: value for heading, value in cells.items() if value not in (None, "")}


# --- as a range -----------------------------------------------------------------------------------


def rows_of(document: Document, tab: str, project: str) -> list[Cells]:
    """The rows of one project on a tab, without its name."""
    found, named = [], ""
    for cells in lists(document)[tab]:
        named = cells.get(OF_PROJECT) or named
        if named == project:
            found.append({heading: value for heading, value in cells.items() if heading != OF_PROJECT})
    return found


def as_copied(rows: Iterable[Cells], headings: Sequence[str], *, titled: bool = False) -> str:
    """The text that a spreadsheet puts on the clipboard for the rows' cells under ``headings``."""
    table = [list(headings)] if titled else []
    table += [[_as_text(row.get(heading)) for heading in headings] for row in rows]
    return "".join("\t".join(map(_quoted, cells)) + "\r\n" for cells in table)


def _as_text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    return "" if value is None else str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if {"\t", "\n", "\r", '"'} & set(text) else text
