"""What an uploaded file is by its content, and how to make a workbook of it."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from ..office import DAMAGED
from .cells import SpreadsheetRefused

XLSX, XLS = "xlsx", "xls"

_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
_OLD_SHEET = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
"""The beginnings of xls files of Excel 2 to 5 without a directory."""
_HEAD = 4096
_SAVE = "请用 Excel 或 WPS 打开，另存为 xlsx 后再上传"

_BEGINNINGS = {
    b"%PDF": "这是 PDF 文件，不是 Excel 文件。请上传原来的 Excel 文件",
    b"\x89PNG": "这是图片，不是 Excel 文件。请上传原来的 Excel 文件",
    b"\xff\xd8\xff": "这是图片，不是 Excel 文件。请上传原来的 Excel 文件",
    b"GIF8": "这是图片，不是 Excel 文件。请上传原来的 Excel 文件",
    b"Rar!": "这是压缩包（RAR），请解压后上传其中的 Excel 文件",
    b"7z\xbc\xaf\x27\x1c": "这是压缩包（7z），请解压后上传其中的 Excel 文件",
    b"\x1f\x8b": "这是压缩包，请解压后上传其中的 Excel 文件",
    b"{\\rtf": "这是 RTF 文档，不是 Excel 文件。请把其中的表格复制到 Excel，存为 xlsx 后再上传",
    b"MIME-Version:": f"这是另存的网页（mht），不是 Excel 文件，{_SAVE}",
    b"ID;P": f"这是 SYLK 文件，不是 xlsx 文件，{_SAVE}",
}
_STREAMS = {
    "EncryptedPackage": "文件有密码，请用 Excel 或 WPS 打开，取消密码后再上传",
    "WordDocument": "这是 Word 文档，不是 Excel 文件。请把其中的表格复制到 Excel，存为 xlsx 后再上传",
    "PowerPoint Document": "这是 PPT 演示文稿，不是 Excel 文件。请上传原来的 Excel 文件",
}
_UNKNOWN_COMPOUND = (
    "文件不是能读的 Excel 文件：可能有密码，可能是已损坏的旧版 xls，也可能是 WPS 存的 et。"
    "请用 Excel 或 WPS 打开，取消密码，另存为“Excel 文件（*.xlsx）”后再上传"
)
_SPREADSHEET_2003 = ("urn:schemas-microsoft-com:office:spreadsheet", 'progid="Excel.Sheet"')
_PAGE = re.compile(r"<!doctype html|<(?:html|head|body|table|meta|style|div)\b", re.IGNORECASE)
_LOCK_SIZES = (162, 165, 171)
_LOCK_NAME = 54
"""Where the name of the user in a lock file ends."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def kind_of(content: bytes) -> str:
    """`XLSX` or `XLS`. Raises `SpreadsheetRefused` with the real kind of any other file."""
    if not content:
        raise SpreadsheetRefused("文件是空的")
    if content.startswith(_COMPOUND):
        return _compound(content)
    if content.startswith(b"PK"):
        _refuse_other_packages(content)
        return XLSX
    if content.startswith(_OLD_SHEET):
        return XLS
    for beginning, message in _BEGINNINGS.items():
        if content.startswith(beginning):
            raise SpreadsheetRefused(message)
    if _is_lock(content):
        raise SpreadsheetRefused(
            "这是 Excel 打开文件时的临时文件（文件名以 ~$ 开头），不是工作簿。请上传文件名不带 ~$ 的那个文件"
        )
    _refuse_texts(content)
    raise SpreadsheetRefused(f"文件已损坏，或者不是 Excel 文件，{_SAVE}")


def _compound(content: bytes) -> str:
    """Streams are recognised by the names in the directory, which are in UTF-16."""
    for name, message in _STREAMS.items():
        if name.encode("utf-16-le") in content:
            raise SpreadsheetRefused(message)
    if any(f"{name}\0".encode("utf-16-le") in content for name in ("Workbook", "WORKBOOK", "Book", "BOOK")):
        return XLS
    raise SpreadsheetRefused(_UNKNOWN_COMPOUND)


def _refuse_other_packages(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {entry.filename.lower() for entry in archive.infolist()}
            encrypted = any(entry.flag_bits & 1 for entry in archive.infolist())
    except DAMAGED:
        return  # what is wrong with the package is said where it is read
    if "xl/workbook.xml" in names and "[content_types].xml" in names and not encrypted:
        return
    raise SpreadsheetRefused(f"不是 xlsx 文件，{_package(names, encrypted)}")


def _package(names: set[str], encrypted: bool) -> str:
    if encrypted:
        return "是有密码的压缩包，请解压后上传其中的 Excel 文件"
    if "xl/workbook.bin" in names:
        return f"是二进制工作簿（xlsb），{_SAVE}"
    if any(name.startswith("word/") for name in names):
        return "是 Word 文档。请把其中的表格复制到 Excel，存为 xlsx 后再上传"
    if any(name.startswith("ppt/") for name in names):
        return "是 PPT 演示文稿。请上传原来的 Excel 文件"
    if {"mimetype", "content.xml"} <= names:
        return f"是 OpenDocument 文件（如 ods），{_SAVE}"
    if any(name.endswith((".xlsx", ".xls", ".et", ".csv")) for name in names):
        return "是压缩包，请解压后上传其中的 Excel 文件"
    return f"是压缩包或已损坏的文件，{_SAVE}"


def _is_lock(content: bytes) -> bool:
    """Excel's ``~$`` file: the length of the user's name, the name, blanks, and the name again in UTF-16."""
    if len(content) not in _LOCK_SIZES or not 0 < content[0] <= _LOCK_NAME:
        return False
    return content[_LOCK_NAME - 1 : _LOCK_NAME] in (b" ", b"\0") and content[-1:] in (b"\0", b" ")


def _refuse_texts(content: bytes) -> None:
    head = _decoded(content[:_HEAD])
    if head is None:
        return
    if any(mark in head for mark in _SPREADSHEET_2003):
        raise SpreadsheetRefused(f"这是“XML 表格 2003”文件，不是 xlsx 文件，{_SAVE}")
    if _PAGE.search(head):
        raise SpreadsheetRefused(f"这是网页（HTML）文件，只是以 Excel 文件的名字保存，{_SAVE}")
    if head.lstrip().startswith("<?xml"):
        raise SpreadsheetRefused(f"这是 XML 文件，不是 xlsx 文件，{_SAVE}")
    raise SpreadsheetRefused(f"这是文本文件（如 CSV），不是 Excel 文件，{_SAVE}")


def _decoded(head: bytes) -> str | None:
    """The beginning as text; None if it is none."""
    encodings = ("utf-16",) if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        for cut in range(4):  # a character may be cut at the end
            try:
                text = head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return text if text.strip() and not _CONTROLS.search(text) else None
    return None
