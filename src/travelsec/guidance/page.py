"""Cut a Markdown guidance page into sections and statements.

A statement's fingerprint changes when its words do. It covers the lead-ins (“Never:”) that
govern the statement, and ignores punctuation and the layout of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from travelsec.files import read_beginning
from travelsec.guidance.fingerprints import fingerprint
from travelsec.guidance.proposals import kind, slug, slug_words, statement_id, unique
from travelsec.guidance.visible_text import all_bold, html_chunks, inline_chunks
from travelsec.pack.model import StatementKind
from travelsec.problems import UserError
from travelsec.safe_text import line
from travelsec.sentences import Sentence, TextRun, sentences, words_of_runs

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

NO_HEADING = "(before the first heading)"
"""The title of a section without a heading, as a pack needs one."""
MAX_PAGE_BYTES = 512 * 1024
MAX_LINES = 10_000
MAX_BRACKETS = 1000
"""The most brackets in a paragraph; one with more is read as plain text."""


class PageStatement(msgspec.Struct, frozen=True):
    """One sentence of a page; `id` and `kind` are proposals, and lines count from 1."""

    id: str
    kind: StatementKind
    fingerprint: str
    text: str
    lead_in: tuple[str, ...]
    line: int


class PageSection(msgspec.Struct, frozen=True):
    """A heading and the statements up to the next heading of any level."""

    id: str
    title: str
    line: int
    statements: list[PageStatement]


class Page(msgspec.Struct, frozen=True):
    """A page: the text of its first heading, the date in its front matter, its sections."""

    title: str
    expires: date | None
    sections: tuple[PageSection, ...]


def read_page(path: Path) -> Page:
    """Read a page from a file.

    Raises:
        UserError: it cannot be read, is too large, or is not UTF-8.
    """
    data = read_beginning(path, MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        raise UserError(f"{path}: a page can have at most {MAX_PAGE_BYTES // 1024} KiB")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise UserError(f"{path}:{number}:1: this is not UTF-8 text: save it as UTF-8") from None
    if text.count("\n") + text.count("\r") > MAX_LINES:
        raise UserError(f"{path}: a page can have at most {MAX_LINES} lines")
    return index(text)


def index(text: str) -> Page:
    """Cut the Markdown `text` of a page into sections and statements.

    Any text gives a page, and nothing is raised. Quotes and lists nested more than 100 levels
    deep are left out.
    """
    # The parser treats these line ends and characters in its own way.
    text = re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff"))
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    expires, body = _split_front_matter(text)
    builder = _PageBuilder()
    for opener, token in pairwise([None, *_parse(body)]):
        if token is not None:
            builder.take(token, opener)
    return builder.page(expires)


def _parse(body: str) -> list[Token]:
    # Most commands never read a page, and must start quickly.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    parser.core.ruler.at("inline", _parse_inline)
    return parser.parse(body)


def _parse_inline(state: StateCore) -> None:
    """Parse the markup within paragraphs, headings and cells."""
    from markdown_it.token import Token

    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        # The parser may search the whole paragraph for the match of each opening bracket.
        if token.content.count("[") + token.content.count("<") > MAX_BRACKETS:
            token.children.append(Token("text", "", 0, content=token.content))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)


_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?:.*\n)*?---[^\S\n]*(?:\n|\Z)")
_EXPIRES = re.compile(
    r"""^expires:[^\S\n]*(["']?)([0-9]{4}-[0-9]{2}-[0-9]{2})\1[^\S\n]*$""", re.MULTILINE
)


def _split_front_matter(text: str) -> tuple[date | None, str]:
    front = _FRONT_MATTER.match(text)
    if not front:
        return None, text
    # Blank lines in its place keep the line numbers below it right.
    body = "\n" * front[0].count("\n") + text[front.end() :]
    match = _EXPIRES.search(front[0])
    try:
        return date.fromisoformat(match[2]) if match else None, body
    except ValueError:
        return None, body


class _PageBuilder:
    """Builds the sections of a page from its tokens, and keeps track of the lead-ins in force."""

    def __init__(self) -> None:
        self._sections: list[PageSection] = []
        self._title: str | None = None
        # The ids already taken by sections, and by statements of the current section.
        self._section_ids: dict[str, int] = {}
        self._statement_ids: dict[str, int] = {}
        self._line = 1
        self._lead_ins: list[tuple[str, ...]] = [()]
        # A sentence that is a lead-in if a list follows, else a statement.
        self._pending: Sentence | None = None
        # The list that has just ended: its bullet and its lead-ins.
        self._closed_list: tuple[str, tuple[str, ...]] | None = None

    def take(self, token: Token, opener: Token | None) -> None:
        if token.map:
            self._line = token.map[0] + 1
        if token.type == "inline":
            self._take_inline(token, opener.type if opener else "")
        elif token.type == "html_block":
            self._take_text(html_chunks(token.content, self._line))
        elif token.type in ("fence", "code_block"):
            first = self._line + (token.type == "fence")
            self._take_text([[TextRun(token.content, first)]])
        elif token.type.endswith("_list_open"):
            self._open_list(token.markup)
        elif token.type.endswith("_list_close"):
            self._closed_list = token.markup, self._lead_ins.pop()
        elif not token.type.startswith("paragraph_"):
            self._flush()

    def page(self, expires: date | None) -> Page:
        self._flush()
        return Page(self._title or "", expires, tuple(self._sections))

    def _take_inline(self, token: Token, parent: str) -> None:
        children = token.children or []
        chunks = inline_chunks(children, self._line)
        if parent == "heading_open":
            title = " ".join(word.text for chunk in chunks for word in words_of_runs(chunk))
            if self._title is None:
                self._title = title
            self._open_section(slug(slug_words(title)) or "section", title, self._line)
        else:
            paragraph = parent == "paragraph_open"
            self._take_text(chunks, paragraph=paragraph, bold=paragraph and all_bold(children))

    def _take_text(
        self, chunks: Iterable[Iterable[TextRun]], paragraph: bool = False, bold: bool = False
    ) -> None:
        found_sentences = [sentence for chunk in chunks for sentence in sentences(chunk)]
        # A comment or an anchor alone is invisible, so it flushes nothing.
        if not found_sentences:
            return
        self._flush()
        if paragraph and (bold or found_sentences[-1].text.endswith(":")):
            self._pending = found_sentences.pop()
        for sentence in found_sentences:
            self._add(sentence)

    def _open_section(self, name: str, title: str, first: int) -> None:
        title = line(title) or NO_HEADING
        self._sections.append(PageSection(unique(name, self._section_ids), title, first, []))
        self._statement_ids.clear()

    def _open_list(self, bullet: str) -> None:
        lead_in = self._lead_ins[-1]
        if self._pending:
            lead_in = (*lead_in, self._pending.text)
        elif self._closed_list and self._closed_list[0] == bullet:
            # Only a comment or an anchor can separate two such lists; a reader sees one.
            lead_in = self._closed_list[1]
        self._lead_ins.append(lead_in)
        self._pending = self._closed_list = None

    def _flush(self) -> None:
        pending, self._pending, self._closed_list = self._pending, None, None
        if pending:
            self._add(pending)

    def _add(self, sentence: Sentence) -> None:
        if not self._sections:
            self._open_section("page", "", sentence.line)
        lead_in = self._lead_ins[-1]
        statement = PageStatement(
            id=unique(statement_id(sentence.text), self._statement_ids),
            kind=kind(sentence, lead_in),
            fingerprint=fingerprint(sentence.text, lead_in),
            text=sentence.text,
            lead_in=lead_in,
            line=sentence.line,
        )
        self._sections[-1].statements.append(statement)
