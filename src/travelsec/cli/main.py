"""Run the command `travelsec`: the one place where errors become exit codes."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import sys
from collections.abc import Sequence

from travelsec.cli import signals, streams
from travelsec.cli.exit_codes import CRASH, HANGUP, READY, UNREAD, USAGE, Terminated
from travelsec.problems import InputError, UserError, brief

MAX_ERROR_LINES = 200
"""The most lines of one error to print."""


def main() -> None:
    """Run the command line and exit with the code for its outcome."""
    # Modules and packs are thousands of small objects that live to the end. Searching them for
    # garbage takes a tenth of the time of a short command, and as much again at exit.
    gc.set_threshold(100_000)
    streams.set_up()
    code = _run_until_terminated()
    for stream in (sys.stdout, sys.stderr):
        # Python flushes again at exit, and would replace our exit code if that failed.
        try:
            stream.flush()
        except OSError:
            streams.silence(stream)
    gc.freeze()
    sys.exit(code)


def _run_until_terminated() -> int:
    signals.install_handlers()
    try:
        try:
            return _run()
        finally:
            # Little is left to do, and nothing would catch what a handler raises.
            signals.restore_signals()
    except Terminated as error:
        return error.code


def _run() -> int:
    stdout = sys.stdout
    try:
        shell = os.environ.get("_TRAVELSEC_COMPLETE")
        if shell is not None:
            from travelsec.cli.shell_completion import answer

            answer(shell, sys.argv[1:])
            return READY
        if not sys.argv[1:]:
            from travelsec.cli.first_screen import show_first_screen

            show_first_screen()
            return READY
        from travelsec.cli.app import build_app

        _refuse_hidden(sys.argv[1:])
        try:
            code: object = build_app(sys.argv[1:])(prog_name="travelsec")
        except SystemExit as error:
            code = error.code
        if sys.stdout is not stdout:
            # The reader closed the pipe. The parser then replaces the stream, and exits with a
            # code that would mean “no”.
            return UNREAD
        # A short text is still in the buffer; find out now whether it can be written.
        sys.stdout.flush()
        return code if isinstance(code, int) else READY
    except UserError as error:
        _print_error(error)
        return USAGE
    except BrokenPipeError:
        # Python would complain when it flushes at exit.
        streams.silence(sys.stdout)
        return UNREAD
    except OSError as error:
        # A full disk or a closed terminal: not a bug in travelsec.
        streams.silence(sys.stdout)
        if error.errno == errno.EIO:
            streams.silence(sys.stderr)
            return HANGUP
        _print_error(UserError(f"the system refused: {error.strerror or error}"))
        return USAGE
    except Exception as error:
        terminated = signals.cause_of(error)
        if terminated is not None:
            return terminated.code
        from travelsec.cli.crash_log import record

        record(error)
        return CRASH


def _refuse_hidden(arguments: Sequence[str]) -> None:
    """Refuse an option with hidden characters, which the parser would print unescaped.

    The shell's `*` can expand to a file with such a name, in a folder filled by strangers.
    """
    for argument in (*arguments[:1], *(word for word in arguments if word.startswith("-"))):
        if not argument.partition("=")[0].isprintable():
            raise UserError(f"there is no command or option {brief(argument)}")


def _print_error(error: UserError) -> None:
    from travelsec.safe_text import line

    texts = str(error).split("\n")
    if isinstance(error, InputError) and len(texts) > 1:
        texts.insert(0, f"{len(texts)} faults:")
    omitted = [f"… and {len(texts) - MAX_ERROR_LINES} more"] if len(texts) > MAX_ERROR_LINES else []
    # The terminal may be gone; the exit code still tells.
    with contextlib.suppress(OSError):
        shown = map(line, texts[:MAX_ERROR_LINES])
        print("Error:", "\n".join([*shown, *omitted]), file=sys.stderr)
