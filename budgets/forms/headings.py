"""Headings in departments' own sheets: a column is recognised by its title or by another name for it.

Headings are never guessed. One that fits no column, or several, belongs to none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..domain.characters import packed
from ..domain.money import FOREIGN, AnyUnit, unit_of

ALSO: Mapping[str, tuple[str, ...]] = {
    "所属项目": ("项目名称", "项目"),
    "项目编码": ("项目代码", "项目编号"),
    "支出项目类别": ("项目类别",),
    "项目属性": ("属性",),
    "起始年度": ("开始年度", "起始年份", "项目起始年度", "项目开始年度"),
    "终止年度": ("结束年度", "终止年份", "项目终止年度", "项目结束年度"),
    "项目主管部门": ("主管部门", "主管单位", "项目主管单位"),
    "项目执行单位": ("执行单位", "实施单位", "项目实施单位"),
    "项目负责人": ("负责人",),
    "项目立项依据": ("立项依据", "申请理由", "立项依据及理由", "项目申请理由"),
    "项目实施方案": ("实施方案", "主要内容", "项目主要内容"),
    "项目总预算": ("总预算", "项目总金额", "项目总投资"),
    "变动原因": (
        *(
            "项目前两年预算及当年预算变动情况",
            "前两年预算及当年预算变动情况",
            "预算变动情况",
            "当年预算变动情况",
        ),
        *("项目前两年预算及本年预算变动情况", "增减变动原因", "变动情况"),
    ),
    "项目活动": ("活动", "活动名称", "子项目", "子活动"),
    "活动内容表述": ("活动内容", "内容", "内容表述", "支出内容", "工作内容", "活动描述"),
    "功能分类": ("支出功能分类", "功能科目", "支出功能科目"),
    "默认功能分类": ("功能分类", "支出功能分类"),
    "经济分类": ("支出经济分类", "经济科目", "部门经济分类", "部门预算经济分类"),
    "支出经济分类": ("经济分类", "经济科目", "部门经济分类", "部门预算经济分类"),
    "资金来源": ("资金性质", "经费来源", "来源"),
    "金额": ("预算数", "预算", "本年预算", "当年预算", "本年预算数", "当年预算数", "采购预算"),
    "决算数": ("决算金额", "决算"),
    "全年预算数": ("全年预算", "调整预算", "调整预算数"),
    "测算依据及说明": ("测算依据", "计算依据", "测算说明", "测算过程", "测算依据说明"),
    "备注": ("备注说明",),
    "往来单位": ("对方单位",),
    "品名": ("采购内容", "采购品目", "采购项目", "采购品名", "采购项目名称", "物品名称", "货物名称"),
    "采购类别": ("采购类型", "类别"),
    "政府购买服务类别": ("购买服务类别",),
    "目标名称": ("名称", "绩效目标", "目标", "绩效目标名称"),
    "目标说明": ("绩效目标说明", "目标内容"),
    "一级指标": ("一级",),
    "二级指标": ("二级",),
    "三级指标": ("三级", "指标", "指标名称", "绩效指标"),
    "前年指标值": ("前年", "前年值", "前年实际值", "前年完成值"),
    "上年指标值": ("上年", "上年值", "上年实际值", "上年完成值"),
    "指标值": (
        *("目标值", "年度指标值", "本年指标值", "当年指标值", "本年目标值", "年度目标值"),
        *("预计当年实现", "预期当年实现值", "预计当年实现值", "本年", "当年"),
    ),
    "指标值确定依据": ("确定依据", "指标依据", "依据"),
    "职能": ("部门职能", "主要职能", "职能概述"),
    "任务": ("工作任务", "年度工作任务", "任务名称"),
    "内容": ("任务内容", "工作内容"),
    "资产类别": ("资产名称", "类别"),
}
"""Other names of a column by its title, in the words of budget forms."""

LONGEST = 200
"""The most characters of a heading, blanks included."""

NUMBERING = frozenset({"序号", "编号", "行次", "no", "no.", "栏次"})
"""Columns that only count the rows."""

_BEFORE = ("本年度", "本年", "当年", "申报", "计划", "预算", "采购", "支出", "项目")
_AFTER = ("名称", "科目", "编码", "代码", "情况", "数")
"""Words around a title that do not change its meaning."""

_NUMBERED = re.compile(r"^(?:\([0-9一二三四五六七八九十]+\)|[0-9一二三四五六七八九十]+[.、])")
_SAID = r"(?:(?:金额)?单位:?)?(?:人民币)?"
_WHOLE = "[十百千]?万元|[百千仟亿]?元"
_SHORT = "[十百千]?万|[百千仟亿角分]"
"""A unit without 元. It is one only in brackets or behind a stroke."""
_FOREIGN = f"[十百千仟万亿]{{0,2}}(?:{FOREIGN})"
_UNIT = re.compile(rf"[(/:,]?{_SAID}(?P<whole>{_WHOLE})\)?$|[(/:,]{_SAID}(?P<short>{_SHORT})\)?$")
_UNKNOWN_UNIT = re.compile(rf"[(/:,]?{_SAID}(?P<unit>{_FOREIGN})\)?$", re.IGNORECASE)
_YEAR = re.compile(r"(20[0-9]{2})年度?|(20[0-9]{2})$")
_LINE_UNIT = re.compile(
    rf"单位:?(?:人民币)?(?P<named>{_WHOLE})(?![\u4e00-\u9fff])"
    rf"|\({_SAID}(?:(?P<whole>{_WHOLE})|(?P<short>{_SHORT}))\)$"
)
_UNKNOWN_LINE_UNIT = re.compile(
    rf"单位:?(?P<named>{_FOREIGN})|\({_SAID}(?P<unit>{_FOREIGN})\)$", re.IGNORECASE
)


class Headings:
    """The columns of one table by name, with their titles in our forms.

    ``year`` is the report's, so that ``2024年`` is read as 本年. Without it, headings with a year are unknown.
    """

    def __init__(self, titles: Mapping[str, str], year: int | None = None) -> None:
        self._year = year
        self._found: dict[tuple[str, ...], str | None] = {}
        self._known: list[dict[str, set[str]]] = [{}, {}]
        """Names of columns by heading text: by title first, then by other names."""
        for name, title in titles.items():
            self._known[0].setdefault(plain(title), set()).add(name)
            for said in ALSO.get(plain(title), ()):
                self._known[1].setdefault(plain(said), set()).add(name)

    def find(self, *said: str) -> str | None:
        """The column of a heading; empty for a blank one, None for an unknown one.

        Give a heading over several rows from the top. The last row is tried first, then all rows joined.
        """
        if any(len(text) > LONGEST for text in said):
            return None
        if said not in self._found:
            self._found[said] = self._look_up(said)
        return self._found[said]

    def title(self, said: str) -> str | None:
        """The only column with exactly this title or other name; None if there is none, or several."""
        return self._titled(self._normal(said)) if len(said) <= LONGEST else None

    def _look_up(self, said: tuple[str, ...]) -> str | None:
        texts = [text for text in (self._normal(cell) for cell in said) if text]
        if not texts:
            return ""
        whole = [] if len(texts) == 1 else ["".join(texts)]
        return next((name for text in (texts[-1], *whole) if (name := self._find(text))), None)

    def _find(self, text: str) -> str | None:
        is_known = any(wanted in known for wanted in _without_neutral(text) for known in self._known)
        return self._titled(text) if is_known else self._end_or_beginning(text)

    def _titled(self, text: str) -> str | None:
        for wanted in _without_neutral(text):
            for known in self._known:
                if wanted in known:
                    return next(iter(known[wanted])) if len(known[wanted]) == 1 else None
        return None

    def _end_or_beginning(self, text: str) -> str | None:
        """The only title that ends with ``text``, or that has it before 及."""
        if len(text) < 2:
            return None
        titles = self._known[0].items()
        found = [
            name
            for title, names in titles
            for name in names
            if title.startswith(f"{text}及") or (title.endswith(text) and "及" not in title)
        ]
        return found[0] if len(found) == 1 else None

    def _normal(self, cell: str) -> str:
        return _YEAR.sub(self._said_year, plain(cell))

    def _said_year(self, match: re.Match[str]) -> str:
        if self._year is None:
            return match[0]
        words = {self._year: "本年", self._year - 1: "上年", self._year - 2: "前年"}
        return words.get(int(match[1] or match[2]), match[0])


def plain(text: str) -> str:
    """A heading without blanks, numbering, unit and brackets: ``二、金 额（万元）`` becomes ``金额``."""
    said = _NUMBERED.sub("", packed(text)).lower().strip("*:")
    bare = said.partition("(")[0] or said.strip("()")
    return _UNIT.sub("", _UNKNOWN_UNIT.sub("", bare)) or bare


def unit_in_heading(text: str) -> AnyUnit | None:
    """The unit that a heading names, as in ``金额（千元）`` or ``金额/元``; None without one that is known."""
    said = packed(text)
    return None if _UNKNOWN_UNIT.search(said) else _unit_in(_UNIT.search(said))


def unknown_unit(text: str) -> str:
    """A unit that a heading names and nobody can convert, as in ``金额（美元）``; empty without one."""
    match = _UNKNOWN_UNIT.search(packed(text))
    return match["unit"] if match else ""


def unit_said(texts: Sequence[str]) -> AnyUnit | None:
    """The unit that the lines name (``单位：万元``, ``支出明细表（千元）``); None if none does, or if they differ."""
    lines = [packed(text) for text in texts]
    found = {unit for line in lines if (unit := _unit_in(_LINE_UNIT.search(line)))}
    return found.pop() if len(found) == 1 and not unknown_unit_said(texts) else None


def unknown_unit_said(texts: Sequence[str]) -> str:
    """A unit that the lines name and nobody can convert (``单位：美元``); empty without one."""
    matches = (_UNKNOWN_LINE_UNIT.search(packed(text)) for text in texts)
    return next((match["named"] or match["unit"] for match in matches if match), "")


def _unit_in(match: re.Match[str] | None) -> AnyUnit | None:
    """The unit of a match with the groups ``whole`` and ``short``, or ``named`` of a line."""
    if match is None:
        return None
    said = match.groupdict()
    whole = said.get("named") or said["whole"]
    short = said["short"] or ""
    return unit_of(whole or short)


def _without_neutral(text: str) -> list[str]:
    """The heading, then shortened step by step by words that do not change its meaning."""
    found = [text]
    while True:
        text = found[-1]
        shorter = next(
            (text[len(word) :] for word in _BEFORE if text.startswith(word) and text != word),
            None,
        ) or next((text[: -len(word)] for word in _AFTER if text.endswith(word) and text != word), None)
        if not shorter:
            return found
        found.append(shorter)
