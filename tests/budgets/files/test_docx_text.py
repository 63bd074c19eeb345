"""What a reader of a Word document sees, whatever is stored in it."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from budgets.files.docx_text import LONGEST, read_docx
from budgets.files.office import PackageRefused

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def package(body: str, **parts: str) -> bytes:
    """A docx whose body is ``body``, with further parts of ``word/``."""
    made = io.BytesIO()
    docx.Document().save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name != "word/document.xml":
                target.writestr(name, source.read(name))
        target.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        for name, content in parts.items():
            target.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_insertions_are_read_and_deletions_are_not():
    body = (
        "<w:p><w:r><w:t>支出</w:t></w:r><w:ins><w:r><w:t>合计</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>总额</w:delText></w:r></w:del><w:r><w:t>5万元。</w:t></w:r></w:p>"
    )
    assert read_docx(package(body)).lines == ("支出合计5万元。",)


def test_contents_are_not_lines():
    assert (
        read_docx(package(paragraph("一、概况\t3", "toc1") + paragraph("一、概况"))).lines[-1] == "一、概况"
    )


def test_tables_and_what_stands_before_them():
    cell = f"<w:tc>{paragraph('a')}{paragraph('b')}</w:tc>"
    inner = f"<w:tc><w:tbl><w:tr>{cell}</w:tr></w:tbl></w:tc>"
    body = paragraph("表1") + f"<w:tbl><w:tr>{cell}{inner}</w:tr></w:tbl>" + paragraph("后")
    found = read_docx(package(body))
    assert found.lines == ("表1", "后")
    [table] = found.tables
    assert (table.at, table.rows) == (1, (("a\nb", "a\nb"),))


def test_comments_and_notes_are_told():
    comments = f'<w:comments xmlns:w="{W}"><w:comment>{paragraph("请核对")}</w:comment></w:comments>'
    assert read_docx(package(paragraph("字"), comments=comments)).beside == ("批注“请核对”",)


def test_text_boxes_are_lines_of_their_own_and_read_once():
    box = f"<w:txbxContent>{paragraph('框里')}</w:txbxContent>"
    body = (
        f'<w:p><w:r><w:t>外</w:t><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read_docx(package(body)).lines == ("外", "框里")


def test_what_has_no_text_is_counted_and_margins_are_read():
    body = '<w:p><w:r><w:sym w:char="F0A7"/><w:drawing/></w:r></w:p>'
    footer = f'<w:ftr xmlns:w="{W}">{paragraph("机密 3 号")}</w:ftr>'
    found = read_docx(package(body, footer1=footer))
    assert found.unread == {"特殊符号": 1, "图片或图形": 1}
    assert found.margins == "机密号"


def test_breaks_end_a_line():
    body = "<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p>"
    assert read_docx(package(body)).lines == ("一", "二")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a package",
        package("<w:p><w:r>"),
        package(paragraph("长" * (LONGEST + 1))),
        package("".join(paragraph("行") for _ in range(20_001))),
        package("&bomb;"),
        b"%PDF-1.7",
        package("<w:p/>" * 900_000),
        package(f"<w:tbl><w:tr>{'<w:tc/>' * 900_000}</w:tr></w:tbl>"),
        package(f"<w:p><w:r>{'<w:t/>' * 900_000}</w:r></w:p>"),
        package(paragraph("字" * 19_000) * 60),
    ],
    ids=["empty", "other", "broken", "long", "many", "entity", "pdf", "tags", "cells", "runs", "characters"],
)
def test_what_cannot_be_read_is_refused(content):
    with pytest.raises(PackageRefused):
        read_docx(content)


def test_an_entity_names_no_file():
    body = paragraph("&x;")
    made = package(body)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + content
            target.writestr(name, content)
    try:
        said = "".join(read_docx(out.getvalue()).lines)
    except PackageRefused:
        said = ""
    assert "root" not in said
