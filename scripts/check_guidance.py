"""Index guidance pages again and compare them with the bundled indexes.

    python scripts/check_guidance.py FOLDER

FOLDER holds `PAGE-ID.md` for each page that the bundled pack has sections of. Exit code 1 if a
section, a statement or a fingerprint differs, or a page is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from travelsec.guidance_page import index
from travelsec.pack.load import load
from travelsec.pack.model import Guidance


def differences(page: Guidance, text: str) -> Iterator[str]:
    """Yield what of the page's text is not as its bundled index says."""
    found = index(text)
    if (page.title, page.expires) != (found.title, found.expires):
        yield f"title or expiry: {found.title}, {found.expires}"
    for old, new in zip_longest(page.sections, found.sections):
        if old is None or new is None or (old.id, old.title) != (new.id, new.title):
            yield f"section: {old and old.id} is now {new and new.id}"
            return
        known = [statement.fingerprint for statement in old.statements]
        now = [statement.fingerprint for statement in new.statements]
        if known != now:
            yield f"{old.id}: the statements differ"


def main(folder: Path) -> int:
    """Check every page; return the exit code."""
    code = 0
    for page in load().guidance.values():
        if page.sections:
            path = folder / f"{page.id}.md"
            found = list(differences(page, path.read_text(encoding="utf-8")))
            count = sum(len(section.statements) for section in page.sections)
            print(f"{page.id}: {count} statements, {len(found)} differences")
            for difference in found:
                print(f"  {difference}")
            code |= bool(found)
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
