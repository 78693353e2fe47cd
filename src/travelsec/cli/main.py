"""The command `travelsec`, and the one place where errors become exit codes."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import sys
from collections.abc import Sequence

from travelsec.cli import signals, streams
from travelsec.cli.exit_codes import FAULT, HANGUP, READY, UNREAD, USAGE, Terminated
from travelsec.problems import InputError, UserError, brief

MAX_LINES = 200
"""Lines of one error that are printed; whoever has more faults than that mends some first."""


def main() -> None:
    """Run the command line and exit with the code that the contract gives each outcome."""
    # Modules and packs are thousands of small objects that live to the end: looking for garbage
    # among them takes a tenth of the time of a short command, and as much again at exit.
    gc.set_threshold(100_000)
    streams.set_up()
    code = _run_until_terminated()
    for stream in (sys.stdout, sys.stderr):
        # Python flushes once more at exit, and would make a code of its own of a failure.
        try:
            stream.flush()
        except OSError:
            streams.silence(stream)
    gc.freeze()
    sys.exit(code)


def _run_until_terminated() -> int:
    signals.install()
    try:
        try:
            return _run()
        finally:
            # What is left to do is short, and nobody would catch what a handler raises.
            signals.restore()
    except Terminated as error:
        return error.code


def _run() -> int:
    stdout = sys.stdout
    try:
        asking = os.environ.get("_TRAVELSEC_COMPLETE")
        if asking is not None:
            from travelsec.cli.shell_completion import answer

            answer(asking, sys.argv[1:])
            return READY
        from travelsec.cli.app import build

        _refuse_hidden(sys.argv[1:])
        try:
            code: object = build(sys.argv[1:])(prog_name="travelsec")
        except SystemExit as error:
            code = error.code
        if sys.stdout is not stdout:
            # Whoever read the output has had enough. The parser then puts another in its place,
            # and ends with a code that would say that the answer is no.
            return UNREAD
        # A short text was only collected so far; now it shows whether it can be written.
        sys.stdout.flush()
        return code if isinstance(code, int) else READY
    except UserError as error:
        _say_error(error)
        return USAGE
    except BrokenPipeError:
        # Python would complain when it flushes at exit.
        streams.silence(sys.stdout)
        return UNREAD
    except OSError as error:
        # A full disk, a terminal that is gone: the system's no, not a fault of travelsec.
        streams.silence(sys.stdout)
        if error.errno == errno.EIO:
            streams.silence(sys.stderr)
            return HANGUP
        _say_error(UserError(f"the system refused: {error.strerror or error}"))
        return USAGE
    except Exception as error:
        ended = signals.cause_of(error)
        if ended is not None:
            return ended.code
        from travelsec.cli.crash_log import record

        record(error)
        return FAULT


def _refuse_hidden(arguments: Sequence[str]) -> None:
    """Refuse an option with hidden characters: the parser would print it as it is.

    A file that is named so, in a folder of strangers, comes in by `*`.
    """
    for argument in (*arguments[:1], *(one for one in arguments if one.startswith("-"))):
        if not argument.partition("=")[0].isprintable():
            raise UserError(f"there is no command or option {brief(argument)}")


def _say_error(error: UserError) -> None:
    # The terminal may be gone. The exit code says it, too.
    with contextlib.suppress(OSError):
        _print_error(error)


def _print_error(error: UserError) -> None:
    from travelsec.safe_text import line

    texts = str(error).split("\n")
    if isinstance(error, InputError) and len(texts) > 1:
        texts.insert(0, f"{len(texts)} faults:")
    print(f"Error: {line(texts[0])}", file=sys.stderr)
    for text in texts[1:MAX_LINES]:
        print(line(text), file=sys.stderr)
    if len(texts) > MAX_LINES:
        print(f"… and {len(texts) - MAX_LINES} more", file=sys.stderr)
