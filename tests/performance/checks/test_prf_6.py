"""PRF-6: no rate without a base."""

import pytest

from budgets.domain.address import Address
from budgets.domain.choices import Severity
from performance.checks.prf_6 import RateHasBase
from tests.printed_samples import anchors, count, document, effect, hand_made, mended, rate, run

CHECK = RateHasBase()
RATES = {"jinshan-talents-a03", "jinshan-talents-a04", "jinshan-talents-a06"}


def test_nobody_selected_and_all_of_them_content_as_printed():
    findings = run(CHECK, document())
    assert anchors(findings) == RATES
    (satisfied,) = (f for f in findings if f.address.row.endswith("a06"))
    assert (satisfied.severity, satisfied.address.project) == (Severity.WARNING, "jinshan-talents")
    assert satisfied.address.on_page == Address("indicators", "jinshan-talents-a06", "value_last")
    assert (satisfied.expected, satisfied.actual) == ("/", "100%")
    assert "前年、上年" in satisfied.message


def test_mended_they_are_silent():
    report = document()
    for key in RATES:
        report = mended(report, key, value_before_last="/", value_last="/")
    assert run(CHECK, report) == []


def test_with_a_base_they_are_silent():
    report = mended(document(), "jinshan-talents-a02", value_before_last="90人", value_last="100人")
    assert run(CHECK, report) == []


def test_the_second_locality_is_silent():
    assert run(CHECK, document("344001", 2022)) == []


def last(*rows):
    return run(CHECK, hand_made(*rows))


def test_the_base_is_found_by_the_words_it_shares():
    rows = (
        count("入选人才数量", "5人", "a", value_last="0人"),
        count("走访次数", "4次", "b", value_last="4次"),
        rate("走访完成率", "100%", "c", value_last="100%"),
        rate("入选人才满意度", "90%", "d", value_last="100%"),
    )
    assert anchors(last(*rows)) == {"d"}


def test_a_target_of_nothing_is_found_too():
    (finding,) = last(count("培训人数", "0人"), effect("培训满意度", "≥90%"))
    assert finding.address.on_page == Address("indicators", "e", "value")


@pytest.mark.parametrize(
    "rows",
    [
        [count("培训人数", "", value_last="0人"), rate("培训合格率", "", value_last="/")],
        [count("培训人数", "", value_last="0人"), rate("培训合格率", "", value_last="0%")],
        [count("培训人数", "", value_last="/"), rate("培训合格率", "", value_last="100%")],
        [count("培训人数", "", value_last="0人"), rate("培训合格率", "100%")],
        [count("投诉数量", "", value_last="0起"), rate("服务满意度", "", value_last="100%")],
        [count("维修次数", "", value_last="0次"), rate("设施设备完好率", "", value_last="100%")],
        [rate("培训合格率", "", value_last="100%")],
    ],
)
def test_what_is_in_order_or_cannot_be_judged(rows):
    assert last(*rows) == []


def test_a_department_does_other_things_besides():
    rows = (count("活动场次", "1", "x", value_last="0"), rate("服务满意度", "1%", "y", value_last="100%"))
    assert run(CHECK, hand_made(rate("满意度", "1%"), department=rows)) == []
