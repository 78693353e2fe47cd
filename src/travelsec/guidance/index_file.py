"""Write the index of a page as a pack file, marked where someone must check it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path

from travelsec.files import read_file
from travelsec.guidance.page import Page, PageSection, PageStatement
from travelsec.guidance.proposals import slug, slug_words
from travelsec.guidance.revision import Revision, StatementChange
from travelsec.pack import yaml
from travelsec.pack.model import GuidanceSection, Statement
from travelsec.problems import InputError, UserError
from travelsec.safe_text import line
from travelsec.wording import join_words

HEADER = [
    "# The index of the page: what each statement is, and the fingerprint of its words. No text."
]

# Some YAML readers take these for a number, a boolean or null.
_NOT_PLAIN = re.compile(r"[^a-z].*|null|true|false|yes|no|on|off|y|n")


def index(page: Page) -> str:
    """Return a pack file for a new page; it does not load until someone completes it."""
    title = line(page.title) if page.title else ""
    name = slug(slug_words(page.title))
    lines = [
        *HEADER,
        "# Fill in what is empty, remove the “#” of what you want, and check every id and kind;",
        "# take out “guessed: true” where the kind is right.",
        "guidance:",
        f"  - id: {_yaml_id(name)}  # check: packs cite the page by this id"
        if name
        else "  - id:  # fill in",
        f"    title: {_quoted_text(title)}" if title else "    title:  # fill in",
        "    publisher:  # fill in",
        "    # url: where the page can be read",
        "    # ask: the id of the contact who knows about the page",
    ]
    if page.expires:
        lines.append(f"    expires: {page.expires}")
    return "\n".join([*lines, *_section_lines(page.sections, {})]) + "\n"


def updated_file(revision: Revision, before: str = "") -> str:
    """Return the pack file of a page's new index, with marks where someone must check it.

    `before` is the file it replaces: its comment at the top is kept, and so are the marks of
    earlier changes until someone removes them.
    """
    page = revision.index
    optional = {
        "url": _quoted_text(page.url) if page.url else "",
        "expires": page.expires,
        "ask": _yaml_id(page.ask) if page.ask else "",
        "override": "true" if page.override else "",
    }
    lines = [
        *(_header_comment(before) or HEADER),
        "guidance:",
        f"  - id: {_yaml_id(page.id)}",
        f"    title: {_quoted_text(page.title)}",
        f"    publisher: {_quoted_text(page.publisher)}",
        *(f"    {key}: {value}" for key, value in optional.items() if value),
    ]
    notes = _marks_in(before)
    for change in revision.statements:
        if change.new_path is not None:
            notes[change.new_path.partition("/")[2]] = _note_on(change)
    return "\n".join([*lines, *_section_lines(page.sections, notes)]) + "\n"


PACK = """\
# A pack of your own, on top of the bundled one: travelsec --pack DIR, or TRAVELSEC_PACKS.
pack:
  id: revised-guidance
  version: "1"
  title: Revised guidance
  covers: Revised pages of guidance.
  not_covered: Whatever the revised pages say that no item asks for yet.
"""
"""The pack file of a folder that has no pack yet."""


def _header_comment(text: str) -> list[str]:
    """Return the comment at the top of a file."""
    return list(takewhile(lambda text_line: text_line.startswith("#"), text.splitlines()))


_SECTION = re.compile(r"      - id: \"?([a-z0-9-]+)\"?")
_MARKED = re.compile(r"          - \{id: \"?([a-z0-9-]+)\"?,.*\}  # ((?:new|changed|was)\b.*)")


def _marks_in(text: str) -> dict[str, str]:
    """Return the marks that `updated_file` left in an index, by section and statement."""
    marks = {}
    section = ""
    for text_line in text.splitlines():
        heading, match = _SECTION.match(text_line), _MARKED.match(text_line)
        if match:
            marks[f"{section}/{match[1]}"] = match[2]
        elif heading:
            section = heading[1]
    return marks


def read_before(path: Path, page: str) -> str:
    """Return the text of an index file that is to be replaced; empty if it cannot be parsed.

    Raises:
        UserError: the file holds more than the index of this page, and would lose it.
    """
    data = read_file(path, yaml.MAX_YAML_BYTES)
    try:
        tree = yaml.parse(data, str(path))
    except InputError:
        return ""
    if not isinstance(tree, yaml.Mapping):
        return ""
    pages = tree.get("guidance") or []
    ids = [entry.get("id") if isinstance(entry, yaml.Mapping) else None for entry in pages]
    if list(tree) != ["guidance"] or ids != [page]:
        raise UserError(
            f"{path}: this file holds more than the index of {page}, and would lose it; "
            "write to another file and put the entry in by hand"
        )
    return data.decode("utf-8-sig")


def has_comments(text: str) -> bool:
    """Return whether a file has comments that `updated_file` would not keep."""
    lines = text.splitlines()[len(_header_comment(text)) :]
    return any("#" in text_line and not _MARKED.match(text_line) for text_line in lines)


def _note_on(change: StatementChange) -> str:
    if change.change == "added":
        return "new: check id and kind"
    notes = []
    if change.change == "changed":
        kept = join_words(field for field in ("level", "note") if getattr(change, field))
        notes.append("changed: read again what cites it" + (f", and its {kept}" if kept else ""))
    if change.path != change.new_path:
        notes.append(f"was {change.path}")
    return "; ".join(notes)


def _section_lines(
    sections: Sequence[PageSection | GuidanceSection], notes: Mapping[str, str]
) -> Iterator[str]:
    if sections:
        yield "    sections:"
    for section in sections:
        yield f"      - id: {_yaml_id(section.id)}"
        yield f"        title: {_quoted_text(section.title)}"
        if section.statements:
            yield "        statements:"
        for statement in section.statements:
            note = notes.get(f"{section.id}/{statement.id}")
            yield f"          - {{{_flow_fields(statement)}}}" + (f"  # {note}" if note else "")


def _flow_fields(statement: PageStatement | Statement) -> str:
    fields = f"id: {_yaml_id(statement.id)}, kind: {statement.kind}"
    # The kinds of a page that is only being indexed are all guessed.
    fields += ", guessed: true" if getattr(statement, "guessed", True) else ""
    # A page says nothing of these: its reader adds them to the index.
    level, note = getattr(statement, "level", None), getattr(statement, "note", "")
    fields += f", level: {level}" if level else ""
    fields += f', fingerprint: "{statement.fingerprint}"'
    return fields + (f", note: {_quoted_text(note)}" if note else "")


def _yaml_id(name: str) -> str:
    return f'"{name}"' if _NOT_PLAIN.fullmatch(name) else name


def _quoted_text(text: str) -> str:
    """Return a text as a YAML scalar in quotes; YAML has the escapes of JSON."""
    quoted = json.dumps(line(text), ensure_ascii=False)
    # YAML readers reject these unless they are escaped.
    return re.sub("[\ufffe\uffff]", lambda match: f"\\u{ord(match[0]):04x}", quoted)
