"""A place whose text differs in all that a profile can say: no rates, another order, every 项, another day."""

from __future__ import annotations

import re

from hypothesis import given

from budgets.narrative.build import build_narrative
from budgets.narrative.document import Heading, Kind
from tests.catalogue.variants import wuchang
from tests.strategies import dossiers

from .shanghai import NARRATIVE
from .test_properties import LEFT_OVER, wording


def test_what_a_place_has_of_its_own_is_told():
    document = build_narrative(wuchang(), NARRATIVE)
    assert document.title == "武汉市武昌区企业和人才服务中心2022年区级部门预算"
    assert [b.number + b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1][2:] == [
        "三、名词解释",
        "四、2022年部门预算编制说明",
        "五、其他相关情况说明",
    ]
    text = document.text()
    assert "支出预算6,931.33万元，比2021年预算增加159.08万元，主要原因：" in text
    assert re.search(
        r"住房保障支出（类）住房改革支出（款）住房公积金（项）[\d.]+万元，主要用于基本支出。", text
    )
    assert "截至2021年8月31日" in text
    assert "智能系统项目经费283.30万元" in text
    assert "%" not in text


@given(dossiers())
def test_no_rate_is_told_and_sentences_are_whole(report):
    for sentence in build_narrative(report, NARRATIVE).sentences:
        assert all(value.kind != Kind.RATE for value in sentence.values)
        assert not LEFT_OVER.search(wording(sentence)), sentence.text
