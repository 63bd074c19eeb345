"""改写: the department's wording is saved like everything that it types, and only for the sentence that it saw."""

from __future__ import annotations

import pytest

from budgets.actions.base import ActionRefused, Forbidden, Stale
from budgets.actions.reword import reword, take_back
from budgets.actions.save_section import current_number, save_section
from budgets.domain.choices import Status
from budgets.domain.schema import Statement
from budgets.models import Report, Rewording
from budgets.narrative.build import build_narrative
from budgets.narrative.rewording import wording_of
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section
from tests.sample_world import make_sample_world

pytestmark = pytest.mark.django_db

KEY = "staffing.retired"
TYPED = "〔3 0〕人退休，〔2〕人离休，共〔1〕人。"
WORDING = "〔3〕人退休，〔2〕人离休，共〔1〕人。"


@pytest.fixture
def place():
    return make_sample_world()


def seen(report: Report, key: str = KEY) -> str:
    said = build_narrative(load_dossier(report)).sentence(key)
    assert said is not None
    return wording_of(said)


def told(report: Report, key: str = KEY) -> str:
    said = build_narrative(load_dossier(report)).sentence(key)
    return said.text if said else ""


def test_it_is_a_save_of_its_section(place) -> None:
    report = place.report
    saved = reword(report.pk, place.preparer, KEY, seen(report), TYPED)
    assert told(report) == "0人退休，0人离休，共0人。"
    row = Rewording.objects.get()
    assert (row.sentence, row.original, row.wording) == (KEY, seen(report), WORDING)
    assert saved.number == current_number(report, "statement") == 1
    assert Report.objects.get(pk=report.pk).changes == report.changes + 1


def test_again_it_replaces_and_taken_back_it_is_gone(place) -> None:
    report = place.report
    reword(report.pk, place.preparer, KEY, seen(report), TYPED)
    reword(report.pk, place.submitter, KEY, seen(report), "离休〔2〕人、退休〔3〕人，共〔1〕人。")
    assert Rewording.objects.count() == 1 and told(report) == "离休0人、退休0人，共0人。"
    take_back(report.pk, place.preparer, KEY)
    assert not Rewording.objects.exists() and told(report).startswith("离退休人员0人")
    changes = Report.objects.get(pk=report.pk).changes
    take_back(report.pk, place.preparer, KEY)
    assert Report.objects.get(pk=report.pk).changes == changes


def test_passages_saved_meanwhile_stay(place) -> None:
    report = place.report
    passages = {"statement": {"passages": [{"key": "p1", "text": "没有更多。"}]}}
    save_section(report.pk, place.submitter, "statement", 0, passages)
    reword(report.pk, place.preparer, KEY, seen(report), TYPED)
    statement = load_dossier(report).part(Statement)
    assert [each.text for each in statement.passages] == ["没有更多。"] and len(statement.rewordings) == 1
    section = find_section(load_dossier(report), "statement")
    assert section is not None and section.holds(load_dossier(report))


def test_not_for_another_sentence_than_the_person_saw(place) -> None:
    with pytest.raises(Stale, match="改了写法"):
        reword(place.report.pk, place.preparer, KEY, "别的〔1〕。", TYPED)
    with pytest.raises(Stale, match="没有这句话"):
        reword(place.report.pk, place.preparer, "nothing", "", TYPED)
    assert not Rewording.objects.exists()


def test_words_that_cannot_stand_are_refused_at_their_field(place) -> None:
    with pytest.raises(ActionRefused, match="少了") as refused:
        reword(place.report.pk, place.preparer, KEY, seen(place.report), "〔1〕人。")
    assert refused.value.field == "wording" and not Rewording.objects.exists()


def test_definitions_are_not_reworded(place) -> None:
    key = next(
        one.key for one in build_narrative(load_dossier(place.report)).sentences if "glossary" in one.key
    )
    with pytest.raises(ActionRefused, match="统一规定"):
        reword(place.report.pk, place.preparer, key, seen(place.report, key), "甲。")


def test_only_by_the_department_while_it_may_edit(place) -> None:
    report = place.report
    with pytest.raises(Forbidden):
        reword(report.pk, place.world.reviewer, KEY, seen(report), TYPED)
    Report.objects.filter(pk=report.pk).update(
        status=Status.SUBMITTED, submitted_at=report.created_at, submitted_by=place.submitter
    )
    for act in (lambda: reword(report.pk, place.preparer, KEY, seen(report), TYPED),
                lambda: take_back(report.pk, place.preparer, KEY)):  # fmt: skip
        with pytest.raises(Stale):
            act()
