"""A report as Markdown."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import get_args

import msgspec
from hypothesis import given
from markdown_it import MarkdownIt

from tests.hostile import utf8_texts
from tests.report import samples
from travelsec.pack.model import Pack
from travelsec.report import markdown
from travelsec.report.model import Report
from travelsec.safe_text import line
from travelsec.trip.statuses import Status, StatusWord

PARSERS = [MarkdownIt("commonmark"), MarkdownIt("gfm-like", {"linkify": False})]


def hostile(pack: Pack, given: str) -> Report:
    """Return a report with the text in every place where an untrusted report can have one."""
    words: tuple[StatusWord, ...] = get_args(StatusWord)
    given_words = zip(samples.EVERYTHING, itertools.cycle(words), strict=False)
    statuses = {f"overseas.{name}": Status(word) for name, word in given_words}
    report = samples.make(pack, statuses=statuses)
    put = msgspec.structs.replace
    said = {"id": given, "label": given, "do": given, "why": given, "reason": given, "note": given}
    trip = put(
        report.trip,
        name=given,
        facts={"traveller": given, "departs": given, "returns": given},
        answers=tuple(put(one, ask=given, answer=given) for one in report.trip.answers),
    )
    return put(
        report,
        trip=trip,
        tool=put(report.tool, name=given, version=given),
        packs=tuple(put(one, id=given, version=given) for one in report.packs),
        items=tuple(put(one, **said) for one in report.items),
        readiness=put(report.readiness, not_covered=(given,), counts={}, open=(), waived=()),
        warnings=tuple(put(one, message=given) for one in report.warnings),
    )


def shape(parser: MarkdownIt, source: str) -> tuple[Counter[str], str]:
    """Return how often each kind of markup occurs in Markdown, and all its text."""
    kinds: Counter[str] = Counter()
    shown = []
    for token in parser.parse(source):
        for part in (token, *(token.children or ())):
            kinds[f"{part.type} {part.tag}"] += 1
            if part.type == "text":
                shown.append(part.content)
    return kinds, "\n".join(shown)


@given(utf8_texts())
def test_hostile_texts_make_no_markup(pack: Pack, given: str) -> None:
    """Headings, lists and bold words are as in a harmless report; the text is complete."""
    shown = line(given).strip()
    if not shown:
        return
    # A question is known by its mark at the end, so the harmless word has it where the text has.
    harmless = "harmless?" if given.endswith("?") else "harmless"
    for parser in PARSERS:
        kinds, found = shape(parser, markdown.render(hostile(pack, given)))
        expected_kinds, expected = shape(parser, markdown.render(hostile(pack, harmless)))
        del kinds["text "], expected_kinds["text "]
        assert kinds == expected_kinds
        assert found.count(shown) >= expected.count(harmless)


def test_empty_texts_do_not_break_the_document(pack: Pack) -> None:
    """Four stars would be a rule, and an empty line would end an item."""
    for parser in PARSERS:
        kinds, found = shape(parser, markdown.render(hostile(pack, "")))
        assert "*" not in found
        assert kinds["hr hr"] == 0
        assert kinds["code_block code"] == 0
