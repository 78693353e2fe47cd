"""What a typed line or a set of ticks means, whatever the way of asking."""

from __future__ import annotations

import pytest

from travelsec.interview.prompter import TextPrompt, TicksPrompt


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Oslo", "Oslo"), ("  Oslo ", "Oslo"), ("", "Rome"), ("  ", "Rome"), ("-", ""), (" - ", "")],
)
def test_a_typed_line_stands_for_an_answer(typed: str, meant: str) -> None:
    """Enter alone takes the answer that is offered, and a hyphen takes it away."""
    assert TextPrompt("Where?", initial="Rome").meant(typed) == meant


def test_an_option_that_stands_alone_excludes_the_others() -> None:
    """The prompt's own check comes after that."""
    options = {"laptop": "Laptop", "none": "None of these"}
    prompt = TicksPrompt("Which?", options, alone="none", check=lambda _: "not today")
    assert "None of these" in (prompt.fault(("laptop", "none")) or "")
    for ticked in (("none",), ("laptop",), ()):
        assert prompt.fault(ticked) == "not today"
