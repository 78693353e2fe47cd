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


def utf8_texts() -> st.SearchStrategy[str]:
    """Return a strategy for those of the texts that UTF-8 can hold."""
    return texts().map(lambda text: text.encode(errors="replace").decode())


ATTACKS = (
    "\x1b[31mred\x1b[2J\x1b[10;10H\x1b[?1049h\x1b[?25l\x1b(0",
    "\x1b]0;title\x07\x1b]2;title\x1b\\\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "\x1bP1$r0m\x1b\\\x1b^secret\x1b\\\x1bc\x0e\x1b[5i\x1b[6n",
    "a\x9b31mb\x9d0;title\x9cc\x85d\x90e\x9f",
    "a\x00b\x07c\x08d\x0be\x0cf\x1cg\x7fh\ri\nj\tk\r\nl",
    "fdp\u202eexe.\u2066x\u2069\u200e\u200f\u061c\u2028\u2029",
    "a\u200bb\u200cc\u200dd\ufeffe\u00adf\u2060g\u3164h\u034fi\U000e0041j\ufff9k",
    "[bold red]x[/] [link=http://evil.example]y[/link] [blink] [/nothing] :boom:",
    "<script>top.y=1</script><img src=x onerror=top.y=1><svg/onload=top.y=1><b>b</b>",
    "</script><script>top.y=1</script><!--<script><!--]]><style>*{display:none}</style>",
    "'\" onmouseover=top.y=1 style=color:red x='{{7*7}}{%x%}${7*7}#{7*7}`id`$(id)&lt;b&gt;",
    "javascript:top.y=1 data:text/html,<script>top.y=1</script> http://evil.example",
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|' /C calc'!A0",
    "+1+1;=1+1",
    '-1+1,"=1+1',
    "@SUM(A1)",
    "\t=1+1\r\n=2+2",
    '＝1+1;"﹢1',
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTACH:http://evil.example\nX:;,\\n\\N",
    "[x](http://evil.example) ![x](http://evil.example/x.png) <http://evil.example> [x]: /u",
    "# x\n\n---\n1. x\n- [x] x\n> x\n    code\n```\n~~~ | a | b |",
    "../../../../etc/passwd",
    "..\\..\\CON",
    "CON",
    "/etc/passwd\x00.json",
    "%s%n{0.__class__}%(x)s",
    "$traveller $nights ${abroad} $",
    "Z̷̛͇a̸l̶g̷o" * 40,
    "中文😀العربية" * 20,
)
"""Texts that each try something else: on terminals, in pages, spreadsheets, calendars and names."""
