"""意见: who may say, answer, settle and reopen."""

import pytest

from budgets.actions import comments
from budgets.actions.base import ActionRefused, Forbidden
from budgets.domain.choices import EDITABLE, Status
from budgets.models import Comment
from tests.factories import make_report, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def report(world):
    return make_report(world, Status.SUBMITTED)


@pytest.fixture
def thread(world, report):
    return comments.add(report, world.reviewer, "income", "请核对收入", "lines/k1", "收入明细第 1 行")


def test_a_comment_is_pinned(world, report, thread):
    assert (thread.report, thread.section, thread.target, thread.place) == (
        report,
        "income",
        "lines/k1",
        "收入明细第 1 行",
    )
    assert (thread.author, thread.is_open) == (world.reviewer, True)


def test_a_conversation(world, thread):
    first = comments.answer(thread.pk, world.preparer, "已核对")
    second = comments.answer(first.pk, world.reviewer, "好")
    assert [first.parent, second.parent] == [thread, thread]
    comments.resolve(second.pk, world.approver)
    thread.refresh_from_db()
    assert (thread.is_open, thread.resolved_by) == (False, world.approver)
    with pytest.raises(ActionRefused, match="已经解决"):
        comments.answer(thread.pk, world.preparer, "还有")
    comments.resolve(thread.pk, world.reviewer)
    thread.refresh_from_db()
    assert thread.resolved_by == world.approver
    comments.reopen(thread.pk, world.reviewer)
    assert comments.reopen(thread.pk, world.reviewer).is_open
    assert comments.answer(thread.pk, world.submitter, "还有").parent == thread


@pytest.mark.parametrize("status", Status)
def test_the_department_comments_while_it_may_change_figures(world, status):
    report = make_report(world, status)
    if status in EDITABLE:
        comments.add(report, world.preparer, "basics", "请补充职能")
        return
    with pytest.raises(Forbidden):
        comments.add(report, world.preparer, "basics", "请补充职能")


def test_the_bureau_says_nothing_of_what_it_cannot_see(world):
    report = make_report(world)
    mine = comments.add(report, world.preparer, "basics", "自用")
    with pytest.raises(Forbidden):
        comments.add(report, world.reviewer, "basics", "请补充职能")
    with pytest.raises(Forbidden):
        comments.answer(mine.pk, world.reviewer, "好")
    with pytest.raises(Forbidden):
        comments.resolve(mine.pk, world.reviewer)


def test_strangers_say_nothing(world, report, thread):
    for user in (world.sister_preparer, world.foreign_reviewer, world.foreign_approver, world.administrator):
        for act in (
            lambda user=user: comments.add(report, user, "basics", "意见"),
            lambda user=user: comments.answer(thread.pk, user, "答复"),
            lambda user=user: comments.resolve(thread.pk, user),
            lambda user=user: comments.reopen(thread.pk, user),
        ):
            with pytest.raises(Forbidden):
                act()
    assert Comment.objects.count() == 1


def test_the_department_settles_nothing(world, thread):
    with pytest.raises(Forbidden):
        comments.resolve(thread.pk, world.preparer)


@pytest.mark.parametrize("section", ["", "nowhere", "project:nobody"])
def test_a_section_that_is_not_there_is_refused(world, report, section):
    with pytest.raises(ActionRefused) as caught:
        comments.add(report, world.reviewer, section, "意见")
    assert caught.value.field == "section"


@pytest.mark.parametrize("text", ["", " \n ", "字" * 2001, "a\x00"])
def test_a_text_is_needed(world, report, thread, text):
    with pytest.raises(ActionRefused) as caught:
        comments.add(report, world.reviewer, "basics", text)
    assert caught.value.field == "text"
    with pytest.raises(ActionRefused):
        comments.answer(thread.pk, world.preparer, text)
