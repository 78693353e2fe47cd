"""Run a drawn prompt, and end it cleanly when a signal comes."""

from __future__ import annotations

import os
import signal
import sys
from asyncio import AbstractEventLoop
from types import FrameType
from typing import Any

from prompt_toolkit.application import Application

from travelsec.interview.prompter import Stopped

if sys.platform == "win32":
    _TerminalError: type[Exception] = OSError
else:
    import termios

    _TerminalError = termios.error


def run_prompt(app: Application[Any]) -> Any:
    """Draw a prompt until it is answered; return the answer.

    If a handler raised while the event loop runs, the loop would report a fault of its own and
    lose the signal. So only note the signal, end the drawing, then send the signal again.

    Raises:
        Stopped: the terminal is gone.
        OSError: the terminal cannot be drawn on.
    """
    noted: list[int] = []
    former = {number: signal.getsignal(number) for number in signal.valid_signals()}
    handlers = {number: handler for number, handler in former.items() if callable(handler)}

    def note(number: int, _frame: FrameType | None) -> None:
        if _is_in_background():
            # The terminal is the shell's now; restoring it would only stop this process again.
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        noted.append(number)
        if app.loop is not None:
            app.loop.call_soon_threadsafe(end, Stopped())

    def end(error: BaseException) -> None:
        # After an answer, or the end of the drawing, there is nothing left to end.
        if app.future is not None and not app.future.done():
            app.exit(exception=error)

    def fail(_loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        # prompt_toolkit would print a traceback and carry on.
        end(context.get("exception") or RuntimeError(context["message"]))

    def start() -> None:
        assert app.loop is not None, "it runs"
        app.loop.set_exception_handler(fail)
        if noted:
            end(Stopped())

    for number in handlers:
        signal.signal(number, note)
    try:
        return app.run(pre_run=start, set_exception_handler=False, handle_sigint=False)
    except EOFError:
        # The terminal is gone.
        raise Stopped from None
    except _TerminalError as error:
        raise OSError(*error.args) from error
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for pending in noted:
            signal.raise_signal(pending)


def _is_in_background() -> bool:
    """Return whether the terminal belongs to another program, as after `bg` in a shell."""
    if sys.platform == "win32":
        return False
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) != os.getpgrp()
    except OSError:
        return False
