"""Where a review goes."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from travelsec import files
from travelsec.problems import UserError


@contextlib.contextmanager
def sink_of(output: Path | None, *, force: bool) -> Iterator[TextIO]:
    """Return where the review goes: standard output, or a file that is whole or not there.

    Raises:
        UserError: the file cannot be written, exists and may not be replaced, or is a report.
    """
    if output is None:
        yield sys.stdout
        return
    from travelsec.cli.prompts import check_output
    from travelsec.review.decision import ENDING

    if output.name.lower().endswith(ENDING):
        raise UserError(f"{output}: this is what a decision is called; name another file")
    if _is_report(output):
        # Somebody sent it; --force is meant for the review of yesterday.
        raise UserError(f"{output}: this is a report; name another file for the review")
    force = check_output(output, force=force)
    with files.writing(output, force=force) as file:
        text = TextIOWrapper(file, encoding="utf-8", errors="replace", newline="\n")
        try:
            yield text
        finally:
            text.detach()


def _is_report(path: Path) -> bool:
    from travelsec.report.read import read_report

    try:
        read_report(path)
    except UserError:
        return False
    return True
