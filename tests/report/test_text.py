"""A report as plain text."""

from __future__ import annotations

from hypothesis import given
from wcwidth import width as columns_of

from tests.hostile import utf8_texts
from tests.report.test_markdown import hostile
from travelsec.pack.model import Pack
from travelsec.report import text


@given(utf8_texts())
def test_hostile_texts_stay_in_the_lines_of_plain_text(pack: Pack, given: str) -> None:
    """No line is wider than 80 columns or has a control character."""
    found = text.render(hostile(pack, given))
    assert found.splitlines() == found.split("\n")[:-1]
    assert max(map(columns_of, found.splitlines())) <= text.REPORT_WIDTH
    found.encode()
