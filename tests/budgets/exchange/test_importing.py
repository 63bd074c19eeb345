"""Whatever is uploaded: a dossier, or problems by JSON path in Chinese; never another exception."""

import json
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.domain.problems import ImportRefused
from budgets.exchange.importing import check_document, read_document
from tests.sample_world import sample


def problems(document) -> dict[str, str]:
    """Message by path of what is refused, straight from a mapping."""
    with pytest.raises(ImportRefused) as caught:
        check_document(document)
    return {problem.path: problem.message for problem in caught.value.problems}


def read(raw: bytes | str):
    """As a file is read: bytes to a dossier."""
    return check_document(read_document(raw.encode() if isinstance(raw, str) else raw))


def refusal(raw: bytes | str) -> str:
    with pytest.raises(ImportRefused) as caught:
        read(raw)
    return str(caught.value)


def changed(path: list, value) -> dict:
    """The sample with one place of it changed."""
    document = sample()
    node = document
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return document


LINE = ["projects", 0, "activities", "activities", 0, "lines", 0]
AT = "$.projects[0].activities.activities[0].lines[0]"


def test_the_samples_are_accepted():
    for code, year in (
        ("112001", 2021),
        ("112001", 2022),
        ("112001", 2023),
        ("344001", 2021),
        ("344001", 2022),
    ):
        assert check_document(sample(code, year)).header.year == year


@pytest.mark.parametrize(
    ("path", "value", "where", "message"),
    [
        (["format"], "yangguang-budget/2", "$.format", "应为 yangguang-budget/1"),
        (["kind"], "预算", "$.kind", "应为 budget 或 final"),
        (["kind"], ["budget"], "$.kind", "应为 budget 或 final"),
        (["year"], "2023", "$.year", "应为年度"),
        (["year"], True, "$.year", "应为年度"),
        (["year"], 10**4000, "$.year", "应为年度"),
        (["profile"], "nowhere", "$.profile", "没有这个表样"),
        (["edition"], "", "$.edition", "应为 1 到 16 个字"),
        (["district"], None, "$.district", "应为含 code、name 的对象"),
        (["district", "code"], "../etc", "$.district.code", "编码只能由"),
        (["department", "kind"], "boss", "$.department.kind", "之一"),
        (["department", "name"], "甲\x00", "$.department.name", "个字的文字"),
        (["extra"], 1, "$.extra", "没有这一项"),
        (["basics"], [], "$.basics", "应为对象"),
        (["basics", "extra"], 1, "$.basics.extra", "没有这一项"),
        (["basics", "phone"], 12345, "$.basics.phone", "应为文字"),
        (["basics", "composition"], "甲\x0b乙", "$.basics.composition", "控制字符"),
        (["basics", "composition"], "甲\ud800", "$.basics.composition", "代理字符"),
        ([*LINE, "amount"], "\ud800", f"{AT}.amount", "代理字符"),
        (["district", "code"], "\udfff", "$.district.code", "代理字符"),
        (["format"], "\ud83d", "$.format", "代理字符"),
        (["staffing", "retirees"], True, "$.staffing.retirees", "应为整数"),
        (["staffing", "retirees"], "3", "$.staffing.retirees", "应为整数"),
        (["staffing", "retirees"], -1, "$.staffing.retirees", "不能小于 0"),
        (["staffing", "retirees"], 10**4000, "$.staffing.retirees", ""),
        (["projects"], {}, "$.projects", "数组"),
        (["projects", 0], "项目", "$.projects[0]", "应为对象"),
        (["projects", 0, "key"], "带 空格", "$.projects[0].key", "字母、数字"),
        (["projects", 0, "extra"], 1, "$.projects[0].extra", "没有这一项"),
        (["projects", 0, "identity", "disclosure"], "secret", "$.projects[0].identity.disclosure", "之一"),
        ([*LINE, "amount"], "25万", f"{AT}.amount", "不是数字"),
        ([*LINE, "amount"], 25.5, f"{AT}.amount", "字符串形式"),
        ([*LINE, "amount"], True, f"{AT}.amount", "字符串形式"),
        ([*LINE, "amount"], "NaN", f"{AT}.amount", "不是数字"),
        ([*LINE, "amount"], "Infinity", f"{AT}.amount", "不是数字"),
        ([*LINE, "amount"], "1e30", f"{AT}.amount", "金额过大"),
        ([*LINE, "amount"], 10**4000, f"{AT}.amount", "金额过大"),
        ([*LINE, "amount"], "0.001", f"{AT}.amount", "精确到分"),
        ([*LINE, "amount"], None, f"{AT}.amount", "字符串形式"),
        ([*LINE, "function"], "20101030", f"{AT}.function", "格式不对"),
        ([*LINE, "from_carry_over"], "maybe", f"{AT}.from_carry_over", "true 或 false"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_path(path, value, where, message):
    found = problems(changed(path, value))
    assert next(iter(found)) == where
    assert message in found[where]
    assert set(found) == {where} or where == "$.kind"


def test_what_is_said_of_half_a_character_can_be_printed():
    document = sample()
    document["甲\ud800"] = [{"\udc00": "\udc00"}, "\ud83d\ude00"]
    found = problems(document)
    assert set(found) == {"$.甲�", "$.甲�[0].�", "$.甲�[1]"}
    "".join((*found, *found.values())).encode()


def test_a_key_that_stands_twice_is_named():
    document = sample()
    lines = document["expenditure"]["lines"]
    lines[1]["key"] = lines[0]["key"]
    document["projects"][1]["key"] = document["projects"][0]["key"]
    found = problems(document)
    assert set(found) == {"$.expenditure.lines[1].key", "$.projects"}
    assert "重复" in found["$.projects"]


def test_one_key_in_two_places_of_a_report_is_named():
    document = sample()
    key = document["expenditure"]["lines"][0]["key"]
    document["projects"][0]["activities"]["activities"][0]["lines"][0]["key"] = key
    assert list(problems(document)) == [f"{AT}.key"]


def test_all_problems_are_said_at_once_but_not_without_end():
    document = sample()
    for line in document["expenditure"]["lines"]:
        line["amount"] = "25万"
    assert len(problems(document)) == len(document["expenditure"]["lines"])
    document["expenditure"]["lines"] = [
        {**document["expenditure"]["lines"][0], "key": f"k{number}"} for number in range(300)
    ]
    with pytest.raises(ImportRefused) as caught:
        check_document(document)
    assert len(caught.value.problems) == 51
    assert "另有 250 个问题" in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "第 1 行第 1 列"),
        (b"[]", "应为一个对象"),
        (b"{", "第 1 行"),
        ('{"format": "预算"}'.encode("gbk"), "编码不是 UTF-8"),
        (b'{"a": NaN}', "非法数值"),
        (b'{"a": -Infinity}', "非法数值"),
        (b'{"a": ' + b"1" * 5000 + b"}", "非法数值"),
        (b'{"a":' * 100_000, "$"),
        (b"[" * 100_000, "$"),
        (b'{"format": "yangguang-budget/1", "format": "yangguang-budget/1"}', "format 重复"),
    ],
    ids=["empty", "array", "cut", "gbk", "nan", "infinity", "digits", "deep-object", "deep-array", "twice"],
)
def test_what_is_no_json_document_is_said_to_be_none(raw, message):
    assert message in refusal(raw)


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr("budgets.exchange.importing.MAX_BYTES", 10)
    assert "文件过大" in refusal(b"{" + b" " * 10 + b"}")


@pytest.mark.parametrize("depth", [50, 400, 900, 980])
def test_deep_nesting_is_refused(depth):
    document = json.dumps(sample())
    deep = '{"lines":' * depth + "[]" + "}" * depth
    assert "$" in refusal(document[:-1] + f', "basics": {deep}' + "}")
    assert "$" in refusal(document[:-1] + f', "extra": {deep}' + "}")
    nested = "[" * depth + "]" * depth
    assert "$" in refusal(document[:-1] + f', "extra": {nested}' + "}")


def test_a_number_with_a_fraction_is_exact():
    """JSON numbers never become binary fractions."""
    raw = json.dumps(changed([*LINE, "amount"], "AMOUNT")).replace('"AMOUNT"', "4503599627370497.3")
    line = read(raw).projects[0].activities[0].lines[0]
    assert str(line.amount) == "4503599627370497.30"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=8), json_values, max_size=4))
def test_any_object_is_refused_and_nothing_worse(document):
    problems(document)
    refusal(json.dumps(document))


@given(st.binary(max_size=80))
def test_any_bytes_are_refused_and_nothing_worse(raw):
    refusal(raw)


def places(node, path=()):
    """The path of every value of a document."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, value in items:
        yield (*path, step)
        yield from places(value, (*path, step))


PLACES = list(places(sample()))


@settings(max_examples=300)
@given(st.sampled_from(PLACES), json_values)
def test_a_valid_document_with_anything_in_any_place(path, value):
    document = changed(list(path), value)
    try:
        check_document(document)
    except ImportRefused as error:
        assert error.problems
        assert all(problem.path.startswith("$") and problem.message for problem in error.problems)
    try:
        read(json.dumps(document))
    except ImportRefused as error:
        assert error.problems


@settings(max_examples=100)
@given(st.sampled_from(PLACES), st.text(min_size=1, max_size=6))
def test_a_valid_document_without_something_or_with_something_more(path, name):
    document = sample()
    node = document
    for step in path[:-1]:
        node = node[step]
    kept = deepcopy(node[path[-1]])
    del node[path[-1]]
    try:
        check_document(document)
    except ImportRefused as error:
        assert error.problems
    if isinstance(node, dict) and name not in node:
        node[path[-1]] = kept
        node[name] = "多余"
        known = {"authority", "leader", "phone", "remark"}
        if name not in known:
            problems(document)
