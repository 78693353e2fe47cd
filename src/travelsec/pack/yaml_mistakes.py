"""Explain common YAML mistakes, with their position.

The parser stops where it no longer understands, which is often lines below the mistake.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from travelsec.problems import brief

ODD_SPACES = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000"
"""Spaces that look like any other, but are part of a word in YAML."""

_CLOSING_BRACKETS = {"[": "]", "{": "}"}
_KEY = r"[A-Za-z_][\w-]*"

Mistake = tuple[int, str]
"""Where in the text the mistake is, and what is wrong."""


class _ParserStop(NamedTuple):
    """Where the parser stopped, and where what it was reading began, if it says so."""

    text: str
    at: int
    context: int | None
    tokens: list[Any]

    @property
    def char(self) -> str:
        return self.text[self.at : self.at + 1]

    @property
    def start(self) -> int:
        """Where the line begins."""
        return self.text.rfind("\n", 0, self.at) + 1

    def lines_up(self) -> Iterator[tuple[int, str]]:
        """Yield the line of the stop, and those above it, that are not comments."""
        end = self.text.find("\n", self.at)
        end = len(self.text) if end < 0 else end
        while end >= 0:
            start = self.text.rfind("\n", 0, end) + 1
            line = self.text[start:end].rstrip("\r")
            if line.strip() and not line.lstrip().startswith("#"):
                yield start, line
            end = start - 1


def find(text: str, at: int, context: int | None, loader: Any) -> Mistake:
    """Find the mistake that made a parser stop.

    Args:
        text: what it read.
        at: where it stopped.
        context: where what it was reading began, if it says so.
        loader: the class of the parser.
    """
    at = min(at, len(text.rstrip()))
    stop = _ParserStop(text, at, context, _tokens(text, at, loader))
    for rule in (_spaces, _bullets, _quotes, _brackets, _first_characters, _keys, _indents):
        if mistake := rule(stop):
            return mistake
    hint = "look here, and in the line above, for a quote, bracket, colon or space that is missing"
    return at, hint


def _tokens(text: str, at: int, loader: Any) -> list[Any]:
    """Return the tokens before the stop, as far as they matter: quotes and brackets."""
    import yaml

    tokens = []
    kinds = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
    ends = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
    try:
        for token in yaml.scan(text, Loader=loader):
            if token.start_mark.index >= at:
                break
            if isinstance(token, (*kinds, *ends, yaml.ScalarToken)):
                tokens.append(token)
    except yaml.YAMLError:
        pass
    return tokens


def _spaces(stop: _ParserStop) -> Mistake | None:
    end = next(iter(stop.lines_up()), (0, ""))
    before = stop.text[: end[0] + len(end[1])]
    odd = rf"(?m)(?:^[ \t]*|^[ ]*(?:- +)?{_KEY}:|^ *-)([{ODD_SPACES}])"
    if match := re.search(odd, before):
        name = f"U+{ord(match[1]):04X}"
        return match.start(1), f"the space here is a special one ({name}): type a plain space"
    if match := re.match(r" *(\t)", stop.text[stop.start : stop.at + 1]):
        return stop.start + match.start(1), "indent with spaces, not tabs"
    return None


def _bullets(stop: _ParserStop) -> Mistake | None:
    for start, line in itertools.islice(stop.lines_up(), 2):
        if match := re.match(rf" *([–—−•·*])[ {ODD_SPACES}]*{_KEY}:", line):
            text = f"“{match[1]}” does not begin an entry: write a hyphen, “- ”"
            return start + match.start(1), text
    return None


def _quotes(stop: _ParserStop) -> Mistake | None:
    text, at, context = stop.text, stop.at, stop.context
    if context is not None and (quote := text[context : context + 1]) in ("'", '"') and quote:
        if quote == '"' and "\\" in text[max(at - 2, 0) : at + 1]:
            return at, "a backslash means something else in double quotes: use single quotes"
        return context, f"the quotation mark ({quote}) that opens here is not closed: add another"
    last = stop.tokens[-1] if stop.tokens else None
    style = getattr(last, "style", None)
    if last is None or style not in ("'", '"'):
        return None
    start, end = last.start_mark.index, last.end_mark.index
    if "\n" in text[end:at]:
        return None
    if "\n" in text[start:end]:
        return start, f"the quotation mark ({style}) that opens here is not closed in its line"
    if text[end:at].strip() or not stop.char.strip() or stop.char in ",]}":
        return None
    if style == "'" and at == end:
        return end - 1, "this apostrophe ends the text: write two ('') for one inside the text"
    return at, (
        "the text in quotes has ended before this: put the whole in quotes, and use the other "
        "kind (' or \") inside"
    )


def _brackets(stop: _ParserStop) -> Mistake | None:
    opened: list[int] = []
    closed = 0
    for token in stop.tokens:
        begin = token.start_mark.index
        if stop.text[begin] in "[{" and not hasattr(token, "value"):
            opened.append(begin)
        elif stop.text[begin] in "]}" and opened and not hasattr(token, "value"):
            closed = opened.pop()
    if opened:
        begin = opened[-1]
        missing = _CLOSING_BRACKETS[stop.text[begin]]
        if stop.char in ("]", "}") and stop.char != missing:
            return stop.at, f"“{stop.text[begin]}” is closed by {missing}, not by {stop.char}"
        if not _closes(stop.text, begin):
            opening = stop.text[begin]
            return begin, f"the bracket ({opening}) that opens here is not closed: add {missing}"
        if stop.char in ("@", "`", "%"):
            return None
        return stop.at, (
            "a comma is missing before this, or a text with a colon, comma or bracket needs quotes"
        )
    last = stop.tokens[-1] if stop.tokens else None
    if last is not None and not hasattr(last, "value") and stop.text[last.start_mark.index] in "]}":
        between = stop.text[last.end_mark.index : stop.at]
        if "\n" not in between and stop.char not in ("]", "}"):
            opening = stop.text[closed]
            hint = "; a placeholder is written $name" if opening == "{" else ""
            return closed, f"a text that begins with {opening} needs quotes{hint}"
    return None


def _closes(text: str, begin: int) -> bool:
    """Return whether a bracket is closed before the entry or field it is in ends."""
    line = text.rfind("\n", 0, begin) + 1
    indent = len(text[line:]) - len(text[line:].lstrip(" "))
    ends = re.compile(rf"\n {{0,{indent}}}[^\s\]}}]").search(text, begin)
    within = text[begin : ends.start() if ends else len(text)]
    depth = 0
    for match in re.finditer(r"""(?<=[\s\[{,:])(?:"(?:\\.|[^"\\])*"|'[^']*')|[\[{\]}]""", within):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth == 0 and match[0] in ("]", "}"):
            return True
    return False


def _first_characters(stop: _ParserStop) -> Mistake | None:
    text, context = stop.text, stop.context
    if stop.char in ("@", "`", "%"):
        return stop.at, "a text that begins with @, ` or % needs quotes"
    if context is not None and text[context : context + 1] in ("&", "*", "!", "|", ">", "%"):
        return context, f"a text that begins with {text[context]} needs quotes"
    before = text[stop.start : stop.at]
    if before.rstrip().endswith(":") and stop.char in ("-", "?"):
        return stop.at, (
            f"a text that begins with {stop.char} needs quotes, and a list begins in the next line"
        )
    if stop.char in (",", "]", "}"):
        text = f"“{stop.char}” has no matching bracket: remove it, or put the text in quotes"
        return stop.at, text
    return None


def _keys(stop: _ParserStop) -> Mistake | None:
    """Find a colon too many, or a missing colon or space, in this line or just above."""
    before = stop.text[stop.start : stop.at]
    if stop.char == ":" and (match := re.search(rf"^[ -]*({_KEY}) *: +(\S.*)", before)):
        if match[1] == "when":
            return stop.at, f"put braces around a condition: {{{match[2]}: …}}"
        return stop.at, "a text with a colon and a space in it needs quotes"
    for start, line in itertools.islice(stop.lines_up(), 3):
        if mistake := loose_key(line):
            return start + mistake[0], mistake[1]
        match = re.match(rf" *(?:- +)?({_KEY})([ ;：=][^:]*)?$", line)
        if match and (match[2] or not re.match(r" *- ", line)):
            return start + match.end(1), (
                f"a colon is missing after “{brief(match[1])}” "
                "(a text that goes on here is indented more than its field)"
            )
    return None


def loose_key(line: str) -> Mistake | None:
    """Find a hyphen or a colon without the space that makes it one of YAML's."""
    if match := re.match(rf" *-({_KEY}):(?: |$)", line):
        text = f"a space is missing after the hyphen: write “- {match[1]}:”"
        return match.start(1) - 1, text
    if match := re.match(rf" *(?:- *)?({_KEY}):(?!//)([^\s:]+)", line):
        text = f"a space is missing after the colon: write “{match[1]}: {brief(match[2], 30)}”"
        return match.end(1), text
    return None


def _indents(stop: _ParserStop) -> Mistake | None:
    """Find a field that begins in another column than those beside it."""
    near = itertools.islice(stop.lines_up(), 200)
    lines = [(start, _column_of_field(line), line) for start, line in near]
    if len(lines) < 2:
        return None
    (start, column, _), above = lines[0], lines[1:]
    at = start + column
    if column > above[0][1] and stop.char == ":":
        return at, (
            f"this begins in column {column + 1}, the field above in column {above[0][1] + 1}: "
            "begin in the same column (or put a text that goes on here in quotes)"
        )
    columns = sorted({at for _, at, _ in above if at > column} | {above[0][1]})
    if column not in {at for _, at, _ in above} or column < above[0][1]:
        return at, (
            f"this begins in column {column + 1}, but no field here does: begin in column "
            f"{columns[0] + 1}, as the field above"
        )
    return None


def _column_of_field(line: str) -> int:
    """Return the column of the field in a line, after the hyphens of a list."""
    match = re.match(r" *(?:- +)*", line)
    return match.end() if match else 0
