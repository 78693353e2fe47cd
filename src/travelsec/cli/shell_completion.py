"""Answer the completion scripts of the shells: what can be typed next."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Iterator, Sequence

OUTDATED_ZSH = "compadd -x 'travelsec --install-completion completes it again'"
"""What the script for zsh of version 0.2.0 is told. It runs its answer, so that holds no data."""


def answer(shell: str, arguments: Sequence[str]) -> None:
    """Print what can be typed next, for the script of a shell.

    Nothing else is ever printed, as somebody is in the middle of typing a command. The scripts
    of version 0.2.0 ask in other words, and are told nothing: they do not quote.
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
    # Bytes, as the shells expect UTF-8 and a line feed on every system.
    sys.stdout.buffer.write(text.encode(errors="surrogateescape"))


def _lines(shell: str, arguments: Sequence[str]) -> Iterator[str]:
    """Yield what is to be completed, then each candidate; a tab parts it from its description."""
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
    what, candidates = complete(words[:-1], words[-1])
    yield what
    for value, description in candidates:
        yield f"{value}\t{description}" if description else value


def _for_bash(line: str, end: str) -> Iterator[str]:
    """Yield the candidates as bash inserts them: quoted, and without what stays of the word.

    bash quotes nothing itself, and puts a candidate in the place of the end of the word only:
    behind `=`, `:` or a quotation mark.
    """
    words, word, _ = read_bash(line)
    _, kept, quote = read_bash(line.removesuffix(end))
    what, candidates = complete(words[1:], word)
    yield what
    for value, _description in candidates:
        yield quote_bash(value.removeprefix(kept), quote)


def read_bash(line: str) -> tuple[list[str], str, str]:
    """Read a line that is still being typed as bash does.

    Returns:
        The words before the cursor, the word at the cursor as far as it was typed, and the
        quotation mark that is open there, if any.
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
            kept = "\\" if quote and escaped not in '\\$`"' else ""
            word = f"{word or ''}{kept}{escaped}"
        else:
            word = f"{word or ''}{character}"
    return words, word or "", quote


def quote_bash(text: str, quote: str) -> str:
    """Quote a line of text for bash, to go on behind an open quotation mark or without one."""
    if not quote:
        return re.sub(r"(?=[\0-\x7f])[^\w@%+=:,./-]", r"\\\g<0>", text)
    if quote == "'":
        quoted = text.replace("'", r"'\''")
    else:
        # Only within single quotes does bash leave `!` alone.
        quoted = re.sub(r'[\\$`"]', r"\\\g<0>", text).replace("!", "\"'!'\"")
    # Where what it inserts begins or ends with the mark, bash takes that for the one that opens
    # or closes the quotes.
    opening = quote if quoted.startswith(quote) else ""
    closing = quote if quoted.endswith(quote) else ""
    return f"{opening}{quoted}{closing}"


def complete(words: Sequence[str], word: str) -> tuple[str, list[tuple[str, str]]]:
    """Find what can be typed next.

    Args:
        words: the words of the command line behind `travelsec`, but for the last.
        word: the last, as far as it was typed.

    Returns:
        `words` with the candidates for the whole last word, each with a description or nothing;
        `files` or `folders` where the shell is to offer those.
    """
    # Any of its classes will do: how it prints is not used.
    from typer._completion_classes import BashComplete
    from typer.main import get_command

    from travelsec.cli.app import build
    from travelsec.cli.completers import FILES, FOLDERS
    from travelsec.safe_text import line

    shell = BashComplete(get_command(build(words)), {}, "travelsec", "")
    items = shell.get_completions(list(words), word)
    for item in items:
        if item.help in (FILES, FOLDERS):
            return item.help.strip(), []
    option, equals, _ = word.partition("=")
    start = f"{option}=" if equals and word.startswith("-") and "--" not in words else ""
    candidates = [(f"{start}{item.value}", line(item.help or "")) for item in items]
    # What holds hidden characters cannot be shown, nor put on a line, as it is.
    return "words", [pair for pair in candidates if line(pair[0]) == pair[0]]
