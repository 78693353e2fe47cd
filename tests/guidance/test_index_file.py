"""The index of a page as a pack file, written and read again."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guidance.pages import PAGES, Page, lay_out, stored
from tests.hostile import texts
from tests.pack import packs
from travelsec.guidance.index_file import index as new_file
from travelsec.guidance.index_file import updated_file
from travelsec.guidance.page import index
from travelsec.guidance.revision import revise
from travelsec.pack import parse
from travelsec.pack.model import Guidance
from travelsec.problems import InputError

PATIENT = settings(deadline=None)

TEXT = """\
---
expires: 2030-01-31
---
# Bicycles: "at" work

Never:

- Null.
- 12
- Ring [us](tel:0200).
"""


def read(text: str) -> Guidance:
    """Read the one page of a pack file."""
    found = parse.parse_pack("pack", [("file.yaml", text.encode())])
    # A file of its own has no “pack”.
    assert [problem.text for problem in found.problems] == [
        "no file of this pack has the key “pack” (id, …)"
    ]
    [page] = found.lists["guidance"]
    guidance: Guidance = page.value
    return guidance


def filled_in(text: str) -> str:
    """Do what a human has to do."""
    return (
        text.replace("id:  # fill in", "id: page")
        .replace("title:  # fill in", "title: A page")
        .replace("publisher:  # fill in", "publisher: The office")
    )


def test_a_new_index_does_not_load_until_it_is_filled_in(tmp_path: Path) -> None:
    """Errors name the line of what is missing; after that, the page belongs to the pack."""
    text = new_file(index(TEXT))
    assert "Ring us" not in text
    with pytest.raises(InputError, match=r"over\.yaml:8:\d+: publisher"):
        packs.load_over(tmp_path, text)
    (tmp_path / "filled").mkdir()
    page = packs.load_over(tmp_path / "filled", filled_in(text)).guidance["bicycles-at-work"]
    assert (page.title, page.publisher, str(page.expires)) == (
        'Bicycles: "at" work',
        "The office",
        "2030-01-31",
    )
    assert [one.id for one in page.sections[0].statements] == ["null", "12", "ring-us-tel-0200"]
    assert [one.kind for one in page.sections[0].statements] == ["duty", "duty", "contact"]
    assert revise(page, index(TEXT)).is_empty


@PATIENT
@given(st.lists(texts(), max_size=6).map("\n".join))
def test_the_index_of_any_text_can_be_read(text: str) -> None:
    """Whatever its headings are, the file is YAML and has what was indexed."""
    page = read(filled_in(new_file(index(text))))
    assert revise(page, index(text)).is_empty


@PATIENT
@given(PAGES)
def test_an_updated_index_is_read_as_it_was_made(page: Page) -> None:
    """With all fields of the page, all ids and kinds."""
    known = msgspec.structs.replace(
        stored(lay_out(page)), url="https://example.org/#x", ask="desk", title="A “page”: #1"
    )
    revision = revise(known, index(lay_out(page)))
    assert read(updated_file(revision)) == known == revision.index


def test_an_updated_index_is_marked_where_a_human_must_look() -> None:
    """New, changed and moved statements; nothing else."""
    known = stored("# A\n\nOne. Two. Three.\n\n# B\n\nFour.\n")
    new = index("# A\n\nOne. Twice. Five. Six.\n\n# B\n\nFour. Three.\n")
    marked = [line.strip() for line in updated_file(revise(known, new)).splitlines() if "#" in line]
    assert [line.partition("#")[2].strip() for line in marked[1:]] == [
        "new: check id and kind",
        "new: check id and kind",
        "new: check id and kind",
        "was page/a/own-0-2",
    ]
    known = stored("# A\n\nOne. Two boats.\n")
    edited = revise(known, index("# A\n\nOne. Two blue boats.\n"))
    [line] = [line for line in updated_file(edited).splitlines() if "own-0-1" in line]
    assert line.endswith("  # changed: read again what cites it")


def test_levels_and_notes_stay_with_their_statements() -> None:
    """Those of a changed statement stay too, and are marked to be checked."""
    known = with_level_and_note(stored("# A\n\nOne. Two boats.\n"))
    same = revise(known, index("# A\n\nNew. One. Two boats.\n"))
    assert read(updated_file(same)) == same.index
    assert [(one.level, one.note) for one in same.index.sections[0].statements] == [
        (None, ""),
        ("should", "Joined: “two” #2"),
        ("should", "Joined: “two” #2"),
    ]
    edited = revise(known, index("# A\n\nOne. Two blue boats.\n"))
    assert read(updated_file(edited)) == edited.index
    assert edited.index.sections[0].statements[1].level == "should"
    [line] = [line for line in updated_file(edited).splitlines() if "own-0-1" in line]
    assert line.endswith("  # changed: read again what cites it, and its level and note")


def with_level_and_note(page: Guidance) -> Guidance:
    """Give every statement of a page a level and a note."""
    replace = msgspec.structs.replace
    sections = tuple(
        replace(
            section,
            statements=tuple(
                replace(one, level="should", note="Joined: “two” #2") for one in section.statements
            ),
        )
        for section in page.sections
    )
    return replace(page, sections=sections)
