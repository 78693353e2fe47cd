"""Cut a Markdown guidance page into sections and statements.

A statement's fingerprint tells whether its wording changed. It takes in the lead-ins
(“Never:”) that govern the statement, and leaves out how the page happens to be laid out.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html.parser import HTMLParser
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

if TYPE_CHECKING:
    from markdown_it.token import Token

Kind = Literal["duty", "background", "contact", "link"]


class Statement(msgspec.Struct, frozen=True):
    """One sentence of a page; `id` and `kind` are proposals, `line` counts from 1."""

    id: str
    kind: Kind
    fingerprint: str
    text: str
    lead_in: tuple[str, ...]
    line: int


class Section(msgspec.Struct, frozen=True):
    """A heading and the statements up to the next heading of any level."""

    id: str
    title: str
    line: int
    statements: tuple[Statement, ...]


class Page(msgspec.Struct, frozen=True):
    """A page: the text of its first heading, its front matter's date, its sections."""

    title: str
    expires: date | None
    sections: tuple[Section, ...]


def index(text: str) -> Page:
    """Cut the Markdown `text` of a page into sections and statements.

    Any text gives a page and nothing is raised. Of quotes and lists, only what is nested
    deeper than any reader could follow (100 levels for the parser) is left out.
    """
    # The parser would count these line ends and encode these characters in its own way.
    text = re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff"))
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    expires, body = _split_front_matter(text)
    builder = _Builder()
    for opener, token in pairwise([None, *_parse(body)]):
        if token is not None:
            builder.take(token, opener)
    return builder.page(expires)


def fingerprint(text: str, lead_in: Sequence[str]) -> str:
    """Give 16 hex digits that stay the same while the wording of a statement does.

    `text` is the statement and `lead_in` its lead-ins, outermost first. Spacing and letter
    case do not count. Nothing is raised.
    """
    # No part holds a line break once its spaces are collapsed, so the joint is unambiguous.
    wording = "\n".join(" ".join(part.casefold().split()) for part in (*lead_in, text))
    return hashlib.sha256(wording.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _parse(body: str) -> list[Token]:
    # Imported here, for most commands never read a page and must start quickly.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 100}).enable("table").parse(body)


def _split_front_matter(text: str) -> tuple[date | None, str]:
    lines = text.split("\n")
    marks = [number for number, line in enumerate(lines) if line.rstrip() == "---"][:2]
    if len(marks) < 2 or marks[0] != 0:
        return None, text
    # Blank lines in its place keep the line numbers of the rest right.
    end = marks[1] + 1
    return _expires(lines[:end]), "\n" * end + "\n".join(lines[end:])


def _expires(lines: Iterable[str]) -> date | None:
    for line in lines:
        if found := re.fullmatch(r"expires:\s*([\"']?)([0-9]{4}-[0-9]{2}-[0-9]{2})\1\s*", line):
            try:
                return date.fromisoformat(found[2])
            except ValueError:
                return None
    return None


# --- ids


_SMALL_WORD = re.compile(
    "a|an|and|any|are|as|at|be|by|for|from|if|in|is|it|its|of|on|or|that|the|their|this|to"
    "|was|were|will|with|you|your"
)


def _slug_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", re.sub("['’ʼ]", "", text))
    return re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())


def _propose_id(text: str) -> str:
    words = [word for word in _slug_words(text) if not _SMALL_WORD.fullmatch(word)]
    return "-".join(words[:5]) or "statement"


def _unique(name: str, taken: dict[str, int]) -> str:
    """Give `name`, or `name-2` and so on; `taken` holds the last number used for each name."""
    candidate = name
    while candidate in taken:
        taken[name] += 1
        candidate = f"{name}-{taken[name]}"
    taken[candidate] = 1
    return candidate


# --- kinds


_CONTACT = re.compile(
    r"<(?:mailto|tel):"
    r"|\w@\w[\w-]*\.\w"
    r"|(?<![\w/.-])(?:\+|0)(?:[ ()-]{0,3}\d){8}"
    r"|(?<![\w/&#])#[a-z][\w-]+",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\A\w+:")
_ORDER = re.compile(
    r"\b(?:must|mustn't|never|always|(?<!you )(?<!they )(?<!or )do not|don't|ensure|make sure"
    r"|should|shouldn't|avoid"
    r"|consider|think about|may want to|you need to|required to|please"
    r"|be (?:[\w']+,? ){0,4}(?:aware|wary|careful|vigilant|thoughtful))\b"
)
# An order opens a sentence, or the clause after “If …,” and “Note:”. A noun in that place
# (“state”) makes a false duty, which costs a look; a duty taken for background is lost.
_IMPERATIVE = re.compile(
    r"(?:^|[,;:] |[-–—] )(?:ask|be|carry|change|check|choose|clear|connect|contact|delete"
    r"|destroy|disable|dispose|encrypt|follow|get|give|hide|inform|keep|leave|lock|log|notify"
    r"|produce|protect|provide|put|read|record|refer|remain|remember|remove|repeat|report"
    r"|return|seek|send|set|shut|state|stay|stop|store|switch|take|tell|think|treat|try|turn"
    r"|use|wait)\b"
)


def _propose_kind(sentence: _Sentence, lead_in: Sequence[str]) -> Kind:
    if _CONTACT.search(sentence.text):
        return "contact"
    around = _LABEL.sub("", sentence.unlinked)
    if sentence.unlinked != sentence.text and not any(map(str.isalnum, around)):
        return "link"
    if any(_gives_order(part) for part in (*lead_in, sentence.text)):
        return "duty"
    return "background"


def _gives_order(text: str) -> bool:
    wording = text.casefold().replace("’", "'")
    return bool(_ORDER.search(wording) or _IMPERATIVE.search(wording))


# --- visible text, and its sentences


class _Run(NamedTuple):
    """A piece of visible text, the line it starts on, and whether it is a link's text."""

    text: str
    line: int
    link: bool = False


class _Sentence(NamedTuple):
    """A word or a run of words; `unlinked` is what of it stands outside links."""

    text: str
    unlinked: str
    line: int


_OPENING = "\"'“‘([{«"
_CLOSING = "\"'”’)]}»"
_ABBREVIATIONS = frozenset({"e.g.", "i.e.", "eg.", "ie.", "etc.", "mr.", "mrs.", "ms.", "dr."})
_TARGETS = ("<mailto:", "<tel:")


def _sentences(runs: Iterable[_Run]) -> Iterator[_Sentence]:
    words = list(_words(runs))
    texts = [word.text for word in words]
    start = 0
    for place, bracketed in enumerate(_inside_brackets(texts), 1):
        if place == len(words) or (not bracketed and _ends_sentence(texts, place)):
            text = " ".join(texts[start:place])
            unlinked = " ".join(word.unlinked for word in words[start:place])
            yield _Sentence(text, unlinked, words[start].line)
            start = place


def _words(runs: Iterable[_Run]) -> Iterator[_Sentence]:
    letters = (letter for run in runs for letter in _letters(run))
    for space, group in groupby(letters, key=lambda letter: letter.text.isspace()):
        if not space:
            word = list(group)
            text = "".join(letter.text for letter in word)
            unlinked = "".join(letter.text for letter in word if not letter.link)
            yield _Sentence(text, unlinked, word[0].line)


def _letters(run: _Run) -> Iterator[_Run]:
    line = run.line
    for letter in run.text:
        yield _Run(letter, line, run.link)
        line += letter == "\n"


def _inside_brackets(words: Sequence[str]) -> list[bool]:
    """Tell for each word whether the space after it lies between a bracket and its match."""
    changes = [0] * len(words)
    opened: list[int] = []
    for place, word in enumerate(words):
        for letter in word:
            if letter == "(":
                opened.append(place)
            elif letter == ")" and opened:
                changes[opened.pop()] += 1
                changes[place] -= 1
    return [depth > 0 for depth in accumulate(changes)]


def _ends_sentence(words: Sequence[str], place: int) -> bool:
    """Tell whether a sentence ends just before `words[place]`."""
    last, following = words[place - 1], words[place]
    if following.startswith(_TARGETS) or following[0].islower():
        return False
    # A target that was put after a link's text must not hide the full stop in that text.
    if last.startswith(_TARGETS) and last.endswith(">") and place > 1:
        last = words[place - 2]
    bare = last.rstrip(_CLOSING)
    if not bare.endswith((".", "!", "?")):
        return False
    abbreviation = bare.lstrip(_OPENING).casefold()
    # “No.” is a number only before one: “Is it safe? No. Use another.”
    numbered = abbreviation == "no." and following[0].isdigit()
    return not numbered and abbreviation not in _ABBREVIATIONS


def _inline_chunks(tokens: Iterable[Token], line: int) -> list[list[_Run]]:
    """Give the visible text of inline tokens, in the chunks that `<br>` makes of it."""
    chunks: list[list[_Run]] = [[]]
    target: str | None = None
    link_text = ""
    for token in _without_images(tokens):
        text = ""
        if token.type == "link_open":
            target, link_text = str(token.attrs["href"]), ""
        elif token.type == "link_close":
            text, target = _named_target(target or "", link_text), None
        elif token.type in ("softbreak", "hardbreak"):
            text = "\n"
        elif token.type != "html_inline":
            text = token.content
        elif re.match(r"<br[\s/>]", token.content, re.IGNORECASE):
            chunks.append([])
        link_text += text
        chunks[-1].append(_Run(text, line, target is not None and not _is_address(target)))
        line += (text or token.content).count("\n")
    return chunks


def _without_images(tokens: Iterable[Token]) -> Iterator[Token]:
    """Put in each image's place the tokens of its alternative text."""
    for token in tokens:
        if token.type == "image":
            inner = _without_images(token.children or ())
            # Its own links lead nowhere, and would end the link around the image.
            yield from (child for child in inner if not child.type.startswith("link_"))
        else:
            yield token


def _is_address(target: str) -> bool:
    return target.lower().startswith(("mailto:", "tel:"))


def _named_target(target: str, link_text: str) -> str:
    """Give what to add to a link's text so that another address is another wording."""
    address = target.partition(":")[2]
    shown = link_text.strip().casefold()
    if not _is_address(target) or shown in (address.casefold(), target.casefold()):
        return ""
    scheme = target[: -len(address) - 1].lower()
    return f" <{scheme}:{address}>"


def _all_bold(tokens: Iterable[Token]) -> bool:
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("strong_") else 0
        visible = token.type in ("text", "code_inline", "image") and token.content.strip()
        if visible and not depth:
            return False
    return True


_MARKUP = re.compile(
    r"""(?P<comment> <!-- (?: -?> | .*? (?: --!?> | \Z ) ) | <(?: [!?] | /(?![a-z]) ) [^>]* >? )
      | (?P<tag> </?[a-z] (?: =\s* (?: "[^"]*" | '[^']*' ) | [^>] )*+ >? )
      | (?P<bracket> < )""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_PHRASE_TAG = re.compile(
    "a|abbr|b|cite|code|em|font|i|kbd|mark|q|s|small|span|strong|sub|sup|u|var"
)


def _html_chunks(html: str, line: int) -> list[list[_Run]]:
    """Give the visible text of an HTML block, in the chunks that its tags make of it."""
    reader = _HtmlReader(line)
    reader.feed(_MARKUP.sub(_tame, html))
    reader.close()
    return reader.chunks


def _tame(found: re.Match[str]) -> str:
    """Leave the parser whole tags only: at the rest it raises, crawls or shows comments."""
    if found["bracket"]:
        return "&lt;"
    if found["tag"] and found[0].endswith(">"):
        return found[0]
    return "\n" * found[0].count("\n")


class _HtmlReader(HTMLParser):
    """Gathers the visible text; the methods without an underscore are called by the parser."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.chunks: list[list[_Run]] = [[]]
        self._before = line - 1
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden = tag in ("script", "style")
        self._cut(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False
        self._cut(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.chunks[-1].append(_Run(data, self._before + self.getpos()[0]))

    def _cut(self, tag: str) -> None:
        if not _PHRASE_TAG.fullmatch(tag):
            self.chunks.append([])


# --- putting the page together


class _Draft:
    """A section in the making."""

    def __init__(self, id: str, title: str, line: int) -> None:
        self.id, self.title, self.line = id, title, line
        self.statements: list[Statement] = []
        self._taken: dict[str, int] = {}

    def add(self, sentence: _Sentence, lead_in: tuple[str, ...]) -> None:
        self.statements.append(
            Statement(
                id=_unique(_propose_id(sentence.text), self._taken),
                kind=_propose_kind(sentence, lead_in),
                fingerprint=fingerprint(sentence.text, lead_in),
                text=sentence.text,
                lead_in=lead_in,
                line=sentence.line,
            )
        )

    def section(self) -> Section:
        return Section(self.id, self.title, self.line, tuple(self.statements))


class _Builder:
    """Takes the tokens of a page in turn and keeps the sections and the lead-ins in force."""

    def __init__(self) -> None:
        self._drafts: list[_Draft] = []
        self._title: str | None = None
        self._taken: dict[str, int] = {}
        self._line = 1
        self._lead_ins: list[tuple[str, ...]] = [()]
        # A sentence that is a lead-in if a list comes next, else a statement.
        self._held: _Sentence | None = None
        # The list that has just ended: its bullet and its lead-ins.
        self._ended: tuple[str, tuple[str, ...]] | None = None

    def take(self, token: Token, opener: Token | None) -> None:
        if token.map:
            self._line = token.map[0] + 1
        if token.type == "inline":
            self._take_inline(token, opener.type if opener else "")
        elif token.type == "html_block":
            self._take_text(_html_chunks(token.content, self._line))
        elif token.type in ("fence", "code_block"):
            first = self._line + (token.type == "fence")
            self._take_text([[_Run(token.content, first)]])
        elif token.type.endswith("_list_open"):
            self._open_list(token.markup)
        elif token.type.endswith("_list_close"):
            self._ended = token.markup, self._lead_ins.pop()
        elif not token.type.startswith("paragraph_"):
            self._settle()

    def page(self, expires: date | None) -> Page:
        self._settle()
        sections = tuple(draft.section() for draft in self._drafts)
        return Page(self._title or "", expires, sections)

    def _take_inline(self, token: Token, parent: str) -> None:
        children = token.children or []
        chunks = _inline_chunks(children, self._line)
        if parent == "heading_open":
            self._open_section(" ".join(word.text for chunk in chunks for word in _words(chunk)))
        else:
            paragraph = parent == "paragraph_open"
            self._take_text(chunks, paragraph=paragraph, bold=paragraph and _all_bold(children))

    def _take_text(
        self, chunks: Iterable[Iterable[_Run]], paragraph: bool = False, bold: bool = False
    ) -> None:
        sentences = [sentence for chunk in chunks for sentence in _sentences(chunk)]
        # A comment or an anchor on its own is as good as not there: nothing is settled by it.
        if not sentences:
            return
        self._settle()
        if paragraph and (bold or sentences[-1].text.endswith(":")):
            self._held = sentences.pop()
        for sentence in sentences:
            self._add(sentence)

    def _open_section(self, title: str) -> None:
        if self._title is None:
            self._title = title
        name = "-".join(_slug_words(title)) or "section"
        self._drafts.append(_Draft(_unique(name, self._taken), title, self._line))

    def _open_list(self, bullet: str) -> None:
        lead_in = self._lead_ins[-1]
        if self._held:
            lead_in = (*lead_in, self._held.text)
        elif self._ended and self._ended[0] == bullet:
            # Only a comment or an anchor can part two such lists; a reader sees one.
            lead_in = self._ended[1]
        self._lead_ins.append(lead_in)
        self._held = self._ended = None

    def _settle(self) -> None:
        held, self._held, self._ended = self._held, None, None
        if held:
            self._add(held)

    def _add(self, sentence: _Sentence) -> None:
        if not self._drafts:
            self._drafts.append(_Draft(_unique("page", self._taken), "", sentence.line))
        self._drafts[-1].add(sentence, self._lead_ins[-1])
