"""The value of a 绩效指标 as people write it, read into operator, number, unit and period.

Pure. `parse` reads every form that the published 申报表 and 自评表 use: ``≥90%``, ``≤24小时``, ``365天/年``,
``1.8元/平``, ``170.97元/套/月``, ``99%以上``, ``200多家``, ``每年 99%``, ``10-50万元``, ``小于或等于 89.6 万元``,
``当年年底``, ``不超过合同金额``, ``有效保障``, ``/``. Any other text is qualitative; nothing is refused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from budgets.domain.choices import Choices


class Kind(Choices):
    NONE = "none", "未填"
    QUANTITATIVE = "quantitative", "定量"
    TIME_LIMIT = "time_limit", "时限"
    QUALITATIVE = "qualitative", "定性"


class Operator(Choices):
    AT_LEAST = "ge", "≥"
    MORE = "gt", ">"
    EQUAL = "eq", "="
    AT_MOST = "le", "≤"
    LESS = "lt", "<"


class Direction(Choices):
    FLOOR = "floor", "不低于"
    CEILING = "ceiling", "不超过"
    EXACT = "exact", "等于"
    NONE = "none", "无"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value. ``number`` and ``upper`` are finite, and in ``unit`` as written (``2.7`` of ``2.7万元``).

    ``upper`` is the end of a range and above ``number``. ``per`` is the divisor: ``年`` of ``4次/年``, ``套/月`` of
    ``170.97元/套/月``. ``approximate``: 约, 多, 余, 左右. A text without a number may have an ``operator``
    (``不超过合同金额``).
    """

    raw: str
    kind: Kind
    operator: Operator | None = None
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    per: str = ""
    approximate: bool = False

    @property
    def direction(self) -> Direction:
        if self.operator in (Operator.AT_LEAST, Operator.MORE):
            return Direction.FLOOR
        if self.operator in (Operator.AT_MOST, Operator.LESS):
            return Direction.CEILING
        return Direction.EXACT if self.kind == Kind.QUANTITATIVE else Direction.NONE

    @property
    def measure(self) -> str:
        """The unit without its scale, and the period. Values can be compared if these are equal.

        A year is the period of every column, so ``4次/年`` is measured as ``4次``. A bare 万 is 万元.
        """
        base = _scaled(self.unit)[1]
        return f"{base}/{self.per}" if self.per not in _YEARLY else base

    @property
    def is_money(self) -> bool:
        """Whether it is an amount and not a unit price: ``24万``, ``89.6万元``, ``5000元/年``."""
        return self.kind == Kind.QUANTITATIVE and self.measure == "元"

    @property
    def least(self) -> Decimal:
        """The number, or the lower end, in the unit without its scale: 元 for money. Zero without a number."""
        return (self.number or Decimal(0)) * _scaled(self.unit)[0]

    @property
    def most(self) -> Decimal:
        """The number, or the upper end of a range, like `least`."""
        return self.least if self.upper is None else self.upper * _scaled(self.unit)[0]

    @property
    def quantum(self) -> Decimal:
        """One unit of the last written digit, like `least`: 10000 for ``24万``, 0.01 for ``27690.34元``."""
        exponent = (self.number or Decimal(0)).as_tuple().exponent
        return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * _scaled(self.unit)[0]


def comparable(one: Value, other: Value) -> bool:
    """Whether both are numbers of the same measure."""
    return one.kind == other.kind == Kind.QUANTITATIVE and one.measure == other.measure


def agree(one: Value, other: Value) -> bool:
    """Whether two `comparable` values can state the same fact.

    Operators are ignored. Ranges that meet agree. If the precisions differ, the coarser value may be the finer one
    rounded. An approximate number agrees with any number that is not approximate.
    """
    if one.approximate != other.approximate:
        return True
    leeway = max(one.quantum, other.quantum) / 2 if one.quantum != other.quantum else Decimal(0)
    return one.least <= other.most + leeway and other.least <= one.most + leeway


# --- reading --------------------------------------------------------------------------------------

LONGEST = 200
"""The most characters of a value (`budgets.domain.types.Name`). Longer texts are prose."""

_YEARLY = ("", "年", "年度")

_SCALES = {
    "万亿": 10**12, "千亿": 10**11, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4,
}  # fmt: skip
_SCALE = re.compile(rf"({'|'.join(_SCALES)})(?P<rest>.*)")

_SAME_UNIT = {"": "元", "圆": "元", "块": "元", "日": "天", "个月": "月", "个小时": "小时", "平": "平方米"}

_SYMBOLS = str.maketrans(
    {
        "≧": "≥", "⩾": "≥", "≮": "≥", "≦": "≤", "⩽": "≤", "≯": "≤",
        "〜": "~", "∼": "~", "–": "-", "—": "-", "―": "-", "−": "-", "‐": "-", "﹣": "-",
    }
)  # fmt: skip
_SPELLED = (
    (">=", "≥"), ("=>", "≥"), ("<=", "≤"), ("=<", "≤"), ("m2", "平方米"), ("m3", "立方米"),
    ("(含)", ""), ("(包含)", ""),
)  # fmt: skip

_NOTHING = re.compile(r"[-/\\]*|无|不适用|n/a", re.IGNORECASE)

_TIME = re.compile(
    r"(?=\D*[年月季旬日]|\D*+\d{1,4}\D*[年月季旬日])(?!\d{1,2}[日号])(?:于|在)?"
    r"(?:(?:[0-9]{4}|当|本|今|每|全)?年度?|上半年|下半年|每月|每季度?)?"
    r"(?:第?[一二三四1-4]季度|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?)?"
    r"(?:[0-9]{1,2}[日号]|年?[底末初中]|[上中下]旬)?"
    r"(?:之?前|以前|之?内|以内|期间)?(?:全部|全面)?(?:完成|办结|支付|拨付|兑现|到位)?"
    r"|\D*(?:时间|时限|期限|工期)(?:之?前|之?内|以内)\D{0,4}"
    r"|(?:按时|按期|如期|准时)\D{0,4}"
)

_PREFIX = re.compile(
    r"(?P<ge>≥|大于或?等于|不(?:得|应)?[少低小]于|至少|最少|最低)"
    r"|(?P<le>≤|[小少低]于或?等于|(?:不得?|未)超过?|不(?:得|应)?[高多大]于|不突破|至多|最多|最高|控制在)"
    r"|(?P<gt>>|[大高多]于|超过?|突破)"
    r"|(?P<lt><|[小低少]于|不足|不到|不满)"
    r"|(?P<eq>=|等于)"
    r"|(?P<about>约|大约|大概|近|≈)"
    r"|每个?(?P<per>年度?|季度?|月|周|天|日|次|场|期|人|户|家|套|件)"
    r"|(?P<mean>[年季月周日人户次])均"
    r"|(?P<year>全年|当年|本年|年度?内)"
    r"|均|已|共计?|总计|合计|累计|达到?|完成|实现|举办|开展|保持在?|为"
)
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,9})?|[0-9]{1,15}(?:\.[0-9]{1,9})?"
_UNIT = r"(?:%|‰|°?[^\W\d_每]{0,6}?)"
_BOUND = r"(?:及?以上|及?以下|以内|之内|内|左右|上下|\+)?"
_QUANTITY = re.compile(
    rf"(?P<number>[+-]?(?:{_NUMBER}))"
    rf"(?:(?P<first>{_UNIT})[-~至到](?P<upper>{_NUMBER}))?"
    rf"(?P<more>[多余])?(?P<unit>{_UNIT})(?P<near>{_BOUND})"
    rf"(?P<per>(?:[/每][^\W\d_每]{{1,4}}){{0,2}}?)(?P<far>{_BOUND})"
)
_BRACKETED_UNIT = re.compile(r"(.*[0-9])\(([^\W\d_]{1,4})\)")
_NOTE = re.compile(r"(.[^(]*)\(.*\)")
_MORE_AFTER_SCALE = re.compile(r"(?P<scale>[十百千万亿]*[万亿])[多余](?P<rest>.*)")

_BOUNDS = {
    "以上": Operator.AT_LEAST,
    "及以上": Operator.AT_LEAST,
    "+": Operator.AT_LEAST,
    "以下": Operator.AT_MOST,
    "及以下": Operator.AT_MOST,
    "以内": Operator.AT_MOST,
    "之内": Operator.AT_MOST,
    "内": Operator.AT_MOST,
}


def normalise(text: str) -> str:
    """``text`` in half-width characters, with one sign for each operator, without blanks."""
    text = "".join(unicodedata.normalize("NFKC", text).translate(_SYMBOLS).split())
    for written, sign in _SPELLED:
        text = text.replace(written, sign)
    return text


@lru_cache(maxsize=8192)
def parse(text: str) -> Value:
    """Read one value; never raises. A number that is a change (``较上年增长 10%``) is qualitative."""
    clean = normalise(text).rstrip("。;,.、")
    if len(clean) > LONGEST:
        return Value(raw=text, kind=Kind.QUALITATIVE)
    if _NOTHING.fullmatch(clean):
        return Value(raw=text, kind=Kind.NONE)
    if _TIME.fullmatch(clean):
        return Value(raw=text, kind=Kind.TIME_LIMIT)
    bracketed = _BRACKETED_UNIT.fullmatch(clean)
    if bracketed:
        clean = bracketed[1] + bracketed[2]
    elif noted := _NOTE.fullmatch(clean):
        clean = noted[1]
    prefix = _prefix(clean)
    match = _QUANTITY.fullmatch(prefix.rest)
    value = match and _quantity(text, match, prefix)
    return value or Value(raw=text, kind=Kind.QUALITATIVE, operator=prefix.operator)


@dataclass(frozen=True, slots=True)
class _Prefix:
    """Split the text into the marks before the number, in any order, and the rest."""

    operator: Operator | None
    per: str
    approximate: bool
    rest: str


def _prefix(text: str) -> _Prefix:
    operator, per, approximate = None, "", False
    while match := _PREFIX.match(text):
        found = {name: said for name, said in match.groupdict().items() if said}
        for name, said in found.items():
            if name == "about":
                approximate = True
            elif name in ("per", "mean"):
                per = said
            elif name == "year":
                per = "年"
            else:
                operator = operator or Operator(name)
        text = text[match.end() :]
    return _Prefix(operator, per, approximate, text)


def _quantity(raw: str, match: re.Match[str], prefix: _Prefix) -> Value | None:
    """The matched value; None for something that only looks like a range, such as ``2023-12``."""
    number = _decimal(match["number"])
    upper = _decimal(match["upper"]) if match["upper"] else None
    unit, more = match["unit"], bool(match["more"])
    if upper is not None and (upper <= number or match["first"] not in ("", unit)):
        return None
    if counted := _MORE_AFTER_SCALE.fullmatch(unit):
        unit, more = counted["scale"] + counted["rest"], True
    bounds = (match["near"], match["far"])
    said = next((_BOUNDS[bound] for bound in bounds if bound in _BOUNDS), None)
    operator = prefix.operator or said or (Operator.MORE if more else None)
    return Value(
        raw=raw,
        kind=Kind.QUANTITATIVE,
        operator=operator if upper is None else None,
        number=number,
        upper=upper,
        unit=unit,
        per=re.sub("[/每]", "/", match["per"])[1:] or prefix.per,
        approximate=prefix.approximate or more or "左右" in bounds or "上下" in bounds,
    )


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


@lru_cache(maxsize=1024)
def _scaled(unit: str) -> tuple[Decimal, str]:
    """The scale of ``unit`` and its bare unit: ``万人次`` is 10000 ``人次``."""
    if match := _SCALE.fullmatch(unit):
        return Decimal(_SCALES[match[1]]), _SAME_UNIT.get(match["rest"], match["rest"])
    if unit in ("千元", "百元"):
        return Decimal(1000 if unit == "千元" else 100), "元"
    if unit == "‰":
        return Decimal("0.1"), "%"
    return Decimal(1), _SAME_UNIT.get(unit, unit) if unit else ""
