"""What a command says on standard error, beside its result."""

from __future__ import annotations

import sys


def warn(text: str) -> None:
    """Say something beside the result, on standard error."""
    from travelsec.safe_text import line

    print(f"travelsec: {line(text)}", file=sys.stderr)


def tell(text: str) -> None:
    """Say what was done, on standard error."""
    from travelsec.safe_text import line

    print(line(text), file=sys.stderr)
