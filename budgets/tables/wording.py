"""The words that tables share: numbering, short names of funds, the sentence under an empty table.

Pure.
"""

from __future__ import annotations

import re

from budgets.domain.choices import Fund, ReportKind
from budgets.domain.dossier import Dossier
from budgets.domain.profile import get_profile

UNSPECIFIED = "未细分"
"""The printed name for amounts without a code, or of unknown use."""

WITHHELD = "不予公开项目"
DASH = "—"

FUND_LABELS = {
    Fund.GENERAL: "一般公共预算",
    Fund.GOVERNMENT_FUND: "政府性基金预算",
    Fund.STATE_CAPITAL: "国有资本经营预算",
}
"""Column headings of the three fiscal budgets; the other funds go by their own label."""

_DIGITS = "〇一二三四五六七八九"
_NOT_IN_TAB = re.compile(r"[\[\]:*?/\\]")
_TAB_LENGTH = 31


def fund_label(fund: Fund) -> str:
    """The fund as a column heading."""
    return FUND_LABELS.get(fund, fund.label)


def numeral(number: int) -> str:
    """1–99 in Chinese: 一, 十, 十一, 二十, 二十七. Larger ones in digits."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    text = {0: "", 1: "十"}.get(tens, f"{_DIGITS[tens]}十")
    return text + (_DIGITS[ones] if ones else "")


def tab_name(number: str, title: str) -> str:
    """A worksheet's name: at most 31 characters, none that Excel refuses."""
    return _NOT_IN_TAB.sub("", f"{number} {title}")[:_TAB_LENGTH].strip(" '")


def nothing(dossier: Dossier, what: str) -> str:
    """The note of an empty table: that the department had no ``what`` this year."""
    who = "所汇总部门" if dossier.members else f"本{get_profile(dossier.header.profile).word}"
    return f"{who}{period(dossier)}没有{what}。"


def period(dossier: Dossier) -> str:
    """The year as titles and notes say it: 2023年 of a budget, 2024年度 of final accounts."""
    return f"{dossier.header.year}{'年度' if dossier.header.kind == ReportKind.FINAL else '年'}"


def department_line(dossier: Dossier) -> str:
    """The department above a table, as the profile's options ``department_label`` (单位：…) and
    ``department_suffix`` (本级) have it; by default its bare name."""
    options = get_profile(dossier.header.profile).options
    label = options.get("department_label", "")
    name = dossier.header.department_name + options.get("department_suffix", "")
    return f"{label}：{name}" if label else name
