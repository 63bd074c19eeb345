"""What scripts say while somebody types is what the server computes: sums, shares, points, copied ranges."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from budgets.domain.choices import (
    Choices,
    Fund,
    HistoryMeasure,
    PostCategory,
    ProcurementClass,
    ServiceCategory,
    Use,
)
from budgets.domain.money import AmountError, Unit, grouped, growth, parse_amount, plain, share, to_unit
from budgets.forms.pasting import is_blank, parse_rows
from performance.analysis.scoring import achieved, quantitative_score
from performance.domain.evaluation import Band, Points
from performance.domain.goals import LEVELS, Horizon
from performance.domain.values import Direction, parse
from tests.strategies import amounts, signed_amounts

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")

Ask = Callable[..., Any]

units = st.sampled_from(Unit)


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Asks the scripts, all in one process: the question's name, its arguments."""
    command = ["node", str(Path(__file__).with_name("answers.mjs"))]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as scripts:

        def answer(question: str, *given: Any) -> Any:
            scripts.stdin.write(json.dumps([question, given]) + "\n")
            scripts.stdin.flush()
            return json.loads(scripts.stdout.readline())

        yield answer
        scripts.stdin.close()


# --- amounts ----------------------------------------------------------------------------------------

typed = st.text("0123456789.,，-+−－ ¥￥()（）０５．²①万元长\u3000\u00a0\u200b", max_size=12)
written = st.builds(
    lambda amount, unit, separator, sign, end: (
        f"{sign}{Decimal(plain(amount, unit)):{separator}f}{end}",
        unit,
    ),
    amounts,
    units,
    st.sampled_from(["", ","]),
    st.sampled_from(["", "-", "+", "¥", " ", "−"]),
    st.sampled_from(["", "0", "000000", " "]),
)


@given(text=typed, unit=units)
@example(text="+3.5", unit=Unit.WAN)
@example(text="62.74500000", unit=Unit.WAN)
@example(text="¥1,250.50", unit=Unit.YUAN)
@example(text="(1,250.50)", unit=Unit.YUAN)
@example(text="-¥1,250.50", unit=Unit.YUAN)
def test_what_the_server_reads_as_an_amount_the_scripts_read_as_the_same(ask, text, unit):
    """They read more, such as ``25.``, which somebody has not finished typing; the server refuses it."""
    try:
        amount = parse_amount(text, unit)
    except AmountError:
        return
    assert Decimal(ask("read", text)).scaleb(-6) * unit.factor == amount


@given(written)
def test_an_amount_is_read_the_same_however_it_is_written(ask, text_and_unit):
    text, unit = text_and_unit
    assert Decimal(ask("read", text)).scaleb(-6) * unit.factor == parse_amount(text, unit)


@given(values=st.lists(signed_amounts, max_size=6), unit=units, places=st.integers(0, 4))
def test_sums_are_written_the_same(ask, values, unit, places):
    said = ask("sum", [plain(value, unit) for value in values], places)
    assert said == grouped(sum(values, Decimal(0)), unit, places)


@given(value=signed_amounts, unit=units)
def test_an_amount_in_yuan_is_the_amount(ask, value, unit):
    assert Decimal(ask("yuan", plain(value, unit), unit.value).replace(",", "")) == value


@given(values=st.lists(signed_amounts, min_size=1, max_size=4), before=signed_amounts, unit=units)
@example(values=[Decimal(-50)], before=Decimal(-100), unit=Unit.YUAN)
def test_growth_is_said_the_same(ask, values, before, unit):
    """As `templates/entry/project_bar.html` says it."""
    said = ask("growth", [plain(value, unit) for value in values], plain(before, unit))
    percent = growth(sum(values, Decimal(0)), before, 1)
    if percent is None:
        assert said == ""
    elif not percent:
        assert said == "持平"
    else:
        assert said == f"{'↑' if percent > 0 else '↓'}{abs(percent)} %"


@given(part=signed_amounts, whole=amounts, unit=units)
def test_a_share_is_said_the_same(ask, part, whole, unit):
    percent = share(part, whole)
    expected = "—" if percent is None else f"{percent + 0:,.2f}%"
    assert ask("share", plain(part, unit), plain(whole, unit)) == expected


# --- points -----------------------------------------------------------------------------------------

numbers = st.one_of(
    st.integers(0, 5000).map(str),
    st.integers(0, 500_000).map(lambda number: f"{Decimal(number).scaleb(-2):f}"),
    st.sampled_from(["0", "0.5", "0.95", "1", "100", "2024", "12", "3", "62.745"]),
)
measures = st.sampled_from(
    ["", "%", "‰", "次", "家", "份", "万", "万元", "元", "小时", "天", "年", "月", "个月", "季度", "人次"]
)
periods = st.sampled_from(["", "", "/年", "/年度", "/月", "/次", "/季", "/人", "/套/月"])
operators = st.sampled_from(["", "≥", "≤", ">", "<", "=", ">=", "<=", "＞", "约", "-"])
targets = st.builds("{}{}{}{}".format, st.sampled_from(["≥", "≤", ">", "<"]), numbers, measures, periods)
weights = st.integers(0, 10_000).map(lambda number: Decimal(number).scaleb(-2))
free = st.builds("{}{}{}{}".format, operators, numbers, measures, periods)


def data_of(text: str) -> dict[str, str] | None:
    """What a page tells scripts of a target (`performance/forms/evaluation.py`); None where it tells nothing."""
    target = parse(text)
    if target.number is None or target.upper is not None or target.least <= 0:
        return None
    if target.direction not in (Direction.FLOOR, Direction.CEILING):
        return None
    return {
        "aim": f"{target.number:f}",
        "direction": target.direction.value,
        "measure": target.unit,
        "per": target.per,
    }


@st.composite
def actual_and_target(draw: st.DrawFn) -> tuple[str, str]:
    """Any two, or an actual value in the target's unit."""
    text = draw(targets)
    target = parse(text)
    own = st.sampled_from(["", target.unit, f"{target.unit}/{target.per}" if target.per else target.unit])
    near = st.builds("{}{}{}".format, operators, numbers, own)
    return draw(st.one_of(free, near, near)), text


@given(pair=actual_and_target(), weight=weights)
@example(pair=("<50家", "≥50家"), weight=Decimal(10))
@example(pair=("0.95", "≥95%"), weight=Decimal(10))
@example(pair=("12次", "≥4次/月"), weight=Decimal(10))
@example(pair=("6月", "≤6月"), weight=Decimal(10))
@example(pair=("5家", "≥24家"), weight=Decimal(3))
@example(pair=("28.9", "≤24万"), weight=Decimal(12))
def test_points_that_scripts_propose_are_those_of_the_server(ask, pair, weight):
    actual, target = pair
    data = data_of(target)
    assume(data is not None)
    said = ask("points", actual, f"{weight:f}", data)
    if said is None:
        return
    value = parse(actual)
    points, part = quantitative_score(parse(target), value, weight), achieved(parse(target), value)
    assert points is not None, "the server leaves it to a person"
    assert said[0] == str(Points(points))
    assert Decimal(said[1].rstrip("%")) == to_unit(part * 100, Unit.YUAN)


@given(number=st.integers(2, 5000), target=targets, weight=weights)
def test_scripts_propose_points_for_a_bare_number(ask, number, target, weight):
    data = data_of(target)
    assume(data is not None)
    assert ask("points", str(number), f"{weight:f}", data) is not None


# --- copying and choosing ---------------------------------------------------------------------------

cells = st.text('甲乙12 ,\t\n\r"', max_size=6)


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=4)
    )
)
@example([['12" 显示器', '"引用"', "一\r\n二", ""]])
def test_what_is_copied_from_a_grid_is_pasted_as_it_was(ask, rows):
    """But for rows that are blank, and line ends within a cell, which are one character."""
    expected = [[cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row] for row in rows]
    pasted = [row for row in parse_rows(ask("range", rows)) if not is_blank(row)]
    assert pasted == [row for row in expected if any(cell.strip() for cell in row)]


OFFERED: tuple[type[Choices], ...] = (
    *(Fund, Use, HistoryMeasure, PostCategory, ProcurementClass, ServiceCategory),
    *(Band, Horizon),
)


def test_every_character_that_lists_offer_has_a_letter(ask):
    labels = [label for choices in OFFERED for _, label in choices.pairs()]
    labels += [*LEVELS, *(label for level in LEVELS.values() for label in level)]
    for label in labels:
        said = ask("initials", label)
        assert len(said) == sum(character.isalpha() for character in label), f"{label} {said}"
