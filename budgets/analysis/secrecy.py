"""Search texts for the words of withheld projects (不予公开), ignoring blanks and punctuation.

Pure. A `Secret` is the name of a withheld project, or of one of its activities, procurement items, goals or
indicators. Names that something public has too are no secrets. The secrets are searched for in everything that
the public would get.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from ..domain.dossier import Dossier, ProjectDossier
from ..domain.schema import Identity
from .redaction import withheld_keys

NAME, DETAIL, KEY = "项目名称", "项目内容", "项目标识"

CERTAIN = {NAME: 4, DETAIL: 6, KEY: 8}
"""Length from which a word of that kind can only mean the withheld project."""

POSSIBLE = {NAME: 2, DETAIL: 4}
"""Length from which a person should look at the word."""

HEADINGS = ("level1", "level2")

REMEMBERED = 8192


@dataclass(frozen=True, slots=True)
class Secret:
    """``word`` is the text to search for, ``said`` the spelling in the report, ``project`` the project's name.

    ``within`` are longer public words that contain it. An occurrence inside one of them does not count.
    """

    word: str
    said: str
    kind: str
    project: str
    within: tuple[str, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether its occurrence forbids publication. Otherwise a person decides."""
        return len(self.word) >= CERTAIN[self.kind]

    @property
    def what(self) -> str:
        """``不予公开项目“专班保障经费”的名称``"""
        if self.kind == DETAIL:
            return f"不予公开项目“{self.project}”的内容“{self.said}”"
        return f"不予公开项目“{self.project}”的{'名称' if self.kind == NAME else '标识'}"


@lru_cache(maxsize=REMEMBERED)
def bare(text: str) -> str:
    """``text`` in half-width lower case, without blanks, punctuation and symbols."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def secrets_of(dossier: Dossier) -> tuple[Secret, ...]:
    """The secrets of the report, including the words of its budget and earlier years for the same projects."""
    hidden = withheld_keys(dossier)
    if not hidden:
        return ()
    reports = [dossier, *dossier.earlier, *((dossier.budget,) if dossier.budget else ())]
    known = _known_words(reports, hidden)
    found: dict[str, Secret] = {}
    for report in reports:
        for project in report.projects:
            if project.key in hidden:
                for secret in _secrets(project):
                    if secret.word not in known:
                        found.setdefault(secret.word, secret)
    return tuple(
        replace(secret, within=_longer(secret, known))
        for secret in found.values()
        if secret.kind != DETAIL or not any(secret.word in word for word in known)
    )


def given_away(texts: Iterable[str], secrets: Iterable[Secret]) -> list[Secret]:
    """The secrets that occur in one of ``texts``, in the order of ``secrets``."""
    secrets = tuple(secrets)
    if not secrets:
        return []
    texts = list(texts)
    whole = "\n".join(map(bare, texts))
    if not _any_of(secrets).search(whole):
        return []
    return [secret for secret in secrets if secret.word in whole and _stands(secret, whole, texts)]


def _stands(secret: Secret, whole: str, texts: Iterable[str]) -> bool:
    """Find a key as a whole word only: ``project-1`` does not occur in ``project-10``."""
    if secret.kind == KEY:
        alone = re.compile(rf"(?<![0-9A-Za-z-]){re.escape(secret.said)}(?![0-9A-Za-z-])", re.IGNORECASE)
        return any(alone.search(text) for text in texts)
    for longer in secret.within:
        whole = whole.replace(longer, "\n")
    return secret.word in whole


@lru_cache(maxsize=32)
def _any_of(secrets: tuple[Secret, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(secret.word) for secret in secrets))


def _longer(secret: Secret, known: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in known if secret.word in word)


def _secrets(project: ProjectDossier) -> Iterator[Secret]:
    name = project.identity.name
    yield from _secret(name, NAME, name)
    yield from _secret(project.key, KEY, name)
    for called in _names(project):
        yield from _secret(called, DETAIL, name)


def _secret(said: str, kind: str, project: str) -> Iterator[Secret]:
    word = bare(said)
    if len(word) >= POSSIBLE.get(kind, CERTAIN[kind]):
        yield Secret(word, said, kind, project)


def _known_words(reports: Iterable[Dossier], hidden: frozenset[str]) -> dict[str, None]:
    """The names of everything that is public: such a word reveals nothing."""
    words: dict[str, None] = {}
    for report in reports:
        words |= dict.fromkeys(map(bare, report.codes.function.values()))
        words |= dict.fromkeys(map(bare, report.codes.economic.values()))
        words[bare(report.header.department_name)] = None
        for project in report.projects:
            if project.key not in hidden and not project.withheld:
                words |= dict.fromkeys(map(bare, (project.identity.name, *_names(project))))
            words |= dict.fromkeys(map(bare, _headings(project)))
        for part in report.parts.values():
            words |= dict.fromkeys(map(bare, _called(part)))
    return words


def _headings(project: ProjectDossier) -> Iterator[str]:
    """The terms of the closed lists: 一级指标, 二级指标."""
    for part in project.parts.values():
        yield from _called(part, HEADINGS)


def _names(project: ProjectDossier) -> Iterator[str]:
    """The names of everything in the project, without its own."""
    for cls, part in project.parts.items():
        if cls is not Identity:
            yield from _called(part)


def _called(value: Any, names: tuple[str, ...] = ("name",)) -> Iterator[str]:
    """The values of the fields with those names, in ``value`` and in every row in it."""
    if is_dataclass(value):
        for field in fields(value):
            inner = getattr(value, field.name)
            if field.name in names and isinstance(inner, str):
                yield inner
            elif isinstance(inner, tuple):
                for row in inner:
                    yield from _called(row, names)


def certain(secrets: Iterable[Secret]) -> tuple[Secret, ...]:
    """The secrets that must not occur anywhere."""
    return tuple(secret for secret in secrets if secret.is_certain)
