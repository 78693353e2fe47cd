"""What the shells' scripts are given, and how it is quoted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.test_completers import ask, keep
from tests.hostile import texts
from travelsec.cli.shell_completion import quote_bash, read_bash
from travelsec.safe_text import line

# These are the questions that shells ask at Tab.
pytestmark = pytest.mark.terminal


def test_options_that_act_at_once_do_not(tmp_path: Path) -> None:
    """They are only on the line that is being typed."""
    for option in ("--version", "--install-completion", "--show-completion", "--help"):
        assert "travelsec 0" not in ask(tmp_path, option, "").out
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words", [(), ("",), ("nonsense", ""), ("trips", "nonsense", ""), ("--", ""), ("=", "=")]
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "nonsense"])
def test_whatever_is_asked_nothing_is_said(
    tmp_path: Path, words: tuple[str, ...], shell: str
) -> None:
    """No traceback, no usage, whatever a script makes of a line."""
    out = ask(tmp_path, *words, shell=shell).out
    assert out == "" or out.startswith("words\n")


def test_powershell_asks_in_the_environment(tmp_path: Path) -> None:
    """It leaves out empty arguments."""
    keep(tmp_path, "Lisbon 2026-12-01")
    words = "\n".join(("travelsec", "trips", "show", ""))
    done = ask(tmp_path, shell="powershell", _TRAVELSEC_WORDS=words)
    assert done.out == "words\nLisbon 2026-12-01\n"


# The scripts of 0.2.0 stay where they were installed


@pytest.mark.parametrize("instruction", ["complete_bash", "complete_fish", "complete_powershell"])
def test_an_old_script_that_does_not_quote_is_told_nothing(
    tmp_path: Path, instruction: str
) -> None:
    keep(tmp_path, "Rome$(touch PWNED)")
    typed = "travelsec trips show "
    asked = {"COMP_WORDS": typed, "COMP_CWORD": "3", "_TYPER_COMPLETE_ARGS": typed}
    action = {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    assert ask(tmp_path, shell=instruction, **asked, **action).out == ""


def test_the_old_script_of_zsh_runs_a_fixed_text(tmp_path: Path) -> None:
    """No data is in it."""
    keep(tmp_path, '\\"<(touch PWNED)\\"')
    done = ask(tmp_path, shell="complete_zsh", _TYPER_COMPLETE_ARGS="travelsec trips show ")
    assert done.out == "compadd -x 'travelsec --install-completion completes it again'\n"


# Quoting for bash, which does not do it


@given(text=texts().map(line), quote=st.sampled_from(["", "'", '"']))
def test_what_is_quoted_is_read_back(text: str, quote: str) -> None:
    """As one word, whether or not a quotation mark is open before it."""
    inserted = quote_bash(text, quote)
    # So does bash itself.
    opening = "" if inserted.startswith(quote) and inserted else quote
    closing = "" if inserted.endswith(quote) and inserted else quote
    typed = f"travelsec {opening}{inserted}{closing} "
    expected = [text] if text or quote else []
    assert read_bash(typed) == (["travelsec", *expected], "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="words for a POSIX shell")
@given(texts().map(line))
def test_bash_reads_what_is_quoted(text: str) -> None:
    """One word, and nothing in it runs."""
    text = f"x{text}x"
    words = [f"{quote}{quote_bash(text, quote)}{quote}" for quote in ("", "'", '"')]
    script = f"printf '%s\\0' {' '.join(words)}"
    shell = ["bash", "--norc", "--noprofile", "-c", script]
    done = subprocess.run(shell, capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"})
    assert done.stdout.decode().split("\0")[:-1] == [text] * 3


@pytest.mark.parametrize(
    ("typed", "words", "word", "quote"),
    [
        ("travelsec trips ", ["travelsec", "trips"], "", ""),
        ("travelsec a\u00a0b", ["travelsec"], "a\u00a0b", ""),
        (r"travelsec Rome\ 2", ["travelsec"], "Rome 2", ""),
        ('travelsec "Rome 2', ["travelsec"], "Rome 2", '"'),
        ("travelsec 'it'\\''s 2", ["travelsec"], "it's 2", "'"),
        (r'travelsec "a\$b\c', ["travelsec"], r"a$b\c", '"'),
        ("travelsec ab'", ["travelsec"], "ab", "'"),
        ("travelsec a\\", ["travelsec"], "a", ""),
        ("travelsec '' x", ["travelsec", ""], "x", ""),
        ("", [], "", ""),
    ],
)
def test_a_line_is_read_as_bash_reads_it(
    typed: str, words: list[str], word: str, quote: str
) -> None:
    assert read_bash(typed) == (words, word, quote)
