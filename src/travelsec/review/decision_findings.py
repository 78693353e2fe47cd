"""Findings about an untrusted decision: signs that it was altered, and other things to know."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

import msgspec

from travelsec.names import comparable, may_be_same, names_somebody
from travelsec.problems import brief
from travelsec.report.model import PackRef
from travelsec.report.read import Received
from travelsec.review.decision import Decision
from travelsec.review.judge import Judge
from travelsec.review.model import VOID, Difference, Reviewed
from travelsec.trip.stored_trip import MadeReport
from travelsec.wording import join_words, show_date, show_iso

DECISION_UNCHECKED = "decision-unchecked"
"""The code of what could not be checked about a decision; nothing says that it is wrong."""

_OTHER_PACKS = "The decision was made with other packs: its judgement could not be checked."


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
    yield from _check_id(decision, report.id)
    if decision.packs != judge.packs:
        yield _unchecked(_OTHER_PACKS)
        return
    yield from _check_day(decision, report.as_of)
    # Version 0.2.0 judged for the day of the decision.
    day = msgspec.structs.replace(report, as_of=decision.as_of)
    then = reviewed
    if decision.as_of != report.as_of:
        then = judge.judge("", received._replace(report=day))
    yield from _check_judgement(
        decision,
        held=decision.holds in _what_held(reviewed),
        verdict=then.verdict,
        open_must=then.open_must,
        waived=tuple(item.id for item in then.waived),
        musts=judge.musts(day),
    )


def check_with_made(
    decision: Decision, made: Collection[MadeReport], traveller: str, latest: str
) -> Iterator[Difference]:
    """Yield findings about a decision where the reports of its trip were made.

    Args:
        decision: the decision.
        made: what is kept of the reports.
        traveller: the traveller's name, or an empty text.
        latest: the latest moment (UTC, as in a report) at which it can have been made.
    """
    report = next((report for report in made if report.digest == decision.digest), None)
    yield from check_alone(decision, traveller, latest, report.created if report else "")
    if report is None:
        if any(report.id == decision.report for report in made):
            text = f"{VOID} It has the id of a report made here, but different content."
            yield Difference("decision-void", text)
        else:
            yield _unchecked(
                "The report that was decided on is not known here, so the decision could not be "
                "compared with it."
            )
        return
    yield from _check_id(decision, report.id)
    if decision.packs != tuple(PackRef(*pack) for pack in report.packs):
        yield _unchecked(_OTHER_PACKS)
        return
    # The content is as it was made, but the page around it may have been edited on the way, and
    # the manager's travelsec may have other words.
    if decision.holds is False:
        yield _unchecked(
            "It says that the report did not hold. Either that was changed by hand or damaged on "
            "the way, or the decision was edited."
        )
    elif decision.holds == "unknown":
        yield _unchecked("It says that the report could not be checked.")
    yield from _check_day(decision, report.as_of)
    if decision.as_of != report.as_of:
        # Version 0.2.0 judged for the day of the decision.
        yield _unchecked(
            "The report was judged for another day: its judgement could not be checked."
        )
        return
    yield from _check_judgement(
        decision,
        held=True,
        verdict=report.verdict,
        open_must=report.open_must,
        waived=report.waived,
        musts=report.musts,
    )


def _check_id(decision: Decision, report_id: str) -> Iterator[Difference]:
    if decision.report != report_id:
        yield _edited("It has the content of this report, but the id of another.")


def _check_day(decision: Decision, of_report: datetime.date) -> Iterator[Difference]:
    if decision.as_of == of_report:
        return
    decided = datetime.date.fromisoformat(decision.at[:10])
    # The day in Coordinated Universal Time can be the one before or after.
    if abs(decision.as_of - decided) > datetime.timedelta(days=1):
        yield _edited(f"The report was judged for {show_date(decision.as_of)}, an unlikely day.")


def _check_judgement(
    decision: Decision,
    *,
    held: bool,
    verdict: str,
    open_must: tuple[str, ...],
    waived: tuple[str, ...],
    musts: tuple[str, ...],
) -> Iterator[Difference]:
    """Compare a decision with the judgement it was made on; `held`: it is right in `holds`."""
    changed = {
        "verdict": decision.verdict != verdict,
        "whether it held": not held,
        "must items open": decision.open_must != open_must,
        "must items waived": decision.waived != waived,
        "must items that applied": decision.musts != musts,
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
    if decision.at > latest:
        text = f"It says that it was made on {show_iso(decision.at)}, which is in the future."
        yield Difference("decision-moment", text)
    elif decision.at < created:
        made = f"It says that it was made on {show_iso(decision.at)}, before the report was"
        yield Difference("decision-moment", f"{made}: it was edited, or a clock is wrong.")
    if not names_somebody(decision.by):
        yield Difference("decision-by", "The decision does not say who made it.")
    elif own_name := traveller_decides(decision.by, traveller):
        yield Difference("decision-by", f"The decision {own_name}.")
    listed = (*decision.open_must, *decision.waived)
    if (
        (decision.verdict == "not-ready") != bool(decision.open_must)
        or len({*listed}) != len(listed)
        or not {*listed} <= {*decision.musts}
    ):
        yield _edited("Its verdict and its lists of items contradict each other.")


def traveller_decides(by: str, traveller: str) -> str:
    """Say that a decision names the traveller as the one who made it, or may; empty if not.

    Args:
        by: the name of the one who made it.
        traveller: the traveller's name, or an empty text.
    """
    if not names_somebody(traveller):
        return ""
    if comparable(by) == comparable(traveller):
        return "names the traveller as the one who made it"
    if may_be_same(by, traveller):
        return f"may name the traveller, {brief(traveller)}, as the one who made it: {brief(by)}"
    return ""


def is_doubtful(reviewed: Reviewed) -> bool:
    """Return whether there are findings about the decision beside a report."""
    return any(finding.code.startswith("decision-") for finding in reviewed.differs)


def without_decision(reviewed: Reviewed) -> Reviewed:
    """Return the review of a report as if no decision stood beside it."""
    differs = tuple(
        finding for finding in reviewed.differs if not finding.code.startswith("decision-")
    )
    return msgspec.structs.replace(reviewed, differs=differs, decision=None)


def _what_held(reviewed: Reviewed) -> tuple[object, ...]:
    # Version 0.2.0 did not distinguish a report that holds from one that could not be checked.
    return ("unknown", True) if reviewed.is_unchecked else (reviewed.holds,)


def _edited(text: str) -> Difference:
    return Difference("decision-edited", f"The decision was edited. {text}")


def _unchecked(text: str) -> Difference:
    return Difference(DECISION_UNCHECKED, text)
