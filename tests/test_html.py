"""Pages made from the templates of a package."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from travelsec.html import linked, page


@pytest.fixture(autouse=True)
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a package with a template."""
    (tmp_path / "pages_of_a_test" / "templates").mkdir(parents=True)
    (tmp_path / "pages_of_a_test" / "__init__.py").touch()
    template = tmp_path / "pages_of_a_test" / "templates" / "a.html.j2"
    template.write_text("<p>{{ text }}</p>", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))


def test_every_text_is_escaped_on_one_line_with_hidden_characters_shown() -> None:
    """Templates need not do so."""
    made = page("pages_of_a_test", "a.html.j2", text="<b>\nA\u202e")
    assert made.startswith("<p>&lt;b&gt;")
    assert "\n" not in made
    assert "\u202e" not in made


def test_markup_stays_as_it_is() -> None:
    """travelsec itself made it."""
    made = page("pages_of_a_test", "a.html.j2", text=Markup("<b>\nA</b>"))
    assert made == "<p><b>\nA</b></p>"


def test_a_value_that_is_missing_is_an_error() -> None:
    """It would otherwise be missing from the page."""
    with pytest.raises(UndefinedError):
        page("pages_of_a_test", "a.html.j2")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b> & co", "&lt;b&gt; &amp; co"),
        ("Write to a.b+c@x-y.example.org.", "Write to {a.b+c@x-y.example.org}."),
        # Part of an address is somebody else's.
        ("réne@example.org, a@example.örg, a@example.co.ük, a@b@example.org", ""),
        (f"{'a' * 70}@example.org, a@example.o…", ""),
        ("javascript:a@example.org?cc=b", "javascript:{a@example.org}?cc=b"),
        # Hidden characters are shown, and lead nowhere.
        ("a@exam\u200bple.org", "a@exam&lt;U+200B&gt;ple.org"),
    ],
)
def test_addresses_are_links(text: str, shown: str) -> None:
    """Each shows where it leads; all else is escaped."""
    expected = re.sub(r"{(.*?)}", r'<a href="mailto:\1">\1</a>', shown or text)
    assert str(linked(text)) == expected


def test_numbers_are_links_beside_addresses() -> None:
    """A number in an address is none."""
    made = str(linked("Call +44 20 7946 0018 or write to 02079460018@example.org"))
    assert re.findall('href="(.*?)"', made) == [
        "tel:+442079460018",
        "mailto:02079460018@example.org",
    ]
