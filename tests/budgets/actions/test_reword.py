"""改写: the department's wording is saved like everything that it types, and only for the sentence that it saw."""

from __future__ import annotations

import pytest

from budgets.actions.base import ActionRefused, Forbidden, Stale
from budgets.actions.reword import reword, take_back
from budgets.actions.save_section import current_number, save_section
from budgets.disclosure.publication import PublicContent
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
TYPED = "离退休共〔1〕人，〔2〕人离休，〔3 0〕人退休。"
WORDING = "离退休共〔1〕人，〔2〕人离休，〔3〕人退休。"


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
    assert told(report) == "离退休共0人，0人离休，0人退休。"
    row = Rewording.objects.get()
    assert (row.sentence, row.original, row.wording) == (KEY, seen(report), WORDING)
    assert saved.number == current_number(report, "statement") == 1
    assert Report.objects.get(pk=report.pk).changes == report.changes + 1


def test_again_it_replaces_and_taken_back_it_is_gone(place) -> None:
    report = place.report
    reword(report.pk, place.preparer, KEY, seen(report), TYPED)
    reword(report.pk, place.submitter, KEY, seen(report), "共〔1〕人，离休〔2〕人、退休〔3〕人。")
    assert Rewording.objects.count() == 1 and told(report) == "共0人，离休0人、退休0人。"
    row = Rewording.objects.get().key
    take_back(report.pk, place.preparer, row)
    assert not Rewording.objects.exists() and told(report).startswith("离退休人员0人")
    changes = Report.objects.get(pk=report.pk).changes
    take_back(report.pk, place.preparer, row)
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
                lambda: take_back(report.pk, place.preparer, "r1")):  # fmt: skip
        with pytest.raises(Stale):
            act()


@pytest.mark.parametrize("hidden", ["\x0b", "\x00", "\u2028", "\u202e", "\u200b", "\ud800"])
def test_what_no_file_can_hold_is_refused_and_the_report_stays_whole(place, hidden) -> None:
    with pytest.raises(ActionRefused, match="看不见的字符"):
        reword(
            place.report.pk,
            place.preparer,
            KEY,
            seen(place.report),
            TYPED.replace("人离休", f"人{hidden}离休"),
        )
    assert not Rewording.objects.exists()


def test_the_generated_wording_is_no_rewording(place) -> None:
    report = place.report
    reword(report.pk, place.preparer, KEY, seen(report), TYPED)
    reword(report.pk, place.preparer, KEY, seen(report), seen(report))
    assert not Rewording.objects.exists()


def test_wording_is_published_in_the_text_and_nowhere_else(place) -> None:
    """A rewording that does not apply stands in no text, so that nobody has read it."""
    report = place.report
    reword(report.pk, place.preparer, KEY, seen(report), TYPED)
    Rewording.objects.create(
        report=report, key="x", sentence="nowhere", original="〔1〕。", wording="无人看到〔1〕。"
    )
    content = PublicContent(report, load_dossier(report))
    assert content.narrative and content.narrative.sentence(KEY).text.startswith("离退休共0人")
    assert "rewordings" not in content.dossier.get("statement", {})
    files = b"".join(file.read() for file in content.files if file.format in ("json", "csv"))
    assert "无人看到" not in str(content.dossier) + files.decode("utf-8-sig", "replace")


def test_figures_that_moved_meanwhile_were_not_typed(place) -> None:
    report = place.report
    shown_then = "离退休人员〔1 0〕人，其中：离休〔2 0〕人，退休〔3 0〕人。"
    Report.objects.filter(pk=report.pk).update(retirees=7)
    typed = "离退休共〔1 0〕人，〔2 0〕人离休，〔3 0〕人退休。"
    reword(report.pk, place.preparer, KEY, shown_then, typed)
    assert told(Report.objects.get(pk=report.pk)) == "离退休共7人，0人离休，7人退休。"
    with pytest.raises(ActionRefused, match="由系统填写"):
        reword(report.pk, place.preparer, KEY, shown_then, typed.replace("〔1 0〕", "〔1 9〕"))


def test_what_another_window_worded_is_not_replaced_unseen(place) -> None:
    report, other = place.report, "共〔1〕人，离休〔2〕人、退休〔3〕人。"
    reword(report.pk, place.submitter, KEY, seen(report), other, base="")
    reword(report.pk, place.submitter, KEY, seen(report), other, base="")  # the second half of a double click
    with pytest.raises(Stale, match="另有改写"):
        reword(report.pk, place.preparer, KEY, seen(report), TYPED, base="")
    assert Rewording.objects.get().wording == other
    reword(report.pk, place.preparer, KEY, seen(report), TYPED, base=other)
    assert Rewording.objects.get().wording == WORDING
