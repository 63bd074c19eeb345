"""Files that are no workbooks: each is told what it is and what to do."""

from __future__ import annotations

import pytest

from budgets.files.spreadsheet import SpreadsheetRefused, read

from .packages import package, sheet, zipped

COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 1000


def compound(stream: str) -> bytes:
    return COMPOUND + stream.encode("utf-16-le") + b"\0" * 1000


LOCK = bytes([9]) + b"preparers".ljust(54) + bytes([9, 0]) + "preparers".ljust(54).encode("utf-16-le")

OTHERS: dict[str, tuple[bytes, str, str]] = {
    "nothing": (b"", "空的", ""),
    "a spreadsheet of 2003": (
        b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>',
        "XML 表格 2003",
        "另存为 xlsx",
    ),
    "one without its instruction": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "XML 表格 2003",
        "另存为 xlsx",
    ),
    "other XML": (b'<?xml version="1.0"?><a/>', "XML 文件", "另存为 xlsx"),
    "a page": ("<html><table><tr><td>项目".encode(), "网页", "另存为 xlsx"),
    "a page in GBK": ("\r\n<TABLE><tr><td>项目".encode("gbk"), "网页", "另存为 xlsx"),
    "a page in one file": (b"MIME-Version: 1.0\r\n", "mht", "另存为 xlsx"),
    "values with commas": ("项目,金额\n甲,25\n".encode(), "CSV", "另存为 xlsx"),
    "values with tabs in UTF-16": ("项目\t金额\n".encode("utf-16"), "文本文件", "另存为 xlsx"),
    "SYLK": (b"ID;PWXL;N;E\r\n", "SYLK", "另存为 xlsx"),
    "a lock file": (LOCK[:165], "~$", "上传文件名不带"),
    "a PDF": (b"%PDF-1.7\n", "PDF", "上传原来的"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "图片", "上传原来的"),
    "RAR": (b"Rar!\x1a\x07\0", "RAR", "解压"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 9, "7z", "解压"),
    "RTF": (b"{\\rtf1", "RTF", "xlsx"),
    "an encrypted workbook": (compound("EncryptedPackage"), "有密码", "取消密码"),
    "an old document": (compound("WordDocument"), "Word", "复制到 Excel"),
    "a compound file of another program": (compound("Contents"), "et", "另存为"),
    "an ods": (zipped({"mimetype": b"x", "content.xml": b"<a/>"}), "OpenDocument", "另存为 xlsx"),
    "an xlsb": (zipped({"[Content_Types].xml": b"", "xl/workbook.bin": b""}), "xlsb", "另存为 xlsx"),
    "a document": (zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "Word", "复制到 Excel"),
    "slides": (zipped({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "PPT", "上传原来的"),
    "a zip with workbooks": (zipped({"一.xlsx": b""}), "压缩包", "解压"),
    "a zip of something": (zipped({"a.txt": b""}), "压缩包", "另存为 xlsx"),
    "an end without a beginning": (b"PK\x05\x06", "已损坏", ""),
    "noise": (b"\x01\x02\x03" * 99, "已损坏", "另存为 xlsx"),
    "a broken xls": (compound("Workbook"), "xls 文件已损坏", "另存为 xlsx"),
    "macros": (package(sheet(""), more={"xl/vbaProject.bin": b""}), "宏", "另存为"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_it_is_told_what_it_is_and_what_to_do(name: str) -> None:
    content, kind, remedy = OTHERS[name]
    with pytest.raises(SpreadsheetRefused) as refused:
        read(content)
    assert kind in refused.value.message
    assert remedy in refused.value.message


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_damaged(share: float) -> None:
    content = package(sheet("<row><c><v>1</v></c></row>" * 500))
    with pytest.raises(SpreadsheetRefused, match="已损坏"):
        read(content[: int(len(content) * share)])
