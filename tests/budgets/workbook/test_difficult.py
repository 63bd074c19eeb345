"""A hundred workbooks that people hand in, each with what must come of it: refused and why, or taken."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.actions import projects
from budgets.actions.write_workbook import preview
from budgets.classification.lookup import subjects_of
from budgets.domain.schema import Activities, Activity, ActivityLine
from budgets.models import ProjectApplication, Report
from budgets.parts.project import activities
from budgets.storage.dossier_json import dump_dossier
from budgets.storage.loading import load_dossier
from budgets.workbook.reading import WorkbookRefused, read_workbook
from tests.factories import fill, make_report, make_world

from .files import made

pytestmark = pytest.mark.django_db

LINES = "项目支出明细测算"
AMOUNT, ECONOMIC, FUND, CARRY, NAME = "H3", "E3", "F3", "G3", "B3"


@pytest.fixture
def report() -> Report:
    """One project with one line, a duty, and the posts."""
    world = make_world()
    report = make_report(world)
    fill(report, {"basics": {"preparer": "填报人", "duties": [{"key": "d1", "text": "服务企业"}]}})
    projects.add(report.pk, world.preparer, {"name": "综合业务", "category": "specific"}, "general")
    line = ActivityLine(key="l1", function="2010399", economic="30227", amount=250000)
    activities.write(
        ProjectApplication.objects.get(report=report),
        Activities(activities=(Activity(key="a1", name="劳务外包", lines=(line,)),)),
        subjects_of(report.fiscal_year.edition).ids,
    )
    return Report.objects.get(pk=report.pk)


# --- changing the file as it lies -----------------------------------------------------------------

Change = Callable[[bytes], bytes]


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_path(parts: dict[str, bytes], tab: str) -> str:
    names = re.findall(r'<(?:\w+:)?sheet [^>]*?name="([^"]+)"', parts["xl/workbook.xml"].decode())
    return f"xl/worksheets/sheet{names.index(tab) + 1}.xml"


def cell(tab: str, place: str, inner: str, kind: str = "", formula: str = "") -> Change:
    """Put ``inner`` (the value as the file has it) into one cell."""

    def change(content: bytes) -> bytes:
        parts = parts_of(content)
        path = sheet_path(parts, tab)
        sheet = parts[path].decode()
        value = f"<is><t>{escape(inner)}</t></is>" if kind == "inlineStr" else f"<v>{escape(inner)}</v>"
        said = f"<f>{escape(formula)}</f>" if formula else ""
        given = f' t="{kind}"' if kind else ""
        sheet, count = re.subn(
            rf'<c r="{place}"[^>]*?(?:/>|>.*?</c>)',
            f'<c r="{place}"{given}>{said}{value}</c>',
            sheet,
            count=1,
        )
        assert count, f"no cell {place}"
        parts[path] = sheet.encode()
        return zipped(parts)

    return change


def text(place: str, said: str, tab: str = LINES) -> Change:
    return cell(tab, place, said, "inlineStr")


def raw(old: str, new: str, part: str = "xl/workbook.xml") -> Change:
    def change(content: bytes) -> bytes:
        parts = parts_of(content)
        assert old.encode() in parts[part]
        parts[part] = parts[part].replace(old.encode(), new.encode())
        return zipped(parts)

    return change


def in_sheet(tab: str, old: str, new: str) -> Change:
    def change(content: bytes) -> bytes:
        parts = parts_of(content)
        path = sheet_path(parts, tab)
        assert old.encode() in parts[path]
        parts[path] = parts[path].replace(old.encode(), new.encode(), 1)
        return zipped(parts)

    return change


def stamped(said: str) -> Change:
    return cell("_编报", "A1", said, "inlineStr")


def with_part(name: str, data: bytes) -> Change:
    return lambda content: zipped({**parts_of(content), name: data})


def without(name: str) -> Change:
    return lambda content: zipped({n: data for n, data in parts_of(content).items() if n != name})


def cut(share: float) -> Change:
    return lambda content: content[: int(len(content) * share)]


def flipped(share: float) -> Change:
    """One byte of the packed data is wrong."""

    def change(content: bytes) -> bytes:
        at = int(len(content) * share)
        return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]

    return change


def bomb(content: bytes) -> bytes:
    return zipped({**parts_of(content), "xl/media/zeros.bin": b"\0" * (300 * 1024 * 1024)})


STAMP = '{"format": "yangguang-entry/1", "department": "112001", "year": 2024, "kind": "budget", '
REST = '"profile": "dongxihu_2023", "unit": "wan", "bases": {}, "project": "", "adds": false}'

REFUSED: dict[str, tuple[Change, str]] = {
    "nothing at all": (lambda content: b"", "文件是空的"),
    "a csv renamed": (lambda content: "项目,金额\n甲,25\n".encode(), "文本文件（如 CSV）"),
    "a csv in GBK renamed": (lambda content: "项目,金额\n甲,25\n".encode("gbk"), "文本文件（如 CSV）"),
    "a page saved as xls": (
        lambda content: b"<html><table><tr><td>25</td></tr></table></html>",
        "网页（HTML）",
    ),
    "an old xls": (lambda content: bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 4096, "旧版 xls"),
    "one with a password": (lambda content: bytes.fromhex("D0CF11E0A1B11AE1") + b"\1" * 9000, "有密码"),
    "a pdf renamed": (lambda content: b"%PDF-1.7\n", "PDF"),
    "a picture renamed": (lambda content: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "图片"),
    "an empty zip": (lambda content: zipped({}), "不是 xlsx 文件"),
    "a zip of something": (lambda content: zipped({"a.txt": b"a"}), "不是 xlsx 文件"),
    "a docx renamed": (
        lambda content: zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"}),
        "不是 xlsx 文件",
    ),
    "an ods renamed": (lambda content: zipped({"mimetype": b"x", "content.xml": b"<a/>"}), "不是 xlsx 文件"),
    "macros": (with_part("xl/vbaProject.bin", b"x"), "含有宏"),
    "macros, written otherwise": (with_part("xl/VBAProject.BIN", b"x"), "含有宏"),
    "said to have macros": (
        raw("spreadsheetml.sheet.main", "sheet.macroEnabled.main", "[Content_Types].xml"),
        "含有宏",
    ),
    "a zip bomb": (bomb, "展开后过大"),
    "thousands of parts": (
        lambda content: zipped({**parts_of(content), **{f"x/{n}": b"" for n in range(5001)}}),
        "不是 xlsx 文件",
    ),
    "a cell at the end of the world": (
        in_sheet(LINES, "</sheetData>", '<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>'),
        "工作簿过大",
    ),
    "a cell in the last row": (
        in_sheet(LINES, "</sheetData>", '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'),
        "工作簿过大",
    ),
    "a row far below without a cell's place": (
        in_sheet(LINES, "</sheetData>", '<row r="900000"><c><v>1</v></c></row></sheetData>'),
        "工作簿过大",
    ),
    "no stamp": (stamped(""), "不是从本系统下载"),
    "a stamp that is no JSON": (stamped("{"), "不是从本系统下载"),
    "a stamp that is a list": (stamped("[]"), "不是从本系统下载"),
    "a stamp of another program": (stamped('{"a": 1}'), "不是从本系统下载"),
    "an older version": (stamped(STAMP.replace("/1", "/0") + REST), "版本与现在的系统不符"),
    "a newer version": (stamped(STAMP.replace("/1", "/2") + REST), "版本与现在的系统不符"),
    "a stamp with half its fields": (stamped(STAMP.rstrip(", ") + "}"), "标识已被改动"),
    "a stamp with a field too many": (stamped(STAMP + '"more": 1, ' + REST), "标识已被改动"),
    "a year in words": (stamped(STAMP.replace("2024", '"2024"') + REST), "标识已被改动"),
    "bases that are a list": (stamped(STAMP + REST.replace("{}", "[1]")), "标识已被改动"),
    "a base below nothing": (stamped(STAMP + REST.replace("{}", '{"basics": -1}')), "标识已被改动"),
    "another year": (stamped(STAMP.replace("2024", "2023") + REST), "这是 2023 年的工作簿"),
    "another department": (stamped(STAMP.replace("112001", "112002") + REST), "这是单位 112002"),
    "another kind": (stamped(STAMP.replace('"budget"', '"final"') + REST), "这是部门决算的工作簿"),
    "no kind there is": (stamped(STAMP.replace('"budget"', '"x"') + REST), "这是x的工作簿"),
    "another template": (stamped(STAMP + REST.replace("dongxihu_2023", "wuchang_2022")), "表样与本编报不同"),
    "another unit": (stamped(STAMP + REST.replace('"wan"', '"usd"')), "标识已被改动"),
    "a project that is gone": (
        stamped(STAMP + REST.replace('"project": ""', '"project": "x"')),
        "已不在本编报",
    ),
    "no sheet at all": (without("xl/worksheets/sheet2.xml"), ""),
    "no workbook": (without("xl/workbook.xml"), "不是 xlsx 文件"),
    "no content types": (without("[Content_Types].xml"), "不是 xlsx 文件"),
    "a workbook of rubbish": (
        lambda content: zipped({**parts_of(content), "xl/workbook.xml": b"rubbish"}),
        "",
    ),
    **{
        f"cut off at {share:.0%}": (cut(share), "已损坏")
        for share in (0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)
    },
    **{
        f"without the tab {tab}": (raw(f'name="{tab}"', 'name="另一页"'), f"缺少工作表：{tab}")
        for tab in (
            "基本情况",
            "部门职能",
            "编制与实有",
            "支出明细",
            "项目",
            LINES,
            "项目采购",
            "项目绩效目标",
        )
    },
    **{
        f"another heading in {tab}": (text(place, "别的", tab), f"“{tab}”页的标题与下载时不同")
        for tab, place in (
            ("基本情况", "A2"),
            ("部门职能", "A2"),
            ("编制与实有", "B2"),
            ("支出明细", "C2"),
            (LINES, "A2"),
            (LINES, "H2"),
            ("项目采购", "B2"),
        )
    },
}

PROBLEMS: dict[str, tuple[Change, str, str]] = {
    **{
        f"amount {said!r}": (text(AMOUNT, said), f"{LINES}!{AMOUNT}", message)
        for said, message in (
            ("25万", "应为 25.00"),
            ("250000元", "应为 25.00"),
            ("二十五", "不是数字"),
            ("25 左右", "不是数字"),
            ("1,2,3", "不是数字"),
            ("--5", "不是数字"),
            ("2e5", "不是数字"),
            ("#REF!", "不是数字"),
            ("nan", "不是数字"),
            ("inf", "不是数字"),
            ("-3", "不能为负数"),
            ("0.0000001", "精确到分"),
            ("99999999999999999999", "金额过大"),
        )
    },
    "a formula that failed": (
        cell(LINES, AMOUNT, "#DIV/0!", "e", "1/0"),
        f"{LINES}!{AMOUNT}",
        "公式出错（#DIV/0!）",
    ),
    "a reference that is gone": (
        cell(LINES, AMOUNT, "#REF!", "e", "A1"),
        f"{LINES}!{AMOUNT}",
        "公式出错（#REF!）",
    ),
    "a formula without a result": (cell(LINES, AMOUNT, "", "", "1+1"), f"{LINES}!{AMOUNT}", "没有它的结果"),
    "a number out of all bounds": (cell(LINES, AMOUNT, "1e308"), f"{LINES}!{AMOUNT}", "金额过大"),
    "a negative number": (cell(LINES, AMOUNT, "-12.5"), f"{LINES}!{AMOUNT}", "不能为负数"),
    "yes for a number": (cell(LINES, AMOUNT, "1", "b"), f"{LINES}!{AMOUNT}", "不是数字"),
    "a date for a number": (
        cell(LINES, AMOUNT, "2024-05-01T00:00:00", "d"),
        f"{LINES}!{AMOUNT}",
        "不是数字",
    ),
    "no such subject": (text(ECONOMIC, "38888"), f"{LINES}!{ECONOMIC}", "没有编码为 38888"),
    "a subject too coarse": (text(ECONOMIC, "302"), f"{LINES}!{ECONOMIC}", "还须细分到款"),
    "a subject of the government's": (text(ECONOMIC, "50201"), f"{LINES}!{ECONOMIC}", "没有编码为 50201"),
    "a subject that is several": (text(ECONOMIC, "费"), f"{LINES}!{ECONOMIC}", "个科目"),
    "no such fund": (text(FUND, "自有资金"), f"{LINES}!{FUND}", "选择"),
    "neither yes nor no": (text(CARRY, "大概"), f"{LINES}!{CARRY}", "应为 是 或 否"),
    "no such project": (text("A3", "另一个项目"), f"{LINES}!A3", "没有名为"),
    "a name without end": (text(NAME, "长" * 10_000), f"{LINES}!{NAME}", "最多 200 字"),
    "half a person": (cell("编制与实有", "B3", "1.5"), "编制与实有!B3", "整数"),
    "persons in words": (text("B3", "三人", "编制与实有"), "编制与实有!B3", "整数"),
    "fewer than nobody": (cell("编制与实有", "B3", "-1"), "编制与实有!B3", "整数"),
    "more than anybody has": (cell("编制与实有", "B3", "99999999999"), "编制与实有!B3", "应在"),
    "a year in words": (text("G3", "明年", "项目"), "项目!G3", "整数"),
    "a year long ago": (cell("项目", "G3", "1024"), "项目!G3", "应在"),
}

TAKEN: dict[str, tuple[Change, str]] = {
    "an amount with separators": (text(AMOUNT, " 1,250.50 "), "12505000.00"),
    "an amount in full-width digits": (text(AMOUNT, "１２．５"), "125000.00"),
    "an amount with a currency sign": (text(AMOUNT, "￥12.5"), "125000.00"),
    "a whole number": (cell(LINES, AMOUNT, "30"), "300000.00"),
    "the noise of binary fractions": (cell(LINES, AMOUNT, "0.30000000000000004"), "3000.00"),
    "a number with an exponent": (cell(LINES, AMOUNT, "1.25E1"), "125000.00"),
    "a formula by its value": (cell(LINES, AMOUNT, "12.5", "", "SUM(1,11.5)"), "125000.00"),
    "a formula that gives text": (cell(LINES, AMOUNT, "12.5", "str", '"12.5"'), "125000.00"),
    "nothing": (cell(LINES, AMOUNT, "", "inlineStr"), "0.00"),
    "merged cells": (
        in_sheet(
            LINES, "<pageMargins", '<mergeCells count="1"><mergeCell ref="A3:A5"/></mergeCells><pageMargins'
        ),
        "250000.00",
    ),
}


def state(report: Report) -> dict:
    return dump_dossier(load_dossier(report, earlier=False))


def test_they_are_a_hundred():
    assert len(REFUSED) + len(PROBLEMS) + len(TAKEN) >= 100


@pytest.fixture
def workbook(report: Report) -> bytes:
    return made(report)


def test_refused_and_nothing_written(report, workbook, subtests):
    before = state(report)
    for name, (change, message) in REFUSED.items():
        with subtests.test(name):
            with pytest.raises(WorkbookRefused) as refused:
                preview(report, read_workbook(change(workbook)))
            assert message in refused.value.message
    assert state(report) == before


def test_every_problem_at_its_cell(report, workbook, subtests):
    before = state(report)
    for name, (change, place, message) in PROBLEMS.items():
        with subtests.test(name):
            found = {p.place: p.message for p in preview(report, read_workbook(change(workbook))).problems}
            assert message in found.get(place, ""), found
    assert state(report) == before


def test_taken_as_they_are_meant(report, workbook, subtests):
    for name, (change, amount) in TAKEN.items():
        with subtests.test(name):
            taken = preview(report, read_workbook(change(workbook)))
            assert taken.problems == []
            contents = {section.key: section.content for section in taken.sections}
            stored = state(report)["projects"][0]
            project = contents.get("project:general", stored)
            (line,) = project["activities"]["activities"][0]["lines"]
            assert line.get("amount", "0.00") == amount


def test_a_wrong_byte_is_no_crash(report, workbook, subtests):
    for share in [n / 20 for n in range(20)]:
        with subtests.test(share=share):
            try:
                preview(report, read_workbook(flipped(share)(workbook)))
            except WorkbookRefused as refused:
                assert refused.message


@given(data=st.binary(max_size=400))
def test_whatever_bytes_are_refused_in_words(data):
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(data)
    assert refused.value.message
