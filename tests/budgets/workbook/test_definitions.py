"""Official definitions from a table: found by the heads of its columns, and nothing left out silently."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from budgets.workbook.definitions import LONGEST_TEXT, read_definitions
from budgets.workbook.reading import WorkbookRefused


def xlsx(*rows: list[object], title: str = "释义") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_workbook_with_lines_above_its_heads() -> None:
    content = xlsx(
        ["2024 年政府收支分类科目"],
        [],
        ["科目编码", "科目名称", "说 明"],
        [2010350, "事业运行", " 反映事业单位的基本支出。 "],
        ["事业收入", None, "开展业务取得的收入"],
        [None, None, None],
        [2080505, "养老保险", None],
        [None, "无", "没有编码"],
    )
    read = read_definitions(content)
    assert read.texts == {"2010350": "反映事业单位的基本支出。", "事业收入": "开展业务取得的收入"}
    assert read.left_out == ("释义!A7 2080505", "释义!A8 没有编码")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_in_the_encodings_of_offices(encoding: str) -> None:
    content = '名词,释义\n事业收入,"开展业务,取得的收入"\n'.encode(encoding)
    assert read_definitions(content).texts == {"事业收入": "开展业务,取得的收入"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"\xff\xfe\x00\x00\xff", "不是 xlsx 或 csv"),
        ("编码,名称\n1,2\n".encode(), "没有找到表头"),
        ("编码,释义\n".encode(), "没有释义"),
        ("编码,释义\n2010350,甲\n2010350,乙\n".encode(), "csv!A3：“2010350”有两种释义"),
        (f"编码,释义\n2010350,{'长' * (LONGEST_TEXT + 1)}\n".encode(), "csv!A2：太长"),
        ("编码,释义\n2010350,甲\x01\n".encode(), "不可见的控制字符"),
        ("编码,释义\n2010350,甲\x00\n".encode(), "不可见的控制字符"),
        (b"PK\x03\x04broken", "xlsx"),
        (xlsx(["编码"], ["1"]), "没有找到表头"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(content: bytes, said: str) -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read_definitions(content)
    assert said in refused.value.message
