"""No pattern needs more than linear time: each is fed long texts of everything that it looks for.

A pattern of quadratic time needs minutes for them, a linear one milliseconds. What is asserted is that it finishes
at all, within seconds of computing.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from re import _constants as kinds  # type: ignore[attr-defined]  # the parser that `re` itself compiles with
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

import budgets
import config
import performance
from budgets.checks import txt_2
from budgets.domain.choices import ReportKind

LONG, SHORTER = 100_000, 20_000
"""Characters of one kind, and of two kinds mixed."""
SECONDS = 2.0
SEARCHING = frozenset({"search", "sub", "subn", "finditer", "findall", "split"})
USUAL = ("1", " ", "一", ",", "\n", "a", "(", "/")


@dataclass
class Found:
    """A pattern, where it stands and the methods with which it is used."""

    pattern: re.Pattern[Any]
    where: str
    methods: set[str] = field(default_factory=set)


def modules() -> Iterator[ModuleType]:
    for package in (budgets, performance, config):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in found.name and not found.name.endswith(("wsgi", "asgi")):
                yield importlib.import_module(found.name)


def held(value: object, own: str) -> Iterator[re.Pattern[Any]]:
    """The patterns that a value of the module ``own`` is or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, type) and value.__module__ == own:
        for inner in vars(value).values():
            yield from held(inner, own)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from held(inner, own)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from held(inner, own)


def written(tree: ast.AST) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Patterns that are written in a call: ``re.sub("…", …)``."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=method),
                args=[ast.Constant(value=str(text)), *_],
            ) if method != "compile":
                yield method, re.compile(text)


def used(source: str, name: str) -> set[str]:
    """The methods with which the source calls a pattern of that name."""
    calls = rf"\b{re.escape(name)}(?:\[[^\]]*\])?\.(search|match|fullmatch|sub|subn|finditer|findall|split)\b"
    return set(re.findall(calls, source))


def patterns() -> list[Found]:
    found: dict[re.Pattern[Any], Found] = {}
    for module in modules():
        source = Path(module.__file__ or "").read_text()
        for name, value in vars(module).items():
            inside = vars(value).items() if isinstance(value, type) else ()
            for inner, held_value in ((name, value), *inside):
                for pattern in held(held_value, module.__name__):
                    known = found.setdefault(pattern, Found(pattern, f"{module.__name__}.{inner}"))
                    known.methods |= used(source, inner)
        for method, pattern in written(ast.parse(source)):
            found.setdefault(pattern, Found(pattern, module.__name__)).methods.add(method)
    for kind in ReportKind:
        headline = txt_2._figure_pattern(kind)
        found[headline] = Found(headline, "txt_2._figure_pattern", {"search"})
    for each in found.values():
        each.methods = each.methods or {"search"}
    return list(found.values())


def words(pattern: re.Pattern[Any]) -> list[str]:
    """What the pattern looks for: its words, one character of each of its sets, and what fits none."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    found: dict[str, None] = {}

    def walk(items: Iterable[Any]) -> None:
        run = ""
        for kind, value in items:
            if kind is kinds.LITERAL:
                run += chr(value)
                continue
            if run:
                found[run] = None
                run = ""
            if kind is kinds.IN:
                for part, inner in value:
                    if part is kinds.LITERAL:
                        found[chr(inner)] = None
                        break
                found.update((chr(inner[0]), None) for part, inner in value if part is kinds.RANGE)
            elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
                walk(value[2])
            elif kind is kinds.SUBPATTERN:
                walk(value[3])
            elif kind is kinds.BRANCH:
                for branch in value[1]:
                    walk(branch)
            elif kind in (kinds.ASSERT, kinds.ASSERT_NOT):
                walk(value[1])
            elif kind is kinds.ATOMIC_GROUP:
                walk(value)
        if run:
            found[run] = None

    walk(parser.parse(text, pattern.flags & (re.VERBOSE | re.DOTALL)))
    return [*dict.fromkeys((*found, *USUAL))]


def texts(pattern: re.Pattern[Any], most: int) -> Iterator[str]:
    """Long texts: of one word each, of two in turn, and of one behind another. With an end that fits nothing, too."""
    known = words(pattern)
    bare = [word * (LONG // len(word)) for word in known]
    few = [*dict.fromkeys((*known[:most], *USUAL[: max(3, most)]))]
    turns = [(one + other) * (SHORTER // len(one + other)) for one, other in itertools.permutations(few, 2)]
    behind = [one + other * (SHORTER // len(other)) for one, other in itertools.permutations(few, 2)]
    for text in (*bare, *turns, *behind):
        yield text + "\x01"
    yield from bare


class TakesTooLong(Exception):
    pass


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises `TakesTooLong` in the midst of what computes for longer."""

    def stop(*_: object) -> None:
        raise TakesTooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def slow(found: Found, most: int) -> list[str]:
    """Beginnings of the texts for which it takes too long."""
    given: list[str] = []
    ways: list[Callable[[Any], object]] = []
    if found.methods & SEARCHING:
        ways.append(lambda text: sum(1 for _ in found.pattern.finditer(text)))
    ways += [getattr(found.pattern, method) for method in ("match", "fullmatch") if method in found.methods]
    for text in texts(found.pattern, most):
        fed = text if isinstance(found.pattern.pattern, str) else text.encode()
        for way in ways:
            try:
                with limited(SECONDS):
                    way(fed)
            except TakesTooLong:
                given.append(text[:12])
        if len(given) > 2:
            break
    return given


def assert_linear(most: int) -> None:
    found = patterns()
    assert len(found) > 180
    bad = {
        f"{each.where} {each.pattern.pattern[:60]!r}": given for each in found if (given := slow(each, most))
    }
    assert not bad


def test_every_pattern_takes_linear_time() -> None:
    assert_linear(most=2)


@pytest.mark.soak
def test_every_pattern_takes_linear_time_for_every_two_words() -> None:
    assert_linear(most=40)
