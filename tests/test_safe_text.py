"""Untrusted text becomes visible, stays on one line, and is nothing but text."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.hostile import texts
from travelsec.safe_text import (
    MAX_FILE_NAME,
    MAX_LENGTH,
    cell,
    file_name,
    json_bytes,
    line,
    markdown,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("\x1b[2J", "<U+001B>[2J", id="ANSI"),
        pytest.param("\x1b]8;;http://x\x07y", "<U+001B>]8;;http://x<U+0007>y", id="OSC link"),
        pytest.param("\x9b31m", "<U+009B>31m", id="C1 control"),
        pytest.param("a\x85b", "a<U+0085>b", id="C1 next line"),
        pytest.param("a\x7f\x08b", "a<U+007F><U+0008>b", id="delete and backspace"),
        pytest.param("a\x00b", "a<U+0000>b", id="NUL"),
        pytest.param("fdp\u202eexe.", "fdp<U+202E>exe.", id="bidirectional override"),
        pytest.param("\u2066a\u2069", "<U+2066>a<U+2069>", id="bidirectional isolate"),
        pytest.param("a\u200b\u200db", "a<U+200B><U+200D>b", id="zero width"),
        pytest.param("\ufeffa\u00adb", "<U+FEFF>a<U+00AD>b", id="byte order mark, soft hyphen"),
        pytest.param("a\u2028b\u2029c", "a<U+2028>b<U+2029>c", id="separators"),
        pytest.param("a\x0bb\x0cc\x1cd", "a<U+000B>b<U+000C>c<U+001C>d", id="other breaks"),
        pytest.param("a\ud800b\udcff", "a<U+D800>b<U+DCFF>", id="lone surrogates"),
        pytest.param("\ue000\U000f0000", "<U+E000><U+F0000>", id="private use"),
        pytest.param("\u3164\u115f\uffa0", "<U+3164><U+115F><U+FFA0>", id="blank letters"),
        pytest.param("a\u034fb", "a<U+034F>b", id="grapheme joiner"),
        pytest.param("a\U000e0101\ufe00", "a<U+E0101><U+FE00>", id="hidden by selectors"),
        pytest.param("a\U000e0041", "a<U+E0041>", id="tags"),
        pytest.param("\U000e0fff\u2065", "<U+E0FFF><U+2065>", id="ignored though unassigned"),
        pytest.param("a\r\nb\tc\nd", "a  b c d", id="line breaks and tabs"),
    ],
)
def test_hidden_characters_are_made_visible(text: str, shown: str) -> None:
    """Whatever controls a terminal or shows as nothing is written out."""
    assert line(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain ~ text!",
        "é ß “quoted” – £",
        "e\u0301",
        "😀 ❤\ufe0f 👍🏽",
        "العربية",
        "中文",
        "日本 한국",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    """Letters of any script, their marks, and emoji."""
    assert line(text) == text


def test_a_text_that_is_too_long_is_cut_with_a_mark() -> None:
    """The longest text stays whole, and one more character is cut."""
    assert line("x" * MAX_LENGTH) == "x" * MAX_LENGTH
    cut = line("x" * (MAX_LENGTH + 1))
    assert cut == "x" * (MAX_LENGTH - 1) + "…"
    assert len(line("\u202e" * 1_000_000)) < 10 * MAX_LENGTH


@given(st.one_of(texts(), st.text()))
def test_the_result_is_one_line_of_visible_characters(text: str) -> None:
    """None of them controls, hides or breaks the line, and all can be encoded."""
    shown = line(text)
    assert len(shown.splitlines()) <= 1
    categories = {unicodedata.category(character) for character in shown}
    assert not categories & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert line(shown) == shown or len(shown) > MAX_LENGTH
    shown.encode()


PLACES = ("", "# ", "## ", "- ", "- [ ] ", "- word\n  - ", "- word  \n  ")


def renderers() -> list[MarkdownIt]:
    """Return parsers of CommonMark and of GitHub's kind, with bare links where it can be had."""
    linkify = importlib.util.find_spec("linkify_it") is not None
    found = [MarkdownIt("commonmark"), MarkdownIt("gfm-like", {"linkify": False})]
    return [*found, MarkdownIt("gfm-like", {"linkify": True})] if linkify else found


RENDERERS = renderers()


def rendered(parser: MarkdownIt, source: str) -> list[str]:
    """Return what a parser makes of Markdown: the kinds of its tokens, and the texts in between."""
    found = []
    for token in parser.parse(source):
        if token.type == "inline":
            found += [
                part.content if part.type == "text" else part.type for part in token.children or ()
            ]
        else:
            found.append(f"{token.type} {token.tag}")
    return found


@example("C #")
@example("a | b")
@example(":-:")
@example("//localhost/")
@example("evil.com")
@example("💩.la")
@example("https://evil.example")
@example("www.1.com")
@example("1) one")
@example("12345. one")
@example("- - - -")
@example("===")
@example("    indented")
@example("[x]: http://evil.example")
@example("&lt;b&gt;")
@example("trailing\\")
@given(texts())
def test_markdown_shows_the_text_and_nothing_else(text: str) -> None:
    """Wherever the text is, it renders as itself, with the markup of its place."""
    shown = line(text).strip()
    if not shown:
        return
    for parser in RENDERERS:
        for place in PLACES:
            # The same place with a harmless word in it tells which markup belongs to the place.
            expected = rendered(parser, f"{place}harmless")
            source = place + markdown(text)
            wanted = [part.replace("harmless", shown) for part in expected]
            assert rendered(parser, source) == wanted, source


@example("a | b", ":-:")
@example("a | b", "|-|-|")
@example("word", "===")
@example("word", "---")
@given(texts(), texts())
def test_two_texts_in_a_row_make_no_markup_together(first: str, second: str) -> None:
    """No table, rule or heading out of the lines of two strangers."""
    shown = [line(first).strip(), line(second).strip()]
    if not all(shown):
        return
    for parser in RENDERERS:
        found = rendered(parser, f"- {markdown(first)}  \n  {markdown(second)}")
        expected = rendered(parser, "- one  \n  two")
        swap = {"one": shown[0], "two": shown[1]}
        assert found == [swap.get(part, part) for part in expected]


@pytest.mark.skipif(len(RENDERERS) < 3, reason="needs linkify-it-py")
@pytest.mark.parametrize("text", ["evil.com", "see http://evil.example/x", "a@b.com", "//evil.com"])
def test_bare_addresses_become_no_links(text: str) -> None:
    """Not even in a renderer that turns addresses into links."""
    parser = RENDERERS[2]
    assert "link_open" in rendered(parser, text)
    assert "link_open" not in rendered(parser, markdown(text))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("//localhost", "\\//localhost"),
        (": a definition", "\\: a definition"),
        (":smile:", "\\:smile:"),
        ("C #", "C \\#"),
        ("2. second", "2\\. second"),
        ("see overseas.clear-files", "see overseas\\.clear-files"),
    ],
)
def test_what_other_renderers_take_for_markup_is_escaped(text: str, source: str) -> None:
    """Definition lists, emoji codes and bare hosts, which the renderers above leave alone."""
    assert markdown(text) == source


def test_markdown_leaves_sentences_readable() -> None:
    """Ordinary punctuation is not escaped, as people read the source too."""
    text = "Why: it’s gone by 12:30, e.g. “at home” (or not) – 50% of £3.50. Ask first!"
    assert markdown(text).replace("e\\.g.", "e.g.") == text


# Cells of CSV


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("=1+1", "'=1+1", id="equals"),
        pytest.param("+44 20 7946 0000", "'+44 20 7946 0000", id="plus"),
        pytest.param("-1", "'-1", id="minus"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("＝1", "'＝1", id="full width"),
        pytest.param("﹣1", "'﹣1", id="small form"),
        pytest.param("\t=1", "' =1", id="tab"),
        pytest.param("\r\n=1", "'  =1", id="line break"),
        pytest.param("\u00a0\u3000=1", "'\u00a0\u3000=1", id="wide spaces"),
        pytest.param("\u200b=1", "<U+200B>=1", id="zero width"),
        pytest.param('ok; "=1"', 'ok;\' "=1"', id="where semicolons part cells"),
        pytest.param("'=1", "'=1", id="defused before"),
    ],
)
def test_a_cell_that_would_be_a_formula_is_defused(text: str, shown: str) -> None:
    """White space before it makes no difference, nor do wide or small signs."""
    assert cell(text) == shown


@pytest.mark.parametrize("text", ["", "A. Smith", "a-b = c", "2026-12-01", "é; ü, “x”", "a@b.c"])
def test_an_ordinary_cell_stays_as_it_is(text: str) -> None:
    """Signs within a text make no formula."""
    assert cell(text) == text


def begins_formula(text: str) -> bool:
    """Return whether a spreadsheet would take the text for a formula."""
    return text.lstrip().startswith(tuple("=+-@＝＋－＠﹦﹢﹣﹫")) or text.startswith(("\t", "\r"))


FORMULAS = st.lists(
    st.one_of(st.sampled_from([*"=+-@＝＋－＠﹦﹢﹣﹫;,\"' \t\r\n\u00a0\u3000\u200b1a"]), texts())
).map("".join)


@example(";=1")
@example(';"=1"')
@example(",;")
@example('a;" ";+1')
@given(FORMULAS)
def test_no_cell_begins_a_formula(text: str) -> None:
    """Whether commas separate the cells or, as in some countries, semicolons."""
    for first, second in ((text, "b"), ("b", text)):
        stream = io.StringIO(newline="")
        csv.writer(stream).writerow([cell(first), cell(second)])
        written = stream.getvalue()
        assert next(csv.reader([written])) == [cell(first), cell(second)]
        for separator in ",;":
            for row in csv.reader(io.StringIO(written, newline=""), delimiter=separator):
                # What a quote that is not closed takes of the end of the line is no content.
                cells = [one.removesuffix("\r\n") for one in row]
                assert not [one for one in cells if begins_formula(one)], written


# JSON


@example("\x7f")
@example("\x9b2J")
@example("\U000e0041")
@example("\\u001b")
@given(st.one_of(texts(), st.text()))
def test_json_is_the_same_data_with_nothing_hidden(text: str) -> None:
    """A program reads the text as it was; a terminal shows nothing that controls it."""
    text = text.encode(errors="replace").decode()  # JSON in UTF-8 has no halves of pairs
    written = json_bytes(json.dumps({text: [text]}, ensure_ascii=False).encode()).decode()
    assert json.loads(written) == {text: [text]}
    assert not [one for one in written if line(one) != one]


def test_json_stays_readable() -> None:
    """Visible characters are not escaped."""
    text = '{"a": "é ß “quoted” 😀 العربية 中文"}'
    assert json_bytes(text.encode()).decode() == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A. Smith Lisbon", "a-smith-lisbon"),
        ("0001 O’Neill – São Tomé", "0001-o-neill-sao-tome"),
        ("Zoë Müller", "zoe-muller"),
        ("e\u0301", "e"),
        ("Łukasz Sørensen", "lukasz-sorensen"),
        ("Þór, Æsa, Đức, STRAẞE", "thor-aesa-duc-strasse"),
        ("İstanbul", "istanbul"),
        ("ﬁve ①", "five-1"),
        ("../../etc/passwd", "etc-passwd"),
        ("..\\..\\x", "x"),
        ("C:\\x:stream", "c-x-stream"),
        ("\x1b[31mred\x00\n", "31mred"),
        ("a\u202eb", "a-b"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("", "file"),
        ("中文", "file"),
        ("0001 中文", "0001"),
        ("CON", "con-file"),
        ("nul.", "nul-file"),
        ("COM¹", "com1-file"),
        ("Lpt9 ", "lpt9-file"),
        ("Conrad", "conrad"),
    ],
)
def test_a_file_name_has_only_letters_digits_and_hyphens(text: str, name: str) -> None:
    """Letters lose their marks; a text without plain letters is left out."""
    assert file_name(text) == name


def test_a_long_file_name_is_cut() -> None:
    """No hyphen is left at the end, and a megabyte takes no time."""
    assert file_name("ab " * 400_000) == "-".join(["ab"] * 27)[:MAX_FILE_NAME].rstrip("-")
    assert len(file_name("\ufdfa" * 1_000_000)) <= MAX_FILE_NAME


@given(texts() | st.text() | st.sampled_from(["Con", "Ｃｏｎ", "ＮＵＬ", "aux ", "\u1e9e"]))
@example("ΰ")
def test_any_text_names_a_file_in_the_folder(text: str) -> None:
    """On POSIX and Windows. The file name of a file name is the same."""
    name = file_name(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= MAX_FILE_NAME
    assert file_name(name) == name
    assert PurePosixPath("d", f"{name}.json").parent == PurePosixPath("d")
    windows = PureWindowsPath("d", f"{name}.json")
    assert windows.parent == PureWindowsPath("d")
    assert not re.fullmatch(r"(con|prn|aux|nul|(com|lpt)[0-9])", name)
