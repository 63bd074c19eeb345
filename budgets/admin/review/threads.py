"""Threads of comments as they are shown: each with the form of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...models import Comment
from .context import Desk
from .forms import AnswerForm


@dataclass(frozen=True)
class Answerable:
    """A thread and the form below it, which is bound where an answer was refused."""

    comment: Comment
    form: AnswerForm
    url: str
    """The page of what the thread is about; empty for a whole section."""


def answerable(
    desk: Desk, threads: Iterable[Comment], refused: Mapping[int, AnswerForm] | None = None
) -> list[Answerable]:
    """``threads`` in their order; ``refused`` are the forms that come back, by thread."""
    return [
        Answerable(
            thread,
            (refused or {}).get(thread.pk)
            or AnswerForm(thread.pk, desk.url("comment_act", thread.pk, "answer")),
            desk.target_url(thread),
        )
        for thread in threads
    ]
