"""Texts that strangers might send: escapes, invisible characters, markup of every kind."""

from __future__ import annotations

from hypothesis import strategies as st

FRAGMENTS = (
    *("\x1b[31m", "\x1b]8;;http://evil.example\x07", "\x1b]0;title\x07", "\x9b2J", "\x07", "\x08"),
    *("\r", "\n", "\t", "\x00", "\x0b", "\x0c", "\x1c", "\x7f", "\x85", "\u2028", "\u2029"),
    *("\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\ufeff", "\u00ad", "\ud800", "\udfff"),
    *("\u3164", "\u034f", "\U000e0041", "\U000e0100", "\ue000"),
    *("[bold]", "[/]", "[link=http://evil.example]", "[link]", "](http://evil.example)", "![", "["),
    *(
        "]",
        "(",
        ")",
        "[x]: /u",
        "<script>",
        "<b>",
        "</b>",
        "<!--",
        "<http://evil.example>",
        "&amp;",
    ),
    *("&#64;", "&", "*", "**", "_", "__", "`", "```", "~~", "~~~", "#", "## ", " #", "- ", "+ "),
    *("---", "===", "1. ", "1) ", "12", "|", "|-|", ":-:", ": ", ">", "\\", "$", "=", "{", "}"),
    *(
        "http",
        "https://evil.example/a_b",
        "//",
        "://",
        "www.",
        "WWW.",
        "evil",
        ".com",
        ".",
        "e.g. ",
    ),
    *(
        "a@evil.example",
        "mailto:",
        "localhost",
        ":8080",
        ":smile:",
        "@",
        "12:30",
        "!",
        "?",
        '"',
        "'",
    ),
    *(" ", "   ", "\u00a0", "\u3000", "é", "e\u0301", "中文", "العربية", "😀", "❤\ufe0f", "word"),
)


def texts() -> st.SearchStrategy[str]:
    """Return a strategy for texts put together from hostile and ordinary parts."""
    parts = st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=4))
    return st.lists(parts, max_size=8).map("".join)
