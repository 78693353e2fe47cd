"""Pages made from the templates of a package."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from travelsec.html import page


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
