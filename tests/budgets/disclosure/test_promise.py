"""Over any history: what is published is what the approver was shown, and what is withheld is in no public byte.

A history is a list of acts on a budget and the final accounts of its year; an act that the rules refuse changes
nothing and the history goes on.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from budgets.actions.adopt import adopt
from budgets.actions.annex import attach, detach
from budgets.actions.base import ActionRefused
from budgets.actions.correct import correct
from budgets.actions.return_for_changes import return_for_changes
from budgets.actions.revoke import revoke
from budgets.actions.save_section import current_number, save_section
from budgets.actions.withdraw import withdraw
from budgets.disclosure.publication import PublicContent, StoredContent, public_content
from budgets.disclosure.verification import verify_publications
from budgets.domain.choices import EDITABLE, Status
from budgets.domain.dossier import PROJECT
from budgets.models import Publication, Report, Withdrawal
from budgets.storage.loading import load_section
from tests.budgets.actions.test_annex import docx
from tests.project_years import GOAL, document, project
from tests.small_year import SmallYear, small_year

pytestmark = pytest.mark.django_db

KEYS = ("1111aaaa2222bbbb", "3333cccc4444dddd", "5555eeee6666ffff")
NAMES = ("甲号专班联络经费", "乙号专班联络经费", "丙号专班联络经费")
MARKS = ("赤", "橙", "黄")
"""Stands in every text of the project."""
AMOUNTS = ("7919113.37", "6029451.83", "3571928.61")
"""No sum of them has the digits of another."""

ACTS = (
    *("submit", "pass", "approve", "publish", "publish", "correct", "return", "revoke"),
    *("withhold", "show", "amount", "rename", "attach", "detach", "earlier", "withdraw"),
)


@dataclass(frozen=True)
class Act:
    """``what`` is done to the budget or, ``final``, to the final accounts; ``which`` project or choice."""

    what: str
    final: bool
    which: int


SCALE = float(os.environ.get("SCALE", "0"))

act = st.builds(Act, st.sampled_from(ACTS), st.booleans(), st.integers(0, 2))


def run(*whats: str, final: bool, which: int = 0) -> list[Act]:
    return [Act(what, final, which) for what in whats]


FORWARD = ("submit", "pass", "approve", "publish")
SETTLE = [*run(*FORWARD, final=False), *run(*FORWARD, final=True)]
"""Takes both as far as they go: a history that published nothing would show nothing."""

turn = st.one_of(
    act.map(lambda one: [one]),
    act.map(lambda one: [one]),
    act.map(lambda one: run("correct", "withhold", *FORWARD, final=one.final, which=one.which)),
    act.map(lambda one: run("correct", "withhold", final=one.final, which=one.which)),
    st.booleans().map(lambda final: run(*FORWARD, final=final)),
)
histories = st.lists(turn, min_size=3, max_size=7).map(lambda turns: [*SETTLE, *chain(*turns), *SETTLE])


def marked(index: int, kind: str) -> dict[str, Any]:
    """A project with its mark in every text. All are of one category, function code and economic code."""
    mark, key = MARKS[index], KEYS[index]
    sign = f"{mark}色暗号文字"
    goal = {**GOAL, "key": f"{key}goal", "text": sign}
    goal["indicators"] = [
        {**i, "key": f"{key}{i['key']}", "name": f"{sign}{i['name']}"} for i in GOAL["indicators"]
    ]
    more: dict[str, Any] = {"goals": {"goals": [goal]}} if kind == "budget" else {}
    made = project(key, AMOUNTS[index], name=NAMES[index], reason=f"{sign}原因", **more)
    made["application"] |= {"leader": sign, "plan": sign, "phone": f"{sign}0"}
    activity = made["activities"]["activities"][0]
    activity |= {"name": f"{sign}活动", "basis": sign, "description": sign}
    if kind == "final":
        activity["lines"][0]["adjusted"] = AMOUNTS[index]
    return made


@dataclass
class History:
    year: SmallYear
    shown: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    """By report id what the approver was shown of it."""
    names: int = 0

    def __post_init__(self) -> None:
        """The budget is approved."""
        budget = Report.objects.get(pk=self.year.budget.pk)
        self.shown[budget.pk] = what_is_shown(public_content(budget))

    def report(self, act: Act) -> Report:
        report = self.year.final if act.final else self.year.budget
        return Report.objects.get(pk=report.pk)

    def carry_out(self, act: Act) -> None:
        with suppress(ActionRefused, Publication.DoesNotExist), transaction.atomic():
            getattr(self, f"_{act.what}")(self.report(act), act.which)

    def _submit(self, report: Report, which: int) -> None:
        self.year.submit(report)

    def _pass(self, report: Report, which: int) -> None:
        self.year.pass_review(report)

    def _approve(self, report: Report, which: int) -> None:
        looked_at = what_is_shown(public_content(report))
        self.year.approve(
            report, digest=looked_at[0], published_reason="金额有误" if report.revision > 1 else None
        )
        self.shown[report.pk] = looked_at

    def _publish(self, report: Report, which: int) -> None:
        self.year.publish(report)
        publication = Publication.objects.get(report=report, revision=report.revision)
        assert what_is_public(publication) == self.shown[report.pk][1:]

    def _correct(self, report: Report, which: int) -> None:
        correct(report.pk, self.year.world.approver, report.changes, f"{NAMES[which]}有误")

    def _return(self, report: Report, which: int) -> None:
        return_for_changes(report.pk, self.year.world.reviewer, report.changes, "请改")

    def _revoke(self, report: Report, which: int) -> None:
        revoke(report.pk, self.year.world.approver, report.changes, "请改")

    def _withhold(self, report: Report, which: int) -> None:
        self._save(report, which, lambda content: content["identity"].update(disclosure="withheld"))

    def _show(self, report: Report, which: int) -> None:
        self._save(report, which, lambda content: content["identity"].update(disclosure="full"))

    def _amount(self, report: Report, which: int) -> None:
        def change(content: dict[str, Any]) -> None:
            line = content["activities"]["activities"][0]["lines"][0]
            line["amount"] = f"{int(line['amount'][0]) % 9 + 1}{line['amount'][1:]}"

        self._save(report, which, change)

    def _save(self, report: Report, which: int, change: Any) -> None:
        if report.status not in EDITABLE:
            return
        key = PROJECT + KEYS[which]
        content = dict(load_section(report, key).content)
        change(content)
        save_section(report.pk, self.year.world.preparer, key, current_number(report, key), content)

    def _rename(self, report: Report, which: int) -> None:
        self.names += 1
        report.department.name = f"第{self.names}次改名的中心"
        report.department.save()

    def _attach(self, report: Report, which: int) -> None:
        said = f"<w:t>{NAMES[which] if which else '本年工作'}说明{which}</w:t>"
        content = docx({"word/document.xml": said.encode()})
        attach(report.pk, self.year.world.preparer, SimpleUploadedFile("说明.docx", content))

    def _detach(self, report: Report, which: int) -> None:
        detach(report.pk, self.year.world.preparer)

    def _earlier(self, report: Report, which: int) -> None:
        adopt(document(2022, project("old", f"{which + 1}00000.00", name="旧年业务")), Status.ARCHIVED)

    def _withdraw(self, report: Report, which: int) -> None:
        withdraw(report.pk, self.year.world.approver, which + 1, "不该公开")


def what_is_shown(content: PublicContent) -> tuple[Any, ...]:
    """All but the manifest, which is made with the approval."""
    files = [(f.name, f.title, f.sha256, f.read()) for f in content.files if f.format != "manifest"]
    return (
        content.digest,
        content.sheets,
        content.summary,
        content.difference.dump(),
        content.narrative,
        files,
    )


def what_is_public(publication: Publication) -> tuple[Any, ...]:
    return what_is_shown(StoredContent(publication.report, publication))[1:]


# --- what anybody gets ----------------------------------------------------------------------------


def readable(raw: bytes) -> str:
    """The text of a page or a file, also of what is packed in it."""
    if not raw.startswith(b"PK"):
        return raw.decode("utf-8", "replace")
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def bytes_of(address: str) -> str:
    answer = Client().get(address)
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return readable(raw)


def public_texts(report: Report) -> Iterator[tuple[str, str]]:
    """The page of the report, its last revision and its files, and the answers for all that is withdrawn."""
    page = f"/{report.year}/{report.department.code}/{report.kind}/"
    yield page, bytes_of(page)
    newest = report.publications.order_by("-revision").first()
    for publication in report.publications.all():
        is_withdrawn = hasattr(publication, "withdrawal")
        if publication == newest or is_withdrawn:
            yield publication.revision, bytes_of(f"{page}{publication.revision}/")
            for file in publication.files.all():
                address = f"{page}{publication.revision}/{file.name}"
                if is_withdrawn:
                    yield file.name.partition("-T13")[0], bytes_of(address)
                else:
                    with file.file.open("rb") as stored:
                        yield address, address + readable(stored.read())


def tokens(index: int) -> tuple[str, ...]:
    return NAMES[index], f"{MARKS[index]}色暗号", KEYS[index]


def check_what_is_public(year: SmallYear) -> None:
    assert not [each.problems for each in verify_publications() if each.problems or not each.has_manifest]
    hidden: set[int] = set()
    for report in (year.budget, year.final):
        report = Report.objects.select_related("department", "fiscal_year").get(pk=report.pk)
        newest = report.publications.order_by("-revision").first()
        if newest is None:
            continue
        withheld = [index for index, key in enumerate(KEYS) if key in newest.full_dossier["withheld"]]
        hidden |= set(withheld)
        for address, text in public_texts(report):
            for index in withheld:
                assert not [token for token in tokens(index) if token in text], address
                if len(withheld) > 1:
                    wan = f"{float(AMOUNTS[index]) / 10000:,.2f}"
                    assert AMOUNTS[index] not in text and wan not in text, address
    for page in ("/", "/districts/420112/", "/departments/112001/"):
        text = bytes_of(page)
        assert not [token for index in hidden for token in tokens(index) if token in text], page


def make_year() -> SmallYear:
    return small_year(
        *(marked(index, "budget") for index in range(3)),
        final=tuple(marked(index, "final") for index in range(3)),
    )


def go_through(history: list[Act]) -> None:
    with transaction.atomic():
        walk = History(make_year())
        for one in history:
            before = Publication.objects.count(), Withdrawal.objects.count()
            walk.carry_out(one)
            if before != (Publication.objects.count(), Withdrawal.objects.count()):
                check_what_is_public(walk.year)
        transaction.set_rollback(True)


PROFILE: dict[str, Any] = {
    "phases": [Phase.generate],
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "database": None,
}


@settings(max_examples=3, derandomize=True, **PROFILE)
@given(history=histories)
def test_what_is_approved_is_published_and_what_is_withheld_is_not(history):
    go_through(history)


@pytest.mark.soak
@settings(max_examples=max(1, round(60 * SCALE)), **PROFILE)
@given(history=histories)
def test_what_is_approved_is_published_over_many_histories(history):
    go_through(history)


def test_a_correction_that_withholds_and_one_that_shows_again():
    """One history in full, with both kinds of withholding: from the start, and later."""
    go_through(
        [
            *SETTLE,
            *run("correct", "withhold", *FORWARD, final=False, which=1),
            *run("correct", "withhold", *FORWARD, final=True, which=1),
            *run("correct", "withhold", "rename", *FORWARD, final=False, which=0),
            *run("correct", "withhold", *FORWARD, final=True, which=0),
            *run("withdraw", "withdraw", final=True, which=0),
        ]
    )
