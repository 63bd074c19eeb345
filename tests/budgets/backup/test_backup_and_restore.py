"""backup and restore, on both databases: what comes back is what was there, and whatever is not is said.

Each site is a released database with its files (tests/upgrade), migrated; commands run as an operator runs them.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.budgets.backup.archives import changed, manifest_of, with_manifest
from tests.upgrade.test_upgrade import HERE, on_postgresql, on_sqlite

DUMP = "2026_11"


@dataclass(frozen=True)
class Site:
    """An installation: its database's URL and its MEDIA_ROOT."""

    url: str
    media: Path

    @property
    def engine(self) -> str:
        return self.url.partition(":")[0].replace("postgres", "postgresql")

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "DATABASE_URL": self.url, "MEDIA_ROOT": str(self.media), "ENV_FILE": os.devnull}

    def run(self, *command: str, **more: object) -> subprocess.CompletedProcess[str]:
        python = [sys.executable, *command]
        return subprocess.run(
            python, env=self.environment, capture_output=True, text=True, check=False, **more
        )

    def manage(self, *command: str, **more: object) -> subprocess.CompletedProcess[str]:
        return self.run("manage.py", *command, **more)

    def act(self, what: str, *command: str) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "tests.budgets.backup.acts", what, *command)

    def query(self, sql: str) -> object:
        """The first value of the answer."""
        return self.rows(sql)[0][0]

    def rows(self, sql: str) -> list[tuple]:
        if self.engine == "sqlite":
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as database:
                return database.execute(sql).fetchall()
        where = {**_server(), "dbname": self.url.rpartition("/")[2]}
        with psycopg.connect(**where) as database:  # type: ignore[arg-type]
            return database.execute(sql).fetchall()  # type: ignore[arg-type]

    def content(self, tables: Iterable[str]) -> dict[str, list[str]]:
        """The rows of the tables, in no order."""
        return {table: sorted(map(repr, self.rows(f'SELECT * FROM "{table}"'))) for table in tables}


def _server() -> dict[str, object]:
    server = settings.DATABASES["default"]
    where = {"host": server["HOST"], "port": server["PORT"] or None, "user": server["USER"]}
    return {**where, "password": server["PASSWORD"] or None, "dbname": "postgres", "autocommit": True}


def new_database(url: str, name: str, template: str = "template0") -> str:
    """A database beside that one; its URL."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///")).with_name(name)
        if template != "template0":
            shutil.copy(url.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"
    with psycopg.connect(**_server()) as server:  # type: ignore[arg-type]
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return f"{url.rpartition('/')[0]}/{name}"


POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="there is no PostgreSQL")


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(on_sqlite, id="sqlite"),
        pytest.param(on_postgresql, id="postgresql", marks=POSTGRESQL),
    ],
)
def old(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of the release in the dump."""
    folder = tmp_path_factory.mktemp("old")
    shutil.copytree(HERE / DUMP / "files", folder / "media" / "files")
    return Site(request.param(DUMP, folder), folder / "media")


@pytest.fixture(scope="module")
def site(old: Site) -> Site:
    """The same, upgraded."""
    own = old.url.rpartition("/")[2]
    made = replace(old, url=new_database(old.url, f"{own}_now", own))
    migrated = made.manage("migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr
    return made


@pytest.fixture(scope="module")
def archive(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "backup.tar"
    made = site.manage("backup", str(path))
    assert made.returncode == 0, made.stderr
    return path


@pytest.fixture
def own(site: Site, tmp_path: Path) -> Site:
    """A copy of the site, for a test that changes it."""
    name = site.url.rpartition("/")[2]
    shutil.copytree(site.media, tmp_path / "own")
    return Site(new_database(site.url, f"{name}_own", name), tmp_path / "own")


@pytest.fixture
def empty(site: Site, tmp_path: Path) -> Iterator[Site]:
    """A new installation with an empty database and no files."""
    name = site.url.rpartition("/")[2]
    made = Site(new_database(site.url, f"{name}_empty"), tmp_path / "media")
    yield made
    if made.engine == "sqlite":
        Path(made.url.removeprefix("sqlite:///")).unlink(missing_ok=True)


def untouched(empty: Site) -> bool:
    tables = "sqlite_master" if empty.engine == "sqlite" else "pg_tables WHERE schemaname = 'public'"
    stored = [path for path in empty.media.rglob("*") if path.is_file()] if empty.media.exists() else []
    return empty.query(f"SELECT count(*) FROM {tables}") == 0 and not stored


def refused(empty: Site, archive: Path) -> str:
    """What a restore says that does nothing."""
    done = empty.manage("restore", str(archive))
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert "没有恢复" in done.stderr
    return done.stdout + done.stderr


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_was_backed_up_comes_back(site: Site, archive: Path, empty: Site) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600 and os.listdir(archive.parent) == ["backup.tar"]
    manifest = manifest_of(archive)
    assert manifest["engine"] == site.engine and "budgets.0011_uploads" in manifest["migrations"]
    assert manifest["tables"]["budgets_publication"] == int(
        site.query("SELECT count(*) FROM budgets_publication")
    )
    done = empty.manage("restore", str(archive))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "没有发现问题" in done.stdout
    assert empty.content(manifest["tables"]) == site.content(manifest["tables"])
    named = {entry["path"] for entry in manifest["files"]}
    stored = files_of(site.media)
    assert files_of(empty.media) == {path: stored[path] for path in named}
    # The next row gets the next number.
    made = empty.manage("createsuperuser", "--noinput", "--username", "new", "--email", "new@example.com")
    assert made.returncode == 0, made.stderr


def test_into_a_folder_it_is_named_by_the_time_and_nothing_is_overwritten(site: Site, tmp_path: Path) -> None:
    assert site.manage("backup", str(tmp_path)).returncode == 0
    (made,) = tmp_path.iterdir()
    assert made.name.startswith("sunshine-budget-20") and made.suffix == ".tar"
    content = made.read_bytes()
    again = site.manage("backup", str(made))
    assert again.returncode == 1 and "已经存在，不会覆盖" in again.stderr
    assert made.read_bytes() == content
    nowhere = site.manage("backup", str(tmp_path / "none" / "x.tar"))
    assert nowhere.returncode == 1 and "没有文件夹" in nowhere.stderr


def test_what_is_published_meanwhile_is_in_neither_half(own: Site, empty: Site, tmp_path: Path) -> None:
    done = own.act("publish", "backup", str(tmp_path / "x.tar"))
    assert done.returncode == 0 and "published" in done.stdout, done.stderr
    assert own.query("SELECT count(*) FROM budgets_publishedfile WHERE name = 'more.csv'") == 1
    assert empty.manage("restore", str(tmp_path / "x.tar")).returncode == 0
    assert empty.query("SELECT count(*) FROM budgets_publishedfile WHERE name = 'more.csv'") == 0


def test_a_backup_of_an_earlier_release_is_migrated(old: Site, empty: Site, tmp_path: Path) -> None:
    refusal = old.manage("backup", str(tmp_path / "x.tar"))
    assert (
        refusal.returncode == 1 and "先执行 migrate" in refusal.stderr and not (tmp_path / "x.tar").exists()
    )
    assert old.act("older", "backup", str(tmp_path / "x.tar")).returncode == 0
    done = empty.manage("restore", str(tmp_path / "x.tar"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert empty.query("SELECT count(*) FROM budgets_upload") == 0


def later(manifest: dict) -> None:
    manifest["migrations"].append("budgets.9999_later")


def other_engine(manifest: dict) -> None:
    manifest["engine"] = {"sqlite": "postgresql", "postgresql": "sqlite"}[manifest["engine"]]


def damaged(members: dict[str, bytes]) -> None:
    name = next(name for name in members if name.startswith("media/"))
    members[name] = members[name][:-1] + bytes([members[name][-1] ^ 1])


def without_manifest(members: dict[str, bytes]) -> None:
    del members["manifest.json"]


def outside(members: dict[str, bytes]) -> None:
    members["media/../../outside"] = b"x"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (with_manifest(later), "备份比程序新（budgets.9999_later）"),
        (with_manifest(other_engine), "不能互相恢复"),
        (damaged, "与清单中的 SHA-256 不符"),
        (without_manifest, "没有清单"),
        (outside, "名称不正常"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    archive: Path, empty: Site, tmp_path: Path, change: Callable[[dict[str, bytes]], None], said: str
) -> None:
    assert said in refused(empty, changed(archive, tmp_path / "other.tar", change))
    assert untouched(empty) and not (tmp_path / "outside").exists()


def test_only_into_an_empty_database(site: Site, archive: Path) -> None:
    assert "数据库不是空的" in refused(site, archive)
    assert site.manage("verify_publications").returncode == 0


def test_a_file_that_is_there_with_other_bytes_is_not_overwritten(archive: Path, empty: Site) -> None:
    same, other = manifest_of(archive)["files"][:2]
    for entry, content in ((same, (HERE / DUMP / same["path"]).read_bytes()), (other, b"other")):
        path = empty.media / entry["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    said = refused(empty, archive)
    assert f"{other['path']}：MEDIA_ROOT 中已有内容不同的文件" in said and same["path"] not in said
    (empty.media / other["path"]).unlink()
    assert empty.manage("restore", str(archive)).returncode == 0


def test_files_that_were_lost_or_damaged_before_are_said_each_time(
    own: Site, empty: Site, tmp_path: Path
) -> None:
    lost, spoilt = sorted(path for path in files_of(own.media) if path.endswith(".csv"))[:2]
    (own.media / lost).unlink()
    (own.media / spoilt).write_bytes(b"other")
    made = own.manage("backup", str(tmp_path / "x.tar"))
    assert made.returncode == 1 and "备份前就有 2 个问题" in made.stderr
    assert f"{lost}：文件丢失" in made.stdout and f"{spoilt}：文件与登记的 SHA-256 不符" in made.stdout
    done = empty.manage("restore", str(tmp_path / "x.tar"))
    assert done.returncode == 1 and "已恢复" in done.stderr
    assert f"{lost}：文件丢失，备份时就没有" in done.stdout and f"{spoilt}：文件与登记" in done.stdout
    assert "年部门" in done.stdout  # verify_publications


def test_the_rows_that_came_back_are_counted(archive: Path, empty: Site, tmp_path: Path) -> None:
    def change(manifest: dict) -> None:
        manifest["tables"]["budgets_report"] += 1
        manifest["tables"]["budgets_gone"] = 0

    done = empty.manage("restore", str(changed(archive, tmp_path / "x.tar", with_manifest(change))))
    assert done.returncode == 1 and "核对发现 2 个问题" in done.stderr
    assert "表 budgets_gone：没有恢复" in done.stdout and "表 budgets_report：备份时" in done.stdout


@pytest.mark.parametrize("share", [0.02, 0.98])
def test_a_full_disk_leaves_nothing(site: Site, archive: Path, tmp_path: Path, share: float) -> None:
    """No file may be longer than that share of the archive: the copy of the database, then the archive, breaks off."""
    limit = int(archive.stat().st_size * share)
    done = site.manage(
        "backup", str(tmp_path), preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert not list(tmp_path.iterdir())


def test_too_little_room_is_said_and_nothing_is_left(
    site: Site, archive: Path, empty: Site, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    done = site.act("little_room", "backup", str(folder))
    assert done.returncode == 1 and "空间不足：约需" in done.stderr and not list(folder.iterdir())
    done = empty.act("little_room", "restore", str(archive))
    assert done.returncode == 1 and "空间不足：约需" in done.stdout and untouched(empty)


def test_a_disk_that_is_full_while_restoring_leaves_the_database_empty(archive: Path, empty: Site) -> None:
    done = empty.act("full", "restore", str(archive))
    assert done.returncode == 1 and "空间不足；数据库没有改动" in done.stdout
    assert untouched(empty)
    assert empty.manage("restore", str(archive)).returncode == 0


def test_a_backup_that_is_ended_leaves_nothing(site: Site, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.budgets.backup.acts", "slowly", "backup", str(tmp_path)]
    process = subprocess.Popen(command, env=site.environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "writing\n"
    (half,) = tmp_path.iterdir()
    assert half.name.startswith(".") and stat.S_IMODE(half.stat().st_mode) == 0o700
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 128 + signal.SIGTERM
    process.stdout.close()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"", b"text" * 1000])
def test_a_file_that_is_no_backup_is_refused(empty: Site, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.tar"
    path.write_bytes(content)
    assert "备份" in refused(empty, path)
    assert "没有这个文件" in refused(empty, tmp_path / "none.tar")
    assert "这是文件夹，不是文件" in refused(empty, tmp_path)


@POSTGRESQL
def test_an_ordinary_role_makes_and_restores_a_backup(tmp_path: Path) -> None:
    """As docs/deploying.md sets it up: who owns the database is no superuser, and has a password."""
    server, role = settings.DATABASES["default"], f"budget_{os.getpid()}"
    port = f":{server['PORT']}" if server["PORT"] else ""
    address = f"postgres://{role}:sunshine%232024@{quote(server['HOST'], safe='')}{port}"
    there, back = (Site(f"{address}/{role}_{each}", tmp_path / each) for each in ("there", "back"))
    with psycopg.connect(**_server()) as administrator:  # type: ignore[arg-type]
        administrator.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'sunshine#2024'")
        try:
            for each in ("there", "back"):
                administrator.execute(f"CREATE DATABASE {role}_{each} OWNER {role} TEMPLATE template0")
            assert there.manage("migrate", "--verbosity", "0").returncode == 0
            made = there.manage("backup", str(tmp_path / "x.tar"))
            assert made.returncode == 0, made.stderr
            done = back.manage("restore", str(tmp_path / "x.tar"))
            assert done.returncode == 0, done.stdout + done.stderr
        finally:
            for each in ("there", "back"):
                administrator.execute(f"DROP DATABASE IF EXISTS {role}_{each} WITH (FORCE)")
            administrator.execute(f"DROP ROLE {role}")
