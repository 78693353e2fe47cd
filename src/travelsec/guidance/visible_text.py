"""The visible text of inline Markdown and of HTML, in chunks that sentences do not cross."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from travelsec.sentences import TextRun

if TYPE_CHECKING:
    from markdown_it.token import Token


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
    """Return whether all visible text of inline tokens is bold."""
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
