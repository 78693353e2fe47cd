"""The JSON embedded in a page."""

from __future__ import annotations

import pytest

from tests.report.test_read import refused
from travelsec.report.embedded_json import CLOSING, OPENING, extract

BLOCK = f"{OPENING}{{}}{CLOSING}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<html></html>", "holds no travelsec report"),
        ("<", "holds no travelsec report"),
        ("<p>{}</p>", "holds no travelsec report"),
        (f"<html>{BLOCK}{BLOCK}</html>", "more than one data block"),
        (f"<html>{BLOCK}<!-- {BLOCK} --></html>", "more than one data block"),
        (f'<html><p title="<script>">{BLOCK}</html>', "more than one data block"),
        (f"<html>{BLOCK}<SCRIPT>x</SCRIPT></html>", "more than one data block, or a script"),
        (f"<html>{BLOCK}<sCrIpT\n src=x></html>", "more than one data block, or a script"),
        (f"<html><script/>{BLOCK}</html>", "more than one data block, or a script"),
        (f"<html>{BLOCK.replace('<script', '<SCRIPT')}</html>", "holds no travelsec report"),
        ("<html><script>{}</script></html>", "holds no travelsec report"),
        (f"<html>{OPENING}{{}}", "holds no travelsec report"),
        (f"<html>{CLOSING}{OPENING}{{}}", "holds no travelsec report"),
        (f"<html>{BLOCK}</html>", "nothing in it says so"),
        (f"<html>{OPENING}{CLOSING}</html>", "not a travelsec report"),
        (f"<html>{OPENING}<!--{{}}-->{CLOSING}</html>", "not a travelsec report"),
    ],
)
def test_a_page_has_one_block_and_no_script(text: str, words: str) -> None:
    """A second one is found wherever it hides: nobody could tell which is meant."""
    assert words in refused(text.encode())
    assert words in refused(b"\xef\xbb\xbf\n" + text.encode())


def test_the_whole_block_is_returned() -> None:
    """Up to the first end of it, as a browser reads it."""
    assert extract(f"<html>{OPENING} {{}} {CLOSING}{CLOSING}".encode()) == b" {} "
