"""`review --approve` and `--return`: record a decision on a report, or say how to."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from travelsec import files
from travelsec.cli import review_files
from travelsec.cli.messages import inform, warn
from travelsec.cli.options import now
from travelsec.cli.prompts import check_output
from travelsec.cli.shell import command
from travelsec.cli.streams import confirm
from travelsec.console import print_blocks
from travelsec.people import comparable
from travelsec.problems import UserError
from travelsec.review import decision, outline
from travelsec.review.decision import Word
from travelsec.review.decision_findings import without_decision
from travelsec.review.inbox import STDIN
from travelsec.review.judge import Judge
from travelsec.review.model import Reviewed
from travelsec.review.output import labels
from travelsec.safe_text import is_visible
from travelsec.trip.statuses import reason_fault


def decide(
    path: str, judge: Judge, word: Word, by: str | None, comment: str, *, force: bool
) -> None:
    """Record a decision beside the report, and show the review it is based on."""
    if path == STDIN:
        raise UserError("a decision stands beside the file of its report: name the file")
    if by is None:
        raise UserError("say who decides: add --by NAME")
    decider, remark = (
        _checked(name, text) for name, text in (("--by", by), ("--comment", comment))
    )
    if not is_visible(decider):
        raise UserError("--by: the name is empty")
    target = decision.path_of(Path(path))
    received, reviewed = review_files.read_reports(path, judge)
    force = check_output(target, force=force)
    record = decision.decide(
        word, received, judge, by=decider, comment=remark, at=now(), reviewed=reviewed
    )
    before, reviewed = reviewed.decision, without_decision(reviewed)
    files.write(target, decision.render(record), force=force)
    confirm(lambda stream: print_blocks(outline.details([reviewed], labels(judge.pack)), stream))
    if comparable(decider) == comparable(reviewed.traveller):
        warn("the decision names the traveller as the one who made it.")
    if word == "approved" and reviewed.is_broken:
        warn("you approved a report that does not hold: it was changed by hand, or damaged.")
    elif word == "approved" and reviewed.is_unchecked:
        warn("you approved a report that could not be checked: it has other packs or words.")
    elif word == "approved" and reviewed.verdict == "not-ready":
        warn(
            f"you approved a report that is not ready; must items open: {len(reviewed.open_must)}."
        )
    if word == "returned" and not remark:
        warn("nothing says why: --comment TEXT tells the traveller what to do.")
    replaced = f", in place of {before.decision} by {before.by}" if before else ""
    inform(f"Recorded: {word}{replaced}. The decision is in {target}")
    inform("It is a record, not a signature. Send it to the traveller.")


def name_next_step(row: Reviewed, packs: Iterable[Path] | None) -> None:
    """Say how to decide on the one report that was reviewed, if that is left to do."""
    if row.unread or row.is_decided or row.is_over or row.path == STDIN:
        return
    # An option would begin with a hyphen as well.
    path = f".{os.sep}{row.path}" if row.path.startswith("-") else row.path
    # A decision that no longer counts stands in the way of another.
    force = ("--force",) if os.path.lexists(decision.path_of(Path(row.path))) else ()

    def deciding(*words: str) -> str:
        return command("review", path, *words, "--by", "NAME", *force, packs=packs)

    if row.is_broken:
        inform("Next: ask the traveller for a new report. To record that you return this one:")
    else:
        inform("Next: record your decision. To approve it, or to return it to the traveller:")
        inform(f"  {deciding('--approve')}")
    inform(f"  {deciding('--return', '--comment', 'TEXT')}")


def _checked(option: str, text: str) -> str:
    fault = reason_fault(text)
    if fault is not None:
        raise UserError(f"{option}: {fault}")
    return text.strip()
