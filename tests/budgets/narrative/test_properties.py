"""What holds of the narrative of any report: figures are those of their sources, sentences are whole."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budgets.analysis.redaction import redact
from budgets.changes.sentences import changed_sentences
from budgets.domain.choices import PassagePoint, ReportKind
from budgets.domain.dossier import Dossier
from budgets.domain.figures import (
    FINAL_FIGURES,
    Base,
    compare_with_budget,
    compare_with_last_year,
    completion,
    subject_of,
)
from budgets.domain.ledger import Line
from budgets.domain.money import Unit, to_unit
from budgets.domain.profile import get_profile, profile_keys, section_of, sections_by_object
from budgets.domain.schema import Basics, Expenditure, Explanation, Explanations
from budgets.domain.sheets import Lines
from budgets.narrative import words
from budgets.narrative.build import build_narrative
from budgets.narrative.document import Document, Heading, Kind, Listing, Paragraph, Sentence, Value
from budgets.narrative.sources import HEADER, Budgeted, Source, Sum, addresses_of
from tests.performance.evaluation_strategies import evaluated_reports
from tests.strategies import ANY_FLOWS, dossiers, signed_amounts

KEYS = [key for key in profile_keys() if get_profile(key).narrative]
BUDGETS = [key for key in KEYS if get_profile(key).kind == ReportKind.BUDGET]
FINALS = [key for key in KEYS if get_profile(key).kind == ReportKind.FINAL]

LEFT_OVER = re.compile(
    r"[\[\]{}]|None|（）|增加\(|XX|：。|，。|；。|，，|。。|：，|、、|、。|^[，。；：、]|万元万元|%%"
)
"""What no sentence may have, outside of what people typed."""


ENDS = "。！？；：…”）"


def of_profile(report: Dossier, key: str) -> Dossier:
    header = replace(report.header, profile=key)
    earlier = tuple(replace(one, header=replace(one.header, profile=key)) for one in report.earlier)
    return replace(report, header=header, earlier=earlier)


def with_last_year(report: Dossier, other: Dossier) -> Dossier:
    """``report`` beside the earlier years of another."""
    return replace(report, earlier=other.earlier)


def with_reasons(report: Dossier, keys: list[str]) -> Dossier:
    """``report`` with a reason for each of these figures and for every 项 that missed its budget."""
    missed = [figure.key for figure in completion(report) if subject_of(figure.key)]
    reasons = tuple(
        Explanation(figure=key, text=f"第{n}个原因。") for n, key in enumerate([*keys, *missed], 1)
    )
    return replace(report, parts={**report.parts, Explanations: Explanations(reasons=reasons)})


figures = st.lists(st.sampled_from([figure.key for figure in FINAL_FIGURES]), unique=True, max_size=4)

budgets = st.builds(of_profile, dossiers(amount=signed_amounts, flows=ANY_FLOWS), st.sampled_from(BUDGETS))
finals = st.builds(
    of_profile,
    st.builds(
        with_reasons,
        st.builds(with_last_year, evaluated_reports(), dossiers(kind=ReportKind.FINAL, projects=1)),
        figures,
    ),
    st.sampled_from(FINALS),
)
reports = st.one_of(budgets, finals)

few = settings(max_examples=20)
"""For what is wrong in most reports if it is wrong in any."""


def wording(sentence: Sentence) -> str:
    """The sentence with every typed or named piece replaced by a letter."""
    spoken = (Kind.TEXT, Kind.NAME, Kind.LIST)
    return "".join(
        piece if isinstance(piece, str) else "甲" if piece.kind in spoken else piece.text
        for piece in sentence.pieces
    )


def values(document: Document) -> Iterator[Value]:
    for sentence in document.sentences:
        yield from sentence.values


def total(report: Dossier, source: Source) -> Decimal | int | None:
    """What a source gives, found here once more without the package; None for what is typed or named."""
    match source:
        case Lines(filter, year):
            one = report.year(year) if year else report
            assert one is not None
            return sum((line.amount for line in one.ledger if filter.matches(line)), Decimal(0))
        case Budgeted(filter, Base.INITIAL):
            assert report.budget is not None
            return sum((line.amount for line in report.budget.ledger if filter.matches(line)), Decimal(0))
        case Budgeted(filter, _):
            lines = [line for line in report.ledger if filter.matches(line)]
            return sum((line.adjusted for line in lines if line.adjusted is not None), Decimal(0))
        case Sum(plus, minus):
            return sum(total(report, one) or 0 for one in plus) - sum(
                total(report, one) or 0 for one in minus
            )
    return None


def number(value: Value) -> Decimal:
    """The number that is printed, without its unit."""
    return Decimal(re.sub(r"万元|元|%|,", "", value.text))


def has_address(source: Source) -> bool:
    return any(True for _ in addresses_of(source))


@given(reports)
def test_figures_are_those_of_their_sources(report):
    for value in values(build_narrative(report)):
        match value.kind:
            case Kind.AMOUNT:
                is_that_of_its_source(report, value)
            case Kind.RATE | Kind.SHARE:
                is_of_a_positive_base(report, value)
            case Kind.DIRECTION:
                is_the_word_for_the_change(value)


def is_that_of_its_source(report: Dossier, value: Value) -> None:
    assert value.source is not None, value
    printed = to_unit(abs(value.amount) if value.base else value.amount, Unit.WAN)
    assert number(value) == printed, value
    if not has_address(value.source) and not has_address(value.base):
        base = total(report, value.base) if value.base else 0
        assert value.amount == total(report, value.source) - base, value


def is_of_a_positive_base(report: Dossier, value: Value) -> None:
    if has_address(value.base) or has_address(value.source):
        return
    part, whole = total(report, value.source), total(report, value.base)
    assert part is not None and whole is not None and whole > 0, value
    percent = (abs(part - whole) if value.kind == Kind.RATE else part) / whole * 100
    assert abs(number(value) - percent) <= Decimal("0.05"), value


def is_the_word_for_the_change(value: Value) -> None:
    words = {1: {"增加", "增长", "上升", "大于"}, -1: {"减少", "下降", "小于"}, 0: {"持平", "无变化"}}
    moved = to_unit(Decimal(value.amount), Unit.WAN)
    assert value.text in words[(moved > 0) - (moved < 0)], value


@given(reports)
def test_sentences_and_chapters_are_whole(report):
    document = build_narrative(report)
    for sentence in document.sentences:
        told = wording(sentence)
        assert not LEFT_OVER.search(told), told
        # A passage stands as it was typed, with a stop only where it has none.
        assert sentence.text[-1] in ENDS if sentence.key.startswith("passages.") else told.endswith("。"), (
            told
        )
        assert re.search(r"(?:比|与)[^，。]*(?:增加|减少)0(?:\.0+)?万元", told) is None, told
    assert repeated(sentence.key for sentence in document.sentences) == []
    assert repeated((type(block), block.key) for block in document.blocks) == []
    for block, following in zip(document.blocks, [*document.blocks[1:], None], strict=True):
        match block:
            case Heading(level=level):
                assert following is not None, block
                assert not isinstance(following, Heading) or following.level == level + 1, block
            case Paragraph(sentences=inside) | Listing(items=inside):
                assert inside


def repeated(keys: Iterable[Any]) -> list[Any]:
    return [key for key, times in Counter(keys).items() if times > 1]


@few
@given(reports)
def test_every_reason_for_a_change_is_told(report):
    document = build_narrative(report)
    told = {address.row for value in values(document) for address in addresses_of(value.source)}
    given_for = {r.figure for r in report.part(Explanations).reasons if words.clause(r.text)}
    comparisons = (*compare_with_last_year(report), *compare_with_budget(report))
    assert given_for & {c.figure.key for c in comparisons if is_told(c.change)} <= told


def is_told(amount: Decimal) -> bool:
    return bool(to_unit(amount, Unit.WAN))


@few
@given(reports)
def test_a_typed_piece_leads_to_a_section_of_the_entry_site(report):
    for value in values(build_narrative(report)):
        for address in (*addresses_of(value.source), *addresses_of(value.base)):
            assert address.object == HEADER or section_of(report, address), value


@few
@given(reports)
def test_nothing_leads_to_a_withheld_project(report):
    withheld = {project.key for project in report.projects if project.withheld}
    for value in values(build_narrative(redact(report))):
        assert not {address.project for address in addresses_of(value.source)} & withheld, value


@pytest.mark.parametrize("key", KEYS)
def test_every_profile_has_a_narrative_of_whole_chapters(key):
    spec = get_profile(key).narrative
    chapters = list(_all(spec.chapters))
    assert repeated(chapter.key for chapter in chapters) == []
    assert all(chapter.build or chapter.chapters or chapter.point or chapter.sheets for chapter in chapters)
    assert sorted(chapter.point for chapter in chapters if chapter.point) == sorted(PassagePoint)
    needs = {chapter.needs for chapter in chapters if chapter.needs}
    assert needs and needs <= sections_by_object(key).keys()
    for chapter in chapters:
        known = sys.modules[chapter.build.__module__].WORDING if chapter.build else {}
        assert chapter.wording.keys() <= known.keys(), chapter.key


def _all(chapters):
    for chapter in chapters:
        yield chapter
        yield from _all(chapter.chapters)


# --- one fact, the sentences that tell of it ----------------------------------------------------------


def tells_of(sentence: Sentence | None, line: Line, year: int) -> bool:
    """Whether a figure of ``sentence`` is made with ``line``."""
    sources = [
        source for value in (sentence.values if sentence else ()) for source in (value.source, value.base)
    ]
    return any(_is_made_with(source, line, year) for source in sources)


def _is_made_with(source: Source, line: Line, year: int) -> bool:
    match source:
        case Lines(filter, of_year):
            return (of_year or year) == year and filter.matches(line)
        case Budgeted(filter, base):
            return base != Base.INITIAL and filter.matches(line)
        case Sum(plus, minus):
            return any(_is_made_with(one, line, year) for one in (*plus, *minus))
    return False


@few
@given(reports, st.data())
def test_another_amount_changes_the_sentences_that_tell_of_it_and_no_others(report, data):
    """Of a line with money, so that nothing comes or goes but the amount."""
    part = report.part(Expenditure)
    spent = [place for place, line in enumerate(part.lines) if line.amount > 0]
    assume(spent)
    place = data.draw(st.sampled_from(spent))
    lines = list(part.lines)
    lines[place] = replace(lines[place], amount=lines[place].amount + Decimal("12345678.90"))
    other = replace(report, parts={**report.parts, Expenditure: replace(part, lines=tuple(lines))})
    line = next(line for line in report.ledger if line.key == lines[place].key)
    before, after = build_narrative(report), build_narrative(other)
    changes = changed_sentences(before, after)
    assert changes
    for change in changes:
        old, new = before.sentence(change.key), after.sentence(change.key)
        assert any(tells_of(each, line, report.header.year) for each in (old, new)), change


@few
@given(reports, st.data())
def test_another_text_changes_the_sentences_that_tell_of_it_and_no_others(report, data):
    basics = report.part(Basics)
    said = [duty for duty in basics.duties if words.clause(duty.text)]
    assume(said)
    duty = data.draw(st.sampled_from(said))
    duties = tuple(replace(each, text="改了职能") if each is duty else each for each in basics.duties)
    other = replace(report, parts={**report.parts, Basics: replace(basics, duties=duties)})
    changed = {change.key for change in changed_sentences(build_narrative(report), build_narrative(other))}
    assert changed <= {f"duties.{duty.key}"}
    assert changed or words.clause(duty.text) == "改了职能"
