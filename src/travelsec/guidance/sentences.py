"""Cut the visible text of Markdown or HTML into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token


class TextRun(NamedTuple):
    """A piece of visible text, the line it starts on, and whether it belongs to a link."""

    text: str
    line: int
    link: bool = False


class Sentence(NamedTuple):
    """A word or a run of words; `unlinked` is the part outside links."""

    text: str
    unlinked: str
    line: int


_OPENING = "\"'“‘([{«"
_CLOSING = "\"'”’)]}»"
# fmt: off
_ABBREVIATIONS = frozenset({
    "approx.", "cf.", "dept.", "dr.", "e.g.", "eg.", "etc.", "ext.", "fig.", "i.e.", "ie.",
    "incl.", "mr.", "mrs.", "ms.", "prof.", "st.", "vs.",
})
# fmt: on
_TARGETS = ("<mailto:", "<tel:")


def sentences(runs: Iterable[TextRun]) -> Iterator[Sentence]:
    """Yield the sentences of visible text."""
    all_words = list(words(runs))
    texts = [word.text for word in all_words]
    start = 0
    for end, bracketed in enumerate(_inside_brackets(texts), 1):
        if end == len(all_words) or (not bracketed and _ends_sentence(texts, end)):
            text = " ".join(texts[start:end])
            unlinked = " ".join(word.unlinked for word in all_words[start:end])
            yield Sentence(text, unlinked, all_words[start].line)
            start = end


def words(runs: Iterable[TextRun]) -> Iterator[Sentence]:
    """Yield the words of visible text, each with the line it begins on."""
    text = unlinked = ""
    first = 0
    for run in runs:
        line = run.line
        for piece in re.findall(r"\s+|\S+", run.text):
            if not piece.isspace():
                # A word may continue in the next run: “**Na**me”.
                first = first if text else line
                text += piece
                unlinked += "" if run.link else piece
            elif text:
                yield Sentence(text, unlinked, first)
                text = unlinked = ""
            line += piece.count("\n")
    if text:
        yield Sentence(text, unlinked, first)


def _inside_brackets(words: Sequence[str]) -> list[bool]:
    """Tell for each word whether the space after it is inside brackets."""
    changes = [0] * len(words)
    opened: list[int] = []
    for place, word in enumerate(words):
        for character in word:
            if character == "(":
                opened.append(place)
            elif character == ")" and opened:
                changes[opened.pop()] += 1
                changes[place] -= 1
    return [depth > 0 for depth in accumulate(changes)]


def _ends_sentence(words: Sequence[str], place: int) -> bool:
    """Tell whether a sentence ends just before `words[place]`."""
    last, following = words[place - 1], words[place]
    # A next word in lower case proves nothing: fingerprints ignore letter case.
    if following.startswith(_TARGETS):
        return False
    # The target added after a link's text must not hide a full stop in that text.
    if last.startswith(_TARGETS) and last.endswith(">") and place > 1:
        last = words[place - 2]
    bare = last.rstrip(_CLOSING)
    if not bare.endswith((".", "!", "?")) or bare.endswith("..."):
        return False
    abbreviation = bare.lstrip(_OPENING).casefold()
    # “No.” means “number” only before a digit: “Is it safe? No. Use another.”
    numbered = abbreviation == "no." and following[0].isdigit()
    return not numbered and abbreviation not in _ABBREVIATIONS


def inline_chunks(tokens: Iterable[Token], line: int) -> list[list[TextRun]]:
    """Return the visible text of inline tokens, cut at every `<br>`."""
    chunks: list[list[TextRun]] = [[]]
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
        chunks[-1].append(TextRun(text, line, target is not None and not _is_address(target)))
        line += (text or token.content).count("\n")
    return chunks


def _without_images(tokens: Iterable[Token]) -> Iterator[Token]:
    """Replace each image by the tokens of its alternative text."""
    for token in tokens:
        if token.type == "image":
            inner = _without_images(token.children or ())
            # Links within it lead nowhere, and would end a link around the image.
            yield from (child for child in inner if not child.type.startswith("link_"))
        else:
            yield token


def _is_address(target: str) -> bool:
    return target.lower().startswith(("mailto:", "tel:"))


def _named_target(target: str, link_text: str) -> str:
    """Return what to add to a link's text so that a new address counts as a new wording."""
    address = target.partition(":")[2]
    shown = link_text.strip().casefold()
    if not _is_address(target) or shown in (address.casefold(), target.casefold()):
        return ""
    scheme = target[: -len(address) - 1].lower()
    return f" <{scheme}:{address}>"


def all_bold(tokens: Iterable[Token]) -> bool:
    """Tell whether all visible text of inline tokens is bold."""
    depth = 0
    for token in tokens:
        depth += token.nesting * token.type.startswith("strong_")
        if token.type in ("text", "code_inline", "image") and token.content.strip() and not depth:
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


def html_chunks(html: str, line: int) -> list[list[TextRun]]:
    """Return the visible text of an HTML block, cut at every tag that begins or ends a block."""
    reader = _HtmlTextReader(line)
    reader.feed(_MARKUP.sub(_neutralise_markup, html))
    reader.close()
    return reader.chunks


def _neutralise_markup(match: re.Match[str]) -> str:
    """Pass only whole tags to the parser: on others it raises, is slow or shows comments."""
    if match["bracket"]:
        return "&lt;"
    if match["tag"] and match[0].endswith(">"):
        return match[0]
    return "\n" * match[0].count("\n")


class _HtmlTextReader(HTMLParser):
    """Gathers the visible text; `HTMLParser` calls the methods named `handle_…`."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.chunks: list[list[TextRun]] = [[]]
        self._before = line - 1
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden = tag in ("script", "style")
        self._begin_chunk(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False
        self._begin_chunk(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.chunks[-1].append(TextRun(data, self._before + self.getpos()[0]))

    def _begin_chunk(self, tag: str) -> None:
        if not _PHRASE_TAG.fullmatch(tag):
            self.chunks.append([])
