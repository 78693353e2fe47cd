"""Ask in the terminal, and end cleanly when the user stops."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from travelsec.cli.exit_codes import Terminated
from travelsec.console import terminal
from travelsec.safe_text import line

if TYPE_CHECKING:
    from travelsec.interview.prompter import Prompter


def can_ask() -> bool:
    """Return whether someone at a terminal can read a question and answer it."""
    return sys.stdin.isatty() and terminal() is not None


def make_prompter(*, accessible: bool) -> Prompter:
    """Return a prompter for the terminal, where `can_ask`: drawn, or line by line."""
    stream = terminal()
    assert stream is not None, "nobody asks without a terminal"
    # Import only the one in use: prompt_toolkit alone takes longer to import than travelsec.
    if accessible:
        from travelsec.interview.accessible import AccessiblePrompter

        return AccessiblePrompter(stream)
    from travelsec.interview.terminal import TerminalPrompter

    return TerminalPrompter(stream)


def prompter_if_any(*, accessible: bool = False) -> Prompter | None:
    """Return a prompter if someone can be asked."""
    from travelsec.cli.options import wants_accessible

    return make_prompter(accessible=wants_accessible(accessible)) if can_ask() else None


@contextlib.contextmanager
def clean_stop(say: Callable[[], str] | str) -> Iterator[None]:
    """If the user or the system stops the block, tell the user what is kept.

    Further lines of the text are commands; each has a line of its own, to be copied.

    Raises:
        Terminated: the block was stopped; a user who stops has interrupted, as with Ctrl-C.
    """
    from travelsec.interview.prompter import Stopped

    try:
        yield
        return
    except Stopped:
        reason = Terminated(signal.SIGINT)
    except Terminated as error:
        reason = error
    # The terminal may be gone: then there is nobody to tell.
    with contextlib.suppress(OSError):
        first, *commands = (say if isinstance(say, str) else say()).split("\n")
        print(f"Stopped. {line(first)}", file=sys.stderr, flush=True)
        for command in commands:
            print(f"    {line(command)}", file=sys.stderr, flush=True)
    raise reason


def check_output(path: Path, *, force: bool, asking: bool = True, accessible: bool = False) -> bool:
    """Make sure that a file can be written, before anything else is done.

    If it exists and `force` is false, ask whether to replace it, if there is a terminal.

    Returns:
        Whether a file that exists may be replaced.

    Raises:
        UserError: it cannot be written, or exists and may not be replaced.
    """
    from travelsec import files

    if asking and can_ask() and not force and path.is_file():
        from travelsec.cli.options import wants_accessible
        from travelsec.interview.prompter import ChoicePrompt

        with clean_stop("Nothing was written."):
            answer = make_prompter(accessible=wants_accessible(accessible)).choice(
                ChoicePrompt(
                    message=f"{line(str(path))} exists. Replace it?",
                    options={"no": "No, keep it", "yes": "Yes, replace it"},
                    initial="no",
                    why="The new content would replace what is in the file now.",
                )
            )
        force = answer == "yes"
    files.check_writable(path, force=force)
    return force
