"""Profiles that this installation does not ship, known for the length of one test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from budgets.domain import profile as profiles
from budgets.domain.profile import Profile


def install(monkeypatch: pytest.MonkeyPatch, *made: Profile) -> None:
    """Makes the profiles known to one test. Much is cached by their keys: one key is one profile in all tests."""
    for profile in made:
        monkeypatch.setitem(profiles._known, profile.key, profile)
    profiles.sections_by_object.cache_clear()
    profiles.rules.cache_clear()


@contextmanager
def known(profile: Profile) -> Iterator[None]:
    profiles._known[profile.key] = profile
    try:
        yield
    finally:
        del profiles._known[profile.key]
