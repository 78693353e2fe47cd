"""Print what CHANGELOG.md says about one version, for the notes of its release.

python scripts/release_notes.py v0.3.0
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"


def main(arguments: list[str]) -> int:
    """Print the section of the version or tag in the only argument; 1 if there is none."""
    tag = arguments[0] if len(arguments) == 1 else ""
    try:
        notes = section(CHANGELOG.read_text(encoding="utf-8"), tag.removeprefix("v"))
    except LookupError as error:
        print(f"{CHANGELOG.name}: {error.args[0]}", file=sys.stderr)
        return 1
    sys.stdout.buffer.write(f"{notes}\n".encode())
    return 0


def section(changelog: str, version: str) -> str:
    """Return the section of a version without its heading.

    Raises:
        LookupError: there is none, or nothing is in it.
    """
    _, *parts = re.split(r"^## (?=\d)", changelog, flags=re.MULTILINE)
    # What is not released yet stands above the first version.
    sections = {head.split(" ")[0]: text.strip() for head, text in map(_cut, parts)}
    if version not in sections:
        known = ", ".join(sections)
        raise LookupError(f"there is no section for “{version}”; there are those of {known}")
    if not sections[version]:
        raise LookupError(f"the section of {version} is empty")
    return sections[version]


def _cut(part: str) -> tuple[str, str]:
    head, _, text = part.partition("\n")
    return head, text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
