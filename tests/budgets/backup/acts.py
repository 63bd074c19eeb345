"""A backup or restore to which something happens meanwhile, in a process of its own.

python -m tests.budgets.backup.acts WHAT COMMAND ARGUMENT
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections import namedtuple
from collections.abc import Callable
from typing import Any


def main(what: str, *command: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    {"publish": publish, "slowly": slowly, "little_room": little_room, "older": older, "full": full}[what]()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", *command])


def before(module: Any, name: str, act: Callable[[], None]) -> None:
    """Let ``act`` happen before the function of the module."""
    function = getattr(module, name)

    def both(*args: Any) -> Any:
        act()
        return function(*args)

    setattr(module, name, both)


def publish() -> None:
    """Somebody publishes between the copy of the database and those of the files."""
    from django.db import connection

    from budgets.backup import making
    from budgets.files.store import keep
    from budgets.models import Publication, PublishedFile

    def act() -> None:
        kept = keep(b"published meanwhile", "csv")
        more = {
            "name": "more.csv",
            "title": "x",
            "format": "csv",
            "content_type": "text/csv",
            "size": kept.size,
        }
        publication = Publication.objects.values_list("pk", flat=True)[0]
        PublishedFile.objects.create(publication_id=publication, file=kept.path, sha256=kept.sha256, **more)
        connection.close()

    def apart() -> None:
        thread = threading.Thread(target=act)
        thread.start()
        thread.join()
        print("published")

    before(making, "_add_files", apart)


def slowly() -> None:
    """The backup takes long enough to be ended."""
    from budgets.backup import making

    def act() -> None:
        print("writing", flush=True)
        time.sleep(60)

    before(making, "_add_files", act)


def little_room() -> None:
    usage = namedtuple("usage", "total used free")
    shutil.disk_usage = lambda path: usage(10**9, 10**9 - 1000, 1000)  # type: ignore[assignment]


def full() -> None:
    """The disk is full when the last file is written."""
    import errno

    from budgets.backup import restoring

    def act() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before(restoring.os, "fsync", act)


def older() -> None:
    """An earlier release makes the backup, which knew its own rows: all files, since it is in other tables."""
    from pathlib import Path

    from django.conf import settings

    from budgets.backup import making
    from budgets.backup.named_files import NamedFile

    def stored(rows: Any) -> list[NamedFile]:
        root = Path(settings.MEDIA_ROOT)
        return [NamedFile(str(path.relative_to(root)), "") for path in root.rglob("*") if path.is_file()]

    making.unapplied = lambda applied: []  # type: ignore[assignment]
    making.named_files = stored  # type: ignore[assignment]


if __name__ == "__main__":
    main(*sys.argv[1:])
