"""A server for the tests that need one, and an invented case: Norland and Sudmark at talks about a border."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tool(name: str) -> str:
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None
    )
    if found is None:
        pytest.skip(f"{name} is not installed: no PostgreSQL to test against")
    return found


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of our own; skipped with a reason where none can be started."""
    pytest.importorskip("psycopg", reason="the PostgreSQL driver is not installed")
    initdb, pg_ctl = _tool("initdb"), _tool("pg_ctl")
    folder = tmp_path_factory.mktemp("postgres")
    user: str | None = None
    if os.geteuid() == 0:  # the server refuses to run as root
        try:
            user = pwd.getpwnam("postgres").pw_name
        except KeyError:
            pytest.skip("PostgreSQL refuses to run as root, and there is no user postgres")
        shutil.chown(folder, user)
        for above in folder.parents:
            if above.owner() == "root" and not above.stat().st_mode & 0o001:
                above.chmod(above.stat().st_mode | 0o011)
    where, port = folder / "data", _free_port()

    def run(*command: str) -> None:
        done = subprocess.run(
            command, user=user, capture_output=True, text=True, timeout=120, cwd=folder, check=False
        )
        if done.returncode:
            pytest.skip(f"PostgreSQL did not start: {done.stderr.strip()[-200:]}")

    run(initdb, "-D", str(where), "-U", "detente", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    log = str(folder / "log")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    run(pg_ctl, "-D", str(where), "-o", options, "-l", log, "-w", "start")
    try:
        yield f"postgresql+psycopg://detente@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [pg_ctl, "-D", str(where), "-m", "immediate", "stop"], user=user, capture_output=True, check=False
        )
