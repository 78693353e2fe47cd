"""What a reader sees of Markdown and HTML."""

from __future__ import annotations

import pytest

from tests.guidance.pages import texts


def test_a_comment_left_open_hides_the_rest_of_its_block() -> None:
    assert texts("Seen.\n\n<!-- hidden\n\nstill hidden\n") == ["Seen."]
    assert texts("<div>Seen.\n<!-- hidden\n</div>\n") == ["Seen."]


def test_line_breaks_in_html_end_a_sentence_and_other_tags_vanish() -> None:
    assert texts("one<br/>\ntwo<BR>three <span>fo</span>ur") == ["one", "two", "three four"]


def test_html_blocks_show_what_a_reader_sees() -> None:
    page = """\
        <table><tr><td>One</td><td>Two &amp; <em>t</em>hree</td></tr></table>

        <style>p { color: red }</style>

        <p>1 < 2 <? not this ?> fine <!doctype x></p>
        """
    assert texts(page) == ["One", "Two & three", "1 < 2 fine"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some *very*  **bold**\n`code`\\\nhere", "Some very bold code here"),
        ("See [the map](https://example.org 'title')", "See the map"),
        ("![A map](map.png) of town", "A map of town"),
        ("[![A [sea](x) map](map.png)](mailto:a@b.example)", "A sea map <mailto:a@b.example>"),
        ("[a@b.example](mailto:a@b.example)", "a@b.example"),
        ("<a@b.example>", "a@b.example"),
        ("[Us](MAILTO:a@b.example).", "Us <mailto:a@b.example>."),
        ("[020 1](tel:0201)", "020 1 <tel:0201>"),
        ("Fish &amp; chips", "Fish & chips"),
    ],
)
def test_normalised_text(text: str, expected: str) -> None:
    assert texts(text) == [expected]
