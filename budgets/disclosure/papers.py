"""Papers about an approved report: 批复, the bureau's official document (GB/T 9704), and 审签单, on which a department
signs what it publishes.

Both tell of the content that was approved, which is what is published.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

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

_BY = {ReportKind.BUDGET: "人民代表大会", ReportKind.FINAL: "人民代表大会常务委员会"}
_WORD = {ReportKind.BUDGET: "预算", ReportKind.FINAL: "决算"}
_BALANCE = ("opening/income", "total/income", "closing/expenditure")
"""Cells of 收支总表: 上年结转, 收入总计, 结转下年."""
_FOUR, _LABEL = 4, 1
"""Columns of the 审签单: label, value, label, value."""


class Paper(Choices):
    APPROVAL = "approval", "批复文件"
    SIGN_OFF = "sign-off", "公开审签单"


def has_papers(content: PublicContent) -> bool:
    """Whether it was approved here."""
    return content.is_frozen and _approval_in(content.dossier) is not None


def paper(content: PublicContent, kind: Paper) -> Manuscript:
    """The paper about what was approved or published; raises LookupError if there is no approval."""
    if not has_papers(content):
        raise LookupError(kind)
    return approval(content) if kind is Paper.APPROVAL else sign_off(content)


def paper_file(content: PublicContent, kind: Paper, format: str) -> ReadyFile:
    """The paper as pdf or docx, named ``112001-2023-budget-批复文件.pdf``, with the revision from the second on.

    Raises LookupError and `pdf.FontsMissing`.
    """
    which = f"-第{content.revision}版" if content.revision > 1 else ""
    return ReadyFile.of(
        written(paper(content, kind), f"{stem_of(content.report)}-{kind.label}{which}", format)
    )


# --- 批复 ---------------------------------------------------------------------------------------------


def approval(content: PublicContent) -> Manuscript:
    """The document by which the bureau approves: its number, the totals, what has to be done, tables and goals."""
    report, given = content.report, _given(content)
    bureau = report.fiscal_year.district.bureau
    word = f"{_department(report)}{report.year}年{ReportKind(report.kind).label}"
    subject = f"关于更正{word}批复的通知" if _before(content) else f"关于批复{word}的通知"
    elements: list[Element] = [
        Special(Face.ISSUER, f"{bureau}文件"),
        Special(Face.NUMBER, given.number),
        Special(Face.SUBJECT, subject),
        Special(Face.ADDRESSEE, f"{_department(report)}："),
        Lines(tuple(_said(content))),
        *(Special(Face.ATTACHMENT, line) for line in _attached(content.sheets)),
        *(Special(Face.SIGNATURE, line) for line in (bureau, f"{SEAL}　{chinese_date(given.date)}")),
        *(page for sheet in content.sheets for page in pages_of(sheet)),
        Special(Face.COLOPHON, f"{bureau}\t{chinese_date(given.date)}印发"),
    ]
    return Manuscript(title=subject, author=bureau, elements=elements, date=given.date)


def _said(content: PublicContent) -> Iterator[str]:
    report = content.report
    kind = ReportKind(report.kind)
    word = _WORD[kind]
    district = report.fiscal_year.district.name
    if before := _before(content):
        yield (
            f"{district}财政局以{before.number}（{chinese_date(before.date)}）批复的你单位{report.year}年{kind.label}"
            f"需要更正。更正原因：{content.reason.rstrip('。') or '见公开说明'}。根据{_LAW[kind]}，重新批复如下，原批复同时废止："
        )
    else:
        yield (
            f"{district}{report.year}年{word}已经{_BY[kind]}批准。根据{_LAW[kind]}，"
            f"现将你单位{report.year}年{kind.label}批复如下："
        )
    for number, line in enumerate((*_totals(content, word), *_duties(content, kind)), 1):
        yield f"{numeral(number)}、{line}"


def _totals(content: PublicContent, word: str) -> Iterator[str]:
    opening, came, closing = (_balance(content, cell) for cell in _BALANCE)
    figures = {key: stated(Decimal(figure["amount"])) for key, figure in content.summary["figures"].items()}
    if came is not None:
        yield f"收入{word}总计{stated(came)}{f'，其中上年结转{stated(opening)}' if opening else ''}。"
    rest = f"；结转下年{stated(closing)}" if closing else ""
    yield (
        f"支出{word}合计{figures['total']}，其中：基本支出{figures['basic']}，项目支出{figures['project']}{rest}。"
        f"“三公”经费{figures['three_public']}。"
    )


def _balance(content: PublicContent, cell: str) -> Decimal | None:
    """What 收支总表, the first table, says in that cell, in 元; None if it has no such cell."""
    sheet = content.sheets[0]
    found = sheet.cells.get(f"{sheet.table}/{cell}")
    value = found.value if found else None
    return value * sheet.unit.factor if isinstance(value, Decimal) else None


def _duties(content: PublicContent, kind: ReportKind) -> Iterator[str]:
    if kind is ReportKind.BUDGET:
        yield "请严格按照批复的预算执行，未经法定程序不得调整；按照批复的绩效目标实施，年终据此自评。"
    else:
        yield "请按照批复的决算办理账务和资产事项，并将绩效自评结果用于以后年度的预算安排。"
    yield f"有所属单位的，请在接到批复之日起15日内向所属各单位批复{_WORD[kind]}。"
    yield (
        f"根据《中华人民共和国预算法》第十四条，请自批复之日起{PUBLICATION_DAYS}日内，即不晚于{_due(content)}，"
        f"向社会公开经批复的{kind.label}及报表，并对机关运行经费等重要事项作出说明。"
    )


def _attached(sheets: Sequence[Sheet]) -> Iterator[str]:
    """附件：1. 表1 …, one on each line, below a blank one. The forms of several projects are one."""
    yield ""
    tables = groupby(sheets, key=lambda sheet: sheet.table.partition(".")[0])
    for number, (_, group) in enumerate(tables, 1):
        yield f"{'附件：' if number == 1 else '　　　'}{number}. {_attachment(list(group))}"


def _attachment(sheets: list[Sheet]) -> str:
    first = sheets[0]
    if len(sheets) == 1:
        return first.heading
    return f"{first.number.partition('-')[0]} {first.title}（{len(sheets)}份）"


# --- 审签单 -------------------------------------------------------------------------------------------


def sign_off(content: PublicContent) -> Manuscript:
    """The sheet on which secrecy is reviewed and the head signs exactly the content with this checksum."""
    [page] = pages_of(sign_off_sheet(content))
    return Manuscript(
        title=page.sheet.title,
        author=_department(content.report),
        elements=[replace(page, level=1)],
        date=_given(content).date,
    )


def sign_off_sheet(content: PublicContent) -> Sheet:
    report, given = content.report, _given(content)
    title = f"{report.year}年{ReportKind(report.kind).label}公开审签单"
    what = f"{report.year}年{ReportKind(report.kind).label}（第{content.revision}版）"
    body = (
        _pair("单位名称", _department(report), "单位代码", report.department.code),
        _pair("公开内容", what, "批复文号", given.number),
        _pair("批复日期", chinese_date(given.date), "公开期限", f"不晚于{_due(content)}"),
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
        yield f"{file.title}　{file.name}\n{file.sha256}"
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


@dataclass(frozen=True)
class Given:
    """批复文号 and 批复日期 of a revision."""

    number: str
    date: datetime.date


def _given(content: PublicContent) -> Given:
    """The approval of the content. Raises LookupError where there is none."""
    if (given := _approval_in(content.dossier)) is None:
        raise LookupError(content.report.pk)
    return given


def _before(content: PublicContent) -> Given | None:
    """The approval of the revision that this one corrects; None for the first one."""
    earlier = content.report.publications.filter(revision__lt=content.revision).order_by("-revision").first()
    return _approval_in(earlier.dossier) if earlier else None


def _approval_in(dossier: Mapping[str, Any]) -> Given | None:
    """What commands brought in as published may lack number and date."""
    said = dossier.get("approval") or {}
    if not said.get("number") or not said.get("date"):
        return None
    return Given(said["number"], datetime.date.fromisoformat(said["date"]))


def _due(content: PublicContent) -> str:
    return chinese_date(_given(content).date + datetime.timedelta(days=PUBLICATION_DAYS))


def chinese_date(date: datetime.date) -> str:
    """``2023年2月1日``."""
    return f"{date.year}年{date.month}月{date.day}日"
