"""Guidance pages made of parts, laid out in several styles of Markdown, and their indexes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec
from hypothesis import strategies as st

from travelsec.guidance import page as guidance_page
from travelsec.guidance.citations import Citation
from travelsec.guidance.page import PageStatement, index
from travelsec.guidance.revision import Revision, revise
from travelsec.pack.model import Guidance


@dataclass
class Item:
    """Sentences of a list item; `lead_in` is the last of them if a list stands below it."""

    sentences: list[str]
    lead_in: str = ""
    items: list[Item] = field(default_factory=list)


@dataclass
class Section:
    """A heading; each of its blocks is a paragraph with a list below it, or none."""

    title: str
    blocks: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Style:
    """A way to lay out a page without changing its wording."""

    bullet: str = "-"
    loose: bool = False
    width: int = 10_000
    space: str = " "
    case: str = "as it is"
    underlined: bool = False
    extras: bool = False


@dataclass(frozen=True)
class Slot:
    """A run of sentences on a page: the number of its section, and the lead-ins above it."""

    section: int
    lead_ins: tuple[str, ...]
    sentences: list[str]


Page = list[Section]

WORDS = st.text("abcdefghijklmnopqrstuvwxyzé", min_size=1, max_size=8)
# A few sentences come again and again: equal ones must not be mistaken for one another.
SENTENCES = st.one_of(
    st.sampled_from(["Lock it.", "Look around you.", "Ask (e.g. a friend. Or me) first."]),
    st.builds(
        lambda words, end: " ".join(words).capitalize() + end,
        st.lists(WORDS, min_size=1, max_size=8),
        # A last word of its own: “Cf.” would not end a sentence.
        st.sampled_from([" here.", " now!", " then?", " (see there. Really)."]),
    ),
)
SOME = st.lists(SENTENCES, min_size=1, max_size=3)
LEAD_INS = st.sampled_from(["Never:", "Please always:", "If it rains:"])
LEAVES = st.builds(Item, SOME)
ITEMS = st.one_of(LEAVES, st.builds(Item, SOME, LEAD_INS, st.lists(LEAVES, min_size=1, max_size=2)))
BLOCKS = st.one_of(
    LEAVES,
    st.builds(Item, SOME, st.just(""), st.lists(ITEMS, min_size=1, max_size=4)),
    st.builds(Item, SOME, LEAD_INS, st.lists(ITEMS, min_size=1, max_size=4)),
)
TITLES = st.lists(WORDS, min_size=1, max_size=3).map(lambda words: " ".join(words).capitalize())
PAGES: st.SearchStrategy[Page] = st.lists(
    st.builds(Section, TITLES, st.lists(BLOCKS, max_size=3)),
    min_size=1,
    max_size=4,
    unique_by=lambda section: section.title.casefold(),
).filter(lambda page: any(section.blocks for section in page))
STYLES = st.builds(
    Style,
    bullet=st.sampled_from(["-", "*", "+", "1.", "7)"]),
    loose=st.booleans(),
    width=st.sampled_from([12, 40, 10_000]),
    space=st.sampled_from([" ", "   "]),
    case=st.sampled_from(["as it is", "upper", "lower"]),
    underlined=st.booleans(),
    extras=st.booleans(),
)


def slots(page: Page) -> list[Slot]:
    """Return every run of sentences, in the order of the page."""
    return [
        slot
        for number, section in enumerate(page)
        for block in section.blocks
        for slot in _slots(number, (), block)
    ]


def _slots(section: int, lead_ins: tuple[str, ...], item: Item) -> Iterator[Slot]:
    yield Slot(section, lead_ins, item.sentences)
    below = (*lead_ins, item.lead_in) if item.lead_in else lead_ins
    for one in item.items:
        yield from _slots(section, below, one)


def lay_out(page: Page, style: Style | None = None) -> str:
    """Write a page in Markdown."""
    style = style or Style()
    parts = ["---\ntitle: x\n---"] if style.extras else []
    for section in page:
        title = _cased(section.title, style)
        heading = f"{title}\n{'=' * 5}" if style.underlined else f"## {title}"
        parts.append(f'<a id="x"></a>\n\n{heading}' if style.extras else heading)
        for block in section.blocks:
            parts.append(_block(block, style, ""))
            parts += ["<!-- An aside. -->"] * style.extras
    return "\n\n".join(parts) + "\n"


def _block(item: Item, style: Style, mark: str) -> str:
    text = " ".join([*item.sentences, *([item.lead_in] if item.lead_in else [])])
    # A word is never broken: that would be other wording.
    lines = textwrap.wrap(
        _cased(text, style), style.width, break_long_words=False, break_on_hyphens=False
    )
    parts = ["\n".join(line.replace(" ", style.space) for line in lines)]
    # One that begins with another number would not begin a list below a paragraph.
    parts += [""] * (bool(item.items) and style.bullet == "7)" and not style.loose)
    parts += [_block(one, style, f"{style.bullet} ") for one in item.items]
    text = ("\n\n" if style.loose else "\n").join(parts)
    return mark + textwrap.indent(text, " " * len(mark))[len(mark) :]


def _cased(text: str, style: Style) -> str:
    return {"upper": text.upper(), "lower": text.lower()}.get(style.case, text)


def stored(text: str) -> Guidance:
    """Return the index of a page with ids that travelsec would not propose."""
    empty = Guidance(id="page", title="A page", publisher="The office")
    made = revise(empty, index(text)).index
    sections = []
    for number, section in enumerate(made.sections):
        statements = tuple(
            msgspec.structs.replace(one, id=f"own-{number}-{n}")
            for n, one in enumerate(section.statements)
        )
        sections.append(msgspec.structs.replace(section, statements=statements))
    return msgspec.structs.replace(made, sections=tuple(sections))


def compare(old: str, new: str) -> Revision:
    """Compare two texts of a page, the old one known by its index only; an item cites all."""
    known = stored(old)
    cited = {path: (Citation("item", "any.item", "An item"),) for path in prints(known)}
    return revise(known, index(new), cited=cited)


def prints(page: Guidance) -> dict[str, str]:
    """Return the fingerprint of each path."""
    return {path: statement.fingerprint for path, statement in page.statements()}


def page_of(text: str) -> guidance_page.Page:
    return index(textwrap.dedent(text))


def statements(text: str) -> list[PageStatement]:
    return [statement for section in page_of(text).sections for statement in section.statements]


def texts(text: str) -> list[str]:
    return [statement.text for statement in statements(text)]


def changes(revision: Revision) -> list[str]:
    return [change.change for change in revision.statements]


def told(revision: Revision) -> list[tuple[str, str | None, str | None]]:
    return [(one.change, one.path, one.new_path) for one in revision.statements]


OLD = """\
---
expires: 2030-01-31
---
# Bicycles at work

The office lends bicycles. Read this before you take one.

<a id="before"></a>
## Before you ride

- Check both brakes.
- Pump the tyres. A soft tyre bends the rim.

**Note:** The pump hangs by the door.

## On the road

Never:

- Leave the bicycle unlocked.
- Ride without a lamp.

If you are at the station:

1. Use the lower rack.
2. Take the saddle bag with you.

<!-- Ring 020 7946 0999. -->

## Help

**Bicycle desk**

- Email: [the desk](mailto:desk@bicycles.example)
- Tel: 020 7946 0018
"""


def revised(*pairs: tuple[str, str]) -> Revision:
    text = OLD
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return compare(OLD, text)
