"""Subjects are remembered until their edition is loaded again."""

from __future__ import annotations

import shutil

import pytest
from django.core.management import CommandError, call_command

from budgets.classification import editions
from budgets.classification.lookup import subjects_of
from budgets.models import ClassificationEdition, Definition, FunctionCode

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


def test_definitions_come_with_a_bureaus_own_edition(tmp_path):
    shutil.copytree(editions.HERE / "2024", tmp_path / "2024")
    file = tmp_path / "2024" / "definitions.csv"
    file.write_text(
        "name,definition\n2010350,反映事业单位的基本支出。\n事业收入,开展业务取得的收入。\n,无\n", "utf-8"
    )
    assert subjects_of(edition()).names.definitions == {}
    call_command("load_classification", "2024", folder=tmp_path, verbosity=0)
    official = {"2010350": "反映事业单位的基本支出。", "事业收入": "开展业务取得的收入。"}
    assert subjects_of(edition()).names.definitions == official
    call_command("load_classification", "2024", verbosity=0)
    assert subjects_of(edition()).names.definitions == official  # what ships says nothing of them
    file.write_text("name,definition\n事业收入,改了。\n", "utf-8")
    call_command("load_classification", "2024", folder=tmp_path, verbosity=0)
    assert subjects_of(edition()).names.definitions == {"事业收入": "改了。"}


@pytest.mark.parametrize("content", ["code,text\n1,2\n", f"name,definition\n{'长' * 101},释义\n"])
def test_a_file_of_definitions_that_cannot_be_read_changes_nothing(tmp_path, content):
    shutil.copytree(editions.HERE / "2024", tmp_path / "2024")
    (tmp_path / "2024" / "definitions.csv").write_text(content, "utf-8")
    with pytest.raises(CommandError):
        call_command("load_classification", "2024", folder=tmp_path, verbosity=0)
    assert not Definition.objects.exists()
