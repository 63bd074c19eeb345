"""Papers about an approved report: 批复, the bureau's official document (GB/T 9704), and 审签单, on which a department
signs what it publishes.

Both tell of the content that was approved, which is what is published.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ..domain.choices import Choices, ReportKind
from ..domain.money import Unit, stated
from ..domain.sheets import Cell, Role, Row, Sheet
from ..exchange.documents import written
from ..models import Report
from ..models.report import PUBLICATION_DAYS
from ..renderers.manuscript import Element, Face, Lines, Manuscript, Special
from ..renderers.paging import pages_of
from ..tables.wording import numeral
from .publication import PublicContent, ReadyFile, stem_of

SEAL = "（印章）"
_LAW = {
    ReportKind.BUDGET: "《中华人民共和国预算法》第五十二条",
    ReportKind.FINAL: "《中华人民共和国预算法》第八十条",
}
"""批复 of budgets within 20 days of the people's congress, of final accounts within 20 days of its standing committee."""

_WORD = {ReportKind.BUDGET: "预算", ReportKind.FINAL: "决算"}
_FOUR, _LABEL = 4, 1
"""Columns of the 审签单: label, value, label, value."""


class Paper(Choices):
    APPROVAL = "approval", "批复文件"
    SIGN_OFF = "sign-off", "公开审签单"


def has_papers(content: PublicContent) -> bool:
    """Whether it was approved here: what commands brought in as published may lack number and date."""
    return content.is_frozen and content.report.approval_date is not None


def paper(content: PublicContent, kind: Paper) -> Manuscript:
    """The paper about what was approved or published; raises LookupError if there is no approval."""
    if not has_papers(content):
        raise LookupError(kind)
    return approval(content) if kind is Paper.APPROVAL else sign_off(content)


def paper_file(content: PublicContent, kind: Paper, format: str) -> ReadyFile:
    """The paper as pdf or docx, named ``112001-2023-budget-批复文件.pdf``. Raises LookupError and `pdf.FontsMissing`."""
    return ReadyFile.of(written(paper(content, kind), f"{stem_of(content.report)}-{kind.label}", format))


# --- 批复 ---------------------------------------------------------------------------------------------


def approval(content: PublicContent) -> Manuscript:
    """The document by which the bureau approves: its number, the totals, what has to be done, the tables."""
    report = content.report
    bureau = f"{report.fiscal_year.district.name}财政局"
    subject = f"关于批复{_department(report)}{report.year}年{ReportKind(report.kind).label}的通知"
    tables = [sheet for sheet in content.sheets if not sheet.is_form]
    elements: list[Element] = [
        Special(Face.ISSUER, f"{bureau}文件"),
        Special(Face.NUMBER, report.approval_number),
        Special(Face.SUBJECT, subject),
        Special(Face.ADDRESSEE, f"{_department(report)}："),
        Lines(tuple(_said(content))),
        *(Special(Face.ATTACHMENT, line) for line in _attached(tables)),
        *(Special(Face.SIGNATURE, line) for line in (bureau, SEAL, chinese_date(_date(report)))),
        Special(Face.COLOPHON, f"{bureau}　{chinese_date(_date(report))}印发"),
        *(page for sheet in tables for page in pages_of(sheet)),
    ]
    return Manuscript(title=subject, author=bureau, elements=elements, date=_date(report))


def _said(content: PublicContent) -> Iterator[str]:
    report = content.report
    kind = ReportKind(report.kind)
    word = _WORD[kind]
    yield (
        f"{report.fiscal_year.district.name}{report.year}年{'预算' if kind is ReportKind.BUDGET else '决算'}已经批准。"
        f"根据{_LAW[kind]}，现将你单位{report.year}年{kind.label}批复如下："
    )
    for number, line in enumerate((*_totals(content, word), *_duties(report, kind)), 1):
        yield f"{numeral(number)}、{line}"


def _totals(content: PublicContent, word: str) -> Iterator[str]:
    income = content.sheets[0].cells.get(f"{content.sheets[0].table}/total/income")
    if income is not None and isinstance(income.value, Decimal):
        sheet = content.sheets[0]
        yield f"收入{word}总计{stated(income.value * sheet.unit.factor)}（含上年结转）。"
    figures = {key: stated(Decimal(figure["amount"])) for key, figure in content.summary["figures"].items()}
    yield (
        f"支出{word}合计{figures['total']}，其中：基本支出{figures['basic']}，项目支出{figures['project']}；"
        f"“三公”经费{figures['three_public']}。"
    )


def _duties(report: Report, kind: ReportKind) -> Iterator[str]:
    if kind is ReportKind.BUDGET:
        yield "请严格按照批复的预算执行，未经法定程序不得调整；按照批复的绩效目标实施，年终据此自评。"
    else:
        yield "请按照批复的决算办理账务和资产事项，并将绩效自评结果用于以后年度的预算安排。"
    due = _date(report) + datetime.timedelta(days=PUBLICATION_DAYS)
    yield (
        f"请自批复之日起{PUBLICATION_DAYS}日内，即不晚于{chinese_date(due)}，"
        f"由你单位向社会公开经批复的{kind.label}及报表，并对机关运行经费等重要事项作出说明。"
    )


def _attached(tables: list[Sheet]) -> Iterator[str]:
    """附件：1. 表1 …, one on each line."""
    for number, sheet in enumerate(tables, 1):
        yield f"{'附件：' if number == 1 else '　　　'}{number}. {sheet.heading}"


# --- 审签单 -------------------------------------------------------------------------------------------


def sign_off(content: PublicContent) -> Manuscript:
    """The sheet on which secrecy is reviewed and the head signs exactly the content with this checksum."""
    [page] = pages_of(sign_off_sheet(content))
    return Manuscript(
        title=page.sheet.title,
        author=_department(content.report),
        elements=[replace(page, level=1)],
        date=_date(content.report),
    )


def sign_off_sheet(content: PublicContent) -> Sheet:
    report = content.report
    title = f"{report.year}年{ReportKind(report.kind).label}公开审签单"
    due = _date(report) + datetime.timedelta(days=PUBLICATION_DAYS)
    what = f"{report.year}年{ReportKind(report.kind).label}（第{report.revision}版）"
    body = (
        _pair("单位名称", _department(report), "单位代码", report.department.code),
        _pair("公开内容", what, "批复文号", report.approval_number),
        _pair("批复日期", chinese_date(_date(report)), "公开期限", f"不晚于{chinese_date(due)}"),
        _wide("公开文件\n及校验值\n（SHA-256）", "\n".join(_files(content))),
        _title("保密审查"),
        _wide("审查结论", "□ 不涉及国家秘密和不宜公开的事项，可以公开\n□ 需要处理后公开：\n\n\n"),
        _pair("审查人（签字）", "\n", "日期", "　　年　月　日"),
        _title("单位审签"),
        _wide("单位负责人\n意见", "\n\n\n"),
        _pair("负责人（签字）", "\n", "日期", "　　年　月　日"),
        _pair("经办人", "", "联系电话", ""),
    )
    return Sheet(
        table="sign-off",
        number="",
        title=title,
        name=title,
        department=_department(report),
        unit=Unit.WAN,
        show_unit=False,
        widths=(9.0, 15.0, 9.0, 14.0),
        head=(),
        body=body,
        notes=("审签的是上列校验值所指的文件。内容如有变动，校验值随之不同，须重新审签。",),
        is_form=True,
    )


def _files(content: PublicContent) -> Iterator[str]:
    """The files for people, each with its checksum, and how many others there are."""
    told = [file for file in content.files if file.format in ("pdf", "docx", "xlsx", "manifest")]
    for file in told:
        yield f"{file.name}\n{file.sha256}"
    yield f"另有数据、分表和图片文件 {len(content.files) - len(told)} 个"


def _pair(*cells: str) -> Row:
    labels = (Role.LABEL, Role.TEXT, Role.LABEL, Role.TEXT)
    return Row(tuple(Cell(value, role) for value, role in zip(cells, labels, strict=True)))


def _wide(label: str, value: str) -> Row:
    return Row((Cell(label, Role.LABEL), Cell(value, Role.TEXT, columns=_FOUR - _LABEL)))


def _title(text: str) -> Row:
    return Row((Cell(text, Role.HEADER, columns=_FOUR),))


# --- Both ---------------------------------------------------------------------------------------------


def _department(report: Report) -> str:
    return report.department.name_in(report.year)


def _date(report: Report) -> datetime.date:
    """The date of the approval, without which there are no papers."""
    if report.approval_date is None:
        raise LookupError(report.pk)
    return report.approval_date


def chinese_date(date: datetime.date) -> str:
    """``2023年2月1日``."""
    return f"{date.year}年{date.month}月{date.day}日"
