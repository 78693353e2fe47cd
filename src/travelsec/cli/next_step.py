"""After the review of one report: say how to decide on it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from travelsec.cli.messages import inform
from travelsec.cli.shell import command
from travelsec.review import decision
from travelsec.review.inbox import STDIN
from travelsec.review.model import Reviewed


def name_next_step(row: Reviewed, packs: Iterable[Path] | None) -> None:
    """Say how to decide on the one report that was reviewed, if that is left to do."""
    if row.unread or row.is_decided or row.is_over or row.path == STDIN:
        return
    # An option would begin with a hyphen as well.
    path = f".{os.sep}{row.path}" if row.path.startswith("-") else row.path
    # A void decision blocks a new one.
    force = ("--force",) if os.path.lexists(decision.path_of(Path(row.path))) else ()

    def decision_command(*words: str) -> str:
        return command("review", path, *words, "--by", "NAME", *force, packs=packs)

    if row.is_broken:
        inform("Next: ask the traveller for a new report. To record that you return this one:")
    else:
        inform("Next: record your decision. To approve it, or to return it to the traveller:")
        inform(f"  {decision_command('--approve')}")
    inform(f"  {decision_command('--return', '--comment', 'TEXT')}")
