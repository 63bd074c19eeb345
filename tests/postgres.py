"""Runs a command with DATABASE_URL naming a throw-away PostgreSQL cluster.

    python tests/postgres.py pytest -m database

A DATABASE_URL that already names PostgreSQL is used as it is. Otherwise a cluster is made in a temporary
directory, reached only by a socket in it, and removed afterwards. Without server binaries the command is
skipped with a message, or with ``--or-sqlite`` before it runs on SQLite; with REQUIRE_SERVICES=1 that is a failure.
"""

import glob
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

SETTINGS = {
    "listen_addresses": "''",
    "max_connections": "60",
    "shared_buffers": "64MB",
    # Nothing here outlives the run.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
}


def find_binaries() -> Path | None:
    """The directory of initdb and pg_ctl: on the PATH, else the newest that Debian installed."""
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    installed = glob.glob("/usr/lib/postgresql/*/bin")
    candidates += [
        Path(path) for path in sorted(installed, key=lambda p: -int((re.findall(r"/(\d+)", p) or ["0"])[0]))
    ]
    for path in candidates:
        if (path / "initdb").exists() and (path / "pg_ctl").exists():
            return path
    return None


def server_user() -> pwd.struct_passwd | None:
    """Whom the server runs as where we are root, which it refuses; else nobody in particular."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("PostgreSQL does not run as root, and there is no user postgres or nobody.")


class Cluster:
    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self.user = server_user()
        # A short path: that of a socket is limited to 107 bytes.
        self.directory = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        if self.user:
            os.chown(self.directory, self.user.pw_uid, self.user.pw_gid)

    @property
    def url(self) -> str:
        return f"postgres://postgres@{quote(str(self.directory), safe='')}/postgres"

    def run(self, program: str, *args: str) -> None:
        identity = {}
        if self.user:
            identity = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(self.directory),
            "LC_ALL": "C",
        }
        result = subprocess.run(
            [str(self.binaries / program), *args],
            cwd=self.directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **identity,
        )
        if result.returncode:
            raise SystemExit(f"{program} failed:\n{result.stdout}{result.stderr}{self.log()}")

    def log(self) -> str:
        path = self.directory / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self) -> None:
        data = str(self.directory / "data")
        self.run(
            "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        with (self.directory / "data" / "postgresql.auto.conf").open("a") as file:
            file.write(f"unix_socket_directories = '{self.directory}'\n")
            file.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
        self.run("pg_ctl", "-D", data, "-l", str(self.directory / "log"), "-w", "-t", "60", "start")

    def stop(self) -> None:
        try:
            if (self.directory / "data" / "postmaster.pid").exists():
                self.run("pg_ctl", "-D", str(self.directory / "data"), "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.directory, ignore_errors=True)


def terminate(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def main(command: list[str]) -> int:
    or_sqlite = command[:1] == ["--or-sqlite"]
    command = command[or_sqlite:]
    if not command:
        raise SystemExit(__doc__)
    if os.environ.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://", "psql://", "pgsql://")):
        return subprocess.run(command, check=False).returncode
    binaries = find_binaries()
    if binaries is None:
        if os.environ.get("REQUIRE_SERVICES") == "1":
            print("PostgreSQL's server programs (initdb, pg_ctl) were not found.", file=sys.stderr)
            return 1
        if or_sqlite:
            print("PostgreSQL's server programs were not found: on SQLite")
            environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
            return subprocess.run(command, check=False, env=environment).returncode
        print("skipped: PostgreSQL's server programs were not found; install them or give DATABASE_URL")
        return 0

    signal.signal(signal.SIGTERM, terminate)
    signal.signal(signal.SIGHUP, terminate)
    cluster = Cluster(binaries)
    try:
        cluster.start()
        environment = {**os.environ, "DATABASE_URL": cluster.url, "CONN_MAX_AGE": "0"}
        process = subprocess.Popen(command, env=environment)
        try:
            return process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise
    finally:
        cluster.stop()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
