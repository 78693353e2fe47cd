"""A page that a browser saved again is compared tag by tag.

`review/doctored/test_pages.py` has edits.
"""

from __future__ import annotations

import pytest

from tests.growth import TIMES, assert_in_proportion
from travelsec.report.saved_page import is_saved_again

CHARACTERS = '<meta charset="utf-8">\n'
START = f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n{CHARACTERS}'
PAGE = (
    f'{START}<title>A &#34;B&#34;</title>\n<style>p::after {{ content: "&#34;" }}</style>\n</head>'
)


@pytest.mark.parametrize(
    ("written", "is_same"),
    [
        (PAGE, True),
        (PAGE.replace("A &#34;B&#34;", 'A "B"'), True),
        (PAGE.replace("A &#34;B&#34;", "A &quot;B&quot;"), True),
        (PAGE.replace("A &#34;B&#34;", "&#65; &#x22;B&QUOT;"), True),
        (PAGE.replace("A &#34;B&#34;", "A &amp;quot;B&amp;quot;"), False),
        (PAGE.replace("A &#34;B&#34;", "A &lt;B&gt;"), False),
        (PAGE.replace("A &#34;B&#34;", "A\u200b &#34;B&#34;"), False),
        (PAGE.replace("A &#34;B&#34;", "A&#8203; &#34;B&#34;"), False),
        (PAGE.replace("A &#34;B&#34;", "A&#1; &#34;B&#34;"), False),
        (PAGE.replace("A &#34;B&#34;", "A&#x7Fg &#34;B&#34;"), False),
        (PAGE.replace("A &#34;B&#34;", "A&#xFDD0; &#34;B&#34;"), False),
        (PAGE.replace("A &#34;B&#34;", f"A &#{'9' * 5000}; &#34;B&#34;"), False),
        (PAGE.replace("A &#34;B&#34;", f"A &#{'0' * 5000}34;B&#34;"), False),
        (PAGE.replace("\n", "\r\n"), True),
        (PAGE.replace("A ", "B "), False),
        (PAGE.replace('"&#34;"', '"""'), False),
        (PAGE.replace("<title>", "<b>"), False),
        (PAGE.removeprefix("<!DOCTYPE html>"), False),
        (PAGE.replace(CHARACTERS, ""), False),
        (PAGE.replace("<head>\n", "<head>\n\t\f\r\n "), True),
        (PAGE.replace("<head>\n", "<head>\u00a0\n"), False),
        (PAGE.replace("<head>\n", "<head>\u3000\n"), False),
        (PAGE.replace("<head>\n", "<head>\v\n"), False),
        ("", False),
    ],
)
def test_a_page_is_the_same_in_other_characters(written: str, is_same: bool) -> None:
    """In its texts alone: a style is what stands there."""
    assert is_saved_again(written.encode(), PAGE) == is_same


@pytest.mark.parametrize(
    ("reason", "is_same"),
    [
        ("1 &lt; 2, &lt;i hidden", True),
        ("1 &lt; 2, &LT;i hidden", True),
        ("1 < 2, &lt;i hidden", False),
        ("1 &lt; 2, <i hidden", False),
    ],
)
def test_no_tag_begins_in_a_text(reason: str, is_same: bool) -> None:
    """It would end with the next tag, and hide what follows."""
    page = f"{START}</head>\n<body>\n<p>1 &lt; 2, &lt;i hidden</p>\n<p>Not ready</p>\n</body>"
    written = page.replace("1 &lt; 2, &lt;i hidden", reason).replace("\n<body>", "<body>")
    assert is_saved_again(written.encode(), page) == is_same


@pytest.mark.parametrize(
    "part", ["<", "<a", "<style>", "<script ", "<rect  ", "<rect />", " ", "\r\n", "&#34;", "-->"]
)
@pytest.mark.parametrize("start", ["", START, "<!DOCTYPE html><!-- saved from url=(0001)"])
def test_long_pages_take_no_longer_than_their_length(start: str, part: str) -> None:
    """A stranger chooses what is in them."""
    small, large = (start + part * number for number in (10_000, 10_000 * TIMES))
    assert_in_proportion(lambda page: is_saved_again(page.encode(), PAGE), small, large)
