"""Form fields for the scalar types of the exchange format, derived from the dataclasses.

Labels and limits come from `budgets.domain.schema` and `budgets.domain.types`. `to_initial` converts from JSON,
`to_json` to JSON. Error messages are Chinese.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
import types
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Self, TypeVar, Union, get_args, get_origin, get_type_hints

from django import forms
from pydantic.fields import FieldInfo

from ..domain import money
from ..domain.choices import Choices
from ..domain.types import FORBIDDEN
from .context import EditContext
from .widgets import Choose, Grow, Line, Number, Tick

T = TypeVar("T")

MESSAGES = {"required": "请填写"}
SHOWN = 40
"""The most characters of the typed text that a message repeats."""
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
        text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
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
    """Money, typed in the page's unit and kept exactly in 元. Cleans to `Decimal`, or ``empty``."""

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

    def prepare_value(self, value: Any) -> Any:
        return money.plain(value, self.unit) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        if not str(value or "").strip():
            return self.empty
        try:
            amount = money.parse_amount(str(value), self.unit)
        except money.AmountError as error:
            raise forms.ValidationError(str(error)) from None
        if amount < 0 and not self.negative:
            raise forms.ValidationError("金额不能为负数")
        return amount

    def to_json(self, value: Any) -> Any:
        return None if value is None else f"{value:.2f}"


class WholeField(PartField):
    """A whole number between ``least`` and ``most``; ``empty`` when nothing is typed."""

    def __init__(
        self, *, least: int, most: int, empty: int | None, css: str = "count", **options: Any
    ) -> None:
        super().__init__(widget=Number("numeric", css), **options)
        self.least, self.most, self.empty = least, most, empty

    def to_python(self, value: Any) -> int | None:
        text = unicodedata.normalize("NFKC", str(value if value is not None else "")).strip()
        text = text.replace(",", "").removesuffix("年").strip()
        if not text:
            return self.empty
        if text[:1] in ("-", "\u2212") and text[1:].isdecimal():
            raise forms.ValidationError(f"“{value}”是负数，请填不小于 {self.least} 的整数")
        if not (text.isascii() and text.isdigit()):
            raise forms.ValidationError(f"“{value}”不是整数，请只填数字")
        if len(text) > 9 or not self.least <= int(text) <= self.most:
            raise forms.ValidationError(f"应在 {self.least} 与 {self.most} 之间")
        return int(text)


class CountField(WholeField):
    """A number of persons or things."""

    def __init__(self, *, empty: int | None = 0, **options: Any) -> None:
        super().__init__(least=0, most=10_000_000, empty=empty, **options)


class YearField(WholeField):
    def __init__(self, *, empty: int | None = None, **options: Any) -> None:
        super().__init__(least=1990, most=2100, empty=empty, css="year", **options)


_DATE = re.compile(r"([0-9]{4})(?:[-/.]|年)([0-9]{1,2})(?:[-/.]|月)([0-9]{1,2})日?")


class DateField(PartField):
    """A date, typed as ``2026-11-20`` or ``2026年11月20日``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=Line({"class": "date", "autocomplete": "off"}), **options)

    def to_python(self, value: Any) -> datetime.date | None:
        text = "".join(unicodedata.normalize("NFKC", str(value or "")).split())
        if not text:
            return None
        match = _DATE.fullmatch(text)
        if match is None:
            raise forms.ValidationError(f"“{value}”不是日期，请按 2026-11-20 的样子填写")
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


class CodeField(PartField):
    """A subject (科目), typed as code or name: ``30214``, ``30214-租赁费`` or ``租赁费``.

    ``subject`` is ``function`` (valid from 项) or ``economic`` (valid from 款, departmental codes alone).
    """

    least = {"function": 7, "economic": 5}
    level = {"function": "项", "economic": "款"}

    def __init__(self, subject: str, **options: Any) -> None:
        super().__init__(widget=Grow(single=True), **options)
        self.widget.attrs |= {"class": "grow subject", "autocomplete": "off"}
        self.subject = subject
        self.names: Mapping[str, str] = {}

    def bind(self, context: EditContext) -> None:
        self.names = context.codes(self.subject)
        self.widget.attrs["data-picker-url"] = context.picker_url(self.subject)

    def prepare_value(self, value: Any) -> Any:
        return shown_code(value, self.names)

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFKC", str(value or "")).strip() if value else ""
        if not text:
            return ""
        code = text.split("-", 1)[0].strip()
        if code.isascii() and code.isdigit():
            return self._valid(code)
        return self._by_name(text)

    def _valid(self, code: str) -> str:
        if code not in self.names or not is_departmental(self.subject, code):
            raise forms.ValidationError(f"没有编码为 {code} 的科目{self._named(self._starting(code[:3]))}")
        if len(code) >= self.least[self.subject]:
            return code
        below = [c for c in self._starting(code) if c != code]
        if below:
            level = self.level[self.subject]
            raise forms.ValidationError(f"{code}-{self.names[code]} 还须细分到{level}{self._named(below)}")
        return code

    def _by_name(self, text: str) -> str:
        usable = selectable(self.subject, self.names)
        found = [c for c in usable if normal_name(self.names[c]) == normal_name(text)]
        found = found or [c for c in usable if normal_name(text) in normal_name(self.names[c])]
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(f"没有名称为“{text}”的科目，请输入编码或名称查找")
        raise forms.ValidationError(f"“{text}”有 {len(found)} 个科目，请填编码{self._named(found)}")

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
    """A subject's name for comparison: half-width brackets and letters, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


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
