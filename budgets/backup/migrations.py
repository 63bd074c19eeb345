"""The migrations that a database has had, beside those of the application as it is installed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.migrations.loader import MigrationLoader


def unapplied(applied: Iterable[str]) -> list[str]:
    """What this release would still run on a database that has had ``applied`` (``budgets.0001_initial``)."""
    return sorted(_known() - set(applied))


def of_later_release(applied: Iterable[str]) -> list[str]:
    """Those of ``applied`` that come after all that this release knows of their app.

    An unknown one before them is an old one that the app has squashed since.
    """
    last: dict[str, str] = {}
    for each in _known():
        app, _, name = each.partition(".")
        last[app] = max(last.get(app, ""), name)
    return sorted(each for each in applied if each.partition(".")[2] > last.get(each.partition(".")[0], ""))


def _known() -> set[str]:
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
