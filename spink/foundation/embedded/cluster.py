"""The data folder of an embedded PostgreSQL, and the server that runs on it.

A folder holds `data/` (the cluster), `sockets/`, `server.log` and three lock files:

- `users.lock`: shared by every process that may use the database; the kernel drops it with them
- `keeper.lock`: held by the one process that looks after the server
- `start.lock`: held by a process while it sees to it that a keeper and a server are there
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROLE = "spink"
DATABASE = "spink"
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103  # bytes; sockaddr_un holds 104 with its NUL on macOS, 108 on Linux
SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 30.0
CAPABILITIES_TO_READ = {"dac_read_search": 1 << 2, "dac_override": 1 << 1}

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
}
FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
}


class EmbeddedServerError(Exception):
    """The embedded server cannot be had; the text says why in one line, and where the log is."""


@dataclass(frozen=True)
class Running:
    pid: int
    sockets: str


@dataclass(frozen=True)
class Account:
    """The user that the server runs as where the process is root, which PostgreSQL refuses."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Cluster:
    folder: Path
    binaries: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def lock(self, name: str) -> Path:
        return self.folder / f"{name}.lock"

    def make_folder(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        account = self.account()
        if account and self.folder.stat().st_uid == 0:
            os.chown(self.folder, account.uid, account.gid)

    def account(self) -> Account | None:
        """Who runs the server: this user; for root the owner of the data or checkout, or nobody."""
        if os.geteuid() != 0:
            return None
        for place in (self.folder, *self.folder.parents):
            if place.exists() and (found := place.stat()).st_uid != 0 and _is_known(found.st_uid):
                return Account(found.st_uid, found.st_gid)
        nobody = pwd.getpwnam("nobody")
        return Account(nobody.pw_uid, nobody.pw_gid)

    def running(self) -> Running | None:
        """The server on this folder that takes connections, if there is one."""
        lines = self._pid_file()
        if len(lines) < 8 or lines[7].strip() != "ready":
            return None
        pid = int(lines[0])
        return Running(pid, lines[4]) if self._is_server(pid) else None

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _is_server(self, pid: int) -> bool:
        """Whether the process is this cluster's server, and not one that got the same number."""
        with suppress(PermissionError):
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return False
        if not Path("/proc/self/cwd").exists():
            return True
        try:
            return os.path.samefile(f"/proc/{pid}/cwd", self.data)
        except OSError:
            return False

    def create(self) -> None:
        """Make the cluster beside its place and move it there whole, so that none is half made."""
        made = (self.data / "PG_VERSION").is_file()
        if made:
            return
        unfinished = self.folder / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._run(self._initdb(unfinished))
        (unfinished / "pg_hba.conf").write_text(f"local all {ROLE} trust\n")
        statements = f"CREATE ROLE {ROLE} LOGIN CREATEDB\nCREATE DATABASE {DATABASE} OWNER {ROLE}\n"
        single = [str(self.binaries / "postgres"), "--single", "-D", str(unfinished)]
        self._run([*single, "-c", "fsync=off", "postgres"], given=statements)
        unfinished.rename(self.data)

    def _initdb(self, data: Path) -> list[str]:
        return [
            str(self.binaries / "initdb"),
            f"--pgdata={data}",
            "--username=postgres",
            "--auth=trust",  # for a moment: `create` lets in the application's role alone
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-sync",
            "--no-instructions",
        ]

    def _run(self, command: Sequence[str], *, given: str = "") -> None:
        with self.log.open("a") as log:
            done = subprocess.run(
                [*self._prefix(), *command],
                input=given,
                stdout=log,
                stderr=log,
                text=True,
                check=False,
                **self._as_account(),
            )
        if done.returncode:
            raise self.failure(f"{Path(command[0]).name} ended with {done.returncode}")

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server and wait until it takes connections."""
        self._forget_dead_server()
        with self.log.open("ab") as log:
            server: subprocess.Popen[bytes] = subprocess.Popen(
                [*self._prefix(), *self._postgres()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._as_account(),
            )
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.running():
            if server.poll() is not None:
                raise self.failure(f"postgres ended with {server.returncode}")
            if time.monotonic() > deadline:
                server.terminate()
                raise self.failure(f"postgres was not ready after {SECONDS_TO_START:.0f} s")
            time.sleep(0.01)
        return server

    def _postgres(self) -> list[str]:
        settings = {**SETTINGS, **({} if self.durable else FORGETFUL)}
        settings["unix_socket_directories"] = str(self._sockets())
        given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self.binaries / "postgres"), "-D", str(self.data), *given]

    def _sockets(self) -> Path:
        """The socket folder: here, or where a path is too long or reads as two, a temporary one.

        Both the server and the client's library read a comma as the end of a path.
        """
        here = self.folder / "sockets"
        fits = len(os.fsencode(here / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
        if fits and not set('",') & set(str(here)):
            return self._private_folder(here)
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        temporary = Path(tempfile.gettempdir()) / f"{ROLE}-{name}"
        if len(os.fsencode(temporary / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
            temporary = Path("/tmp") / temporary.name  # noqa: S108 - checked to be ours alone
        return self._private_folder(temporary)

    def _private_folder(self, folder: Path) -> Path:
        account = self.account() or Account(os.geteuid(), os.getegid())
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            os.chown(folder, account.uid, account.gid)
        found = folder.lstat()
        if folder.is_symlink() or found.st_uid != account.uid or found.st_mode & 0o077:
            raise self.failure(f"{folder} is not a private folder of user {account.uid}")
        return folder

    def _forget_dead_server(self) -> None:
        """Wait for a server that is coming or going; remove the traces of one that is dead.

        PostgreSQL itself trusts the number in `postmaster.pid` if any process of the same user
        has it now, which after a restart of a container is the rule rather than the exception.
        """
        deadline = time.monotonic() + SECONDS_TO_START
        while (lines := self._pid_file()) and self._is_server(int(lines[0])):
            if time.monotonic() > deadline:
                raise self.failure(f"process {lines[0]} holds the data and does not answer")
            time.sleep(0.05)
        if not lines:
            return
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for trace in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
            (self._sockets() / trace).unlink(missing_ok=True)

    def stop(self) -> None:
        """Stop the server, not waiting for its clients; on return it is gone."""
        if not (lines := self._pid_file()):
            return
        for request, seconds in ((signal.SIGINT, SECONDS_TO_STOP), (signal.SIGQUIT, 5.0)):
            self._tell(int(lines[0]), request, seconds)
        with suppress(OSError):
            Path(lines[4]).rmdir()  # a folder in the temporary one is not left behind

    def _tell(self, pid: int, request: signal.Signals, seconds: float) -> None:
        """Send the server a signal and wait until it is gone, at most so long."""
        if not self._is_server(pid):
            return
        with suppress(ProcessLookupError):
            os.kill(pid, request)
        deadline = time.monotonic() + seconds
        while self._is_server(pid) and time.monotonic() < deadline:
            time.sleep(0.01)

    def _as_account(self) -> dict[str, Any]:
        environment = {"LC_ALL": "C", "PATH": os.defpath}
        common: dict[str, Any] = {"cwd": "/", "env": environment, "umask": 0o077}
        if not (account := self.account()) or self._prefix():
            return common
        return {**common, "user": account.uid, "group": account.gid, "extra_groups": []}

    def _prefix(self) -> list[str]:
        """Where the other user cannot get at a checkout of root's, lend it the right to read."""
        account = self.account()
        places = (self.data, self.binaries / "postgres")
        if not account or all(_can_reach(place, account) for place in places):
            return []
        if not (setpriv := shutil.which("setpriv")) or not (capability := _own_capability()):
            raise self.failure(f"user {account.uid} cannot read {self.folder.parent}")
        identity = [f"--reuid={account.uid}", f"--regid={account.gid}", "--clear-groups"]
        lent = [f"--inh-caps=+{capability}", f"--ambient-caps=+{capability}"]
        return [setpriv, *identity, *lent, "--"]

    def failure(self, reason: str) -> EmbeddedServerError:
        return EmbeddedServerError(f"embedded PostgreSQL: {reason}; see {self.log}")


def _is_known(uid: int) -> bool:
    with suppress(KeyError):
        return bool(pwd.getpwuid(uid))
    return False


def _can_reach(place: Path, account: Account) -> bool:
    def may_enter(folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == account.uid:
            return bool(found.st_mode & 0o100)
        return bool(found.st_mode & (0o010 if found.st_gid == account.gid else 0o001))

    return all(may_enter(folder) for folder in place.parents if folder.exists())


def _own_capability() -> str | None:
    lines = Path("/proc/self/status").read_text().splitlines()
    effective = next(int(line.split()[1], 16) for line in lines if line.startswith("CapEff"))
    return next((name for name, bit in CAPABILITIES_TO_READ.items() if effective & bit), None)


def open_own(path: Path, flags: int = os.O_RDWR) -> int:
    """A descriptor on a file that belongs to whoever owns its folder, also where root makes it."""
    descriptor = os.open(path, flags | os.O_CREAT, 0o600)
    owner = path.parent.stat()
    if os.geteuid() == 0 and os.fstat(descriptor).st_uid != owner.st_uid:
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return descriptor


def try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def exclusively(path: Path) -> Iterator[None]:
    descriptor = open_own(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
