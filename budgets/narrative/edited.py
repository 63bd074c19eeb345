"""An edited document beside the generated one, sentence by sentence: which words are another wording, what is refused.

Pure. A wording is taken where every figure stands unchanged in it; whatever else was changed is named with the reason
why it is not taken. Nothing is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from .document import Block, Document, Heading, Listing, Paragraph, Sentence, Value
from .rewording import WordingRefused, is_open, parse_wording

ALIKE = 0.4
"""The similarity from which a line is another wording of a generated one."""
NEXT = 40
"""So many lines behind its place a changed line is looked for."""
LONGEST_ALIGNED = 4000
"""Characters of a line from which frequent ones are left aside in aligning, which takes quadratic time."""

_DIGITS = set("0123456789.,，０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference. ``wording`` is what can be taken, with marks; empty where ``problem`` says why nothing is.

    ``old`` is empty for what was added, ``new`` for what was deleted. ``value`` is what a figure or a text was typed
    as, if that was changed.
    """

    place: str
    old: str
    new: str
    key: str = ""
    wording: str = ""
    problem: str = ""
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A generated line: its sentences, with what stands before the first one (the number of an item)."""

    text: str
    place: str
    sentences: tuple[Sentence, ...] = ()
    prefix: str = ""


def compare(document: Document, generated: Sequence[str], edited: Sequence[str]) -> list[Edit]:
    """The differences of the ``edited`` lines from the ``generated`` ones, which are those of ``document`` and others.

    The others are headings of tables, notes, the cover.
    """
    lines = _located(document, generated)
    found: list[Edit] = []
    for old, new in _paired([line.text for line in lines], edited):
        if old is None:
            found.append(Edit("新增", "", new or "", problem=ADDED))
        elif new is None:
            found.append(_deleted(lines[old]))
        elif new != lines[old].text:
            found += _changes(lines[old], new)
    return found


ADDED = "系统的文字里没有这一段：要补充的内容请写到“补充说明”"
DELETED = "不能删去：说明由所填数据写出"
NOT_OURS = "标题、编号和表注由系统写出，不能在文件里改"
FIXED = "这句话由财政部门统一规定，不能改写"
TYPED = "这是在填报的部分填写的内容，请到那里修改"
CHANGED_VALUE = "“{old}”改成了“{new}”：这是由所填数据写出的，请到填报的部分修改"
LOST_VALUE = "“{old}”没有了：由所填数据写出的内容都要保留"


def _located(document: Document, generated: Iterable[str]) -> list[_Line]:
    """Each generated line, with the sentences that stand in it."""
    headings = {block.number + block.text for block in document.blocks if isinstance(block, Heading)}
    known: dict[str, list[_Line]] = {}
    for line in _lines(document):
        known.setdefault(line.text, []).append(line)
    found, place = [], document.title
    for text in generated:
        if candidates := known.get(text):
            line = candidates.pop(0)
            place = line.place
            found.append(line)
        else:
            found.append(_Line(text, text if text in headings else place))
    return found


def _lines(document: Document) -> Iterator[_Line]:
    place = document.title
    for block in document.blocks:
        if isinstance(block, Heading):
            place = block.text
        yield from _of_block(block, place)


def _of_block(block: Block, place: str) -> Iterator[_Line]:
    match block:
        case Paragraph():
            if "\n" not in block.text:
                yield _Line(block.text.strip(), place, block.sentences)
        case Listing():
            for number, item in enumerate(block.items, 1):
                prefix = block.number.format(number)
                yield _Line((prefix + item.text).strip(), place, (item,), prefix)


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, str | None]]:
    """Each line of ``old`` (its place) with what became of it; None beside what was added or deleted."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        yield from _alike(old, range(a, b), new[c:d])


def _alike(old: Sequence[str], places: range, new: Sequence[str]) -> Iterator[tuple[int | None, str | None]]:
    """In their order, each old line with the first new one that is like it, of the next `NEXT`."""
    at = 0
    for place in places:
        match = _first_alike(old[place], new, at)
        if match is None:
            yield place, None
            continue
        yield from ((None, line) for line in new[at:match])
        yield place, new[match]
        at = match + 1
    yield from ((None, line) for line in new[at:])


def _first_alike(old: str, new: Sequence[str], begin: int) -> int | None:
    matcher = SequenceMatcher(None, "", old, autojunk=len(old) > LONGEST_ALIGNED)
    for place in range(begin, min(begin + NEXT, len(new))):
        shorter, longer = sorted((len(old), len(new[place])))
        if 2 * shorter < ALIKE * (shorter + longer):
            continue
        matcher.set_seq1(new[place])
        if matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
            return place
    return None


def _deleted(line: _Line) -> Edit:
    return Edit(line.place, line.text, "", problem=DELETED if line.sentences else NOT_OURS)


# --- One line -----------------------------------------------------------------------------------------


class _Alignment:
    """Where the characters of ``old`` stand in ``new``."""

    def __init__(self, old: str, new: str, starts: Collection[int] = ()) -> None:
        """``starts`` are the places in ``old`` from which something was rather deleted than from any other."""
        self.old, self.new = old, new
        matcher = SequenceMatcher(None, old, new, autojunk=len(old) > LONGEST_ALIGNED)
        self.codes = _moved(matcher.get_opcodes(), old, starts)

    def end(self, place: int) -> int:
        """Where the text of ``old`` up to ``place`` ends in ``new``. What was put in there belongs to it."""
        if place >= len(self.old):
            return len(self.new)
        for tag, a, b, c, d in reversed(self.codes):
            if tag == "equal" and a < place <= b:
                return c + place - a
            if tag != "equal" and a < place <= b:
                return d
        return 0

    def span(self, begin: int, end: int) -> str:
        """What stands in ``new`` in the place of that part of ``old``, numbers whole."""
        first, last = self.begin(begin), self.end(end)
        while 0 < first < last and self.new[first] in _DIGITS and self.new[first - 1] in _DIGITS:
            first -= 1
        while 0 < last < len(self.new) and self.new[last] in _DIGITS and self.new[last - 1] in _DIGITS:
            last += 1
        return self.new[first:last]

    def begin(self, place: int) -> int:
        for _, a, b, c, d in self.codes:
            if a <= place < b:
                return min(c + place - a, d)
        return len(self.new)


Code = tuple[str, int, int, int, int]


def _moved(codes: Sequence[Code], old: str, starts: Collection[int]) -> list[Code]:
    """The same deletions, each begun at one of ``starts`` if the text allows it: ``。甲。`` or ``甲。。`` is no matter."""
    found = list(codes)
    for at in range(1, len(found) - 1):
        before, (kind, first, last, there, _), after = found[at - 1 : at + 2]
        if kind != "delete":
            continue
        for step in range(before[1] - before[2] + 1, after[2] - after[1]):
            begin, end, to = first + step, last + step, there + step
            moved = old[first:begin] == old[last:end] if step > 0 else old[begin:first] == old[end:last]
            if begin in starts and moved:
                found[at - 1 : at + 2] = [
                    ("equal", before[1], begin, before[3], to),
                    ("delete", begin, end, to, to),
                    ("equal", end, after[2], to, after[4]),
                ]
                break
    return found


def _changes(line: _Line, new: str) -> Iterator[Edit]:
    if not line.sentences:
        yield Edit(line.place, line.text, new, problem=NOT_OURS)
        return
    place = len(line.prefix)
    lengths = (len(sentence.text) for sentence in line.sentences)
    alignment = _Alignment(line.text, new, set(accumulate(lengths, initial=place)))
    begin = alignment.end(place) if place else 0
    if new[:begin] != line.prefix:
        yield Edit(line.place, line.prefix, new[:begin], problem=NOT_OURS)
    for sentence in line.sentences:
        place += len(sentence.text)
        end = alignment.end(place)
        if new[begin:end] != sentence.text:
            yield _change(line.place, sentence, new[begin:end])
        begin = end


def _change(place: str, sentence: Sentence, new: str) -> Edit:
    old = sentence.text

    def refused(problem: str, value: Value | None = None) -> Edit:
        return Edit(place, old, new, sentence.key, problem=problem, value=value)

    if _is_gone(old, new):
        return refused(DELETED)
    if sentence.is_fixed:
        return refused(FIXED)
    if not is_open(sentence):
        return refused(TYPED, next(iter(sentence.values), None))
    marked = _marked(sentence, new)
    if isinstance(marked, _Missing):
        pattern = CHANGED_VALUE if marked.found else LOST_VALUE
        return refused(pattern.format(old=marked.value.text, new=marked.found), marked.value)
    try:
        return Edit(place, old, new, sentence.key, parse_wording(marked, sentence))
    except WordingRefused as problem:
        return refused(problem.message)


def _is_gone(old: str, new: str) -> bool:
    """Whether next to nothing is left of the sentence."""
    kept = sum(block.size for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())
    return len(new.strip()) * 4 < len(old) and kept * 4 < len(old)


@dataclass(frozen=True, slots=True)
class _Missing:
    """A value that does not stand in the new text; ``found`` stands in its place."""

    value: Value
    found: str


def _marked(sentence: Sentence, new: str) -> str | _Missing:
    """The new text with marks in the place of its values, or the first value that it lacks."""
    numbers = _numbers(sentence)
    alignment = _Alignment(sentence.text, new)
    spans: list[tuple[int, int, int]] = []
    place = after = 0
    for piece in sentence.pieces:
        length = len(piece if isinstance(piece, str) else piece.text)
        if isinstance(piece, Value):
            begin = _stands(alignment, place, piece.text, after)
            if begin is None:
                return _Missing(piece, alignment.span(place, place + length).strip())
            after = begin + length
            spans.append((begin, after, numbers.pop(0)))
        place += length
    return _with_marks(new, spans)


def _numbers(sentence: Sentence) -> list[int]:
    """The number of each value of the sentence as it reads now, among those that were generated."""
    left = list(enumerate(sentence.generated_values, 1))
    found = []
    for value in sentence.values:
        number = next(number for number, each in left if each == value)
        left = [(n, each) for n, each in left if n != number]
        found.append(number)
    return found


def _stands(alignment: _Alignment, place: int, text: str, after: int) -> int | None:
    """Where ``text``, which stood at ``place``, stands now: there, or further behind as a whole."""
    new, begin = alignment.new, alignment.begin(place)
    if begin >= after and _is_whole(new, begin, text):
        return begin
    begin = new.find(text, after)
    while begin >= 0 and not _is_whole(new, begin, text):
        begin = new.find(text, begin + 1)
    return begin if begin >= 0 else None


def _is_whole(new: str, begin: int, text: str) -> bool:
    """Whether ``text`` stands there, and is no part of a longer number."""
    end = begin + len(text)
    if new[begin:end] != text:
        return False
    grown_before = begin > 0 and text[:1] in _DIGITS and new[begin - 1] in _DIGITS - set(",，.")
    grown_after = end < len(new) and text[-1:] in _DIGITS and new[end] in _DIGITS - set(",，.")
    return not grown_before and not grown_after


def _with_marks(new: str, spans: Iterable[tuple[int, int, int]]) -> str:
    pieces, at = [], 0
    for begin, end, number in spans:
        pieces += [new[at:begin], f"〔{number}〕"]
        at = end
    return "".join([*pieces, new[at:]])
