"""Import after export changes nothing, through the real tables; and the schema allows what is exported."""

import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from budgets.actions.adopt import adopt
from budgets.domain.choices import Flow, Status
from budgets.domain.dossier import Dossier
from budgets.domain.schema import Income
from budgets.exchange.exporting import dump_json
from budgets.exchange.importing import check_document, read_document
from budgets.exchange.schema import exchange_schema
from budgets.models import ClassificationEdition, EconomicCode, FunctionCode
from budgets.storage.dossier_json import dump_dossier
from budgets.storage.loading import load_dossier
from performance.domain.goals import Goal, Goals, Horizon, Indicator
from tests.sample_world import sample
from tests.strategies import ECONOMIC, FUNCTION, dossiers, names, texts

EDITION = "2023"
VALIDATOR = jsonschema.Draft202012Validator(exchange_schema())

indicators = st.builds(
    Indicator,
    key=st.just("i"),
    level1=names,
    name=names,
    content=texts,
    value_last=names,
    value=names,
    remark=texts,
)
goals = st.builds(
    Goal,
    key=st.just("g"),
    horizon=st.sampled_from(Horizon),
    name=names,
    text=texts,
    until_year=st.none() | st.integers(2023, 2030),
    indicators=st.lists(indicators, max_size=2).map(tuple),
)


@st.composite
def reports(draw: st.DrawFn, profile: str) -> Dossier:
    """A dossier that a document may hold: with goals, and without 结余分配, which a budget does not have."""
    report = draw(dossiers(earlier=False, profile=profile))
    lines = tuple(line for line in report.part(Income).lines if line.flow != Flow.ALLOCATION)
    numbers = iter(range(1000))

    def some_goals() -> Goals:
        drawn = draw(st.lists(goals, max_size=2))
        return Goals(
            goals=tuple(
                replace(
                    goal,
                    key=f"g{next(numbers)}",
                    indicators=tuple(replace(i, key=f"i{next(numbers)}") for i in goal.indicators),
                )
                for goal in drawn
            )
        )

    return replace(
        report,
        parts={**report.parts, Income: Income(lines=lines), Goals: some_goals()},
        projects=tuple(replace(p, parts={**p.parts, Goals: some_goals()}) for p in report.projects),
    )


def load_edition() -> None:
    """The embedded classification of the strategies, as an edition."""
    edition = ClassificationEdition.objects.create(code=EDITION)
    for model, codes in ((FunctionCode, FUNCTION), (EconomicCode, ECONOMIC)):
        model.objects.bulk_create(
            model(edition=edition, code=code, name=name, level="item") for code, name in codes.items()
        )


def through_the_database(document: dict) -> dict:
    return dump_dossier(load_dossier(adopt(document, Status.ARCHIVED), earlier=False))


class TestRoundTrip(TestCase):
    """Each example runs in a transaction of its own that is rolled back."""

    @settings(max_examples=25)
    @given(reports("dongxihu_2023") | reports("wuchang_2022"))
    def test_import_of_an_export_changes_nothing(self, report: Dossier) -> None:
        load_edition()
        document = dump_dossier(report)
        VALIDATOR.validate(document)
        read = read_document(dump_json(document))
        assert read == document
        assert through_the_database(read) == document

    @settings(max_examples=10)
    @given(reports("dongxihu_2023"), reports("dongxihu_2023"))
    def test_what_replaces_a_report_leaves_nothing_of_it(self, old: Dossier, new: Dossier) -> None:
        """Keys of the two collide everywhere: in other sections, other projects, other orders."""
        load_edition()
        new = replace(new, header=replace(new.header, department_kind=old.header.department_kind))
        through_the_database(dump_dossier(old))
        assert through_the_database(dump_dossier(new)) == dump_dossier(new)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "year"),
    [("112001", 2021), ("112001", 2022), ("112001", 2023), ("344001", 2021), ("344001", 2022)],
)
def test_the_samples_come_back_as_they_went_in(code, year):
    document = sample(code, year)
    VALIDATOR.validate(document)
    exported = through_the_database(document)
    VALIDATOR.validate(exported)
    assert exported == dump_dossier(check_document(document))
    again = read_document(dump_json(exported))
    assert through_the_database(again) == exported


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(exchange_schema())
    json.dumps(exchange_schema())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["year"], True),
        (["year"], "2023"),
        (["extra"], 1),
        (["department", "extra"], 1),
        (["staffing", "retirees"], -1),
        (["expenditure", "lines", 0, "amount"], "25万"),
        (["expenditure", "lines", 0, "amount"], 25.5),
        (["expenditure", "lines", 0, "extra"], ""),
        (["expenditure", "lines", 0, "fund"], "pocket"),
        (["projects", 0, "key"], "带 空格"),
    ],
)
def test_the_schema_refuses_what_is_refused(path, value):
    document = sample()
    node = document
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    assert not VALIDATOR.is_valid(document)
