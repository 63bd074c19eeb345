"""A process that imports and is killed at statement 1, 2, 3… of it; what is left must be the old or the new.

Of a workbook, which is read and compared before anything is written, only the statements that write count.

    DATABASE_URL=… python tests/killing/killed_process.py document|workbook|upload|undo|save|approve|publish|correct

Run by `test_killed`. The database is its own: it is made, filled and left to whoever made it. Each attempt is a
fork that kills itself, as the system would, before the statement is sent.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WRITES = ("INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE")
MOST = 2000
"""Statements after which an import is not small."""


def main(what: str) -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_classification", stdout=open(os.devnull, "w"))  # noqa: SIM115

    act = ACTS[what]()
    begins = WRITES if what in ("workbook", "upload", "undo") else ("",)
    old = stored()
    statements = 1
    while not attempt(act, statements, begins) and stored() == old:
        statements += 1
        assert statements < MOST, "the import never came to an end"
    new = stored()
    assert new != old, "the import changed nothing"
    # Killed after it was written, it must have been whole: once more changes nothing.
    assert attempt(act, MOST)
    assert stored()[0] == new[0], f"half an import, killed at statement {statements}"
    print(statements - 1)


def attempt(act: Callable[[], Any], last: int, begins: tuple[str, ...] = ("",)) -> bool:
    """Run ``act`` in a fork that dies before its ``last`` statement that begins so; whether it came to its end."""
    from django.db import connection, connections

    connections.close_all()
    child = os.fork()
    if not child:
        count = 0

        def count_down(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal count
            count += sql.startswith(begins)
            if count == last and sql.startswith(begins):
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(sql, params, many, context)

        code = 1
        try:
            with connection.execute_wrapper(count_down):
                act()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0, "the import failed by itself"
        return True
    assert os.WTERMSIG(status) == signal.SIGKILL
    return False


def _small() -> dict[str, Any]:
    """A report with one duty, one line of income and one project."""
    from tests.sample_world import sample

    document = sample()
    head = ("format", "kind", "year", "profile", "edition", "district", "department")
    project = document["projects"][0]
    kept = {name: project[name] for name in ("key", "identity", "application", "activities")}
    return {
        **{name: document[name] for name in head},
        "basics": {"preparer": "填报人", "duties": document["basics"]["duties"][:1]},
        "income": {"lines": document["income"]["lines"][:1]},
        "projects": [kept],
    }


def stored() -> Any:
    """What the report says, and how often it was said to change."""
    from budgets.models import (
        ApprovedContent,
        Publication,
        PublishedFile,
        Report,
        SectionVersion,
        Transition,
        Upload,
    )
    from budgets.storage.dossier_json import dump_dossier
    from budgets.storage.loading import load_dossier

    report = Report.objects.get(fiscal_year__year=2023)
    return (
        dump_dossier(load_dossier(report, earlier=False)),
        report.changes,
        (report.status, report.revision, report.approval_number),
        [model.objects.count() for model in (ApprovedContent, Publication, PublishedFile)],
        SectionVersion.objects.count(),
        Transition.objects.count(),
        list(Upload.objects.values_list("state", flat=True)),
    )


def document() -> Callable[[], Any]:
    """A draft replaced by a changed document of the same report."""
    from budgets.actions.adopt import adopt
    from budgets.domain.choices import Status

    adopt(_small(), Status.DRAFT)
    changed = _small()
    changed["basics"]["preparer"] = "新填报人"
    project = changed["projects"][0]
    project["activities"]["activities"][0]["lines"][0]["amount"] = "140000.00"
    project["identity"]["name"] = "改名的项目"
    return lambda: adopt(changed, Status.DRAFT)


def workbook() -> Callable[[], Any]:
    """A workbook with changes in several sections and a project more."""
    from budgets.workbook.reading import read_workbook
    from tests.budgets.workbook.files import take_workbook

    report, user, content = _workbook()
    cells = read_workbook(content)
    return lambda: take_workbook(report.pk, user, cells)


def upload() -> Callable[[], Any]:
    """The same, kept with its preview and confirmed; whoever confirms it again is told so."""
    from budgets.actions.base import AlreadyDone
    from budgets.actions.keep_upload import keep_upload
    from budgets.actions.take_upload import take_upload

    report, user, content = _workbook()
    kept = keep_upload(report, user, "填报.xlsx", content)

    def act() -> None:
        with contextlib.suppress(AlreadyDone):
            take_upload(report.pk, user, kept.pk, kept.looks)

    return act


def undo() -> Callable[[], Any]:
    """The same, confirmed and undone; whoever undoes it again is told so."""
    from budgets.actions.base import AlreadyDone
    from budgets.actions.keep_upload import keep_upload
    from budgets.actions.take_upload import take_upload
    from budgets.actions.undo_upload import undo_upload

    report, user, content = _workbook()
    kept = take_upload(report.pk, user, keep_upload(report, user, "填报.xlsx", content).pk, 1)

    def act() -> None:
        with contextlib.suppress(AlreadyDone):
            undo_upload(report.pk, user, kept.pk)

    return act


def save() -> Callable[[], Any]:
    """A section saved with other contents; whoever saves on the old version again is told of the conflict."""
    from budgets.actions.base import ActionRefused
    from budgets.actions.save_section import save_section
    from tests.factories import make_report, make_world

    world = make_world(2023)
    report = make_report(world)
    lines = [{"key": f"line-{number}", "amount": f"{number}.00"} for number in range(5)]
    save_section(report.pk, world.preparer, "income", 0, {"income": {"lines": lines}})
    changed = [{**line, "amount": "7.00"} for line in lines[1:]]

    def act() -> None:
        with contextlib.suppress(ActionRefused):
            save_section(report.pk, world.preparer, "income", 1, {"income": {"lines": changed}})

    return act


def _verb(
    status: str, verb: Callable[[Any, Any], Any], before: Callable[[Any, Any], Any] | None = None
) -> Any:
    """An act on a report in that state; whoever repeats it is refused."""
    from budgets.actions.base import ActionRefused
    from tests.factories import make_report, make_world

    world = make_world(2023)
    report = make_report(world, status)  # type: ignore[arg-type]  # the value of a Status
    if before:
        before(report, world)

    def act() -> None:
        with contextlib.suppress(ActionRefused):
            verb(report, world)

    return act


def approve() -> Callable[[], Any]:
    """The content and its files are kept with the approval."""
    import datetime

    from budgets.actions.approve import approve

    day = datetime.date.today()
    return _verb(
        "reviewed", lambda report, world: approve(report.pk, world.approver, 0, "东财预〔2023〕12 号", day)
    )


def publish() -> Callable[[], Any]:
    from budgets.actions.publish import publish

    return _verb("approved", lambda report, world: publish(report.pk, world.submitter, 0))


def correct() -> Callable[[], Any]:
    from budgets.actions.correct import correct
    from budgets.actions.publish import publish

    return _verb(
        "approved",
        lambda report, world: correct(report.pk, world.approver, 0, "金额有误"),
        lambda report, world: publish(report.pk, world.submitter, 0),
    )


def _workbook() -> tuple[Any, Any, bytes]:
    """A report, who fills it in, and a workbook that changes it."""
    from budgets.actions.adopt import adopt
    from budgets.domain.choices import Role, Status
    from tests.budgets.workbook.files import edited, first_empty, made, put
    from tests.factories import person

    report = adopt(_small(), Status.DRAFT)
    user = person("preparer", Role.PREPARER, department=report.department)

    def edit(book: Any) -> None:
        book["基本情况"]["B2"] = "新填报人"
        put(book["项目支出明细测算"], 3, 金额=14)
        projects = book["项目"]
        put(projects, first_empty(projects), 项目名称="数据治理", 支出项目类别="特定目标类项目")

    return report, user, edited(made(report), edit)


ACTS = {act.__name__: act for act in (document, workbook, upload, undo, save, approve, publish, correct)}

if __name__ == "__main__":
    main(sys.argv[1])
