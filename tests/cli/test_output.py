"""Results of commands: on standard output, or in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from travelsec.cli.output import print_bytes, print_document, print_json, write_or_print
from travelsec.document import Paragraph


def test_bytes_are_printed_as_they_are(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Neither encoded again nor with other line ends."""
    print_bytes("é\r\nß\n".encode())
    assert capfdbinary.readouterr().out == "é\r\nß\n".encode()


def test_json_does_nothing_to_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """It is ASCII, and reads as what it was made of."""
    content = {"text": "\x1b[31m\u202eß"}
    print_json(content)
    out = capsys.readouterr().out
    assert out.isascii()
    assert "\x1b" not in out
    assert json.loads(out) == content


def test_a_long_id_is_broken_only_where_words_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    """So that it can be copied."""
    name = "x" * 120
    for whole_words in (False, True):
        print_document([Paragraph(name)], plain=True, whole_words=whole_words)
        assert (name in capsys.readouterr().out) == whole_words


def test_a_result_goes_to_a_file_or_is_printed(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Only for a file it is said where the result is."""
    write_or_print(b"card", None, "card", force=False)
    assert capfdbinary.readouterr() == (b"card", b"")
    path = tmp_path / "card.txt"
    write_or_print(b"card", path, "card", force=False)
    out, err = capfdbinary.readouterr()
    assert (out, err.decode()) == (b"", f"The card is in {path}\n")
    assert path.read_bytes() == b"card"
