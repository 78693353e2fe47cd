"""The card as Markdown."""

from __future__ import annotations

from hypothesis import given
from markdown_it import MarkdownIt

from tests.card.travellers import card_for
from tests.hostile import texts
from travelsec.card import markdown
from travelsec.people import Person


@given(texts(), texts())
def test_hostile_names_are_text_in_markdown(name: str, number: str) -> None:
    """With any names, the document has the same structure, and neither HTML nor links."""
    plain = MarkdownIt().parse(markdown.render(card_for({"line_manager": (Person("A", "1"),)})))
    card = card_for({"line_manager": (Person(f"A{name}", f"1{number}"),)})
    found = MarkdownIt().parse(markdown.render(card))
    assert [one.type for one in found] == [one.type for one in plain]
    inline = {child.type for one in found for child in one.children or ()}
    assert inline <= {"text", "strong_open", "strong_close", "hardbreak", "softbreak"}
