"""Run the real command in a process of its own, with nothing of the developer's environment."""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, NamedTuple

from tests.terminal import SECONDS, environment

SERVER = Path(__file__).with_name("server.py")


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Read standard output as JSON."""
        return json.loads(self.out)


class Bytes(NamedTuple):
    """The same, as it came."""

    code: int
    out: bytes
    err: bytes


def run(*arguments: str, folder: Path, stdin: str = "", **env: str) -> Outcome:
    """Run travelsec in a folder, without a terminal."""
    given = stdin.encode("utf-8", "surrogateescape")
    done = run_for_bytes(*arguments, folder=folder, stdin=given, **env)
    return Outcome(done.code, done.out.decode(), done.err.decode())


def run_for_bytes(*arguments: str, folder: Path, stdin: bytes = b"", **env: str) -> Bytes:
    """Do the same with bytes; an argument's are those that `os.fsencode` gives."""
    around = environment(folder, **env)
    # These Python itself reads when it starts.
    if any(name.startswith(("PYTHON", "LC_", "LANG", "COVERAGE")) for name in env):
        return _start(arguments, folder, around, stdin)
    run_it = _copy if hasattr(os, "fork") else _start
    return run_it(arguments, folder, around, stdin)


def _start(arguments: tuple[str, ...], folder: Path, env: dict[str, str], stdin: bytes) -> Bytes:
    done = subprocess.run(
        [sys.executable, "-m", "travelsec", *arguments],
        cwd=folder,
        env=env,
        input=stdin,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    return Bytes(done.returncode, done.stdout, done.stderr)


def _copy(arguments: tuple[str, ...], folder: Path, env: dict[str, str], stdin: bytes) -> Bytes:
    request = {"arguments": arguments, "folder": str(folder), "environment": env}
    # A pipe, for some commands look whether standard input is one.
    reading, writing = os.pipe()
    feeder = threading.Thread(target=_feed, args=(writing, stdin))
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        feeder.start()
        ends = [reading, out.fileno(), err.fileno()]
        try:
            socket.send_fds(_server(), [json.dumps(request).encode()], ends)
        finally:
            os.close(reading)
        code = int(_server().recv(100))
        feeder.join()
        out.seek(0)
        err.seek(0)
        return Bytes(code, out.read(), err.read())


def _feed(writing: int, data: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), os.fdopen(writing, "wb") as pipe:
        pipe.write(data)


@functools.cache
def _server() -> socket.socket:
    """Start the process that commands are copies of; it ends when its socket is closed."""
    ours, theirs = socket.socketpair()
    with theirs:
        server = subprocess.Popen(
            [sys.executable, str(SERVER), str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=environment(Path.cwd()),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    ours.settimeout(SECONDS)

    @atexit.register
    def stop() -> None:
        ours.close()
        server.wait()

    return ours
