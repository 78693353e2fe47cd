"""Write a report as one self-contained HTML file with its JSON embedded."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Literal, NamedTuple

from markupsafe import Markup  # comes with jinja2

from travelsec.document import Tone
from travelsec.html import page
from travelsec.pack.model import Phase
from travelsec.report import outline
from travelsec.report.embedded_json import embed
from travelsec.report.model import Report, ReportItem
from travelsec.report.reply import POINT, reply
from travelsec.trip.advice import RELATED_LINKS
from travelsec.trip.statuses import OPEN, How, word
from travelsec.wording import count, join_words, show_iso

Kind = Literal["done", "excused", "open", "later"]
BAR_KINDS: tuple[Kind, ...] = ("done", "excused", "open", "later")
"""The kinds of items, in the order of a bar; `later` items are for the return."""

PHASE_WORDS: dict[Phase, str] = {
    "before": "before the trip",
    "away": "on the trip",
    "back": "on return",
}

MAX_OPEN_AT_TOP = 12
"""The most open items to list at the top; more would push the other sections too far down."""
_BAR_WIDTH = 240
"""The width of a bar, before parts too narrow to see are widened."""
_LEAST_WIDTH = 6


class Segment(NamedTuple):
    """A part of a section's bar, starting at `x`."""

    kind: Kind
    x: int
    width: int


class ItemRow(NamedTuple):
    """An item, and its state in words."""

    item: ReportItem
    kind: Kind
    tone: Tone
    state: str
    due: str


class SectionRows(NamedTuple):
    """A section's items, and their state in words and as a bar."""

    title: str
    phases: str
    counts: str
    sources: str
    bar: tuple[Segment, ...]
    lines: tuple[ItemRow, ...]


def render(report: Report) -> str:
    """Return the report as HTML that runs and loads nothing, with every text escaped.

    The same report always gives the same page. What is open, waived or declined follows from the
    items, and so does the verdict; if the report claims another, the page says so.
    """
    stands = outline.actual_state(report)
    words, tone = outline.VERDICTS[stands.verdict]
    # What is declined has a list of its own, with the reasons.
    undecided = stands._replace(open=[item for item in stands.open if item.status != "declined"])
    return page(
        "travelsec.report",
        "report.html.j2",
        report=report,
        title=outline.title(report),
        about=tuple(outline.about(report)),
        traveller=report.trip.text("traveller"),
        made=show_iso(report.created),
        changed=outline.was_changed(report),
        verdict=words.capitalize(),
        tone=tone,
        because=outline.because(stands),
        claims=outline.claims(report),
        undecided=undecided,
        scripted=outline.scripted(report),
        open_title=outline.open_title(undecided),
        unanswered=outline.unanswered(undecided.open),
        open=tuple(_open_in_groups(undecided, report.as_of)),
        more=max(0, len(undecided.open) - MAX_OPEN_AT_TOP),
        waived=outline.in_order(stands.waived, report.as_of),
        declined=outline.in_order(stands.declined, report.as_of),
        missed=lambda item: outline.missed_deadline(item, report.as_of),
        reply=tuple(_reply(report)),
        checklists=tuple(_checklists(report)),
        exceptions=_exceptions(report),
        origin=tuple(outline.origin(report)),
        related_links=RELATED_LINKS,
        carried=Markup(embed(report)),
    )


def _open_in_groups(
    undecided: outline.ActualState, as_of: datetime.date
) -> Iterator[tuple[str, int, list[tuple[ReportItem, str]]]]:
    """Yield each group of open items, their number, and as many as there is room for."""
    room = MAX_OPEN_AT_TOP
    for name, items in outline.in_groups(undecided.open, as_of):
        listed = [(item, _remark(item, undecided.open, as_of)) for item in items[:room]]
        room -= len(listed)
        yield name, len(items), listed


def _remark(item: ReportItem, items: list[ReportItem], as_of: datetime.date) -> str:
    """Describe one of the open items for the top of the page."""
    level = item.level if outline.is_missed(item, as_of) else ""
    return ", ".join(
        filter(None, (level, outline.state_words(item, items), outline.due(item, as_of)))
    )


def _exceptions(report: Report) -> dict[How, str]:
    """Return the words for each way of answering but the usual one, which is said once."""
    numbers = Counter({how: number for how, number in outline.given(report).items() if how})
    usual = [how for how, _ in numbers.most_common(1)]
    return {how: text for how, text in outline.HOW_WORDS.items() if how not in usual}


def _reply(report: Report) -> Iterator[tuple[bool, list[str]]]:
    """Yield the paragraphs of the reply, with consecutive points as one list."""
    for is_list, texts in groupby(reply(report), lambda text: text.startswith(POINT)):
        yield is_list, [text.removeprefix(POINT) for text in texts]


def _checklists(report: Report) -> Iterator[tuple[str, list[SectionRows]]]:
    """Yield the title and the sections of each checklist, in order of appearance."""
    grouped: dict[str, dict[str, list[ReportItem]]] = {}
    for item in report.items:
        grouped.setdefault(item.checklist, {}).setdefault(item.section, []).append(item)
    for checklist, sections in grouped.items():
        rows = [
            _section_rows(report.titles.get(f"{checklist}/{section}", section), items, report)
            for section, items in sections.items()
        ]
        yield report.titles.get(checklist, checklist), rows


def _section_rows(title: str, items: list[ReportItem], report: Report) -> SectionRows:
    lines = tuple(_item_row(item, report) for item in items)
    counts = Counter(line.kind for line in lines)
    told = _counts_in_words(counts, items)
    if len(lines) > 1 and len({line.state for line in lines}) == 1:
        told = f"{count(len(items), 'item')}, all of them {lines[0].state.lower()}"
        lines = tuple(line._replace(state="") for line in lines)
    phases = [
        words for phase, words in PHASE_WORDS.items() if any(item.phase == phase for item in items)
    ]
    when = join_words(phases).capitalize()
    return SectionRows(
        title, when, told, _pages_of(items, report.titles), tuple(_bar_segments(counts)), lines
    )


def _item_row(item: ReportItem, report: Report) -> ItemRow:
    kind = _kind(item)
    is_later = kind == "later" and item.status != "declined"
    state = "to do on return" if is_later else word(item.status, item.phase)
    return ItemRow(
        item,
        kind,
        "bad" if outline.is_missed(item, report.as_of) else _tone(item, kind),
        state.capitalize(),
        outline.due(item, report.as_of) if kind in ("open", "later") else "",
    )


def _kind(item: ReportItem) -> Kind:
    if item.status in OPEN:
        return "later" if item.phase == "back" else "open"
    return "done" if item.status == "done" else "excused"


def _tone(item: ReportItem, kind: Kind) -> Tone:
    if kind == "open" or item.status == "declined":
        return "bad" if item.level == "must" else "attention"
    return "attention" if kind == "excused" and item.level == "must" else "plain"


def _pages_of(items: list[ReportItem], titles: Mapping[str, str]) -> str:
    """Name the guidance pages that the items come from."""
    names = dict.fromkeys(path.partition("/")[0] for item in items for path in item.cites)
    return "; ".join(f"“{titles.get(f'guidance/{name}', name)}”" for name in names)


def _counts_in_words(counts: Counter[Kind], items: list[ReportItem]) -> str:
    settled = {word(item.status, item.phase) for item in items if item.status == "done"}
    done = join_words(sorted(settled, reverse=True), "or")
    words: dict[Kind, tuple[str, str]] = {
        "done": (done, done),
        "excused": ("does not apply", "do not apply"),
        "open": ("open", "open"),
        "later": ("for the return", "for the return"),
    }
    parts = [count(counts[kind], *words[kind]) for kind in BAR_KINDS if counts[kind]]
    return f"{count(len(items), 'item')}: {', '.join(parts)}"


def _bar_segments(counts: Counter[Kind]) -> Iterator[Segment]:
    """Yield the parts of a bar, each wide enough to see."""
    total, left = sum(counts.values()), 0
    for kind in BAR_KINDS:
        if counts[kind]:
            width = max(_BAR_WIDTH * counts[kind] // total, _LEAST_WIDTH)
            yield Segment(kind, left, width)
            left += width
