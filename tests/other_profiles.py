"""Profiles that this installation does not ship, known for the length of one test."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

import config.profiles
from budgets.domain import profile as profiles
from budgets.domain.profile import Profile


def install(monkeypatch: pytest.MonkeyPatch, *made: Profile) -> None:
    """Makes the profiles known under their keys; a key is used for one profile in all tests, for things are cached by
    it, but for a profile that is refused."""
    for profile in made:
        module = ModuleType(f"config.profiles.{profile.key}")
        module.PROFILE = profile  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(config.profiles, "PROFILES", (*config.profiles.PROFILES, *(p.key for p in made)))
    profiles.get_profile.cache_clear()
    profiles.sections_by_object.cache_clear()
    profiles.rules.cache_clear()
