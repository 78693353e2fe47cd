"""Lay out a review for people: the totals, then each report, the worst first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from travelsec import values
from travelsec.document import Block, Heading, ListItem, Paragraph, Tone
from travelsec.problems import brief
from travelsec.review.model import (
    MISSED,
    MISSED_SINCE,
    PAGE_EDITED,
    ROW_VERDICTS,
    VOID,
    WORDS_UNCHECKED,
    Decided,
    Difference,
    Reviewed,
    Since,
    Standing,
)
from travelsec.review.priority import Filter, Totals
from travelsec.wording import count, join_words, short_date, show_date, show_iso

BOUNDS = (
    "A report cannot show whether an answer is true, or whether someone changed it and computed "
    "the digest again. A decision is a record, not a signature."
)
TABLE_COLUMNS = (
    "No.",
    "Verdict",
    "Traveller",
    "Where to",
    "Leaves",
    "Musts\nopen",
    "Waived",
    "Decision",
)
"""The columns of the table. The numbers in it are those of the details below."""
FILE_COLUMN = "File"
"""A further column, where there is room for paths."""

_STANDINGS: dict[Standing, str] = {
    "broken": "does not hold",
    "replaced": "replaced",
    "over": "trip over",
    "unchecked": "not checked",
}
MAX_NAMED_ITEMS = 12
"""Items to name in a line; any more are only counted."""


def review_summary(
    totals: Totals, number_shown: int, day: datetime.date, not_covered: Iterable[str]
) -> Iterator[Block]:
    """Yield the totals.

    `number_shown` is the number of reports below; `not_covered` has a sentence for each pack.
    """
    yield Heading(1, f"Review for {show_date(day)}")
    counts = (
        (totals.not_ready, "not ready"),
        (totals.ready_with_actions, "ready with actions"),
        (totals.ready, "ready"),
    )
    verdicts = ", ".join(f"{number} {word}" for number, word in counts if number)
    number_read = totals.reports - totals.unread - totals.replaced - totals.over
    tone: Tone = "good" if totals.is_good and not totals.unread else "bad"
    if number_read:
        yield Paragraph(
            f"{count(number_read, 'report')}{': ' if verdicts else ''}{verdicts}.", tone
        )
    elif totals.left_out and totals.reports == totals.unread:
        yield Paragraph("No report matches what you asked for.")
    remarks = (
        (totals.broken, "changed by hand or damaged"),
        (totals.unchecked, "could not be checked: made with other packs or words"),
        (totals.with_waived, "with must items waived"),
        (totals.undecided, "undecided"),
        (totals.over, "trip is over" if totals.over == 1 else "trips are over"),
        (totals.replaced, "replaced by another report of the same trip"),
        (totals.unread, "could not be read"),
        (totals.left_out, "left out, as you asked for only some"),
    )
    for number, word in remarks:
        if number:
            yield Paragraph(f"{number} {word}.", "strong")
    for sentence in not_covered:
        yield Paragraph(f"Not covered by any verdict: {sentence}", "quiet")
    if number_shown < totals.reports:
        need = "needs" if number_shown == 1 else "need"
        text = f"the {number_shown} of {totals.reports} that {need} attention most"
        yield Paragraph(f"Shown: {text}. --limit shows more.", "quiet")


def shown(totals: Totals, number_shown: int, asked: Filter) -> str:
    """Say how many of the reports are shown, and which."""
    total = totals.reports + totals.left_out
    those = _asked_for(asked)
    worst = f"the {number_shown} most in need of attention" if number_shown < totals.reports else ""
    if not those and not worst:
        return f"All {count(total, 'report')}." if total > 1 else f"{count(total, 'report')}."
    which = f"of those {those}, {worst}" if those and worst else worst or f"only those {those}"
    return f"{number_shown} of {count(total, 'report')}: {which}."


def _asked_for(asked: Filter) -> str:
    """Describe the reports that were asked for, or return an empty text for all."""
    parts = []
    if asked.not_ready:
        parts.append("that are not ready or may not hold")
    if asked.undecided:
        parts.append("that nobody has decided on yet")
    if asked.departing_within is not None:
        days = count(asked.departing_within, "day")
        parts.append(f"whose trip begins within {days}, has begun or has no date")
    return " and ".join(parts)


def rows(
    reviewed: Sequence[Reviewed], *, with_files: bool = False
) -> Iterator[tuple[str | Paragraph, ...]]:
    """Yield the cells of the `TABLE_COLUMNS` and, if asked for, the `FILE_COLUMN`."""
    for number, row in enumerate(reviewed, 1):
        file = (row.path,) if with_files else ()
        if row.unread:
            # Without a column for files, the path takes the traveller's place.
            who = "–" if with_files else brief(row.path)
            verdict = Paragraph(ROW_VERDICTS[row.verdict], "bad")
            yield str(number), verdict, who, *("–",) * 5, *file
        else:
            yield *_table_row(number, row), *file


def _table_row(number: int, row: Reviewed) -> tuple[str | Paragraph, ...]:
    short = {"ready-with-actions": "with actions"}.get(row.verdict, ROW_VERDICTS[row.verdict])
    verdict = _STANDINGS.get(row.standing, short)
    return (
        str(number),
        Paragraph(verdict, _tone(row)),
        brief(row.traveller) or "–",
        brief(row.destination) or "–",
        short_date(datetime.date.fromisoformat(row.departs)) if row.departs else "–",
        str(len(row.open_must)),
        str(len(row.waived)),
        _decision_in_short(row),
    )


def details(
    reviewed: Sequence[Reviewed], labels: Mapping[str, str], limit: int | None = None
) -> Iterator[Block]:
    """Yield each report with what is open, waived and different about it.

    Args:
        reviewed: the reports, in order; with several, items below `must` are only counted.
        labels: of items, by full id.
        limit: how many to list, besides the reports that could not be read; None lists all.
    """
    several = len(reviewed) > 1
    left_out = 0
    for number, row in enumerate(reviewed, 1):
        if limit is not None and number > limit and not row.unread:
            left_out += 1
            continue
        head = f"{number}. {_title_of(row)}" if several else _title_of(row)
        yield ListItem(None, head, _tone(row), tuple(_lines_of(row, labels, brief=several)))
    if left_out:
        text = (
            f"{left_out} more are in the table only: --limit N gives details of N reports, --show "
            "shows one whole."
        )
        yield Paragraph(text, "quiet")
    yield Paragraph(BOUNDS, "quiet")


def _decision_in_short(row: Reviewed) -> str:
    """Sum up the decision in a word or two."""
    doubts = [
        difference.code for difference in row.differs if difference.code.startswith("decision-")
    ]
    if row.since is not None:
        changed = row.since.changes or row.since.unknown
        return f"{row.since.decision}, {'changed' if changed else 'sent again'}"
    if row.decision is None:
        return "unreadable" if doubts else "none"
    if row.decision.void:
        return f"{row.decision.decision}, void"
    if doubts:
        return f"{row.decision.decision}, doubtful"
    return f"{row.decision.decision}{', new musts' if row.decision.new_musts else ''}"


def _title_of(row: Reviewed) -> str:
    if row.unread:
        return f"{row.path} – could not be read"
    # A name as long as a book would push the verdict out of what is shown.
    who, where = (brief(text, values.MAX_ANSWER) for text in (row.traveller, row.destination))
    days = dict.fromkeys(day for day in (row.departs, row.returns) if day)
    parts = [who or "A traveller without a name", where, " to ".join(map(show_iso, days))]
    verdict = "does not hold" if row.is_broken else ROW_VERDICTS[row.verdict]
    unchecked = ", but not checked" if row.is_unchecked else ""
    return f"{', '.join(filter(None, parts))} – {verdict.upper()}{unchecked}"


def _tone(row: Reviewed) -> Tone:
    if row.standing in ("replaced", "over"):
        return "quiet"
    if row.is_unchecked and row.verdict != "not-ready":
        return "attention"
    if not row.is_good:
        return "bad"
    return "attention" if row.open or row.waived else "good"


def _lines_of(row: Reviewed, labels: Mapping[str, str], *, brief: bool) -> Iterator[str]:
    if row.unread:
        yield row.unread
        return
    yield f"File: {row.path}"
    if row.is_broken:
        yield (
            f"Do not rely on it. By your own packs, what is left of it is "
            f"{ROW_VERDICTS[row.verdict]}. Ask the traveller for a new report."
        )
    missed = [difference for difference in row.differs if difference.code in (MISSED, MISSED_SINCE)]
    yield from (_difference_line(difference, labels) for difference in missed)
    if row.open_must:
        yield f"Must items open ({len(row.open_must)}): {_list_labels(row.open_must, labels)}"
    advice = tuple(name for name in row.open if name not in row.open_must)
    if advice:
        listed = "" if brief else f": {_list_labels(advice, labels)}"
        yield f"Advice still to follow ({len(advice)}){listed}"
    for title, items in (("Waived", row.waived), ("Declined", row.declined)):
        for item in items:
            yield f"{title}: {item.label} – {item.reason or 'no reason given'}"
    others = [difference for difference in row.differs if difference not in missed]
    yield from (_difference_line(difference, labels) for difference in others)
    if row.decision is not None:
        yield from _decision_lines(row.decision, labels)
    if row.since is not None:
        yield from _since_lines(row.since, labels)


def _difference_line(difference: Difference, labels: Mapping[str, str]) -> str:
    # Waived items have lines of their own.
    listed = _list_labels(difference.items, labels) if difference.code != "waived" else ""
    # The message is a sentence, or the lead-in of a list of items.
    return f"{difference.message.removesuffix('.')}: {listed}" if listed else difference.message


def _decision_lines(decision: Decided, labels: Mapping[str, str]) -> Iterator[str]:
    comment = f": {decision.comment}" if decision.comment else ""
    decided = f"{decision.decision} by {decision.by}, {show_iso(decision.at)}"
    yield f"Decision on record: {decided}{comment}"
    if decision.void:
        yield VOID
    if decision.new_musts:
        yield f"New must items since the decision: {_list_labels(decision.new_musts, labels)}"


def _since_lines(since: Since, labels: Mapping[str, str]) -> Iterator[str]:
    when = f"{since.decision.capitalize()} by {since.by} on {show_iso(since.at)}"
    yield f"{when}, for an earlier report{f' ({since.path})' if since.path else ''}."
    if since.unknown:
        yield f"What has changed since then is not known: {since.unknown}."
        return
    told = join_words(change.message for change in since.changes) or "nothing"
    alone = "" if since.path else " (of the must items; the earlier report is not here)"
    yield f"Changed since then{alone}: {told}."
    for change in since.changes:
        if change.code != "fact":
            yield f"{change.message}: {_list_labels(change.items, labels)}"


def _list_labels(names: Sequence[str], labels: Mapping[str, str]) -> str:
    """Name the first items, and count the others."""
    listed = "; ".join(labels.get(name, name) for name in names[:MAX_NAMED_ITEMS])
    left_out = len(names) - MAX_NAMED_ITEMS
    return f"{listed}; and {left_out} more" if left_out > 0 else listed


def whole(row: Reviewed, labels: Mapping[str, str]) -> Iterator[Block]:
    """Yield the findings of a review, for `--show` to print above the whole report."""
    yield Heading(1, "Review: checked against your packs")
    yield from details([row], labels)
    yield Heading(1, "The report, as it came in")
    broken = {difference.code for difference in row.differs if difference.breaks}
    if row.is_broken and broken == {PAGE_EDITED}:
        text = "The page was edited or saved again. Below is the data it holds."
        yield Paragraph(text, "attention")
    elif row.is_broken:
        yield Paragraph(
            "It was changed by hand or damaged. Do not trust what it says below, and do not call "
            "any number in it.",
            "bad",
        )
    if any(difference.code == WORDS_UNCHECKED for difference in row.differs):
        yield Paragraph(
            "Its wording and telephone numbers were not checked. For the numbers in your packs, "
            "run travelsec contacts.",
            "attention",
        )
