"""PRJ-6 项目重复: near-identical activities or texts in two projects."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from budgets.domain.address import Address
from budgets.domain.choices import Severity, Status
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.money import stated
from budgets.domain.schema import Activity

from .texts import FreeText, squeeze, texts_by_project

SHINGLE = 3
"""Characters of one shingle."""

SHORTEST_NAME = 4
"""Length of the shortest activity name that is compared."""

SHORTEST = 15
"""Length of the shortest sentence that is compared."""

COMMON = 4
"""A shingle that occurs in more sentences than this is a set phrase of the department and is ignored."""

ALIKE = 0.7
"""Share of common shingles (Jaccard) from which two sentences count as near-identical."""

SAME_NAME = 0.3
"""Share of common character pairs from which two activities with one name count as the same."""

_COMPARED = frozenset({"basis", "plan", "purpose", "costing", "description"})
_SENTENCE = re.compile(r"[。；;！!？?\n]+")
_NOISE = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """``text`` is one sentence of ``source``, a text of ``project``."""

    project: ProjectDossier
    source: FreeText
    text: str
    shingles: frozenset[str]


class Duplicates:
    """Info: another project has the same activity, or the same sentence in 立项依据, 方案, 用途 or 测算.

    Activities are the same if they have one name and similar descriptions. Sentences are found through an index of
    shingles, so that time grows with the length of the texts. Not caught: the same in other words; sentences that
    three or more projects share, which are set phrases; activities named after an economic subject (物业管理费);
    indicators.
    """

    id = "PRJ-6"
    title = "项目重复"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if dossier.header.status == Status.ARCHIVED:
            return
        severity = settings.severity or Severity.INFO
        yield from self._activities(dossier, severity)
        yield from self._sentences(dossier, severity)

    def _activities(self, dossier: Dossier, severity: Severity) -> Iterator[Finding]:
        subjects = set(dossier.codes.economic.values())
        named: dict[str, list[tuple[ProjectDossier, Activity]]] = defaultdict(list)
        for project in dossier.projects:
            for activity in project.activities:
                name = _letters(activity.name)
                if len(name) >= SHORTEST_NAME and activity.name not in subjects:
                    named[name].append((project, activity))
        for group in named.values():
            if len({project.key for project, _ in group}) != 2:
                continue
            for (first, one), (second, other) in combinations(group, 2):
                if first.key == second.key or not _same(one, other):
                    continue
                yield Finding(
                    rule=self.id,
                    severity=severity,
                    place=f"{second.identity.name}—{other.name}",
                    address=second.address("activities", other.key, "name"),
                    message=f"活动“{other.name}”{stated(other.amount)}，"
                    f"项目“{first.identity.name}”也有“{one.name}”{stated(one.amount)}，内容相近；"
                    "请核对是否重复安排，不重复的请写清区别。",
                    expected="两个项目的活动不同",
                    actual=f"都有“{other.name}”",
                )

    def _sentences(self, dossier: Dossier, severity: Severity) -> Iterator[Finding]:
        index: dict[str, list[_Sentence]] = defaultdict(list)
        sentences = list(_all_sentences(dossier))
        for sentence in sentences:
            for shingle in sentence.shingles:
                index[shingle].append(sentence)
        order = {project.key: number for number, project in enumerate(dossier.projects)}
        seen: set[Address] = set()
        for sentence in sentences:
            twin = _twin(sentence, index)
            where = sentence.source.address
            if twin is None or where in seen or order[twin.project.key] > order[sentence.project.key]:
                continue
            seen.add(where)
            yield sentence.source.spot.finding(
                self.id,
                severity,
                f"“{sentence.source.title}”里的“{_short(sentence.text)}”与项目“{twin.project.identity.name}”"
                f"的“{twin.source.title}”几乎相同；请核对是否照抄，改写为本项目的内容。",
                expected="两个项目的内容不同",
                actual=_short(sentence.text),
            )


def _all_sentences(dossier: Dossier) -> Iterator[_Sentence]:
    for project in dossier.projects:
        seen: set[str] = set()
        for text in texts_by_project(dossier)[project.key]:
            if text.address.field not in _COMPARED or text.address.object not in (
                "application",
                "activities",
            ):
                continue
            for part in _SENTENCE.split(text.clean):
                letters = _letters(part)
                if len(letters) >= SHORTEST and letters not in seen:
                    seen.add(letters)
                    yield _Sentence(project, text, part, _shingles(letters, SHINGLE))


def _twin(sentence: _Sentence, index: dict[str, list[_Sentence]]) -> _Sentence | None:
    """The near-identical sentence of the one other project that has it."""
    near = {
        id(other): other
        for shingle in sentence.shingles
        if len(index[shingle]) <= COMMON
        for other in index[shingle]
        if other.project.key != sentence.project.key
    }
    alike = [other for other in near.values() if _jaccard(other.shingles, sentence.shingles) >= ALIKE]
    return alike[0] if len({other.project.key for other in alike}) == 1 else None


def _same(one: Activity, other: Activity) -> bool:
    texts = [_letters(activity.description + activity.basis) for activity in (one, other)]
    if not all(texts):
        return True
    pairs = [_shingles(text, 2) for text in texts]
    least = min(len(p) for p in pairs)
    return bool(least) and len(pairs[0] & pairs[1]) / least >= SAME_NAME


def _letters(text: str) -> str:
    return _NOISE.sub("", squeeze(text))


def _shingles(letters: str, length: int) -> frozenset[str]:
    return frozenset(letters[i : i + length] for i in range(len(letters) - length + 1))


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"
