"""The paragraph styles of the Word document. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..manuscript import Face
from .xml import twips, twips_of_mm, w

FANGSONG, HEI, KAI, SONG, BIAOSONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
STAND_INS = {FANGSONG: "仿宋", HEI: "SimHei", KAI: "楷体", SONG: "SimSun", BIAOSONG: "宋体"}
"""The faces of official documents, and the name by which a machine may have another one in the place of each."""

RED = "C00000"
_LINE_END = twips_of_mm(156)
"""The right margin, where the page numbers of the contents stand."""
_LATIN = "Times New Roman"

COVER_TITLE, COVER_LINE, LIST_TITLE, PAGE_NUMBER, FIGURE = "封面标题", "封面文字", "目录标题", "页码", "图"
TABLE_TITLE, TABLE_LINE, TABLE_TEXT, NOTE, GAP = "表格标题", "表格说明行", "表格文字", "表注", "表格间隔"

SPECIAL = {
    Face.ISSUER: "发文机关标志",
    Face.NUMBER: "发文字号",
    Face.SUBJECT: "公文标题",
    Face.ADDRESSEE: "主送机关",
    Face.ATTACHMENT: "附件说明",
    Face.SIGNATURE: "落款",
    Face.COLOPHON: "版记",
}
"""The styles of an official document's lines."""

_IDS = {
    **{name: f"Official{face.value.title()}" for face, name in SPECIAL.items()},
    COVER_TITLE: "CoverTitle",
    COVER_LINE: "CoverLine",
    LIST_TITLE: "ContentsTitle",
    PAGE_NUMBER: "PageNumber",
    FIGURE: "Figure",
    TABLE_TITLE: "TableTitle",
    TABLE_LINE: "TableLine",
    TABLE_TEXT: "TableText",
    NOTE: "TableNote",
    GAP: "TableGap",
}


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. Sizes, lines and distances in points, ``indent`` of the first line in characters.

    ``line`` None is single spacing.
    """

    name: str
    face: str
    size: float
    line: float | None = 28
    bold: bool = False
    align: str = "both"
    indent: int = 0
    right: int = 0
    """Characters that the line ends before the margin."""
    colour: str = "000000"
    rule: str = ""
    """The sides with a rule: top, bottom."""
    leader: str = ""
    """What leads to a tab at the right margin: dot, none."""
    before: float = 0
    after: float = 0
    keeps_next: bool = False


STYLES = (
    Style("Normal", FANGSONG, 16, indent=2),
    Style("Heading 1", BIAOSONG, 22, 36, align="center", after=14, keeps_next=True),
    Style("Heading 2", HEI, 16, indent=2, keeps_next=True),
    Style("Heading 3", KAI, 16, indent=2, keeps_next=True),
    Style("Heading 4", FANGSONG, 16, bold=True, indent=2, keeps_next=True),
    Style("Heading 5", FANGSONG, 16, indent=2, keeps_next=True),
    Style("Caption", FANGSONG, 12, 20, align="center", after=8),
    Style("toc 1", HEI, 14, 24, before=6, leader="dot"),
    Style("toc 2", FANGSONG, 14, 22, indent=2, leader="dot"),
    Style(FIGURE, FANGSONG, 12, None, align="center", before=6, keeps_next=True),
    Style(COVER_TITLE, BIAOSONG, 26, 42, align="center", before=150, after=190),
    Style(COVER_LINE, FANGSONG, 16, 30, align="center"),
    Style(LIST_TITLE, BIAOSONG, 22, 36, align="center", after=14),
    Style(PAGE_NUMBER, SONG, 14, None, align="center"),
    Style(TABLE_TITLE, HEI, 16, 24, align="center", after=6, keeps_next=True),
    Style(TABLE_LINE, SONG, 10.5, 16, after=2, keeps_next=True),
    Style(TABLE_TEXT, SONG, 10.5, None, align="left"),
    Style(NOTE, SONG, 9.5, 14, before=4),
    Style(GAP, SONG, 1, 1),
    Style(SPECIAL[Face.ISSUER], BIAOSONG, 36, 60, align="center", before=40, after=20, colour=RED),
    Style(SPECIAL[Face.NUMBER], FANGSONG, 16, 30, align="center", after=28, rule="bottom"),
    Style(SPECIAL[Face.SUBJECT], BIAOSONG, 22, 36, align="center", before=10, after=28),
    Style(SPECIAL[Face.ADDRESSEE], FANGSONG, 16),
    Style(SPECIAL[Face.ATTACHMENT], FANGSONG, 16, indent=2),
    Style(SPECIAL[Face.SIGNATURE], FANGSONG, 16, align="right", right=4),
    Style(SPECIAL[Face.COLOPHON], FANGSONG, 14, 28, before=560, rule="top bottom", leader="none"),
)
"""Body 仿宋 3号 with lines of 28 pt, headings 小标宋, 黑体, 楷体 and 仿宋, tables 宋体 5号, pages 宋体 4号."""


def style_id(name: str) -> str:
    """``Heading1`` of ``Heading 1``."""
    return _IDS.get(name, name.replace(" ", ""))


def style_element(style: Style) -> Any:
    """The style as an element of ``styles.xml``, its children in the order of the schema."""
    is_normal = style.name == "Normal"
    return w(
        "style",
        w("name", val=style.name),
        *(() if is_normal else (w("basedOn", val="Normal"),)),
        w("qFormat"),
        _paragraph(style),
        _run(style),
        type="paragraph",
        styleId=style_id(style.name),
        **({"default": 1} if is_normal else {}),
    )


def _paragraph(style: Style) -> Any:
    exact = (
        {"line": twips(style.line), "lineRule": "exact"} if style.line else {"line": 240, "lineRule": "auto"}
    )
    level = style.name.removeprefix("Heading ")
    return w(
        "pPr",
        *((w("keepNext"),) if style.keeps_next else ()),
        *((_rules(style),) if style.rule else ()),
        *((_tabs(style),) if style.leader else ()),
        w("spacing", before=twips(style.before), after=twips(style.after), **exact),
        w(
            "ind",
            rightChars=style.right * 100,
            right=twips(style.right * style.size),
            firstLineChars=style.indent * 100,
            firstLine=twips(style.indent * style.size),
        ),
        w("jc", val=style.align),
        *((w("outlineLvl", val=int(level) - 1),) if level.isdigit() else ()),
    )


def _tabs(style: Style) -> Any:
    return w("tabs", w("tab", val="right", leader=style.leader, pos=_LINE_END))


def _rules(style: Style) -> Any:
    """Rules of 1.5 pt above or below, in the colour of the letter head for one alone."""
    sides = style.rule.split()
    colour = RED if len(sides) == 1 else "000000"
    return w("pBdr", *(w(side, val="single", sz=12, space=6, color=colour) for side in sides))


def _run(style: Style) -> Any:
    size = round(style.size * 2)
    return w(
        "rPr",
        w("rFonts", ascii=_LATIN, hAnsi=_LATIN, eastAsia=style.face, cs=_LATIN),
        w("b", val=int(style.bold)),
        w("color", val=style.colour),
        w("sz", val=size),
        w("szCs", val=size),
        w("lang", val="en-US", eastAsia="zh-CN"),
    )
