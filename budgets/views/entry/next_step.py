"""The next step on a report: what to do, and where."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from ...domain.transitions import Verb
from .context import Workspace
from .outline import flat


@dataclass(frozen=True)
class Step:
    text: str
    url: str


def is_blank(space: Workspace) -> bool:
    """Whether nothing is filled in yet."""
    return all(entry.progress.is_blank for entry in space.contents)


def next_step(space: Workspace) -> Step | None:
    """The next step, in reading order: answer comments, then fill in, correct, and explain.

    None if the report cannot be edited, or only the submission is left and the person cannot submit.
    """
    if not space.report.is_editable:
        return None
    if space.open_threads:
        here = reverse("entry:report", args=[space.report.pk])
        return Step(f"答复 {len(space.open_threads)} 条意见", f"{here}#comments")
    entries = [entry for entry in flat(space.contents) if not entry.is_group]
    for entry in entries:
        if entry.missing:
            return Step(f"补充“{entry.title}”：{'、'.join(entry.missing)}", entry.url)
    check = reverse("entry:check", args=[space.report.pk])
    if space.errors:
        return Step(f"改正 {space.errors} 处错误", check)
    if space.warnings:
        return Step(f"说明 {space.warnings} 处提醒", check)
    return Step("报送", check) if Verb.SUBMIT in space.verbs and not space.closed else None
