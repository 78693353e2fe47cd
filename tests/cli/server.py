"""Run travelsec in copies of a process that has started already: no test waits for Python again.

    python server.py FD

Each request on the socket FD is one line of JSON with the arguments, the folder and the
environment of a command, beside its standard input, output and error. The answer is its exit code.
What is in the command's process is as in any other, but for the modules, which are there before:
`test_imports.py` sees to it that each can be imported first.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import pkgutil
import socket
import sys
import time
import traceback
from importlib import import_module
from typing import Any, NoReturn

import travelsec
from travelsec.pack.check import check_packs

MAX_REQUEST = 1 << 20
LIBRARIES = (
    *("email.policy", "icalendar", "jinja2", "markdown_it", "msgspec", "phonenumbers"),
    *("platformdirs", "rich.progress", "segno", "typer", "yaml"),
)
"""What commands import, sooner or later."""


def modules() -> list[str]:
    """Return the names of all modules of travelsec but those that need an extra or run at once."""
    names = [module.name for module in pkgutil.walk_packages(travelsec.__path__, "travelsec.")]
    return [name for name in names if not name.endswith(".pdf")]


def serve(connection: socket.socket) -> None:
    """Answer requests until the other side is gone."""
    for name in (*LIBRARIES, *modules()):
        import_module(name)
    with contextlib.suppress(Exception):  # the extra may be missing, or its system libraries
        import_module("weasyprint")
    # The first time, msgspec and re prepare what they keep, and Python loads what it imports late.
    check_packs()
    # A collection in a copy would touch, and so copy, the memory of all that was there before.
    gc.freeze()
    while True:
        data, files, _, _ = socket.recv_fds(connection, MAX_REQUEST, 3)
        if not data:
            return
        child = os.fork()
        if not child:
            connection.close()
            _become(json.loads(data), files)
        for file in files:
            os.close(file)
        _, status = os.waitpid(child, 0)
        connection.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(request: dict[str, Any], files: list[int]) -> NoReturn:
    code: object = 1
    try:
        for target, file in enumerate(files):
            os.dup2(file, target)
            os.close(file)
        os.chdir(request["folder"])
        os.environ.clear()
        os.environ.update(request["environment"])
        time.tzset()
        sys.argv = ["travelsec", *request["arguments"]]
        from travelsec.cli.main import main

        main()
    except SystemExit as end:
        code = end.code
    except BaseException:
        # As Python does where nobody catches it.
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    sys.path.pop(0)
    serve(socket.socket(fileno=int(sys.argv[1])))
