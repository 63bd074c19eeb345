"""The department's wording: its words, the report's figures; as soon as the sentence is another one, the generated one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings

from budgets.analysis.redaction import redact
from budgets.domain.choices import PassagePoint
from budgets.domain.dossier import Dossier
from budgets.domain.schema import Expenditure, Passage, Rewording, Staffing, Statement
from budgets.narrative.build import build_narrative
from budgets.narrative.document import Kind, Sentence, Value
from budgets.narrative.rewording import (
    WordingRefused,
    as_generated,
    is_open,
    parse_wording,
    shown,
    stale,
    wording_of,
)
from budgets.storage.dossier_json import dump_dossier
from tests.examples import dossier, header, project, wan, withheld
from tests.strategies import dossiers

SAID = Sentence(
    "balance.total",
    (
        Value("2023", Kind.YEAR),
        "年支出",
        Value("3073.53万元", Kind.AMOUNT),
        "，比上年",
        Value("减少", Kind.DIRECTION),
        Value("12万元", Kind.AMOUNT),
        "。",
    ),
)


def with_statement(report: Dossier, **fields: object) -> Dossier:
    return replace(report, parts={**report.parts, Statement: Statement(**fields)})


def rewording(sentence: Sentence, wording: str) -> Rewording:
    return Rewording(key="r1", sentence=sentence.key, original=wording_of(sentence), wording=wording)


def test_figures_are_numbered_and_shown() -> None:
    assert wording_of(SAID) == "〔1〕年支出〔2〕，比上年〔3〕〔4〕。"
    assert shown(SAID) == "〔1 2023〕年支出〔2 3073.53万元〕，比上年〔3 减少〕〔4 12万元〕。"
    assert parse_wording(shown(SAID), SAID) == wording_of(SAID)


def test_words_change_and_years_and_names_move() -> None:
    typed = "  全年安排支出〔2 3073.53万元〕（〔1 2023〕年），与上年相比〔3 减少〕〔4 12万元〕。 "
    assert parse_wording(typed, SAID) == "全年安排支出〔2〕（〔1〕年），与上年相比〔3〕〔4〕。"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "请写出改写后的句子"),
        ("〔1〕〔2〕〔3〕〔4〕。", "请写出改写后的句子"),
        ("〔1〕年支出〔2〕，比上年〔3〕。", "少了 〔4 12万元〕"),
        ("〔1〕年支出〔2〕，比〔2〕上年〔3〕〔4〕。", "〔2 3073.53万元〕 用了两次"),
        ("〔1〕年支出〔2〕，比上年〔3〕〔4〕〔5〕。", "没有编号为 5"),
        ("〔1〕年支出〔2〕，比上年〔3〕〔9999〕。", "没有编号为 9999"),
        ("〔1〕年支出〔2〕〔，比上年〔3〕〔4〕。", "“〔”不能单独使用"),
        ("〔1〕年支出〔2〕，\n比上年〔3〕〔4〕。", "一句话只能写成一行"),
        ("〔1〕年支出〔2〕，比上年〔3〕〔4〕", "句子要以“。”结束"),
        ("〔1〕年支出〔2〕，比上年〔3〕〔4〕" + "了" * 2000 + "。", "最多 2000 个字"),
        ("〔1 2099〕年支出〔2〕，比上年〔3〕〔4〕。", "“〔1 2099〕”里的字由系统填写"),
        ("〔1〕年支出〔2〕，比上年〔3 增加〕〔4〕。", "“〔3 增加〕”里的字由系统填写"),
        ("〔1〕年支出〔4〕，比上年〔3〕〔2〕。", "先后变了"),
        ("〔1〕年支出〔2〕〔3〕比上年〔4〕。", "〔2 3073.53万元〕〔3 减少〕 紧挨在一起"),
        *(
            (f"〔1〕年支出〔2〕，比上年〔3〕〔4〕，{words}。", f"不能另写数字“{found}")
            for words, found in (
                ("共5项", "共5项"),
                ("共５项", "共5项"),
                ("共 5 项", "共5项"),
                ("即三百万元", "三百万元"),
                ("占百分之六十", "百分之"),
                ("占%", "%"),
                ("约一成", "一成"),
                ("翻番", "翻番"),
                ("过半", "过半"),
                ("两千三百余人", "两千三百余人"),
                ("①", "1"),
                ("Ⅳ", "Ⅳ"),
                ("½", "½"),
            )
            if found not in ("1", "Ⅳ", "½")
        ),
        *(
            (f"〔1〕年支出〔2〕，比上年{words}〔3〕〔4〕。", f"不能另写“{found}”")
            for words, found in (
                ("大幅增长", "增"),
                ("增 加", "增"),
                ("上涨", "涨"),
                ("多于", "多于"),
                ("压缩", "压缩"),
            )
        ),
        ("〔1〕年支出〔2〕，比上年没有〔3〕〔4〕。", "“没有”要与系统的写法一致"),
        ("〔1〕年支出〔2〕，比上年不〔3〕〔4〕。", "“不”要与系统的写法一致"),
        ("〔1〕年支出负〔2〕，比上年〔3〕〔4〕。", "“负”不能紧挨"),
        ("〔1〕年支出-〔2〕，比上年〔3〕〔4〕。", "“-”不能紧挨"),
        ("〔1〕年支出〔2〕亿，比上年〔3〕〔4〕。", "“亿”不能紧挨"),
        ("〔1〕年支出〔2〕/〔3〕〔4〕，比上年。", "不能紧挨"),
        ("〔1〕年支出〔2〕，比上年\u200b〔3〕〔4〕。", "看不见的字符"),
        ("〔1〕年支出〔2〕，比上年\x0b〔3〕〔4〕。", "看不见的字符"),
        ("〔1〕年支出〔2〕，比上年\x00〔3〕〔4〕。", "看不见的字符"),
        ("〔1〕年支出〔2〕，比上年\u202e〔3〕〔4〕。", "看不见的字符"),
        ("〔1〕年支出〔2〕，比上年\ue000〔3〕〔4〕。", "看不见的字符"),
    ],
)
def test_what_cannot_stand_for_the_sentence_is_refused(typed: str, said: str) -> None:
    with pytest.raises(WordingRefused) as refused:
        parse_wording(typed, SAID)
    assert said in refused.value.message


@pytest.mark.parametrize("number", ["①", "Ⅳ", "½", "²"])
def test_numbers_in_other_signs_are_numbers(number: str) -> None:
    with pytest.raises(WordingRefused):
        parse_wording(f"〔1〕年支出〔2〕，比上年〔3〕〔4〕{number}。", SAID)


DATED = Sentence(
    "assets.vehicles",
    (
        "截至",
        Value("2022", Kind.YEAR),
        "年12月31日，没有其他车辆，共有",
        Value("2", Kind.COUNT),
        "辆。",
    ),
)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("截至〔1〕年12月31日，没有其他车辆，实有〔2〕辆。", ""),
        ("截至〔1〕年月31日，没有其他车辆，共有12〔2〕辆。", "不能另写数字"),
        ("截至〔1〕年12月，没有其他车辆，共有〔2〕辆。", "“31日”要照写一次"),
        ("截至〔1〕年12月31日，有其他车辆，共有〔2〕辆。", "“没有”要与系统的写法一致"),
    ],
)
def test_numbers_and_denials_of_the_wording_itself_stay(typed: str, said: str) -> None:
    if not said:
        assert parse_wording(typed, DATED) == typed
        return
    with pytest.raises(WordingRefused) as refused:
        parse_wording(typed, DATED)
    assert said in refused.value.message


@pytest.mark.parametrize(
    "typed",
    ["[1 2023]年支出［2］，比上年【3 减少】[4 12万元]。", "〔1〕年支出[2 3073.53万元]，比上年〔3〕［4］。"],
)
def test_marks_in_the_brackets_of_a_keyboard(typed: str) -> None:
    assert parse_wording(typed, SAID) == "〔1〕年支出〔2〕，比上年〔3〕〔4〕。"


def test_a_text_with_such_brackets_does_not_end_its_mark() -> None:
    said = Sentence("x.y", ("主要原因：", Value("按财预〔2014〕1号文件", Kind.TEXT), "。"))
    assert shown(said) == "主要原因：〔1 按财预（2014）1号文件〕。"
    assert parse_wording(shown(said).replace("主要原因", "主要是因为"), said) == "主要是因为：〔1〕。"
    assert not is_open(Sentence("x.y", ("按财预〔2014〕1号文件，支出", Value("1万元", Kind.AMOUNT), "。")))


def test_it_applies_to_the_wording_that_its_author_saw() -> None:
    report = dossier(parts={Staffing: Staffing(retirees=3)})
    said = build_narrative(report).sentence("staffing.retired")
    assert said and wording_of(said) == "离退休人员〔1〕人，其中：离休〔2〕人，退休〔3〕人。"
    mine = rewording(said, "由本部门管理的离退休人员有〔1〕人（离休〔2〕人、退休〔3〕人）。")
    told = build_narrative(with_statement(report, rewordings=(mine,)))
    now = told.sentence(said.key)
    assert now and now.text == "由本部门管理的离退休人员有3人（离休0人、退休3人）。"
    assert as_generated(now).text == said.text and wording_of(now) == wording_of(said)
    other = replace(mine, original="离退休人员〔1〕人。")
    told = build_narrative(with_statement(report, rewordings=(other,)))
    assert told.sentence(said.key) == said
    [left] = stale(told, Statement(rewordings=(other,)))
    assert left.now == said


def test_figures_follow_the_facts_in_the_departments_words() -> None:
    before, after = (dossier(parts={Staffing: Staffing(retirees=count)}) for count in (3, 4))
    said = build_narrative(before).sentence("staffing.retired")
    assert said
    mine = rewording(said, "离退休共〔1〕人，〔2〕人离休，〔3〕人退休。")
    told = build_narrative(with_statement(after, rewordings=(mine,))).sentence(said.key)
    assert told and told.text == "离退休共4人，0人离休，4人退休。"


@pytest.mark.parametrize("wording", ["〔1〕人，〔2〕人，99人。", "无", "", "〔1〕〔1〕〔2〕〔3〕人。"])
def test_a_wording_from_a_file_that_would_be_refused_does_not_apply(wording: str) -> None:
    report = dossier(parts={Staffing: Staffing(retirees=3)})
    said = build_narrative(report).sentence("staffing.retired")
    assert said
    told = build_narrative(with_statement(report, rewordings=(rewording(said, wording),)))
    assert told.sentence(said.key) == said


def test_definitions_are_the_bureaus() -> None:
    fixed = [one for one in build_narrative(dossier()).sentences if one.key.startswith("glossary.")]
    assert fixed and not any(map(is_open, fixed))


@settings(max_examples=40)
@given(dossiers())
def test_of_any_report_every_sentence_can_be_reworded_and_keeps_its_figures(report) -> None:
    document = build_narrative(redact(with_statement(report)))
    rewordings = []
    for number, one in enumerate(filter(is_open, document.sentences)):
        wording = wording_of(one)
        assert parse_wording(shown(one), one) == wording
        wording = parse_wording("改写：" + wording, one)
        rewordings.append(
            Rewording(key=f"r{number}", sentence=one.key, original=wording_of(one), wording=wording)
        )
    statement = Statement(rewordings=tuple(rewordings))
    told = build_narrative(redact(with_statement(report, rewordings=statement.rewordings)))
    assert [one.key for one in told.sentences] == [one.key for one in document.sentences]
    assert list(stale(told, statement)) == []
    for now, was in zip(told.sentences, document.sentences, strict=True):
        assert Counter(now.values) == Counter(was.values)
        assert now.text.startswith("改写：") == is_open(was)
        assert as_generated(now) == was


def test_passages_stand_at_their_points_line_by_line() -> None:
    given = (
        Passage(key="p1", point=PassagePoint.WORK, text="全年无休。\n\n 另有专报。"),
        Passage(key="p2", point=PassagePoint.OTHER, text="没有更多。"),
        Passage(key="p3", point=PassagePoint.OVERVIEW, text=" "),
    )
    document = build_narrative(with_statement(dossier(), passages=given))
    lines = document.text().split("\n")
    at = lines.index("全年无休。")
    assert lines[at + 1] == "另有专报。" and lines[at - 1].startswith("（1）优化体系")
    other = lines.index("没有更多。")
    assert lines[other - 1].endswith("、其他需要说明的情况") and "名词解释" in lines[other + 1]
    assert "其他需要说明的情况" not in build_narrative(dossier()).text()
    said = document.sentence("passages.p1~2")
    assert said and said.values[0].kind == Kind.TEXT


def test_wording_about_a_withheld_project_is_not_public() -> None:
    report = dossier(project("open"), withheld("secret"))
    mine = tuple(
        Rewording(key=key, sentence=f"project.{key}", original="〔1〕。", wording="甲〔1〕。")
        for key in ("open", "secret")
    )
    public = redact(with_statement(report, rewordings=mine))
    assert [each.key for each in public.part(Statement).rewordings] == ["open"]
    assert "secret" not in str(dump_dossier(public)["statement"])


def test_a_key_that_is_part_of_another_hides_nothing_else() -> None:
    report = dossier(withheld("general"))
    mine = tuple(
        Rewording(key=f"r{n}", sentence=sentence, original="〔1〕。", wording="甲〔1〕。")
        for n, sentence in enumerate(("general.total", "generally.x", "project.general"))
    )
    public = redact(with_statement(report, rewordings=mine))
    assert [each.sentence for each in public.part(Statement).rewordings] == ["general.total", "generally.x"]


def test_wording_about_a_project_that_was_withheld_before_it_ended_is_not_public() -> None:
    before = replace(dossier(withheld("gone")), header=header(2022))
    mine = Rewording(key="r", sentence="project.gone", original="〔1〕。", wording="甲〔1〕。")
    public = redact(replace(with_statement(dossier(), rewordings=(mine,)), earlier=(before,)))
    assert public.part(Statement).rewordings == ()


def test_more_money_takes_a_clause_away_and_the_rewording_with_it() -> None:
    """A sentence with another clause is another sentence: its figures would stand in the wrong words."""
    report = dossier(
        parts={**dossier().parts, Expenditure: Expenditure(lines=dossier().part(Expenditure).lines[:1])}
    )
    said = build_narrative(dossier()).sentence("basic.operating")
    assert said is not None
    mine = rewording(said, wording_of(said).replace("公用经费", "日常公用经费", 1))
    told = build_narrative(with_statement(dossier(), rewordings=(mine,))).sentence(said.key)
    assert told and told.text.startswith("日常公用经费8万元")
    other = build_narrative(with_statement(report, rewordings=(mine,)))
    now = other.sentence(said.key)
    assert now is None or not now.original
    assert wan("8") and len(list(stale(other, Statement(rewordings=(mine,))))) == 1
