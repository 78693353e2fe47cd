"""Standard output and error: their encoding, and what happens where they cannot be written."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable, Iterator
from typing import TextIO

# What prose loses nothing by, where a terminal has only ASCII.
_PLAIN = {
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("–—", "-"),
    "…": "...",
}


def set_up() -> None:
    """Make both streams take every text; what is said on standard error can no longer fail."""
    _open_what_is_closed()
    codecs.register_error("travelsec", _shown)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        # In a test it may be of another kind.
        if isinstance(stream, io.TextIOWrapper):
            # A terminal tells what it can show. Whoever reads a pipe or a file can read UTF-8,
            # whatever the locale: names must not get lost on the way.
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="travelsec")
    if isinstance(sys.stderr, io.TextIOWrapper):
        encoding = sys.stderr.encoding
        sys.stderr = _Forgiving(sys.stderr.detach(), encoding, "travelsec", line_buffering=True)


def silence(stream: TextIO) -> None:
    """Send what is still to come nowhere, so that flushing it at exit cannot fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def confirm(show: Callable[[TextIO], None]) -> None:
    """Show what goes with a deed on standard output, or on standard error if the first fails.

    The deed is done all the same. To end with another exit code for the words alone would tell a
    script that it was not, and a second try would then fail.
    """
    try:
        show(sys.stdout)
        sys.stdout.flush()
    except OSError:
        silence(sys.stdout)
        show(sys.stderr)


@contextlib.contextmanager
def printing_beside(done: str) -> Iterator[None]:
    """Print in the block what goes with a deed, but is too long to be shown elsewhere.

    Where it cannot be printed, the sentence `done` and the reason are said on standard error.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        if error.errno == errno.EIO:
            # The terminal is gone, and with it whoever was asked there.
            raise
        silence(sys.stdout)
        # Whoever closes a pipe has read enough, and needs no word about it.
        if not isinstance(error, BrokenPipeError):
            from travelsec.cli.messages import warn

            warn(f"{done} Only standard output could not be written: {error.strerror or error}")


class _Forgiving(io.TextIOWrapper):
    """Standard error. What cannot be said there is lost, and the exit code is what it would be."""

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError as error:
            self._give_up(error)
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        # A terminal that is gone is another matter: whoever was asked there has left.
        if error.errno == errno.EIO:
            raise error
        silence(self)


def _open_what_is_closed() -> None:
    """Give a stream that whoever started this closed, and that Python then lacks, to nobody."""
    # In the order of their numbers, so that no file of ours gets one of these.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123


def _shown(error: UnicodeError) -> tuple[str, int]:
    """Show what a stream cannot hold as `safe_text` shows what is hidden."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_PLAIN.get(one, f"<U+{ord(one):04X}>") for one in lost), error.end
