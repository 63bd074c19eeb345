"""Subjects are remembered until their edition is loaded again."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from budgets.classification.lookup import subjects_of
from budgets.models import ClassificationEdition, FunctionCode

pytestmark = pytest.mark.django_db


def edition() -> ClassificationEdition:
    return ClassificationEdition.objects.get(code="2024")


def test_names_and_ids_are_those_of_the_edition_in_the_order_of_codes():
    subjects = subjects_of(edition())
    rows = FunctionCode.objects.filter(edition=edition())
    assert list(subjects.names.function.items()) == list(rows.values_list("code", "name"))
    assert subjects.ids.function == dict(rows.values_list("code", "id"))
    assert subjects.names.economic.keys() == subjects.ids.economic.keys()


def test_they_are_read_once(django_assert_num_queries):
    known = edition()
    subjects_of(known)
    with django_assert_num_queries(0):
        subjects_of(known)


def test_an_edition_that_is_loaded_again_is_read_again():
    FunctionCode.objects.filter(edition=edition(), code="201").update(name="旧名称")
    ClassificationEdition.objects.get(code="2024").save()
    assert subjects_of(edition()).names.function["201"] == "旧名称"
    call_command("load_classification", "2024", verbosity=0)
    assert subjects_of(edition()).names.function["201"] != "旧名称"
