"""The registry of formats: chosen by name or by the ending of a file, and named everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from travelsec.formats import CARD_FORMATS, REPORT_FORMATS
from travelsec.problems import UserError


@pytest.mark.parametrize(
    ("name", "format_"), [("a.json", "json"), ("a.MD", "md"), ("b.c/a.b.txt", "txt")]
)
def test_the_ending_of_a_file_names_the_format(name: str, format_: str) -> None:
    """In capitals or not; only the last ending counts."""
    assert REPORT_FORMATS.of_file(Path(name)).name == format_


@pytest.mark.parametrize("name", ["a", "a.", "a.exe", ".json", "json", "a.json.gz"])
def test_an_ending_that_names_no_format_is_refused(name: str) -> None:
    """The message says which there are."""
    with pytest.raises(UserError, match=r"names no format \(allowed: json, .*txt"):
        REPORT_FORMATS.of_file(Path(name))


def test_a_format_that_does_not_exist_is_refused() -> None:
    """With the nearest that does."""
    with pytest.raises(UserError, match=r"“jsn” \(allowed: json, .*; did you mean json\?\)"):
        REPORT_FORMATS.find("jsn")


def test_the_format_is_named_or_that_of_the_file() -> None:
    """What is named counts before the ending."""
    assert CARD_FORMATS.choose(None, None, in_terminal=True).name == "txt"
    assert CARD_FORMATS.choose(None, Path("card.HTML"), in_terminal=True).name == "html"
    assert CARD_FORMATS.choose("md", Path("card.text"), in_terminal=True).name == "md"
    assert CARD_FORMATS.choose("pdf", None, in_terminal=False).name == "pdf"
    for name, output, message in (
        ("docx", None, "no format “docx”"),
        ("htm", None, "did you mean html"),
        ("pdf", None, "--output FILE.pdf"),
        (None, Path("card.doc"), "names no format"),
        (None, Path("card"), "names no format"),
    ):
        with pytest.raises(UserError, match=message):
            CARD_FORMATS.choose(name, output, in_terminal=True)
