"""What a row of a sheet is, by its wording: data, a sum, a note, a signature. Pure; for pastes and uploads alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from ..domain.characters import packed
from .headings import NUMBERING, plain


class RowKind(Enum):
    DATA = "data"
    TOTAL = "total"
    """A sum of the rows above it: a word for a sum, and nothing else but numbers."""
    DOUBTFUL_TOTAL = "doubtful total"
    """A word for a sum beside texts of the row's own."""
    PART_OF = "part of"
    """其中：…, which the row above includes already."""
    GROUP = "group"
    """一、劳务费, and nothing else but numbers. It is data where no rows of its own stand below it."""
    COMPARISON = "comparison"
    """去年实际, 差额: numbers for comparison, below a table."""
    NOTE = "note"
    SIGNATURE = "signature"
    NUMBERING = "numbering"
    """1, 2, 3 or 栏次, 甲, 1, 2. Only below a heading; anywhere else these may be data."""
    CONTINUED = "continued"
    """续表, or the number of a page."""

    @property
    def is_sum(self) -> bool:
        """Whether its amounts stand in other rows too, or may."""
        return self in SUMS

    @property
    def is_left_out(self) -> bool:
        """Whether the row holds nothing to take, whatever its place."""
        return self in (RowKind.NOTE, RowKind.SIGNATURE, RowKind.CONTINUED)


SUMS = frozenset({RowKind.TOTAL, RowKind.DOUBTFUL_TOTAL, RowKind.PART_OF, RowKind.GROUP})

TOTALS = frozenset(
    {
        *(
            "合计",
            "小计",
            "总计",
            "共计",
            "累计",
            "总合计",
            "总共",
            "一共",
            "全部合计",
            "合计数",
            "合计金额",
            "合计额",
        ),
        *("总计金额", "金额合计", "总金额", "总额", "小计金额", "累计金额", "承前页", "过次页", "本页合计数"),
        *("total", "subtotal", "sub-total", "grandtotal", "sum"),
    }
)
"""Words that are a sum wherever they stand."""

_ENDS = ("合计", "小计", "总计", "共计", "累计", "合计数", "合计金额")
"""Ends of a sum's name: 支出合计, 人员经费小计."""

_COMPARISONS = re.compile(
    r"(?:去年|上年|上年度|前年|本年)?(?:实际|实际数|实际支出|决算数?|执行数|预算数)"
    r"|(?:与|比|较)(?:去年|上年)(?:相比|比较|增减|差额)?|差额|增减[额率数]?|同比(?:增减|增长)?|核对|校验"
)

LONGEST_WORD = 24
"""The most characters of a sum's name."""

KEPT = 4096
"""The short texts whose answers are kept: names and codes are the same in many rows, plain numbers are not."""

_BEGINNING = 80
"""The characters of a text that tell its kind."""

_NUMBER = re.compile(
    r"[-+−¥￥$(]*[0-9.,，%％‰/\s]*\)?(?:[百千万亿]{0,2}元?|[个台套项件次人家场份年月天%])|[-—–－/无×*]+"
)
_IN_WORDS = re.compile(r"(?:人民币|大写|[:()])*[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整]+")
_ORDINAL = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.,:]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}[部分类项大])"
)
_ORDINAL_ALONE = re.compile(r"\(?[一二三四五六七八九十]{1,3}\)?[、.]?")
_PART_OF = re.compile(r"[-—*#(【\[0-9.、]*(?:其中|(?:内含|包括|含)[:,])")
_NOTE = re.compile(r"[*※(]*(?:附?注释?|备注|说明|填[报表]说明|编制说明)(?:[0-9]*:|[0-9]+[.、)]|$)")
_BELOW_A_NOTE = re.compile(
    r"\(?[0-9]{1,2}[.、):]|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、"
)
_SIGNATURE = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:负责人|填[报表制]人?|制[表单]人?|编[制报]人?|审核人?|复核人?|审批人?|经办人?|批准人?|主管会计"
    r"|日期|联系电话|联系人|签[字名章]|盖章|公章)(?:\([^)]{0,8}\))?[0-9]*:"
)
_DATE = re.compile(r"20[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?")
_CONTINUED = re.compile(
    r"\(?(?:续上?表|接[上下]页|[上下]接第?[0-9]*页?|转下页|承上页|续)[0-9一二三四五六七八九十()]{0,4}\)?"
    r"|[\u4e00-\u9fff]{1,20}\(续表?[0-9一二三四五六七八九十]{0,2}\)|-?第?[0-9]{1,4}页(?:[,/]?共[0-9]{1,4}页)?-?"
)
_COUNT = re.compile(r"\(?([0-9]{1,3})\)?(?:=[-+*/()0-9×÷]{1,30})?")
_STEMS = re.compile("[甲乙丙丁戊己庚辛]")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def kind_of(texts: Sequence[str], below: RowKind = RowKind.DATA) -> RowKind:
    """The kind of a row by its ``texts``, those of its cells that are not blank, in order.

    ``below`` is the kind of the row above: numbered lines below a note belong to it.
    """
    said = [short for text in texts if (short := _short(text))]
    if not said:
        return RowKind.DATA
    kind = _of_lines(said) or _of_sums(said) or RowKind.DATA
    is_line = below is RowKind.NOTE and len(said) == 1 and bool(_BELOW_A_NOTE.match(said[0]))
    return RowKind.NOTE if is_line and kind in (RowKind.DATA, RowKind.GROUP) else kind


def is_total_word(text: str) -> bool:
    """Whether a text is a word for a sum, whatever stands beside it."""
    return _is_word(_short(text))


def total_word(texts: Sequence[str]) -> str:
    """The text of a row that names its sum: the word for it, else the first text that is no number."""
    words = [text.strip() for text in texts if text.strip() and not _is_number(_short(text))]
    return next(filter(is_total_word, words), words[0] if words else "")


def _short(text: str) -> str:
    said = text.strip()[:_BEGINNING]
    return said if said.isdecimal() and said.isascii() else _packed(said)


_packed = lru_cache(maxsize=KEPT)(packed)


def _of_lines(said: Sequence[str]) -> RowKind | None:
    """The kind of a row that is no row of the table."""
    first = said[0]
    if _NOTE.match(first):
        return RowKind.NOTE
    if _SIGNATURE.match(first) or (len(said) == 1 and _DATE.fullmatch(first)):
        return RowKind.SIGNATURE
    if len(said) == 1 and _CONTINUED.fullmatch(first):
        return RowKind.CONTINUED
    return RowKind.NUMBERING if _is_numbering(said) else None


def _of_sums(said: Sequence[str]) -> RowKind | None:
    words = tuple(text for text in said if not _is_number(text))
    return _of_words(words) if words else None


@lru_cache(maxsize=KEPT)
def _of_words(words: Sequence[str]) -> RowKind | None:
    """The kind of a row with these texts besides its numbers."""
    if all(len(word) == 1 for word in words):
        words = ("".join(words),)
    if len(words) == 1 and (_is_word(words[0]) or _ends_as_sum(words[0])):
        return RowKind.TOTAL
    if any(_is_word(word) for word in words):
        return RowKind.TOTAL if all(map(_is_of_a_sum, words)) else RowKind.DOUBTFUL_TOTAL
    if _ends_as_sum(words[0]):
        return RowKind.DOUBTFUL_TOTAL
    if any(_PART_OF.match(word) for word in words[:2]):
        return RowKind.PART_OF
    if _is_group(words):
        return RowKind.GROUP
    return RowKind.COMPARISON if len(words) == 1 and _COMPARISONS.fullmatch(plain(words[0])) else None


@lru_cache(maxsize=KEPT)
def _is_word(text: str) -> bool:
    """Whether the text is a word for a sum, alone, with its unit, or with the sum itself."""
    bare = _bare(text)
    if bare in TOTALS:
        return True
    for word in ("合计", "总计", "共计", "小计", "累计"):
        if bare.startswith(word):
            rest = bare[len(word) :].lstrip(":：,，()")
            return bool(rest) and (_is_number(rest) or bool(_IN_WORDS.fullmatch(rest)))
    return False


def _is_of_a_sum(word: str) -> bool:
    return _is_word(word) or bool(_IN_WORDS.fullmatch(word))


@lru_cache(maxsize=KEPT)
def _ends_as_sum(text: str) -> bool:
    return len(text) <= LONGEST_WORD and _bare(text).endswith(_ENDS)


def _bare(text: str) -> str:
    """The word without brackets, numbering, unit and signs around it."""
    return _EDGES.sub("", plain(_EDGES.sub("", text)))


def _is_number(text: str) -> bool:
    return text.isdecimal() or _looks_like_number(text)


@lru_cache(maxsize=KEPT)
def _looks_like_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _is_group(words: Sequence[str]) -> bool:
    if len(words) == 2:
        return bool(_ORDINAL_ALONE.fullmatch(words[0]))
    return len(words) == 1 and bool(_ORDINAL.match(words[0])) and not _ORDINAL.fullmatch(words[0])


def _is_numbering(said: Sequence[str]) -> bool:
    if len(said) < 2 or not _COUNT.fullmatch(said[-1]):
        return False
    counts = list(said[1:] if plain(said[0]) in NUMBERING else said)
    while counts and _STEMS.fullmatch(counts[0]):
        counts.pop(0)
    found = [match[1] if (match := _COUNT.fullmatch(count)) else "" for count in counts]
    return bool(found) and found == [str(n) for n in range(1, len(found) + 1)]
