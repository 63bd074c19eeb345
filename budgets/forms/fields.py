"""Form fields for the scalar types of the exchange format, derived from the dataclasses.

Labels and limits come from `budgets.domain.schema` and `budgets.domain.types`. `to_initial` converts from JSON,
`to_json` to JSON. Error messages are Chinese.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
import types
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Self, TypeVar, Union, get_args, get_origin, get_type_hints

from django import forms
from pydantic.fields import FieldInfo

from ..domain import money
from ..domain.characters import half_width, packed, visible
from ..domain.choices import Choices
from ..domain.types import FORBIDDEN
from .context import EditContext
from .widgets import Choose, Grow, Line, Number, Tick

T = TypeVar("T")

MESSAGES = {"required": "请填写"}
SHOWN = 40
"""The most characters of the typed text that a message repeats."""
LONGEST_NUMBER = 100
"""The characters of a typed number that are read."""
CANDIDATES = 6
"""The most subjects that an error message names."""


class PartField(forms.Field):
    """A field of a part. Drafts require nothing; checks find what is missing.

    ``kind`` is the only kind of report that has the field; empty if every kind has it.
    """

    kind = ""
    of_rows = False
    """Whether the choices are other rows of the same page."""

    def __init__(self, *, required: bool = False, **options: Any) -> None:
        super().__init__(required=required, error_messages=MESSAGES, **options)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A copy with its own attributes on its control.

        Choices and messages are shared, since they are only replaced as a whole. A sub-table copies its fields a
        thousand times.
        """
        made = _shallow(self)
        made.widget = _shallow(self.widget)
        made.widget.attrs = dict(self.widget.attrs)
        memo[id(self)] = made
        return made

    def bind(self, context: EditContext) -> None:
        """Take the report's unit and codes from the context."""

    def clean(self, value: Any) -> Any:
        """Like Django's, without validators: what a part's field may hold, `to_python` and `validate` say."""
        value = self.to_python(value)
        self.validate(value)
        return value

    def validate(self, value: Any) -> None:
        if self.required:
            super().validate(value)

    def to_initial(self, value: Any) -> Any:
        return value

    def to_json(self, value: Any) -> Any:
        return value

    def has_default(self) -> bool:
        """Whether an untouched control posts a value, which by itself does not make a row."""
        return False

    def says(self, value: Any) -> bool:
        """Whether the posted value makes a row: an untouched control would not post it."""
        return bool(str(value or "").strip()) and not self.has_default()


def _shallow(thing: T) -> T:
    made = object.__new__(type(thing))
    made.__dict__.update(thing.__dict__)
    return made


class NameField(PartField):
    """One line of text of at most ``limit`` characters."""

    def __init__(self, *, limit: int = 200, widget: Any = None, **options: Any) -> None:
        super().__init__(widget=widget or Line(), **options)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        if not value:
            return ""
        text = visible(str(value)).replace("\r\n", "\n").replace("\r", "\n").strip()
        if FORBIDDEN.search(text):
            raise forms.ValidationError("含有不可见的控制字符，请删去后重新输入")
        if len(text) > self.limit:
            raise forms.ValidationError(f"最多 {self.limit} 字，现有 {len(text)} 字")
        return text


class TextField(NameField):
    """Several lines of text."""

    def __init__(self, *, limit: int = 8000, widget: Any = None, **options: Any) -> None:
        super().__init__(limit=limit, widget=widget or Grow(), **options)


class UsualField(NameField):
    """Text that is usually one of ``choices``. A stored text outside the choices is kept."""

    def __init__(self, choices: Any = (), **options: Any) -> None:
        super().__init__(widget=Choose(), **options)
        self.choices = choices

    @property
    def choices(self) -> Any:
        return self.widget.choices

    @choices.setter
    def choices(self, value: Any) -> None:
        self.widget.choices = list(value)


class AmountField(PartField):
    """Money, typed in the page's unit and kept exactly in 元. Cleans to `Decimal`; to ``empty`` if nothing is typed, or
    what sheets show for nothing (`money.amount_as_written`)."""

    def __init__(self, *, empty: Decimal | None = money.ZERO, negative: bool = False, **options: Any) -> None:
        super().__init__(widget=Number(), **options)
        self.empty = empty
        self.negative = negative
        self.unit = money.Unit.YUAN

    def bind(self, context: EditContext) -> None:
        self.unit = context.unit
        self.widget.attrs["data-amount"] = self.unit.value

    def to_initial(self, value: Any) -> Any:
        return None if value in (None, "") else Decimal(value)

    def says(self, value: Any) -> bool:
        return super().says(money.amount_as_written(str(value or "")))

    def prepare_value(self, value: Any) -> Any:
        return money.plain(value, self.unit) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        text = money.amount_as_written(visible(str(value or "")))
        if not text.strip():
            return self.empty
        try:
            amount = money.parse_amount(text, self.unit)
        except money.AmountError as error:
            raise forms.ValidationError(str(error)) from None
        if amount < 0 and not self.negative:
            raise forms.ValidationError("金额不能为负数")
        return amount

    def to_json(self, value: Any) -> Any:
        return None if value is None else f"{value:.2f}"


_DIGITS = r"(?P<number>\d{1,3}(?:,\d{3}){1,3}|\d{1,3}(?:\s\d{3}){1,3}|\d+)"
_WHOLE = re.compile(rf"{_DIGITS}(?:\.0*)?", re.ASCII)
_BELOW_ZERO = re.compile(r"[-\u2212]\s*\d[\d,. ]*", re.ASCII)
_WITH_UNIT = re.compile(rf"{_DIGITS}(?:\.0*)?\s*[\u4e00-\u9fff]{{1,3}}", re.ASCII)


class WholeField(PartField):
    """A whole number between ``least`` and ``most``; ``empty`` when nothing is typed."""

    def __init__(
        self, *, least: int, most: int, empty: int | None, css: str = "count", **options: Any
    ) -> None:
        super().__init__(widget=Number("numeric", css), **options)
        self.least, self.most, self.empty = least, most, empty

    def to_python(self, value: Any) -> int | None:
        typed = visible(str(value if value is not None else "")).strip()
        text = self.number_in(half_width(money.amount_as_written(typed)[:LONGEST_NUMBER]).strip())
        if not text:
            return self.empty
        if _BELOW_ZERO.fullmatch(text):
            raise forms.ValidationError(f"“{typed[:SHOWN]}”是负数，请填不小于 {self.least} 的整数")
        match = _WHOLE.fullmatch(text)
        if match is None:
            counted = _WITH_UNIT.fullmatch(text)
            remedy = f"，应为 {counted['number']}" if counted else ""
            raise forms.ValidationError(f"“{typed[:SHOWN]}”不是整数，请只填数字{remedy}")
        digits = re.sub(r"[,\s]", "", match["number"])
        if len(digits) > 9 or not self.least <= int(digits) <= self.most:
            raise forms.ValidationError(f"应在 {self.least} 与 {self.most} 之间")
        return int(digits)

    def number_in(self, text: str) -> str:
        """The part of a typed text that is the number."""
        return text


class CountField(WholeField):
    """A number of persons or things."""

    def __init__(self, *, empty: int | None = 0, **options: Any) -> None:
        super().__init__(least=0, most=10_000_000, empty=empty, **options)


class YearField(WholeField):
    """A year, typed as ``2025``, ``2025年度`` or a date in it."""

    def __init__(self, *, empty: int | None = None, **options: Any) -> None:
        super().__init__(least=1990, most=2100, empty=empty, css="year", **options)

    def number_in(self, text: str) -> str:
        return _year_of(text) or text


_YEAR = re.compile(
    r"(?P<year>[0-9]{4})\s?(?:年度?"
    r"|[-/年](?P<month>[0-9]{1,2})(?:月|[-/月](?P<day>[0-9]{1,2})日?(?:[ T][0-9:.]{4,15})?)?)"
)
_DATE = re.compile(r"([0-9]{4})(?:[-/.]|年)([0-9]{1,2})(?:[-/.]|月)([0-9]{1,2})日?")


def _year_of(text: str) -> str:
    """The year of ``2025年``, ``2025-01`` or a date; empty if the text is nothing like it."""
    match = _YEAR.fullmatch(text.replace(".", "-") if text.count(".") == 2 else text)
    if match is None:
        return ""
    try:
        datetime.date(*(int(match[name] or 1) for name in ("year", "month", "day")))
    except ValueError:
        return ""
    return match["year"]


class DateField(PartField):
    """A date, typed as ``2026-11-20`` or ``2026年11月20日``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=Line({"class": "date", "autocomplete": "off"}), **options)

    def to_python(self, value: Any) -> datetime.date | None:
        text = "".join(half_width(str(value or "")).split())
        if not text:
            return None
        match = _DATE.fullmatch(text)
        if match is None:
            raise forms.ValidationError(
                f"“{visible(str(value)).strip()[:SHOWN]}”不是日期，请按 2026-11-20 的样子填写"
            )
        try:
            date = datetime.date(*map(int, match.groups()))
        except ValueError:
            raise forms.ValidationError(f"没有 {text} 这一天") from None
        if not 1990 <= date.year <= 2100:
            raise forms.ValidationError("年份应在 1990 与 2100 之间")
        return date

    def to_json(self, value: Any) -> Any:
        return value.isoformat() if value else None


class ChosenField(PartField, forms.ChoiceField):
    """One of a closed list, shown by its Chinese labels. ``blank`` is the label of choosing none."""

    def __init__(self, choices: Any, *, blank: str | None = None, none: Any = None, **options: Any) -> None:
        pairs = [*([("", blank)] if blank is not None else []), *choices]
        super().__init__(required=blank is None, widget=Choose(), choices=pairs, **options)
        self.none = none

    def to_python(self, value: Any) -> str:
        return visible(str(value or "")).strip()

    def validate(self, value: Any) -> None:
        if value in self.empty_values or self.valid_value(value):
            return super().validate(value)
        offered = "、".join(str(label) for key, label in self.widget.choices if key)
        raise forms.ValidationError(f"“{value[:SHOWN]}”不在列表中，请从列表中选择：{offered}")

    def to_json(self, value: Any) -> Any:
        return value or self.none

    def has_default(self) -> bool:
        return True

    def says(self, value: Any) -> bool:
        """Any value counts, even one outside the list, so that it is shown and can be chosen again."""
        return super().says(value) or (bool(value) and not self.valid_value(value))


class TickField(PartField):
    """Yes or no."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=Tick(), **options)

    def to_python(self, value: Any) -> bool:
        return value in (True, "1", "on")

    def has_default(self) -> bool:
        return True


_DIGITS_OF_CODE = r"(?P<code>[0-9]+(?: [0-9]{2}){0,2})"
_CODE = re.compile(rf"[\[(【〔]? ?{_DIGITS_OF_CODE}(?:\.0+)? ?[\])】〕]?(?P<name>[^0-9].*)?")
_CODE_BEHIND = re.compile(rf"(?P<name>[^0-9]{{2,}}?) ?[-_\[(【〔]? ?{_DIGITS_OF_CODE} ?[\])】〕]?")
_LONGEST_SUBJECT = 200
"""The most characters of a subject as it is typed."""


class CodeField(PartField):
    """A subject (科目), typed as code, name or both: ``30214``, ``租赁费``, ``30214-租赁费``, ``[30214]租赁费``.

    ``subject`` is ``function`` (valid from 项) or ``economic`` (valid from 款, departmental codes alone).
    """

    least = {"function": 7, "economic": 5}
    level = {"function": "项", "economic": "款"}

    def __init__(self, subject: str, **options: Any) -> None:
        super().__init__(widget=Grow(single=True), **options)
        self.widget.attrs |= {"class": "grow subject", "autocomplete": "off"}
        self.subject = subject
        self.names: Mapping[str, str] = {}
        self._named_codes: dict[str, list[str]] | None = None
        self._read: dict[str, str] = {}
        """Codes by what was typed for them so far: many rows have the same."""

    def bind(self, context: EditContext) -> None:
        self.names, self._named_codes, self._read = context.codes(self.subject), None, {}
        self.widget.attrs["data-picker-url"] = context.picker_url(self.subject)

    def prepare_value(self, value: Any) -> Any:
        return shown_code(value, self.names)

    def to_python(self, value: Any) -> str:
        said = str(value or "")
        if said not in self._read:
            self._read[said] = self._code(said)
        return self._read[said]

    def _code(self, said: str) -> str:
        text = " ".join(half_width(said).split())
        if not text:
            return ""
        if len(text) > _LONGEST_SUBJECT:
            raise self._unknown(text)
        match = _CODE.fullmatch(text) or _CODE_BEHIND.fullmatch(text)
        if match is None:
            return self._by_name(text)
        code = self._valid(self._without_zeros(match["code"].replace(" ", "")))
        self._check_name(code, (match["name"] or "").strip(" -_.:/、—–"))
        return code

    def _without_zeros(self, digits: str) -> str:
        """A code without the zeros that fill it up: ``3022700``."""
        while digits not in self.names and len(digits) > 3 and digits.endswith("00"):
            digits = digits[:-2]
        return digits

    def _check_name(self, code: str, name: str) -> None:
        """Refuse a name that is not the code's. It may be shorter, or have the names above it in front."""
        own, said = self.names[code], normal_name(name)
        if not said or said == normal_name(own):
            return
        others = [other for other in self._codes_by_name.get(said, ()) if not code.startswith(other)]
        if others or not _is_name_of(name, own):
            raise forms.ValidationError(f"{code} 是{own}，不是{name[:SHOWN]}，请核对")

    @property
    def _codes_by_name(self) -> Mapping[str, list[str]]:
        """The departmental codes by their names for comparison, made once for the names of a page."""
        if self._named_codes is None:
            self._named_codes = {}
            for code, name in self.names.items():
                if is_departmental(self.subject, code):
                    self._named_codes.setdefault(normal_name(name), []).append(code)
        return self._named_codes

    def _valid(self, code: str) -> str:
        if code not in self.names or not is_departmental(self.subject, code):
            raise forms.ValidationError(
                f"没有编码为 {code[:SHOWN]} 的科目{self._named(self._starting(code[:3]))}"
            )
        if len(code) >= self.least[self.subject]:
            return code
        below = [c for c in self._starting(code) if c != code]
        if below:
            level = self.level[self.subject]
            raise forms.ValidationError(f"{code}-{self.names[code]} 还须细分到{level}{self._named(below)}")
        return code

    def _by_name(self, text: str) -> str:
        named = self._codes_by_name.get(normal_name(text), ())
        if len(named) == 1:
            return self._valid(named[0])
        usable = selectable(self.subject, self.names)
        found = [c for c in usable if normal_name(self.names[c]) == normal_name(text)]
        found = found or [c for c in usable if normal_name(text) in normal_name(self.names[c])]
        if len(found) == 1:
            return found[0]
        if not found:
            raise self._unknown(text)
        raise forms.ValidationError(f"“{text[:SHOWN]}”有 {len(found)} 个科目，请填编码{self._named(found)}")

    def _unknown(self, text: str) -> forms.ValidationError:
        return forms.ValidationError(f"没有名称为“{text[:SHOWN]}”的科目，请输入编码或名称查找")

    def _starting(self, code: str) -> list[str]:
        return [c for c in selectable(self.subject, self.names) if c.startswith(code)]

    def _named(self, codes: list[str]) -> str:
        if not codes:
            return ""
        named = "、".join(f"{code}-{self.names[code]}" for code in codes[:CANDIDATES])
        return f"：{named}{'等' if len(codes) > CANDIDATES else ''}"


def shown_code(value: Any, names: Mapping[str, str]) -> str:
    """``30214-租赁费`` for a code, the typed text for anything else."""
    text = "" if value is None else str(value)
    return f"{text}-{names[text]}" if names.get(text) else text


def normal_name(text: str) -> str:
    """A name for comparison: half-width brackets and letters, no spaces and nothing that is invisible."""
    return packed(text)


_BETWEEN = re.compile(r"[()\[\]【】〔〕及和与或、,，.·/\-—_:的]")


def _is_name_of(said: str, own: str) -> bool:
    """Whether ``said`` means the name ``own``: the same letters but for some that only one of them has."""
    one, other = (_BETWEEN.sub("", normal_name(text)) for text in (said[:200], own))
    return len(one) > 1 and (_has_all(one, other) or _has_all(other, one))


def _has_all(text: str, letters: str) -> bool:
    """Whether ``text`` has all of the letters in their order."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def is_departmental(kind: str, code: str) -> bool:
    """Whether the code may be typed. Government economic codes (5xx) are derived."""
    return kind == "function" or code.startswith("3")


def selectable(kind: str, names: Mapping[str, str]) -> list[str]:
    """The codes that a line may carry, in order: those of the finest level, and coarser ones without any below."""
    least = CodeField.least[kind]
    parents = {code[:length] for code in names for length in (3, 5) if length < len(code)}
    return sorted(
        code for code in names if is_departmental(kind, code) and (len(code) >= least or code not in parents)
    )


# --- from dataclass to field ----------------------------------------------------------------------


@cache
def part_fields(cls: type) -> Mapping[str, PartField]:
    """A field for every scalar that ``cls`` declares, in order. Lists and keys have no field."""
    hints = get_type_hints(cls, include_extras=True)
    found = {f.name: _field(f.name, hints[f.name]) for f in dataclasses.fields(cls)}
    for name, field in found.items():
        if field is not None:
            field.kind = _unwrap(hints[name])[2].get("kind", "")
    return {name: field for name, field in found.items() if field is not None}


def label_of(cls: type, name: str) -> str:
    """The label of a field of ``cls``."""
    return str(_unwrap(get_type_hints(cls, include_extras=True)[name])[2].get("title", ""))


@cache
def default_json(cls: type, name: str) -> Any:
    """The JSON value that a missing ``name`` stands for."""
    default = next(f.default for f in dataclasses.fields(cls) if f.name == name)
    if default is dataclasses.MISSING:
        return None
    if isinstance(default, Enum):
        return default.value
    return f"{default:.2f}" if isinstance(default, Decimal) else default


def _field(name: str, hint: Any) -> PartField | None:
    inner, optional, info = _unwrap(hint)
    if info.get("title") is None:
        return None
    label = info["title"]
    if isinstance(inner, type) and issubclass(inner, Choices):
        pairs = [(member.value, member.label) for member in inner]
        return ChosenField(pairs, blank="—" if optional else None, label=label)
    if inner is Decimal:
        return AmountField(empty=None if optional else money.ZERO, label=label)
    if inner is bool:
        return TickField(label=label)
    if inner is datetime.date:
        return DateField(label=label)
    if inner is int:
        if info.get("ge") == 1990:
            return YearField(label=label)
        return CountField(label=label)
    if inner is not str:
        return None
    if "pattern" in info:
        return CodeField(name, label=label)
    if info.get("max_length", 0) > 200:
        return TextField(label=label)
    return NameField(label=label)


def _unwrap(hint: Any) -> tuple[Any, bool, dict[str, Any]]:
    """The bare type, whether None is allowed, and pydantic's annotations."""
    info: dict[str, Any] = {}
    optional = False
    while True:
        if hasattr(hint, "__metadata__"):
            for item in hint.__metadata__:
                if isinstance(item, FieldInfo):
                    if item.title:
                        info["title"] = item.title
                    if isinstance(item.json_schema_extra, dict):
                        info |= item.json_schema_extra
                    for limit in item.metadata:
                        for key in ("max_length", "ge", "pattern"):
                            if getattr(limit, key, None) is not None:
                                info[key] = getattr(limit, key)
            hint = get_args(hint)[0]
        elif get_origin(hint) in (Union, types.UnionType):
            optional = True
            hint = next(arg for arg in get_args(hint) if arg is not type(None))
        else:
            return hint, optional, info
