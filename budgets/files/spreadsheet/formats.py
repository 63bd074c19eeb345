"""Number formats: what a spreadsheet shows for a stored number, as Excel does in Chinese.

The sources are ECMA-376, part 1, 18.8.30 and 18.8.31, and for the formats that a system sets what Chinese systems set.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from .cells import Number, Shown, digits
from .date_formats import DateSection
from .format_tokens import Token, Tokens, sections_of, tokens_of
from .number_formats import NumberSection

LONGEST = 255
"""Characters of a format in Excel."""

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""The formats that files name by number alone."""


class Section(Protocol):
    """One section of a format."""

    def show(self, number: Number, is_unsigned: bool, is_1904: bool) -> Shown | None:
        """What it shows; None if that is unknown."""


@dataclass(frozen=True, slots=True)
class Condition:
    compare: Callable[[Number, float], bool]
    bound: float

    def holds(self, number: Number) -> bool:
        return self.compare(number, self.bound)

    @property
    def is_of_negatives(self) -> bool:
        return self.compare in (operator.lt, operator.le) and self.bound <= 0


class NumberFormat:
    """A format of up to four sections: positive, negative, zero, text; or by conditions."""

    def __init__(self, code: str) -> None:
        parts = [tokens_of(part) for part in sections_of(code)] if len(code) <= LONGEST else []
        of_text = next((part for part in parts[:4] if any(token.kind == "text" for token in part)), None)
        if len(parts) > 3:
            of_text = parts[3]
            parts = parts[:3]
        self.conditions = [_condition(part) for part in parts]
        self.sections = [_section(part) for part in parts]
        self.is_conditional = any(self.conditions)
        self.around = _around(of_text) if of_text is not None else None
        """What is shown before and after a text, if that is anything."""
        self.show = lru_cache(maxsize=2000)(self._show)
        """`_show`, which columns ask for the same numbers again and again."""

    @property
    def is_plain(self) -> bool:
        """Whether numbers and texts are shown as they are."""
        return (
            self.around is None
            and all(isinstance(section, General) for section in self.sections[:1])
            and (len(self.sections) == 1)
        )

    def _show(self, number: Number, is_1904: bool = False) -> Shown | Number:
        """What is shown; the number itself where that is its plain digits."""
        at = self._choose(number)
        shown = None
        if at is not None:
            shown = self.sections[at].show(number, self._is_unsigned(at, number), is_1904)
        if shown is None or (not shown.text and number):
            return Shown(number, digits(number), is_certain=False)
        return number if shown.value == number and shown.text == digits(number) else shown

    def show_text(self, text: str) -> str:
        return text if self.around is None else f"{self.around[0]}{text}{self.around[1]}".strip()

    def _choose(self, number: Number) -> int | None:
        """The section for the number."""
        count = len(self.sections)
        if not count:
            return None
        if self.is_conditional:
            return self._by_condition(number)
        if number < 0 and count > 1:
            return 1
        return 2 if number == 0 and count > 2 else 0

    def _by_condition(self, number: Number) -> int | None:
        for at, condition in enumerate(self.conditions):
            if condition is not None and condition.holds(number):
                return at
            if condition is None and (at == len(self.conditions) - 1 or (at == 1 and number < 0)):
                return at
        return None

    def _is_unsigned(self, at: int, number: Number) -> bool:
        """Whether the section itself says that the number is negative."""
        if not at:
            return False
        condition = self.conditions[at]
        if condition is not None:
            return condition.is_of_negatives
        return at == 1 and len(self.sections) > 1 and not self.conditions[0] and number < 0


@dataclass(frozen=True, slots=True)
class General:
    """The plain digits, with what stands around them."""

    before: str
    after: str

    def show(self, number: Number, is_unsigned: bool, is_1904: bool) -> Shown | None:
        if not self.before and not self.after:
            return Shown(number, digits(number))
        sign = "-" if number < 0 and not is_unsigned else ""
        return Shown(number, f"{sign}{self.before}{digits(abs(number))}{self.after}".strip())


@dataclass(frozen=True, slots=True)
class Unknown:
    """A section that is not understood."""

    def show(self, number: Number, is_unsigned: bool, is_1904: bool) -> Shown | None:
        return None


@lru_cache(maxsize=4096)
def format_of(code: str) -> NumberFormat | None:
    """The format of a code; None if it shows plain digits and texts."""
    made = NumberFormat(code if code.strip() else "General")
    return None if made.is_plain else made


_COMPARISONS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")


def _condition(tokens: Sequence[Token]) -> Condition | None:
    for token in tokens:
        found = _CONDITION.fullmatch(token.text) if token.kind == "bracket" else None
        if found:
            return Condition(_COMPARISONS[found[1]], float(Decimal(found[2])))
    return None


def _section(part: Sequence[Token]) -> Section:
    tokens = Tokens(part)
    if not tokens.are_known:
        return Unknown()
    if tokens.has("date"):
        return DateSection(tokens)
    if tokens.numerals:
        return Unknown()
    if tokens.has("general", "text"):
        if tokens.has("digit", "percent"):
            return Unknown()
        return General(*_around(part) or ("", ""))
    return NumberSection(tokens)


def _around(part: Sequence[Token]) -> tuple[str, str] | None:
    """The text before and after the value of a section; None if there is none to be seen."""
    at = next((n for n, token in enumerate(part) if token.kind in ("text", "general")), None)
    if at is None:
        return None
    before, after = ("".join(token.shown for token in some) for some in (part[:at], part[at + 1 :]))
    return (before, after) if before.strip() or after.strip() else None
