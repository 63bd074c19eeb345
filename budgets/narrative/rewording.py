"""A sentence in the department's own wording, its figures, direction words and names where and what they were.

Pure. A wording has a mark for each value of the sentence, in their order: ``〔1〕年支出〔2〕。`` The department writes other
words between them; years, names and texts may move, figures keep their order. A rewording replaces the generated
wording that its author saw; as soon as that is another one, because a clause came or went, the generated one stands
again (`stale`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ..domain.choices import Choices
from ..domain.schema import Rewording, Statement
from .document import (
    Block,
    Chart,
    Document,
    Heading,
    Kind,
    Listing,
    Paragraph,
    Piece,
    Pieces,
    Sentence,
    SheetsHere,
    Value,
)
from .templates import merged

LONGEST = 2000
LONGEST_ORIGINAL = 8000
"""A longer sentence is not reworded: its wording could not be stored."""

VALUE = "\ue000"
"""Stands for a value where words are compared."""

_MARK = re.compile(r"〔(\d{1,4})(?:[ 　]([^〔〕]*))?〕")
_OTHER_MARK = re.compile(r"〔[^〔〕]*〕|[\[［【](\d{1,4}(?:[ 　][^\[\]［］【】〔〕]*)?)[\]］】]")
"""A mark in other brackets, which keyboards have; one in its own stays."""
_BESIDE = re.compile(r"(?=(〔\d+〕〔\d+〕))")
_BRACKETS = re.compile("[〔〕]")
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ue000-\uf8ff\ud800-\udfff]"
)
"""What is not seen, or turns the direction of what is."""
_LITERAL = re.compile(rf"[^\d{VALUE}]?\d+[^\d{VALUE}]?")
"""A number of the wording itself, with what stands beside it: 年12月."""
_NUMERALS = "零〇一二两三四五六七八九十百千半数几"
_FIGURES = re.compile(
    rf"[%‰壹贰叁肆伍陆柒捌玖拾佰仟廿卅]|[{_NUMERALS}万]{{0,20}}分之|过[万亿]|以[万亿]计"
    rf"|[{_NUMERALS}]{{1,20}}[来余多]?(?:万|亿){{0,4}}(?:余|多)?(?:元|圆|倍|成|人|名|辆|台|批|次|项|个百分点)"
    rf"|[{_NUMERALS}]{{1,20}}[来余多]?(?:万|亿){{1,4}}"
    r"|[百千万亿][元圆余]|翻了?[一两几]?番|翻倍|双倍|[一大过]半|十之[六七八九]"
)
_DIRECTIONS = re.compile(
    r"[增减升降涨跌]|持平|[大小高低多少]于|超过|超出|不足|扩大|缩小|压缩|攀高|下滑|缩水|收窄|回落|新高|新低|下挫"
)
_NEGATIONS = re.compile(r"没有|未|无|不(?!断|同|仅|但)")
_BEFORE = re.compile(rf"[-−–—+±~./×*^负不非未无没约近超逾第]{VALUE}")
_AFTER = re.compile(rf"{VALUE}[-−./×*^万亿千百十倍成余多半分几%‰]")
_END = "。；！？"
_ORDERED = (Kind.AMOUNT, Kind.SHARE, Kind.RATE, Kind.DIRECTION, Kind.COUNT, Kind.SCORE)
"""Figures, which keep their order: exchanged, they would be true of something else."""


class WordingProblem(Choices):
    """What is wrong with a wording, as the department reads it. ``{}`` is the place."""

    EMPTY = "empty", "请写出改写后的句子"
    LONG = "long", f"改写最多 {LONGEST} 个字"
    LINES = "lines", "一句话只能写成一行"
    HIDDEN = "hidden", "含有看不见的字符，请删去后重新输入"
    LACKS = "lacks", "少了 {}：每个带编号的内容都要用到一次"
    TWICE = "twice", "{} 用了两次：每个带编号的内容只能用一次"
    UNKNOWN = "unknown", "没有编号为 {} 的内容"
    INSIDE = "inside", "“{}”里的字由系统填写，不能改"
    BRACKET = "bracket", "“{}”不能单独使用：它只用来括住系统填写的内容"
    ORDER = "order", "{} 的先后变了：数字和增减的先后要与系统的写法一致"
    BESIDE = "beside", "{} 紧挨在一起，看不出是两个内容，请在中间加上文字"
    FIGURE = "figure", "改写里不能另写数字“{}”：数字由系统按所填数据写出"
    LITERAL = "literal", "系统写法里的“{}”要照写一次"
    DIRECTION = "direction", "改写里不能另写“{}”：增减由系统按数字写出"
    NEGATION = "negation", "“{}”要与系统的写法一致，改写不能把有说成没有、把没有说成有"
    TOUCHES = "touches", "“{}”不能紧挨系统填写的内容，会改变它的意思"
    END = "end", "句子要以“。”结束"


class WordingRefused(ValueError):
    """A wording that cannot stand for the sentence. ``message`` is Chinese."""

    def __init__(self, problem: WordingProblem, place: str = "") -> None:
        self.problem = problem
        self.message = str(problem.label).format(place)
        super().__init__(self.message)


@dataclass(frozen=True)
class Stale:
    """A rewording that does not apply. ``now`` is the sentence as it stands; None if it is not said any more."""

    rewording: Rewording
    now: Sentence | None


def wording_of(sentence: Sentence) -> str:
    """The generated wording: ``〔1〕年支出〔2〕。``"""
    return "".join(_wording(sentence.generated))


def shown(sentence: Sentence, wording: str = "") -> str:
    """A wording (by default the generated one) with each figure in its mark: ``〔1 2023〕年支出〔2 3073.53万元〕。``"""
    values = sentence.generated_values

    def mark(found: re.Match[str]) -> str:
        number = int(found[1])
        said = f" {_said(values[number - 1])}" if 0 < number <= len(values) else ""
        return f"〔{number}{said}〕"

    return _MARK.sub(mark, wording or wording_of(sentence))


def without_figures(wording: str) -> str:
    """A wording whose marks are `shown` with their figures, without these: ``〔1〕年支出〔2〕。``"""
    return _MARK.sub(lambda found: f"〔{int(found[1])}〕", wording)


def parse_wording(text: str, sentence: Sentence, seen: str = "") -> str:
    """What the department typed, as a wording of ``sentence``: marks without their figures. Raises `WordingRefused`.

    Neither a figure nor a direction may be said in words of one's own. ``seen`` is what was `shown` of the sentence:
    its figures, which may be others by now, are not what somebody typed.
    """
    typed = _OTHER_MARK.sub(lambda found: f"〔{found[1]}〕" if found[1] else found[0], text.strip())
    _require_untouched(typed, sentence, seen)
    wording = without_figures(typed)
    if _HIDDEN.search(re.sub(r"[\r\n]", "", wording)):
        raise WordingRefused(WordingProblem.HIDDEN)
    if not _MARK.sub("", wording).strip(_END + "，、 "):
        raise WordingRefused(WordingProblem.EMPTY)
    if len(wording) > LONGEST:
        raise WordingRefused(WordingProblem.LONG)
    if "\n" in wording or "\r" in wording:
        raise WordingRefused(WordingProblem.LINES)
    _require_each_once(wording, sentence)
    if bracket := _BRACKETS.search(_MARK.sub("", wording)):
        raise WordingRefused(WordingProblem.BRACKET, bracket.group())
    _require_order(wording, sentence)
    refuse_own_facts(_MARK.sub(VALUE, wording), _MARK.sub(VALUE, wording_of(sentence)))
    if wording_of(sentence)[-1:] in _END and wording[-1:] not in _END:
        raise WordingRefused(WordingProblem.END)
    return wording


def refuse_own_facts(own: str, given: str) -> None:
    """Refuse words that state a figure, a direction or a denial which ``given`` does not have, or lack one of its own.

    Both have `VALUE` in the place of every value. Raises `WordingRefused`.
    """
    if odd := next((each for each in own if _is_odd_number(each) and each not in given), ""):
        raise WordingRefused(WordingProblem.FIGURE, odd)
    own, given = _plain(own), _plain(given)
    needed = _LITERAL.findall(given)
    for found in _LITERAL.findall(own):
        if found not in needed:
            raise WordingRefused(WordingProblem.FIGURE, found)
        needed.remove(found)
    if needed:
        raise WordingRefused(WordingProblem.LITERAL, needed[0])
    _refuse_more(_FIGURES, own, given, WordingProblem.FIGURE)
    _refuse_more(_DIRECTIONS, own, given, WordingProblem.DIRECTION)
    _refuse_more(_NEGATIONS, own, given, WordingProblem.NEGATION)
    _refuse_more(_NEGATIONS, given, own, WordingProblem.NEGATION)
    _refuse_more(_BEFORE, own, given, WordingProblem.TOUCHES)
    _refuse_more(_AFTER, own, given, WordingProblem.TOUCHES)


def _is_odd_number(character: str) -> bool:
    """①, ½, Ⅳ: a number that is neither written in digits nor in Chinese."""
    return (
        character.isnumeric()
        and not character.isdecimal()
        and not "一" <= character <= "鿿"
        and character != "〇"
    )


def _plain(words: str) -> str:
    """Half-width and without blanks, so that nothing is said in other characters."""
    return "".join(unicodedata.normalize("NFKC", words).split())


def _refuse_more(pattern: re.Pattern[str], own: str, given: str, problem: WordingProblem) -> None:
    left = Counter(pattern.findall(given))
    for found in pattern.findall(own):
        if not left[found]:
            raise WordingRefused(problem, found.strip(VALUE))
        left[found] -= 1


def _require_untouched(typed: str, sentence: Sentence, seen: str) -> None:
    """Nothing was typed into a mark: it holds what it holds now, or what was seen in it."""
    known = _inside(shown(sentence)) | _inside(seen)
    for found in _MARK.finditer(typed):
        number, inside = int(found[1]), found[2]
        is_mark = 0 < number <= len(sentence.generated_values)
        if is_mark and inside is not None and (number, inside.strip()) not in known:
            raise WordingRefused(WordingProblem.INSIDE, found[0])


def _inside(wording: str) -> set[tuple[int, str]]:
    """Number and content of each mark."""
    return {(int(found[1]), (found[2] or "").strip()) for found in _MARK.finditer(wording)}


def _require_order(wording: str, sentence: Sentence) -> None:
    """Figures stand in their order, and two values side by side only where they are so generated."""
    values = sentence.generated_values
    numbers = [int(found[1]) for found in _MARK.finditer(wording)]
    figures = [number for number in numbers if values[number - 1].kind in _ORDERED]
    for number, following in pairwise(figures):
        if number > following:
            marks = (f"〔{each} {_said(values[each - 1])}〕" for each in (number, following))
            raise WordingRefused(WordingProblem.ORDER, "、".join(marks))
    generated = wording_of(sentence)
    for beside in _BESIDE.finditer(wording):
        if beside[1] not in generated:
            raise WordingRefused(WordingProblem.BESIDE, shown(sentence, beside[1]))


def reworded(document: Document, statement: Statement) -> Document:
    """``document`` with the wording that the department gave to its sentences."""
    if not statement.rewordings:
        return document
    return replace(document, blocks=tuple(_block(block, statement) for block in document.blocks))


def as_generated(sentence: Sentence) -> Sentence:
    """The sentence without the department's wording."""
    return replace(sentence, pieces=sentence.generated, original=())


def stale(document: Document, statement: Statement) -> Iterator[Stale]:
    """The rewordings that do not apply to ``document``."""
    sentences = {sentence.key: sentence for sentence in document.sentences}
    for rewording in statement.rewordings:
        now = sentences.get(rewording.sentence)
        if now is None or not _applies(rewording, now):
            yield Stale(rewording, now)


def is_open(sentence: Sentence) -> bool:
    """Whether there are words around the figures, for the department to change.

    Not around brackets like those of marks, which the number of a document has: 财预〔2026〕1号.
    """
    words = "".join(_words(sentence.generated))
    is_short = len(wording_of(sentence)) <= LONGEST_ORIGINAL
    return (
        not sentence.is_fixed
        and is_short
        and not _BRACKETS.search(words)
        and bool(words.strip(_END + "，、：（） "))
    )


def _block(block: Block, statement: Statement) -> Block:
    match block:
        case Heading():
            return block
        case Paragraph():
            return replace(block, sentences=tuple(_sentence(one, statement) for one in block.sentences))
        case Listing():
            return replace(block, items=tuple(_sentence(one, statement) for one in block.items))
        case Chart() | SheetsHere():
            return block


def _sentence(sentence: Sentence, statement: Statement) -> Sentence:
    rewording = statement.rewording(sentence.key)
    if rewording is None or not _applies(rewording, sentence):
        return sentence
    return replace(sentence, pieces=_pieces(rewording.wording, sentence), original=sentence.generated)


def _applies(rewording: Rewording, sentence: Sentence) -> bool:
    """A wording that was not checked, because it came from a file, does not apply if it would be refused."""
    if not is_open(sentence) or rewording.original != wording_of(sentence):
        return False
    try:
        return parse_wording(rewording.wording, sentence) == rewording.wording
    except WordingRefused:
        return False


def _pieces(wording: str, sentence: Sentence) -> Pieces:
    values = sentence.generated_values
    pieces: list[Piece] = []
    at = 0
    for found in _MARK.finditer(wording):
        pieces += [wording[at : found.start()], values[int(found[1]) - 1]]
        at = found.end()
    return merged([*pieces, wording[at:]])


def _require_each_once(wording: str, sentence: Sentence) -> None:
    values = sentence.generated_values
    used: set[int] = set()
    for found in _MARK.finditer(wording):
        number = int(found[1])
        if not 0 < number <= len(values):
            raise WordingRefused(WordingProblem.UNKNOWN, found[1])
        if number in used:
            raise WordingRefused(WordingProblem.TWICE, f"〔{number} {_said(values[number - 1])}〕")
        used.add(number)
    for number, value in enumerate(values, 1):
        if number not in used:
            raise WordingRefused(WordingProblem.LACKS, f"〔{number} {_said(value)}〕")


def _said(value: Value) -> str:
    """What stands in the mark of ``value``, without brackets that would end it."""
    return value.text.replace("〔", "（").replace("〕", "）").replace("\n", " ")


def _wording(pieces: Pieces) -> Iterator[str]:
    number = 0
    for piece in pieces:
        if isinstance(piece, Value):
            number += 1
            yield f"〔{number}〕"
        else:
            yield piece


def _words(pieces: Pieces) -> Iterator[str]:
    return (piece for piece in pieces if isinstance(piece, str))
