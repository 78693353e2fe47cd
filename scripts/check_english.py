"""Find words that read as translated, and texts of packs that are too long to read at once.

`make lint` runs it over the packs, the examples, the templates, the source and the docs. No
published linter fits: they look for clichés and typography, and read no YAML.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent

WORDS = {
    "somebody": "someone",
    "anybody": "anyone",
    "whom": "who",
    "whoever": "anyone who",
    "whomever": "anyone",
    "whence": "where … from",
    "thereof": "of it",
    "let no one": "do not let anyone",
    "let nobody": "do not let anyone",
    "take no": "do not take",
    "take it that": "assume that",
    "it is so that": "say it straight",
    "tell whether": "return whether",
    "anew": "again",
}
"""What reads as translated, and how a colleague would say it."""

LIMIT = 140
LIMITS = {"label": 40}
"""The longest texts of a pack, and those of fields that are shorter."""

UNREAD = {"cites", "fingerprint"}
"""Fields that no one reads as text."""

_PATTERN = re.compile(rf"\b({'|'.join(sorted(WORDS, key=len, reverse=True))})\b", re.IGNORECASE)

Finding = tuple[Path, int, str]


def main() -> int:
    """Print each finding with its file and line; the exit code is 1 if there are any."""
    found = sorted(check(ROOT))
    for path, number, text in found:
        print(f"{path.relative_to(ROOT)}:{number}: {text}")
    return 1 if found else 0


def check(root: Path) -> Iterator[Finding]:
    """Yield what is wrong with every text below a folder that is laid out like this project."""
    for folder in ("checklists", "checklists-optional", "examples"):
        for path in (root / folder).rglob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            yield from _words(path, enumerate(text.splitlines(), 1))
            yield from _lengths(path, yaml.compose(text))
    for pattern in ("src/**/*.j2", "src/**/*.py", "docs/**/*.md", "README.md", "CONTRIBUTING.md"):
        for path in root.glob(pattern):
            yield from _words(path, enumerate(path.read_text(encoding="utf-8").splitlines(), 1))


def _words(path: Path, lines: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    for number, text in lines:
        for match in _PATTERN.finditer(text):
            yield path, number, f"“{match[0]}” reads as translated: {WORDS[match[0].lower()]}"


def _lengths(path: Path, node: yaml.Node | None, field: str = "") -> Iterator[Finding]:
    """Yield the texts that are too long; those of a list belong to the list's field."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _lengths(path, child, field)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value not in UNREAD:
                yield from _lengths(path, value, key.value)
    elif isinstance(node, yaml.ScalarNode):
        limit = LIMITS.get(field, LIMIT)
        if len(node.value) > limit:
            line = node.start_mark.line + 1
            yield path, line, f"{field}: {len(node.value)} characters, {limit} at most"


if __name__ == "__main__":
    sys.exit(main())
