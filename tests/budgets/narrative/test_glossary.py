"""名词解释: what the report uses, with the word of the level of government."""

from __future__ import annotations

from dataclasses import replace

from budgets.domain.choices import Fund
from budgets.domain.profile import get_profile
from budgets.domain.schema import Income, IncomeLine
from budgets.narrative.build import build_narrative
from budgets.narrative.glossary import SUBJECTS, TERMS
from tests.catalogue.edits import basic_function, changed, part
from tests.catalogue.variants import mended_000, mended_004
from tests.examples import wan


def keys(report) -> set[str]:
    return {sentence.key for sentence in build_narrative(report).sentences}


def test_a_term_is_explained_if_the_report_has_what_it_names():
    report = mended_000()
    commercial = IncomeLine(key="more", fund=Fund.COMMERCIAL, amount=wan("1"))
    with_income = part(Income, lambda own: replace(own, lines=(*own.lines, commercial)))
    assert "glossary.commercial" not in keys(report)
    assert "glossary.commercial" in keys(changed(report, with_income))


def test_used_subjects_are_listed_to_the_item_and_no_others():
    used = {line.function for line in mended_004().ledger.expenditure if line.amount}
    assert {key for key in keys(mended_004()) if key.startswith("subjects.")} == {
        f"subjects.{code}" for code in used
    }


def test_a_subject_without_a_definition_is_told_by_its_place():
    sentence = build_narrative(mended_004()).sentence("subjects.2109999")
    assert sentence is not None
    assert sentence.text.endswith("反映其他卫生健康支出中列入“其他卫生健康支出”的支出。")
    moved = build_narrative(changed(mended_004(), basic_function("2109999", "2101102")))
    assert moved.sentence("subjects.2109999") is None


def test_the_level_of_government_is_the_localitys():
    spec = get_profile("dongxihu_final_2024").narrative
    assert spec is not None
    city = build_narrative(mended_004(), replace(spec, level="市级"))
    assert "区级财政" in build_narrative(mended_004()).text()
    assert "市级财政" in city.text()
    assert "区级财政" not in city.text()


def test_definitions_end_without_a_second_stop():
    assert all(term.definition.endswith("。") for term in TERMS.values())
    assert not any(text.endswith("。") for text in SUBJECTS.values())


def test_the_official_edition_comes_before_our_words():
    report = mended_004()
    official = {
        "年末结转和结余": "按有关规定结转到下年或以后年度的资金",
        "2080505": "反映机关事业单位\n缴纳的保险费。",
    }
    document = build_narrative(replace(report, codes=replace(report.codes, definitions=official)))
    term, subject = document.sentence("terms.closing"), document.sentence("subjects.2080505")
    assert term and term.text == "年末结转和结余：按有关规定结转到下年或以后年度的资金。" and not term.is_ours
    assert subject and subject.text.endswith("：反映机关事业单位；缴纳的保险费。") and not subject.is_ours
    other = document.sentence("subjects.2210201")
    assert other and other.is_ours and other.text == text_of(report, "subjects.2210201")


def text_of(report, key: str) -> str:
    sentence = build_narrative(report).sentence(key)
    return sentence.text if sentence else ""


def test_without_the_official_edition_every_definition_is_marked():
    ours = {s.key.partition(".")[0] for s in build_narrative(mended_004()).sentences if s.is_ours}
    assert ours == {"terms", "subjects"}
