"""File names made of what strangers wrote stay in their folder, on every system."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.hostile import texts
from travelsec.safe_text import MAX_FILE_NAME, file_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A. Smith Lisbon", "a-smith-lisbon"),
        ("0001 O’Neill – São Tomé", "0001-o-neill-sao-tome"),
        ("Zoë Müller", "zoe-muller"),
        ("e\u0301", "e"),
        ("Łukasz Sørensen", "lukasz-sorensen"),
        ("Þór, Æsa, Đức, STRAẞE", "thor-aesa-duc-strasse"),
        ("İstanbul", "istanbul"),
        ("ﬁve ①", "five-1"),
        ("../../etc/passwd", "etc-passwd"),
        ("..\\..\\x", "x"),
        ("C:\\x:stream", "c-x-stream"),
        ("\x1b[31mred\x00\n", "31mred"),
        ("a\u202eb", "a-b"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("", "file"),
        ("中文", "file"),
        ("0001 中文", "0001"),
        ("CON", "con-file"),
        ("nul.", "nul-file"),
        ("COM¹", "com1-file"),
        ("Lpt9 ", "lpt9-file"),
        ("Conrad", "conrad"),
    ],
)
def test_a_name_is_made_of_letters_digits_and_hyphens(text: str, name: str) -> None:
    """Letters with marks lose them; what has no plain letter is left out."""
    assert file_name(text) == name


def test_a_long_text_is_cut() -> None:
    """No hyphen is left at the end, and a megabyte is no burden."""
    assert file_name("ab " * 400_000) == "-".join(["ab"] * 27)[:MAX_FILE_NAME].rstrip("-")
    assert len(file_name("\ufdfa" * 1_000_000)) <= MAX_FILE_NAME


@given(texts() | st.text() | st.sampled_from(["Con", "Ｃｏｎ", "ＮＵＬ", "aux ", "\u1e9e"]))
@example("ΰ")
def test_whatever_is_written_names_a_file_in_the_folder(text: str) -> None:
    """On POSIX and on Windows; and the name of a name is the same."""
    name = file_name(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= MAX_FILE_NAME
    assert file_name(name) == name
    assert PurePosixPath("d", f"{name}.json").parent == PurePosixPath("d")
    windows = PureWindowsPath("d", f"{name}.json")
    assert windows.parent == PureWindowsPath("d")
    assert not re.fullmatch(r"(con|prn|aux|nul|(com|lpt)[0-9])", name)
