"""Findings about an untrusted decision: signs that it was altered, and other things to know."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from travelsec.people import comparable
from travelsec.problems import brief
from travelsec.report.model import is_moment
from travelsec.report.read import Received
from travelsec.review.decision import Decision
from travelsec.review.judge import Judge
from travelsec.review.model import Difference, Reviewed
from travelsec.safe_text import is_visible
from travelsec.wording import join_words, show_date, show_iso


def check_with_report(
    decision: Decision, received: Received, reviewed: Reviewed, judge: Judge
) -> Iterator[Difference]:
    """Yield findings about a decision beside a report.

    A decision on an earlier state of the report is void, which `check_decision` tells.
    """
    report = received.report
    is_about_this = decision.digest == received.computed
    created = report.created if is_about_this else ""
    yield from check_alone(decision, reviewed.traveller, judge.latest, created)
    if decision.trip != report.trip.id:
        yield _edited("It is about another trip.")
    if not is_about_this:
        return
    if decision.report != report.id:
        yield _edited("It has the content of this report, but the id of another.")
    if decision.packs != judge.packs:
        text = "The decision was made with other packs: its judgement could not be checked."
        yield Difference("decision-unchecked", text)
        return
    if decision.as_of not in (report.as_of, judge.today) and (
        decision.as_of.isoformat() != decision.at[:10]
    ):
        yield _edited(f"The report was judged for {show_date(decision.as_of)}, an unlikely day.")
    # Version 0.2.0 judged for the day of the decision.
    day = msgspec.structs.replace(report, as_of=decision.as_of)
    then = reviewed
    if decision.as_of != report.as_of:
        then = judge.judge("", received._replace(report=day))
    changed = {
        "verdict": decision.verdict != then.verdict,
        "whether it held": decision.holds not in _held(reviewed),
        "must items open": decision.open_must != then.open_must,
        "must items waived": decision.waived != tuple(item.id for item in then.waived),
        "must items that applied": decision.musts != judge.musts(day),
    }
    names = [name for name, is_changed in changed.items() if is_changed]
    if names:
        yield _edited(f"Not what travelsec recorded: {join_words(names)}.")


def check_alone(
    decision: Decision, traveller: str, latest: str, created: str = ""
) -> Iterator[Difference]:
    """Yield findings about a decision whose report may not be at hand.

    Args:
        decision: the decision.
        traveller: the traveller's name, or an empty text.
        latest: the latest moment (UTC, as in a report) at which it can have been made.
        created: the moment when the report was made, or an empty text.
    """
    if not is_moment(decision.at):
        text = f"It does not say when: “{brief(decision.at)}” is not a date and time."
        yield Difference("decision-moment", text)
    elif decision.at > latest:
        text = f"It says that it was made on {show_iso(decision.at)}, which is in the future."
        yield Difference("decision-moment", text)
    elif is_moment(created) and decision.at < created:
        text = f"It says that it was made on {show_iso(decision.at)}, before the report was."
        yield Difference("decision-moment", text)
    if not is_visible(decision.by):
        yield Difference("decision-by", "The decision does not say who made it.")
    elif comparable(decision.by) == comparable(traveller):
        yield Difference("decision-by", "The decision names the traveller as the one who made it.")
    listed = (*decision.open_must, *decision.waived)
    if (
        (decision.verdict == "not-ready") != bool(decision.open_must)
        or len({*listed}) != len(listed)
        or not {*listed} <= {*decision.musts}
        or len({*decision.musts}) != len(decision.musts)
    ):
        yield _edited("Its verdict and its lists of items contradict each other.")


def is_doubtful(reviewed: Reviewed) -> bool:
    """Tell whether there are findings about the decision beside a report."""
    return any(found.code.startswith("decision-") for found in reviewed.differs)


def without_decision(reviewed: Reviewed) -> Reviewed:
    """Return the review of a report as if no decision stood beside it."""
    differs = tuple(found for found in reviewed.differs if not found.code.startswith("decision-"))
    return msgspec.structs.replace(reviewed, differs=differs, decision=None)


def _held(reviewed: Reviewed) -> tuple[object, ...]:
    # Version 0.2.0 did not tell what holds from what could not be checked.
    return ("unknown", True) if reviewed.is_unchecked else (reviewed.holds,)


def _edited(text: str) -> Difference:
    return Difference("decision-edited", f"The decision was edited. {text}")
