"""The index of a page as a pack file, and what of it a human has to look at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from travelsec.guidance.page import Page
from travelsec.guidance.proposals import slug_words
from travelsec.guidance.revision import Revision, StatementChange, title_of
from travelsec.pack import model
from travelsec.safe_text import line

HEADER = (
    "# The index of the page: what each statement is, and the fingerprint of its words. No text.",
)

# What some YAML readers take for a number, a truth value or nothing.
_NOT_PLAIN = re.compile(r"[^a-z].*|null|true|false|yes|no|on|off|y|n")


def index(page: Page) -> str:
    """Return a pack file for a page that no pack has; it does not load until it is filled in."""
    title = line(page.title) if page.title else ""
    name = "-".join(slug_words(page.title))
    lines = [
        *HEADER,
        "# Fill in what is empty, remove the “#” of what you want, and check every id and kind.",
        "guidance:",
        f"  - id: {_id(name)}  # check: packs cite the page by this id"
        if name
        else "  - id:  # fill in",
        f"    title: {_text(title)}" if title else "    title:  # fill in",
        "    publisher:  # fill in",
        "    # url: where the page can be read",
        "    # ask: the id of the contact who knows about the page",
    ]
    if page.expires:
        lines.append(f"    expires: {page.expires}")
    sections = tuple(
        model.GuidanceSection(
            section.id,
            title_of(section),
            tuple(model.Statement(s.id, s.kind, s.fingerprint) for s in section.statements),
        )
        for section in page.sections
    )
    return _joined([*lines, *_sections(sections)])


def updated_file(revision: Revision, before: str = "") -> str:
    """Return the pack file of a page's new index, marked where a human has to look.

    Args:
        revision: what the revised page changes.
        before: the file it takes the place of. The comment at its top is kept, and so is each
            mark of an earlier change until a human takes it out.
    """
    page = revision.index
    lines = [
        *(_top(before) or HEADER),
        "guidance:",
        f"  - id: {_id(page.id)}",
        f"    title: {_text(page.title)}",
        f"    publisher: {_text(page.publisher)}",
    ]
    if page.url:
        lines.append(f"    url: {_text(page.url)}")
    if page.expires:
        lines.append(f"    expires: {page.expires}")
    if page.ask:
        lines.append(f"    ask: {_id(page.ask)}")
    notes = _marks(before, page.id)
    notes |= {c.new_path: _note(c) for c in revision.statements if c.new_path is not None}
    return _joined([*lines, *_sections(page.sections, f"{page.id}/", notes)])


def _top(text: str) -> list[str]:
    """Return the comment that a file begins with."""
    return list(takewhile(lambda one: one.startswith("#"), text.splitlines()))


_SECTION = re.compile(r"      - id: \"?([a-z0-9-]+)\"?")
_MARKED = re.compile(r"          - \{id: \"?([a-z0-9-]+)\"?,.*\}  # ((?:new|changed|was)\b.*)")


def _marks(text: str, page: str) -> dict[str, str]:
    """Return the marks in an index that was made here, by the path of their statement."""
    found = {}
    section = ""
    for one in text.splitlines():
        heading, marked = _SECTION.match(one), _MARKED.match(one)
        if marked:
            found[f"{page}/{section}/{marked[1]}"] = marked[2]
        elif heading:
            section = heading[1]
    return found


def has_comments(text: str) -> bool:
    """Tell whether a file has comments that its successor would not have."""
    lines = text.splitlines()[len(_top(text)) :]
    return any("#" in one and not _MARKED.match(one) for one in lines)


def _note(change: StatementChange) -> str:
    if change.change == "added":
        return "new: check id and kind"
    notes = ["changed: read again what cites it"] if change.change == "changed" else []
    if change.path != change.new_path:
        notes.append(f"was {change.path}")
    return "; ".join(notes)


def _sections(
    sections: Sequence[model.GuidanceSection],
    page: str = "",
    notes: Mapping[str, str] | None = None,
) -> Iterator[str]:
    if sections:
        yield "    sections:"
    for section in sections:
        yield f"      - id: {_id(section.id)}"
        yield f"        title: {_text(section.title)}"
        if section.statements:
            yield "        statements:"
        for statement in section.statements:
            note = (notes or {}).get(f"{page}{section.id}/{statement.id}", "")
            name, fingerprint = _id(statement.id), statement.fingerprint
            entry = f'{{id: {name}, kind: {statement.kind}, fingerprint: "{fingerprint}"}}'
            yield f"          - {entry}{f'  # {note}' if note else ''}"


def _id(name: str) -> str:
    return f'"{name}"' if _NOT_PLAIN.fullmatch(name) else name


def _text(text: str) -> str:
    """Return a YAML scalar in quotes; JSON's escapes are YAML's too."""
    quoted = json.dumps(line(text), ensure_ascii=False)
    # No YAML reader takes these as they are.
    return re.sub("[\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
