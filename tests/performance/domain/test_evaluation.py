"""Points and results of self-evaluations: what is accepted, what is refused, and how points are written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from performance.domain.evaluation import Evaluation, IndicatorResult, Points, PointsError, Weight
from tests.performance.evaluation_strategies import evaluations

ADAPTER = TypeAdapter(Evaluation)


@pytest.mark.parametrize(
    ("given_text", "written"),
    [
        ("20", "20"),
        ("11.58", "11.58"),
        ("19.30", "19.3"),
        ("0", "0"),
        (" 100 ", "100"),
        ("0.10", "0.1"),
        (7, "7"),
    ],
)
def test_points_are_written_without_trailing_zeros(given_text, written):
    assert str(Points.read(given_text)) == written


@pytest.mark.parametrize(
    "value",
    ["", "100.01", "-0.01", "1.234", "NaN", "Infinity", "分", "1e5", None, True, 1.5, [], {}],
    ids=str,
)
def test_what_is_no_score_is_refused_in_chinese(value):
    with pytest.raises(PointsError, match=r"[\u4e00-\u9fff]"):
        Points.read(value)


@given(st.integers(0, 10_000))
def test_points_survive_their_writing(hundredths):
    points = Points.read(Decimal(hundredths).scaleb(-2))
    assert Points.read(str(points)) == points


@given(evaluations("p"))
def test_an_evaluation_survives_json(evaluation):
    assert ADAPTER.validate_json(ADAPTER.dump_json(evaluation)) == evaluation


@pytest.mark.parametrize(
    "data",
    [
        {"total": "95"},
        {"results": [{"key": "i", "score": "101"}]},
        {"results": [{"actual": "3次"}]},
        {"weights": [{"key": "g/x", "weight": "5"}]},
        {"units": [{"unit": "某单位"}]},
        {"filled_on": "2025-13-01"},
    ],
    ids=str,
)
def test_what_is_derived_or_malformed_is_refused(data):
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(data)


def test_what_nobody_said_is_empty():
    evaluation = Evaluation(weights=(Weight(key="g", weight=Points.read("40")),))
    assert evaluation.result("unknown") == IndicatorResult(key="unknown")
    assert evaluation.weight("g") == 40
    assert evaluation.weight("unknown") is None
