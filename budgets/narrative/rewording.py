"""A sentence in the department's own wording, its figures, direction words and names where and what they were.

Pure. A wording has a mark for each value of the sentence, in their order: ``〔1〕年支出〔2〕。`` The department may move
marks and write other words between them. A rewording replaces the generated wording that its author saw; as soon as that
is another one, because a clause came or went, the generated one stands again (`stale`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..domain.choices import Choices
from ..domain.schema import Rewording, Statement
from .document import Block, Document, Heading, Listing, Paragraph, Piece, Pieces, Sentence, Value
from .templates import merged

LONGEST = 2000

_MARK = re.compile(r"〔(\d{1,4})(?:[ 　][^〔〕]*)?〕")
_DIGITS = re.compile(r"\d+")
_AMOUNTS = re.compile(r"[%％‰]|百分之|[百千万亿]元|[零〇一二三四五六七八九十百千万亿]{2,}元")
_DIRECTIONS = re.compile(r"增加|减少|增长|下降|上升|降低|提高|持平|大于|小于|高于|低于|超过")
_END = "。；！？"


class WordingProblem(Choices):
    """What is wrong with a wording, as the department reads it. ``{}`` is the place."""

    EMPTY = "empty", "请写出改写后的句子；要用系统的写法，请点“恢复原句”"
    LONG = "long", f"改写最多 {LONGEST} 个字"
    LINES = "lines", "一句话只能写成一行"
    LACKS = "lacks", "少了 {}：每个带编号的内容都要用到一次，位置可以移动"
    TWICE = "twice", "{} 用了两次：每个带编号的内容只能用一次"
    UNKNOWN = "unknown", "没有编号为 {} 的内容"
    BRACKET = "bracket", "“{}”不能单独使用：它只用来括住系统填写的内容"
    FIGURE = "figure", "改写里不能另写数字“{}”：数字由系统按所填数据写出"
    DIRECTION = "direction", "改写里不能另写“{}”：增减由系统按数字写出"
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
        said = f" {values[number - 1].text}" if 0 < number <= len(values) else ""
        return f"〔{number}{said}〕"

    return _MARK.sub(mark, wording or wording_of(sentence))


def parse_wording(text: str, sentence: Sentence) -> str:
    """What the department typed, as a wording of ``sentence``: marks without their figures. Raises `WordingRefused`.

    Neither a figure nor a direction may be said in words of one's own.
    """
    wording = _MARK.sub(lambda found: f"〔{int(found[1])}〕", text.strip())
    if not _MARK.sub("", wording).strip(_END + "，、 "):
        raise WordingRefused(WordingProblem.EMPTY)
    if len(wording) > LONGEST:
        raise WordingRefused(WordingProblem.LONG)
    if "\n" in wording or "\r" in wording:
        raise WordingRefused(WordingProblem.LINES)
    _require_each_once(wording, sentence)
    own, given = _MARK.sub("|", wording), _MARK.sub("|", wording_of(sentence))
    for bracket in "〔〕":
        if bracket in own:
            raise WordingRefused(WordingProblem.BRACKET, bracket)
    for pattern, problem in (
        (_DIGITS, WordingProblem.FIGURE),
        (_AMOUNTS, WordingProblem.FIGURE),
        (_DIRECTIONS, WordingProblem.DIRECTION),
    ):
        left = pattern.findall(given)
        for found in pattern.findall(own):
            if found not in left:
                raise WordingRefused(problem, found)
            left.remove(found)
    if given[-1:] in _END and own[-1:] not in _END:
        raise WordingRefused(WordingProblem.END)
    return wording


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
    """Whether there are words around the figures, for the department to change."""
    return not sentence.is_fixed and bool("".join(_words(sentence.generated)).strip(_END + "，、：（） "))


def _block(block: Block, statement: Statement) -> Block:
    match block:
        case Heading():
            return block
        case Paragraph():
            return replace(block, sentences=tuple(_sentence(one, statement) for one in block.sentences))
        case Listing():
            return replace(block, items=tuple(_sentence(one, statement) for one in block.items))


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
            raise WordingRefused(WordingProblem.TWICE, f"〔{number} {values[number - 1].text}〕")
        used.add(number)
    for number, value in enumerate(values, 1):
        if number not in used:
            raise WordingRefused(WordingProblem.LACKS, f"〔{number} {value.text}〕")


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
