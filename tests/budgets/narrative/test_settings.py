"""The bureau's settings: headings, order, notes, sentences; whatever does not fit has no effect."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.domain.dossier import Dossier, TextSetting
from budgets.domain.profile import get_profile, profile_keys
from budgets.narrative.build import build_narrative, lacking
from budgets.narrative.document import Document, Heading
from budgets.narrative.settings import adjusted, all_chapters, template_problem, templates_of
from tests.examples import dossier
from tests.strategies import dossiers

KEYS = [key for key in profile_keys() if get_profile(key).narrative]
TOTAL = "{year}年部门收支总预算{total}[，{change}[，主要原因：{reason}]]。"


def told(*given: TextSetting, report: Dossier | None = None) -> Document:
    return build_narrative(replace(report or dossier(), text_settings=given))


def headings(document: Document, level: int = 2) -> list[str]:
    return [
        block.number + block.text
        for block in document.blocks
        if isinstance(block, Heading) and block.level == level
    ]


def test_a_heading_is_worded_for_everybody_with_year_and_name() -> None:
    document = told(TextSetting("overview", title="{department}{year}年概况"))
    assert headings(document)[0].startswith("一、") and headings(document)[0].endswith("2023年概况")


def test_a_chapter_moves_among_its_siblings_and_is_numbered_anew() -> None:
    before = [heading.partition("、")[2] for heading in headings(told())]
    after = headings(told(TextSetting("glossary", position=1)))
    assert after[0] == f"一、{before[-1]}"
    assert [heading.partition("、")[2] for heading in after[1:]] == before[:-1]
    assert headings(told(TextSetting("glossary", position=99))) == headings(told())


def test_a_note_stands_below_its_chapter() -> None:
    lines = told(TextSetting("tasks", note="本表按科目汇总。\n\n尾差未作调整。")).text().split("\n")
    at = lines.index("本表按科目汇总。")
    assert lines[at + 1] == "尾差未作调整。" and lines[at - 1].startswith("（1）")


def test_a_sentence_is_worded_for_everybody() -> None:
    said = told().sentence("staffing.retired") or told().sentence("income.income")
    assert said is not None
    spec = get_profile("dongxihu_2023").narrative
    assert spec is not None
    default = templates_of(next(c for c in all_chapters(spec.chapters) if c.key == said.chapter))[
        said.pattern
    ]
    setting = TextSetting(said.chapter, said.pattern, template="按口径，" + default)
    now = told(setting).sentence(said.key)
    assert now and now.text == "按口径，" + said.text and now.values == said.values


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (TOTAL, ""),
        ("{department}{year}年收支{total}。", ""),
        ("{year}年收支{total}[，{change}]。{who}", ""),
        ("{year}年收支。", "缺少{total}"),
        ("{year}年收支[{total}]。", "缺少{total}"),
        ("{year}年收支{total}，{nothing}。", "没有{nothing}"),
        ("{year}年收支{total}[。", "没有成对"),
        ("{year}年收支{total}]。", "没有成对"),
        ("{year}年收支{total。", "没有成对"),
        ("{year}年收支{total}{0}。", "没有成对"),
        ("{year}年收支{total}{Total}。", "没有成对"),
    ],
)
def test_a_template_keeps_what_has_to_be_told(text: str, problem: str) -> None:
    found = template_problem(TOTAL, text)
    assert problem in found and bool(problem) == bool(found)


def test_what_does_not_fit_has_no_effect() -> None:
    plain = told().text()
    assert (
        told(TextSetting("nothing", title="无"), TextSetting("income", "nothing", template="无。")).text()
        == plain
    )
    assert told(TextSetting("income", "income", template="没有{total}的{nothing}。")).text() == plain
    assert told(TextSetting("income", "income", template="[")).text() == plain


def test_what_is_lacking_has_the_bureaus_title() -> None:
    spec = get_profile("dongxihu_2023").narrative
    assert spec is not None
    report = replace(dossier(parts={}), text_settings=(TextSetting("duties", title="主要职责"),))
    assert "主要职责" in [title for _, title in lacking(report, spec)]


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=10)
@given(data=st.data())
def test_of_any_report_any_sentence_can_be_worded_otherwise(key: str, data: st.DataObject) -> None:
    """Every sentence knows its template, and the template with other words makes it again."""
    report = data.draw(dossiers(profile=key, kind=get_profile(key).kind, earlier=False))
    document = build_narrative(report)
    spec = get_profile(key).narrative
    assert spec is not None
    chapters = {chapter.key: chapter for chapter in all_chapters(spec.chapters)}
    one = data.draw(st.sampled_from([one for one in document.sentences if one.pattern]))
    default = templates_of(chapters[one.chapter])[one.pattern]
    setting = TextSetting(one.chapter, one.pattern, template="另：" + default)
    now = build_narrative(replace(report, text_settings=(setting,)))
    assert [each.key for each in now.sentences] == [each.key for each in document.sentences]
    for new, old in zip(now.sentences, document.sentences, strict=True):
        same = (old.chapter, old.pattern) == (one.chapter, one.pattern)
        assert new.text == ("另：" + old.text if same else old.text)


def test_settings_leave_the_spec_alone() -> None:
    spec = get_profile("dongxihu_2023").narrative
    assert spec is not None and adjusted(spec, ()) is spec
