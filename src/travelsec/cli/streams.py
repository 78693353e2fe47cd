"""Standard input, output and error, whatever they lead to."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

# Replacements that cost prose nothing on an ASCII terminal.
_PLAIN = {
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("–—", "-"),
    "…": "...",
    "─": "-",
}


def set_up() -> None:
    """Let both streams take any text, and never let writing to standard error fail."""
    _open_what_is_closed()
    codecs.register_error("travelsec", _show_unencodable)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        # A test may have put something else there.
        if isinstance(stream, io.TextIOWrapper):
            # A terminal tells what it can show. Pipes and files get UTF-8, whatever the locale:
            # names must not get lost on the way.
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="travelsec")
    if isinstance(sys.stderr, io.TextIOWrapper):
        encoding = sys.stderr.encoding
        sys.stderr = _ForgivingStderr(
            sys.stderr.detach(), encoding, "travelsec", line_buffering=True
        )


def silence(stream: TextIO) -> None:
    """Discard further output, so that the flush at exit cannot fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


@contextlib.contextmanager
def open_input(source: str) -> Iterator[BinaryIO]:
    """Open a file, a pipe (a shell makes one of `<(…)`), or standard input by the name of `-`.

    Raises:
        UserError: it cannot be opened.
    """
    if source == "-":
        yield sys.stdin.buffer
        return
    from travelsec import files
    from travelsec.problems import UserError

    path = Path(source)
    files.check_name(path)
    if files.is_folder(path):
        raise UserError(f"{source}: this is a folder; name a file")
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        raise UserError(f"{source}: there is no such file") from None
    except OSError as error:
        raise UserError(f"{source}: cannot be read: {error.strerror}") from None
    with stream:
        yield stream


def print_confirmation(show: Callable[[TextIO], None]) -> None:
    """Print a confirmation on standard output, or on standard error if that fails.

    The action is complete either way. Another exit code would tell a script that it was not, and
    a second try would then fail.
    """
    try:
        show(sys.stdout)
        sys.stdout.flush()
    except OSError:
        silence(sys.stdout)
        show(sys.stderr)


@contextlib.contextmanager
def printing_beside(message: str) -> Iterator[None]:
    """Print, in the block, output that accompanies an action but is too long for standard error.

    If it cannot be printed, say the sentence `message` and the reason on standard error.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        if error.errno == errno.EIO:
            # The terminal is gone, and the user with it.
            raise
        silence(sys.stdout)
        # The reader closed the pipe: nothing to report.
        if not isinstance(error, BrokenPipeError):
            from travelsec.cli.messages import warn

            warn(f"{message} Only standard output could not be written: {error.strerror or error}")


class _ForgivingStderr(io.TextIOWrapper):
    """Standard error that drops what it cannot write, so that the exit code stays right."""

    def write(self, text: str) -> int:
        with self._dropping_errors():
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with self._dropping_errors():
            super().flush()

    @contextlib.contextmanager
    def _dropping_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            # The terminal is gone, and the user with it.
            if error.errno == errno.EIO:
                raise
            silence(self)


def _open_what_is_closed() -> None:
    """Open the null device for each stream that the parent process closed."""
    # In this order, each gets its own number, and no other file can take it.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123


def _show_unencodable(error: UnicodeError) -> tuple[str, int]:
    """Show characters the stream cannot encode as `safe_text` shows hidden ones."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    return "".join(_PLAIN.get(letter, f"<U+{ord(letter):04X}>") for letter in characters), error.end
