"""Real connections that really collide: every act is seen waiting for the lock before it is let go."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections, transaction

from budgets.models import Report

PATIENCE = 30
"""Seconds until a collision that does not come about fails the test."""


@dataclass
class Outcome:
    """What an act returned or raised."""

    value: Any = None
    error: Exception | None = None

    @property
    def won(self) -> bool:
        return self.error is None


def race(report: Report, *acts: Callable[[], Any]) -> list[Outcome]:
    """Run ``acts``, each on a connection of its own, all waiting for ``report``'s lock in this order."""
    with ThreadPoolExecutor(len(acts)) as pool:
        with transaction.atomic():
            Report.objects.select_for_update().get(pk=report.pk)
            futures: list[Future] = []
            for act in acts:
                futures.append(pool.submit(_on_own_connection, act))
                _until_waiting(len(futures))
        return [future.result(PATIENCE) for future in futures]


def together(*acts: Callable[[], Any]) -> list[Outcome]:
    """Run ``acts`` at once, each on a connection of its own, with nothing to wait for but each other."""
    with ThreadPoolExecutor(len(acts)) as pool:
        futures = [pool.submit(_on_own_connection, act) for act in acts]
        return [future.result(PATIENCE) for future in futures]


def _on_own_connection(act: Callable[[], Any]) -> Outcome:
    try:
        return Outcome(value=act())
    except Exception as error:
        return Outcome(error=error)
    finally:
        connections.close_all()


def _until_waiting(count: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pid IN"
                " (SELECT pid FROM pg_locks WHERE database ="
                " (SELECT oid FROM pg_database WHERE datname = current_database()))"
            )
            if cursor.fetchone()[0] >= count:
                return
        time.sleep(0.01)
    raise AssertionError(f"{count} acts should wait for the lock")
