"""What is declared to be empty goes out with a report and comes in again; what contradicts it is refused."""

from __future__ import annotations

import jsonschema
import pytest

from budgets.actions.adopt import adopt
from budgets.actions.declare_empty import declare_empty
from budgets.domain.choices import Status
from budgets.domain.problems import ImportRefused
from budgets.exchange.exporting import dump_json
from budgets.exchange.importing import check_document, read_document
from budgets.exchange.schema import exchange_schema
from budgets.models import Report
from budgets.storage.dossier_json import dump_dossier
from budgets.storage.loading import load_dossier
from tests.sample_world import make_sample_world, sample

VALIDATOR = jsonschema.Draft202012Validator(exchange_schema())


def without(*parts: str, **more) -> dict:
    """The sample with these parts empty."""
    return sample() | {part: {} for part in parts} | more


def problems(document) -> dict[str, str]:
    with pytest.raises(ImportRefused) as caught:
        check_document(document)
    return {problem.path: problem.message for problem in caught.value.problems}


@pytest.mark.django_db
def test_a_round_trip_keeps_it() -> None:
    made = make_sample_world(without("staffing", "goals"))
    for section in ("goals", "staffing"):
        declare_empty(made.report.pk, made.preparer, section)
    exported = dump_dossier(load_dossier(made.report))
    assert exported["declared_empty"] == ["staffing", "goals"]
    VALIDATOR.validate(exported)
    read = read_document(dump_json(exported))
    Report.objects.get(pk=made.report.pk).delete()
    again = adopt(read, Status.DRAFT)
    assert set(again.declared_empty) == {"staffing", "goals"}
    assert dump_dossier(load_dossier(again)) == exported


@pytest.mark.django_db
def test_what_holds_something_is_not_exported_as_declared() -> None:
    made = make_sample_world(without("staffing", declared_empty=["staffing"]))
    Report.objects.filter(pk=made.report.pk).update(retirees=3)
    exported = dump_dossier(load_dossier(made.report))
    assert "declared_empty" not in exported
    check_document(exported)


def test_a_file_without_it_reads_as_before() -> None:
    document = sample()
    assert "declared_empty" not in document
    dossier = check_document(document)
    assert dossier.declared_empty == frozenset()
    assert "declared_empty" not in dump_dossier(dossier)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (None, "$.declared_empty"),
        ("staffing", "$.declared_empty"),
        ({"staffing": {}}, "$.declared_empty"),
        (["matters"], "$.declared_empty[0]"),
        (["project"], "$.declared_empty[0]"),
        ([1], "$.declared_empty[0]"),
        ([["staffing"]], "$.declared_empty[0]"),
        (["staffing", "staffing"], "$.declared_empty[1]"),
    ],
)
def test_what_is_no_declaration_is_refused_by_its_path(value, path) -> None:
    document = without("staffing", declared_empty=value)
    assert path in problems(document)
    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize("section", ["basics", "staffing", "income", "expenditure", "goals", "projects"])
def test_what_holds_something_cannot_be_declared(section) -> None:
    found = problems(sample() | {"declared_empty": [section]})
    assert list(found) == ["$.declared_empty[0]"]
    assert "有内容" in found["$.declared_empty[0]"]
