"""Compare guidance pages with their indexes in the packs that come with travelsec.

    python scripts/check_guidance.py FOLDER

FOLDER holds `PAGE-ID.md` for each page whose sections the bundled pack or an optional one indexes.
Exit code 1 if a page is missing, if its sections, statements, fingerprints, title or date are
others, or if nobody has confirmed the kind of a statement.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from travelsec.guidance.page import index
from travelsec.guidance.revision import revise
from travelsec.pack.folder import optional_packs
from travelsec.pack.load import load
from travelsec.pack.model import Guidance


def differences(stored: Guidance, text: str) -> Iterator[str]:
    """Yield the differences between a page's text and its index in a pack."""
    page = index(text)
    if (stored.title, stored.expires) != (page.title, page.expires):
        yield f"title or expiry: {page.title}, {page.expires}"
    revision = revise(stored, page)
    yield from (f"section {one.change}: {one.id}" for one in revision.sections)
    for change in revision.statements:
        yield f"statement {change.change}: {change.path or change.new_path}"
    # However the statements were matched, the index must be that of the page, in its order.
    if revision.index.sections != stored.sections and not revision.statements:
        yield "the order of the sections, or the letter case of a heading"
    if [section.id for section in stored.sections] != [section.id for section in page.sections]:
        yield "the ids of the sections are not those of the headings"
    guessed = [path for path, statement in stored.statements() if statement.guessed]
    yield from (f"kind not confirmed: {path}" for path in guessed)


def main(folder: Path) -> int:
    """Check every page; return the exit code."""
    code = 0
    for page in load([*optional_packs().values()]).guidance.values():
        if page.sections:
            path = folder / f"{page.id}.md"
            if not path.is_file():
                print(f"{page.id}: {path} is missing")
                code = 1
                continue
            found = list(differences(page, path.read_text(encoding="utf-8")))
            count = sum(len(section.statements) for section in page.sections)
            print(f"{page.id}: {count} statements, {len(found)} differences")
            for difference in found:
                print(f"  {difference}")
            code |= bool(found)
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
