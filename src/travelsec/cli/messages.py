"""Messages on standard error, beside the result of a command."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from travelsec.pack.model import PackInfo


def warn(text: str) -> None:
    """Warn the user; a warning that cannot be printed does not stop the command."""
    from travelsec.safe_text import line

    with contextlib.suppress(OSError):
        print(f"travelsec: {line(text)}", file=sys.stderr)


def inform(text: str) -> None:
    """Say what was done."""
    from travelsec.safe_text import line

    print(line(text), file=sys.stderr)


def tell_offers(offers: Iterable[PackInfo]) -> None:
    """Say how to add each optional pack that covers what is not covered."""
    for info in offers:
        warn(f"not covered here: {info.not_covered} To prepare that, too: --pack {info.covered_by}")
