"""Answer the shells' completion scripts: what can be typed next."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Iterator, Sequence

OUTDATED_ZSH = "compadd -x 'travelsec --install-completion completes it again'"
"""The reply to the zsh script of version 0.2.0. It runs the reply, so this holds no data."""


def answer(shell: str, arguments: Sequence[str]) -> None:
    """Print what can be typed next, for a shell's completion script.

    Never print anything else: someone is in the middle of typing a command. The scripts of
    version 0.2.0 ask differently and get no reply, because they do not quote.
    """
    lines: list[str] = []
    quiet = io.StringIO()
    with (
        contextlib.suppress(Exception),
        contextlib.redirect_stdout(quiet),
        contextlib.redirect_stderr(quiet),
    ):
        lines = list(_lines(shell, arguments))
    text = "".join(f"{line}\n" for line in lines)
    # As bytes: on every system, the shells expect UTF-8 and line feeds.
    sys.stdout.buffer.write(text.encode(errors="surrogateescape"))


def _lines(shell: str, arguments: Sequence[str]) -> Iterator[str]:
    """Yield the kind of completion, then each candidate, a tab and its description."""
    match shell:
        case "bash":
            yield from _for_bash(*arguments)
        case "zsh" | "fish":
            yield from _described(arguments)
        case "powershell":
            yield from _described(os.environ.get("_TRAVELSEC_WORDS", "").split("\n")[1:])
        case "complete_zsh":
            yield OUTDATED_ZSH


def _described(words: Sequence[str]) -> Iterator[str]:
    kind, candidates = complete(words[:-1], words[-1])
    yield kind
    for value, description in candidates:
        yield f"{value}\t{description}" if description else value


def _for_bash(line: str, end: str) -> Iterator[str]:
    """Yield the candidates as bash inserts them: quoted, without the part of the word it keeps.

    bash does no quoting itself, and replaces only the end of the word: what follows `=`, `:` or
    a quotation mark.
    """
    words, word, _ = read_bash(line)
    _, typed, quote = read_bash(line.removesuffix(end))
    kind, candidates = complete(words[1:], word)
    yield kind
    for value, _description in candidates:
        yield quote_bash(value.removeprefix(typed), quote)


def read_bash(line: str) -> tuple[list[str], str, str]:
    """Split an unfinished line as bash does.

    Returns:
        The words before the cursor, the word at the cursor so far, and the quotation mark open
        there, if any.
    """
    words: list[str] = []
    word: str | None = None
    quote = ""
    characters = iter(line)
    for character in characters:
        if character == quote:
            quote = ""
        elif not quote and character in "'\"":
            quote = character
            word = word or ""
        elif not quote and character in " \t\n":
            if word is not None:
                words.append(word)
            word = None
        elif character == "\\" and quote != "'":
            escaped = next(characters, "")
            backslash = "\\" if quote and escaped not in '\\$`"' else ""
            word = f"{word or ''}{backslash}{escaped}"
        else:
            word = f"{word or ''}{character}"
    return words, word or "", quote


def quote_bash(text: str, quote: str) -> str:
    """Quote text for bash, to follow an open quotation mark or none."""
    if not quote:
        return re.sub(r"(?=[\0-\x7f])[^\w@%+=:,./-]", r"\\\g<0>", text)
    if quote == "'":
        quoted = text.replace("'", r"'\''")
    else:
        # bash leaves `!` alone only within single quotes.
        quoted = re.sub(r'[\\$`"]', r"\\\g<0>", text).replace("!", "\"'!'\"")
    # If the inserted text begins or ends with the quotation mark, bash takes it for the opening
    # or closing one.
    opening = quote if quoted.startswith(quote) else ""
    closing = quote if quoted.endswith(quote) else ""
    return f"{opening}{quoted}{closing}"


def complete(words: Sequence[str], word: str) -> tuple[str, list[tuple[str, str]]]:
    """Find what can be typed next.

    Args:
        words: the words of the command line after `travelsec`, except the last.
        word: the last word so far.

    Returns:
        `words` and the candidates for the whole last word, each with its description or nothing;
        or `files` or `folders` for the shell to offer those.
    """
    # Any of its classes will do, as we print ourselves.
    from typer._completion_classes import BashComplete
    from typer.main import get_command

    from travelsec.cli.app import build_app
    from travelsec.cli.completers import FILES, FOLDERS
    from travelsec.safe_text import line

    shell = BashComplete(get_command(build_app(words)), {}, "travelsec", "")
    items = shell.get_completions(list(words), word)
    for item in items:
        if item.help in (FILES, FOLDERS):
            return item.help.strip(), []
    option, equals, _ = word.partition("=")
    start = f"{option}=" if equals and word.startswith("-") and "--" not in words else ""
    candidates = [(f"{start}{item.value}", line(item.help or "")) for item in items]
    # Leave out candidates with hidden characters: they cannot be shown or typed as they are.
    return "words", [pair for pair in candidates if line(pair[0]) == pair[0]]
