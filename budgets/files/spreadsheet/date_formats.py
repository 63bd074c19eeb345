"""Sections of number formats that show dates and times."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import serials
from .cells import Moment, Number, Shown
from .format_tokens import LONG_DATE, LONG_TIME, Token, Tokens, tokens_of

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
CHINESE_DAYS = "日一二三四五六"
CHINESE_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_SECOND, _MINUTE, _HOUR = 1000, 60_000, 3_600_000
_BUDDHIST = 543
_ENGLISH = 0x09
_NUMERALS = {1: ("〇一二三四五六七八九", "十"), 2: ("零壹贰叁肆伍陆柒捌玖", "拾")}
"""The digits and the ten of DBNum1 and DBNum2."""


@dataclass(frozen=True, slots=True)
class Shows:
    """What a token shows of a moment: ``days`` and ``rest``, the milliseconds of the day."""

    days: int
    rest: int

    @property
    def day(self) -> serials.Calendar:
        return serials.calendar(self.days)

    @property
    def total(self) -> int:
        return self.days * serials.DAY + self.rest


class DateSection:
    """``yyyy"年"m"月"``, ``h:mm AM/PM``, ``[h]:mm``, ``mm:ss.0``."""

    def __init__(self, tokens: Tokens) -> None:
        part = tokens.all
        if tokens.locale == LONG_DATE:
            part = tokens_of('yyyy"年"m"月"d"日"')
        elif tokens.locale == LONG_TIME:
            part = tokens_of("h:mm:ss")
        self.is_chinese = tokens.is_chinese
        self.is_foreign = bool(tokens.locale) and not self.is_chinese and tokens.locale & 0xFF != _ENGLISH
        self.is_foreign = self.is_foreign and tokens.locale not in (LONG_DATE, LONG_TIME)
        self.numerals = tokens.numerals
        self.units = _with_minutes(part)
        kinds = {unit.kind for unit in self.units}
        self.has_half = "half" in kinds
        self.has_elapsed = "elapsed" in kinds
        self.has_date = any(unit.kind == "date" and unit.text[0] in "ymdaeb" for unit in self.units)
        self.has_time = bool(kinds & {"minute", "half", "elapsed"}) or any(
            unit.kind == "date" and unit.text[0] in "hs" for unit in self.units
        )
        self.step = self._step()
        self.is_known = self._is_known()

    def show(self, number: Number, is_unsigned: bool, is_1904: bool) -> Shown | None:
        serial = number + (serials.BETWEEN if is_1904 and not self.has_elapsed else 0)
        if not self.is_known or not 0 <= serial < serials.LAST + 1:
            return None
        stored = serials.milliseconds(serial)
        shown = stored if self.step is None else (stored + self.step // 2) // self.step * self.step
        if shown >= (serials.LAST + 1) * serials.DAY:
            return None
        moment = Shows(*divmod(shown, serials.DAY))
        text = "".join(self._text(unit, moment) for unit in self.units).strip()
        return Shown(self._value(number, stored), text)

    # --- what the section is ---

    def _step(self) -> int | None:
        """The milliseconds to which it rounds; None if it cuts off."""
        parts = [len(unit.text) for unit in self.units if unit.kind == "part"]
        if parts:
            return max(1, 10 ** (3 - min(parts)))
        return (
            _SECOND
            if any(unit.text[0] == "s" for unit in self.units if unit.kind in ("date", "elapsed"))
            else None
        )

    def _is_known(self) -> bool:
        if self.is_foreign and any(
            unit.kind == "half" or (unit.kind == "date" and len(unit.text) > 2 and unit.text[0] in "mda")
            for unit in self.units
        ):
            return False
        return not self.numerals or (self.numerals in _NUMERALS and not self.has_elapsed)

    # --- what it shows ---

    def _value(self, number: Number, stored: int) -> Moment | Number:
        if self.has_elapsed:
            return datetime.timedelta(milliseconds=stored)
        days, rest = divmod(stored, serials.DAY)
        if not days and not self.has_date:
            return (datetime.datetime.min + datetime.timedelta(milliseconds=rest)).time()
        if not serials.is_real(days):
            return number
        return serials.date(days) if not rest and not self.has_time else serials.moment(stored)

    def _text(self, unit: Token, moment: Shows) -> str:
        if unit.kind == "date":
            return _UNITS[unit.text[0]](self, unit.text, moment)
        if unit.kind == "minute":
            return self._number(moment.rest // _MINUTE % 60, len(unit.text))
        if unit.kind == "elapsed":
            length = {"h": _HOUR, "m": _MINUTE, "s": _SECOND}[unit.text[0]]
            return f"{moment.total // length:0{len(unit.text)}d}"
        if unit.kind == "half":
            return self._half(unit.text, moment.rest)
        if unit.kind == "part":
            return "." + f"{moment.rest % _SECOND:03d}"[: len(unit.text)].ljust(len(unit.text), "0")
        return unit.shown if unit.kind != "digit" else unit.text

    def _number(self, number: int, width: int) -> str:
        if not self.numerals:
            return f"{number:0{min(width, 2)}d}"
        figures, ten = _NUMERALS[self.numerals]
        if number < 10:
            return figures[number]
        tens, ones = divmod(number, 10)
        head = "" if tens == 1 and self.numerals == 1 else figures[tens]
        return head + ten + (figures[ones] if ones else "")

    def _half(self, text: str, rest: int) -> str:
        is_morning = rest < 12 * _HOUR
        if "午" in text or self.is_chinese:
            return "上午" if is_morning else "下午"
        first, _, second = text.partition("/")
        return first if is_morning else second

    def _year(self, text: str, moment: Shows) -> str:
        year = moment.day.year + (_BUDDHIST if text[0] == "b" else 0)
        said = f"{year % 100:02d}" if len(text) <= 2 and text[0] != "e" else f"{year:04d}"
        if not self.numerals:
            return said
        return "".join(_NUMERALS[self.numerals][0][int(digit)] for digit in said)

    def _month(self, text: str, moment: Shows) -> str:
        month = moment.day.month
        if len(text) <= 2:
            return self._number(month, len(text))
        if self.is_chinese:
            return (
                f"{month}月"
                if len(text) == 3
                else f"{CHINESE_MONTHS[month - 1]}{'月' if len(text) == 4 else ''}"
            )
        name = MONTHS[month - 1]
        return name[: {3: 3, 5: 1}.get(len(text), len(name))]

    def _day(self, text: str, moment: Shows) -> str:
        if len(text) <= 2:
            return self._number(moment.day.day, len(text))
        weekday = moment.day.weekday
        if self.is_chinese:
            return f"{'周' if len(text) == 3 else '星期'}{CHINESE_DAYS[weekday]}"
        return WEEKDAYS[weekday][:3] if len(text) == 3 else WEEKDAYS[weekday]

    def _weekday(self, text: str, moment: Shows) -> str:
        return f"{'' if len(text) == 3 else '星期'}{CHINESE_DAYS[moment.day.weekday]}"

    def _hour(self, text: str, moment: Shows) -> str:
        hour = moment.rest // _HOUR
        if self.has_half:
            hour = (hour + 11) % 12 + 1
        return self._number(hour, len(text))

    def _second(self, text: str, moment: Shows) -> str:
        return self._number(moment.rest // _SECOND % 60, len(text))


_UNITS: dict[str, Callable[[DateSection, str, Shows], str]] = {
    "y": DateSection._year,
    "e": DateSection._year,
    "b": DateSection._year,
    "m": DateSection._month,
    "d": DateSection._day,
    "a": DateSection._weekday,
    "h": DateSection._hour,
    "s": DateSection._second,
}


def _with_minutes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, ``m`` told apart as month or minute, and the decimals of seconds joined."""
    joined: list[Token] = []
    for token in tokens:
        if token.kind == "digit" and token.text == "0" and joined and joined[-1].kind in ("point", "part"):
            last = joined.pop()
            joined.append(Token("part", (last.text if last.kind == "part" else "") + "0"))
        else:
            joined.append(Token(token.kind, token.text.lower()) if token.kind == "date" else token)
    units = [n for n, token in enumerate(joined) if token.kind in ("date", "elapsed")]
    found = list(joined)
    for at, n in enumerate(units):
        if joined[n].kind != "date" or joined[n].text[0] != "m" or len(joined[n].text) > 2:
            continue
        before = joined[units[at - 1]].text[0] if at else ""
        after = joined[units[at + 1]].text[0] if at + 1 < len(units) else ""
        if before == "h" or after == "s":
            found[n] = Token("minute", joined[n].text)
    return found
