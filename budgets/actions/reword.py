"""改写: give a sentence of the 说明 the department's wording, or take it back. A save of the section that holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db import transaction

from ..analysis.redaction import redact
from ..domain.address import Address
from ..domain.profile import section_of
from ..domain.schema import Rewording, Statement
from ..narrative.build import narrative_of
from ..narrative.document import Document
from ..narrative.rewording import WordingRefused, is_open, parse_wording, without_figures, wording_of
from ..storage.loading import load_dossier, load_section
from .base import ActionRefused, Stale
from .save_section import Saved, current_number, lock_editable, save_section

GONE = "说明里现在没有这句话，请刷新页面"


@dataclass(frozen=True, slots=True)
class Proposed:
    """``text`` for the sentence with that key.

    ``seen`` is the generated wording that the person saw (`budgets.narrative.rewording.shown`), to which the marks in
    ``text`` belong; ``base`` the wording that the department had given it then, empty for none, or None to replace
    whatever there is.
    """

    key: str
    seen: str
    text: str
    base: str | None = None


def reword(report_id: int, user: User, key: str, seen: str, text: str, base: str | None = None) -> Saved:
    """Let the sentence with that key be said in the words of ``text`` (`Proposed`).

    Raises `Stale` if the sentence or its wording is another one by now, `ActionRefused` at ``wording`` for words that
    cannot stand for the sentence, else like `save_section`.
    """
    return reword_many(report_id, user, [Proposed(key, seen, text, base)])


def reword_many(report_id: int, user: User, proposed: Iterable[Proposed]) -> Saved:
    """Let several sentences be said in other words, all of them or none. Raises like `reword`, at the first one."""
    with transaction.atomic():
        report = lock_editable(report_id, user)
        dossier = load_dossier(report)
        document = narrative_of(redact(dossier))
        statement = dossier.part(Statement)
        made = [_made(document, statement, each) for each in proposed]
        return _save(report_id, user, lambda rewordings: _with_all(made, rewordings))


def _made(document: Document | None, statement: Statement, proposed: Proposed) -> Rewording:
    """The rewording, after every reason for which it may be refused."""
    sentence = document.sentence(proposed.key) if document else None
    if sentence is None:
        raise Stale(GONE)
    if not is_open(sentence):
        raise ActionRefused("这句话由财政部门统一规定，不能改写")
    if wording_of(sentence) != without_figures(proposed.seen):
        raise Stale("打开页面之后，这句话因数据变动改了写法；请看过新的句子后再改写")
    try:
        wording = parse_wording(proposed.text, sentence, proposed.seen)
    except WordingRefused as refused:
        raise ActionRefused(refused.message, "wording") from refused
    kept = statement.rewording(proposed.key)
    if proposed.base is not None and (kept.wording if kept else "") not in (proposed.base, wording):
        raise Stale("打开页面之后，这句话另有改写，见上面“现在的句子”；仍要用您的写法，请再保存一次")
    return Rewording(sentence=proposed.key, original=wording_of(sentence), wording=wording)


def take_back(report_id: int, user: User, row: str) -> Saved:
    """Drop the rewording with the key ``row``, so that its sentence is said as it is generated.

    Repeating it changes nothing. Raises like `save_section`.
    """
    return _save(report_id, user, lambda rewordings: tuple(each for each in rewordings if each.key != row))


def _with_all(made: Iterable[Rewording], rewordings: tuple[Rewording, ...]) -> tuple[Rewording, ...]:
    for each in made:
        rewordings = _with(each, rewordings)
    return rewordings


def _with(made: Rewording, rewordings: Iterable[Rewording]) -> tuple[Rewording, ...]:
    """``made`` in the place of the rewording of the same sentence, or behind the others.

    None is kept where ``made`` says what is generated.
    """
    rewordings = tuple(rewordings)
    if made.wording == made.original:
        return tuple(each for each in rewordings if each.sentence != made.sentence)
    kept = next((each for each in rewordings if each.sentence == made.sentence), None)
    if kept is None:
        return (*rewordings, made)
    made = replace(made, key=kept.key)
    return tuple(
        made if each is kept else each
        for each in rewordings
        if each is kept or each.sentence != made.sentence
    )


def _save(
    report_id: int, user: User, change: Callable[[tuple[Rewording, ...]], tuple[Rewording, ...]]
) -> Saved:
    """Save the rewordings as ``change`` makes them of the stored ones."""
    with transaction.atomic():
        report = lock_editable(report_id, user)
        dossier = load_dossier(report, earlier=False)
        section = section_of(dossier, Address("rewordings"))
        stored = load_section(report, section) if section else None
        if stored is None:
            raise Stale(GONE)
        [part] = (part for part in stored.section.parts if part.type is Statement)
        statement = dossier.part(Statement)
        changed = replace(statement, rewordings=change(statement.rewordings))
        content = {**stored.content, part.key: part.dump(changed)}
        return save_section(report_id, user, section, current_number(report, section), content)
