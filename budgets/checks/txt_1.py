"""TXT-1 占位文字: no text keeps words of the template or a slip of the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from budgets.domain.choices import Severity, Status
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.options import ChoiceOption

from .texts import REMEMBERED, FreeText, free_texts

_UP = "增加|增长|上升|提高|调增"
_DOWN = "减少|下降|降低|调减"

PLACEHOLDERS = (
    re.compile(rf"(?:{_UP})(?:[(/]|或)(?:{_DOWN})\)?|(?:{_DOWN})(?:[(/]|或)(?:{_UP})\)?"),
    re.compile(
        r"(?<![A-Za-z0-9])[Xx×＊*]{2,}(?=[年月日分万元人个项次家期台辆号%]|单位|部门|项目|公司|中心|科室|局)"
    ),
    re.compile(r"列明\.{2,}|\(请?(?:列明|填写|注明|简述)[^()]*\)"),
    re.compile(r"某某"),
    re.compile(r"重点工作事项标题|^(?:部门|单位|项目)名称$"),
    re.compile(r"参[考照]《(?:\.{2,}|[Xx×]{2,})?》"),
)
"""Placeholders in the templates of 部门预算说明 and 部门决算."""

DRAFTING = re.compile(r"\(请?参[考照][^()]*\)")
"""A note to the drafter. Looked for in 基本情况 only, where nothing else cites a source in brackets."""

DOUBLED = (
    re.compile(
        r"(增加|减少|增长|下降|上升|主要|原因|由于|因为|进行|开展|通过|根据|按照|以及|进一步|不断|积极|万元"
        r"|[比较]上年|保障|提高|提升|加强|推进|落实|确保)\1(?![率额数幅值度量期型性])"
    ),
    re.compile(r"[套人次件户家]数数(?![字据量目])"),
    re.compile(r"(?<![目标])的的(?!确)"),
)
"""Words that no sentence needs twice in a row."""

DOUBLED_OPTION = "doubled_words"


class Placeholders:
    """Error: template text (``增加(减少)``, ``XX万元``, ``列明…``, 某某, ``参考《…》``) or a word typed twice.

    Option ``doubled_words`` gives doubled words a severity of their own. One finding for each text. Not caught:
    placeholders in plain words (``相关单位``); doubled words outside the list, many of which are right
    (``以优质服务服务企业``). Not checked: archived reports.
    """

    id = "TXT-1"
    title = "占位文字"
    options = (
        ChoiceOption(
            name=DOUBLED_OPTION,
            title="叠字的级别",
            meaning="重复的字词与模板文字可以分别定级别。",
            choices=tuple(Severity.pairs()),
            otherwise="与模板文字相同",
        ),
    )

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if dossier.header.status == Status.ARCHIVED:
            return
        severity = settings.severity or Severity.ERROR
        doubled = Severity(settings.options.get(DOUBLED_OPTION, severity))
        for text in free_texts(dossier):
            if left := _placeholder(text):
                message = f"“{text.title}”里留有模板文字“{left}”；请改成实际内容，或删去。"
                yield text.spot.finding(self.id, severity, message, expected="没有模板文字", actual=left)
            elif twice := _first(DOUBLED, text.clean):
                message = f"“{text.title}”里的“{twice}”重复了；请删去多余的字。"
                yield text.spot.finding(self.id, doubled, message, expected="没有重复的字词", actual=twice)


def _placeholder(text: FreeText) -> str:
    patterns = (*PLACEHOLDERS, DRAFTING) if text.of_basics else PLACEHOLDERS
    return _first(patterns, text.clean)


@lru_cache(maxsize=REMEMBERED)
def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> str:
    return next((match.group() for pattern in patterns if (match := pattern.search(text))), "")
