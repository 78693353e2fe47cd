"""The card as HTML."""

from __future__ import annotations

import re

from tests.card.travellers import card_for
from travelsec.card import html
from travelsec.people import Person

HOSTILE = "<script>alert(1)</script><b>&amp; [x](http://evil.example) {{ 7*7 }}"


def test_html_is_self_contained() -> None:
    """One file without scripts, and with a policy that forbids them and anything from elsewhere."""
    shown = html.render(card_for({"traveller": HOSTILE, "line_manager": (Person(HOSTILE),)}))
    assert "default-src 'none'; style-src 'unsafe-inline'" in shown
    assert 'lang="en-GB"' in shown
    assert not re.search(r"<(script|link|img|iframe|object|a)\b|url\(|@import|src=", shown)
    assert "&lt;script&gt;" in shown
    assert "49" not in shown.split("Your line manager")[1]
