"""Cutting a guidance page into sections and statements."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import TIMES, assert_in_proportion
from tests.guidance.pages import page_of, statements, texts
from travelsec.guidance.page import Page, index
from travelsec.pack.model import MAX_ID

# The first example pays for importing the parser, and machines differ.
PATIENT = settings(deadline=None)


def led(text: str) -> list[tuple[tuple[str, ...], str]]:
    return [(statement.lead_in, statement.text) for statement in statements(text)]


def prints(text: str) -> list[str]:
    return [statement.fingerprint for statement in statements(text)]


# --- front matter


def test_front_matter_gives_the_date_and_keeps_line_numbers() -> None:
    page = page_of("---\ntitle: x\nexpires: 2031-04-05\n---\n# Trains\n\nMind the gap.\n")
    assert page.expires == date(2031, 4, 5)
    assert page.title == "Trains"
    assert page.sections[0].line == 5
    assert page.sections[0].statements[0].line == 7


@pytest.mark.parametrize("value", ["2031-02-30", "soon", "2031-4-5", "", "2031-04-05 or so"])
def test_a_bad_date_reads_as_none(value: str) -> None:
    assert page_of(f"---\nexpires: {value}\n---\nText.\n").expires is None


@pytest.mark.parametrize("text", ["---\nexpires: 2031-04-05\n", "Text.\n\nexpires: 2031-04-05\n"])
def test_only_closed_front_matter_at_the_top_counts(text: str) -> None:
    assert page_of(text).expires is None


def test_quotes_windows_line_ends_and_a_byte_order_mark_do_no_harm() -> None:
    page = index("\ufeff---\r\nexpires: '2031-04-05'\r\n---\r\n# A\r\n\r\nOne.\r\nTwo.\r\n")
    assert page.expires == date(2031, 4, 5)
    assert [(s.text, s.line) for s in page.sections[0].statements] == [("One.", 6), ("Two.", 7)]


# --- sections


def test_headings_of_every_level_are_flat_and_empty_sections_stay() -> None:
    page = page_of("Top\n===\n\n#### Deep\n\nOne.\n\n## Middle\n")
    found = [(section.title, section.line, len(section.statements)) for section in page.sections]
    assert found == [("Top", 1, 0), ("Deep", 4, 1), ("Middle", 8, 0)]


def test_text_before_the_first_heading_goes_into_page() -> None:
    page = page_of("\nHello.\n\n# Page\n\nBye.\n")
    assert [(s.id, s.title, s.line) for s in page.sections] == [
        ("page", "(before the first heading)", 2),
        ("page-2", "Page", 4),
    ]


def test_no_text_gives_no_sections() -> None:
    assert page_of("") == Page(title="", expires=None, sections=())
    assert page_of("<!-- nothing -->\n\n---\n").sections == ()


# --- where statements come from


def test_every_kind_of_block_gives_its_sentences_and_lines() -> None:
    found = statements(
        """\
        Plain one. Plain
        two.

        - Item.
          Wrapped item.

        > Quoted.

        | Head | Other |
        |------|-------|
        | Cell. More. | |

        ```text
        Fenced.
        Twice.
        ```

            Indented.

        <div>
        Tagged <b>bold</b>.
        </div>
        """
    )
    assert [(statement.line, statement.text) for statement in found] == [
        (1, "Plain one."),
        (1, "Plain two."),
        (4, "Item."),
        (5, "Wrapped item."),
        (7, "Quoted."),
        (9, "Head"),
        (9, "Other"),
        (11, "Cell."),
        (11, "More."),
        (14, "Fenced."),
        (15, "Twice."),
        (18, "Indented."),
        (21, "Tagged bold."),
    ]


def test_comments_and_anchors_never_count() -> None:
    page = """\
        <!-- Call 0123. -->

        <a id="one"></a>

        Kept <!-- not
        this --> text<a id="two"></a>.
        After it.

        <div>
        <!-- nor this

        <p>Seen. <!-- not seen --></p>
        """
    found = statements(page)
    assert [(statement.line, statement.text) for statement in found] == [
        (5, "Kept text."),
        (7, "After it."),
        (12, "Seen."),
    ]


# --- lead-ins


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n<!-- aside -->\n\n", '\n\n<a id="x"></a>\n\n'])
def test_a_colon_before_a_list_is_a_lead_in(gap: str) -> None:
    text = f"Trains run daily. Never:{gap}- Lean out. Or jump.\n- Smoke.\n\nBoats too.\n"
    assert led(text) == [
        ((), "Trains run daily."),
        (("Never:",), "Lean out."),
        (("Never:",), "Or jump."),
        (("Never:",), "Smoke."),
        ((), "Boats too."),
    ]


@pytest.mark.parametrize(
    "heading", ["**Ticket office**", "__Ticket *office*__", "**Ticket** **office**"]
)
def test_a_bold_paragraph_before_a_list_is_a_lead_in(heading: str) -> None:
    assert led(f"{heading}\n- Ring twice.\n") == [(("Ticket office",), "Ring twice.")]


def test_other_paragraphs_are_no_lead_in() -> None:
    assert led("**Ticket** office\n- Ring.\n") == [((), "Ticket office"), ((), "Ring.")]
    assert led("Note this:\n\nText.\n") == [((), "Note this:"), ((), "Text.")]
    assert led("Note this:\n") == [((), "Note this:")]
    assert led("Note this:\n\n# Head\n\n- Item.\n") == [((), "Note this:"), ((), "Item.")]
    assert led("Note this:\n\n> - Item.\n") == [((), "Note this:"), ((), "Item.")]


def test_lead_ins_nest_and_end_with_their_list() -> None:
    page = """\
        Always:

        - On boats. In fog:
          1. Sound the horn.
          2. Slow down.
        - On bikes:

        Never:

        * Race.
        """
    assert led(page) == [
        (("Always:",), "On boats."),
        (("Always:", "In fog:"), "Sound the horn."),
        (("Always:", "In fog:"), "Slow down."),
        (("Always:",), "On bikes:"),
        (("Never:",), "Race."),
    ]


def test_a_comment_within_a_list_does_not_end_its_lead_in() -> None:
    assert led("Never:\n\n- Run.\n\n<!-- aside -->\n\n- Jump.\n\n* Walk.\n") == [
        (("Never:",), "Run."),
        (("Never:",), "Jump."),
        ((), "Walk."),
    ]


# --- links


def test_only_mail_and_telephone_targets_count() -> None:
    assert prints("[x](mailto:a@b.example)") != prints("[x](mailto:c@b.example)")
    assert prints("[a@b.example](mailto:a@b.example)") != prints(
        "[a@b.example](mailto:c@b.example)"
    )
    assert prints("[0201](tel:0201)") != prints("[0201](tel:0202)")
    assert prints("[x](https://one.example)") == prints("[x](https://two.example)")


# --- fingerprints


def test_another_lead_in_changes_every_statement_under_it() -> None:
    page = "Start.\n\nNever:\n\n- Run. Jump.\n- Shout.\n\nEnd.\n"
    before, after = prints(page), prints(page.replace("Never:", "Always:"))
    assert [old == new for old, new in zip(before, after, strict=True)] == [
        True, False, False, False, True,
    ]  # fmt: skip


# --- any text


@PATIENT
@given(st.text())
def test_any_text_gives_a_page(text: str) -> None:
    assert index(text) == index(text)


# fmt: off
FRAGMENTS = (
    "<!--", "-->", "<!-->", "<!", "<![", "<![CDATA[", "]]>", "<?", "?>", ">", "<div>", "</div>",
    "<script>", "</script>", "<style", "</", "<a", "&#x", "`", "```", "-", "#", "|", "|-|\n|", "1.",
    "*", "**", "[", "](", ")", "![", "<br>", "mailto:a@b", "tel:1", "---", "expires:1", "=", '"',
    "'", "&", "\\", ":", ".", "A", "b", "(", "\x00", "\ud800", "\x1f", "\u2028", "%", "\r",
    " ", "\n", "\n\n", "    ", "\t",
)
# fmt: on


def test_a_paragraph_with_very_many_brackets_is_read_as_it_stands() -> None:
    """Real pages have none; the time to find their matches would grow with the square."""
    assert texts("*[x](y)* " * 1000)[0].startswith("x x")
    assert texts("*[x](y)* " * 1001)[0].startswith("*[x](y)* *[x](y)*")


def test_text_that_no_file_can_hold_is_made_fit_to_store() -> None:
    assert texts("a\ud800 `\udfff`") == ["a\ufffd \ufffd"]


@PATIENT
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30))
def test_any_jumble_of_markup_gives_a_page(parts: list[str]) -> None:
    page = index("".join(parts))
    ids = [section.id for section in page.sections]
    assert len(set(ids)) == len(ids)
    for section in page.sections:
        names = [statement.id for statement in section.statements]
        assert len(set(names)) == len(names)
        assert all(statement.text.strip() for statement in section.statements)


@pytest.mark.parametrize(
    "text",
    [
        lambda n: ">" * n,
        lambda n: "[" * n,
        lambda n: "![" * n,
        lambda n: "- " * n + "x",
        lambda n: "1. " * n + "x",
        lambda n: "\n".join("  " * depth + "- x:" for depth in range(int(4 * n**0.5))),
        lambda n: "<div>\n" + "<a " * 4 * n,
        lambda n: "<div>\n" + '<a x="' * 4 * n,
        lambda n: "<!--" * 4 * n,
        lambda n: "." * 10 * n,
        lambda n: "x" * 10 * n,
        lambda n: "(" * 4 * n + ")" * 4 * n,
        lambda n: "# x\n" * (n // 2),
    ],
    ids=lambda text: text(12)[:12],
)
def test_hostile_text_is_read_in_proportion(text: Callable[[int], str]) -> None:
    assert_in_proportion(index, text(600), text(600 * TIMES))


# --- what counts as a change of wording


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list where `items` holds the sentences of each of its items."""

    sentences: tuple[str, ...]
    items: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Style:
    """A way to lay out a page without changing its wording."""

    bullet: str = "-"
    loose: bool = False
    width: int = 10_000
    space: str = " "
    case: str = "as it is"


WORDS = st.text("abcdefghijklmnopqrstuvwxyzé", min_size=1, max_size=8)
SENTENCES = st.builds(
    lambda words, aside, end: " ".join([*words, *aside]).capitalize() + end,
    st.lists(WORDS, min_size=1, max_size=12),
    st.sampled_from([(), ("(e.g. this. That)",), ("etc.", "more"), ("**bold**", "`code`")]),
    # A last word of its own: “Cf.” would not end a sentence.
    st.sampled_from([" here.", " now!", " then?"]),
)
SOME_SENTENCES = st.lists(SENTENCES, min_size=1, max_size=3).map(tuple)
# A list always stands after a paragraph: two lists side by side are one to Markdown.
BLOCKS = st.one_of(
    st.builds(Block, SOME_SENTENCES),
    st.builds(
        lambda before, lead, items: Block((*before, *lead), items),
        SOME_SENTENCES,
        st.sampled_from([(), ("Never:",), ("Please always:",)]),
        st.lists(SOME_SENTENCES, min_size=1, max_size=3).map(tuple),
    ),
)
PAGES = st.lists(BLOCKS, min_size=1, max_size=5).map(tuple)
STYLES = st.builds(
    Style,
    bullet=st.sampled_from("-*+"),
    loose=st.booleans(),
    width=st.sampled_from([12, 40, 10_000]),
    space=st.sampled_from([" ", "   "]),
    case=st.sampled_from(["as it is", "upper", "lower"]),
)


def lay_out(page: tuple[Block, ...], style: Style) -> str:
    return "# Heading\n\n" + "\n\n".join(lay_out_block(block, style) for block in page) + "\n"


def lay_out_block(block: Block, style: Style) -> str:
    parts = [flow(block.sentences, style)]
    for item in block.items:
        wrapped = textwrap.indent(flow(item, style), "    ")
        parts.append(style.bullet + wrapped[1:])
    return ("\n\n" if style.loose else "\n").join(parts)


def flow(sentences: tuple[str, ...], style: Style) -> str:
    text = " ".join(sentences)
    text = {"upper": text.upper(), "lower": text.lower()}.get(style.case, text)
    # Code keeps no run of spaces, and a word is never broken: both would be other wording.
    lines = textwrap.wrap(text, style.width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(line.replace(" ", style.space) for line in lines)


@PATIENT
@given(PAGES, STYLES)
def test_layout_and_letter_case_do_not_count(page: tuple[Block, ...], style: Style) -> None:
    assert prints(lay_out(page, style)) == prints(lay_out(page, Style()))


def all_sentences(page: tuple[Block, ...]) -> list[tuple[int, int, int]]:
    """The place of each sentence: block, item (-1 is the paragraph), number."""
    found = []
    for number, block in enumerate(page):
        for item, sentences in enumerate((block.sentences, *block.items), -1):
            found += [
                (number, item, place)
                for place, sentence in enumerate(sentences)
                if not sentence.endswith(":")
            ]
    return found


def spliced(
    page: tuple[Block, ...], where: tuple[int, int, int], drop: int, new: str
) -> tuple[Block, ...]:
    number, item, place = where
    block = page[number]
    old = block.sentences if item < 0 else block.items[item]
    changed = (*old[:place], new, *old[place + drop :])
    if item < 0:
        block = replace(block, sentences=changed)
    else:
        block = replace(block, items=(*block.items[:item], changed, *block.items[item + 1 :]))
    return (*page[:number], block, *page[number + 1 :])


@PATIENT
@given(PAGES, st.randoms(use_true_random=False), STYLES)
def test_editing_a_sentence_changes_that_statement_only(
    page: tuple[Block, ...], chance: random.Random, style: Style
) -> None:
    places = all_sentences(page)
    chosen = chance.randrange(len(places))
    edited = spliced(page, places[chosen], 1, "Quite new wording 7.")
    before, after = prints(lay_out(page, Style())), prints(lay_out(edited, style))
    assert len(before) == len(after) == len(places)
    assert [n for n in range(len(before)) if before[n] != after[n]] == [chosen]


@PATIENT
@given(PAGES, st.randoms(use_true_random=False), STYLES)
def test_inserting_a_sentence_adds_one_statement(
    page: tuple[Block, ...], chance: random.Random, style: Style
) -> None:
    places = all_sentences(page)
    chosen = chance.randrange(len(places))
    longer = spliced(page, places[chosen], 0, "Quite new wording 7.")
    before, after = prints(lay_out(page, Style())), prints(lay_out(longer, style))
    assert after[:chosen] + after[chosen + 1 :] == before


def test_ids_of_long_headings_and_words_can_be_read_by_a_pack() -> None:
    """However long the page's are, and with a number behind them."""
    word = "pneumono" * 40
    page = index(f"# Page\n\n## {word}\n\n{word}.\n\n## {word}\n\nAlways {word} and {word}.\n")
    sections = [section.id for section in page.sections]
    statements = [statement.id for section in page.sections for statement in section.statements]
    for ids in (sections, statements):
        assert len(set(ids)) == len(ids)
        assert max(map(len, ids)) <= MAX_ID
