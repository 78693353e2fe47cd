"""What `doctor` finds, as people read it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import run
from travelsec.cli.health.examine import examine
from travelsec.document import Block, ListItem, Pairs, Paragraph
from travelsec.results.doctor import Trouble, Window, outline


def texts(blocks: list[Block]) -> str:
    rows = [row for block in blocks if isinstance(block, Pairs) for row in block.rows]
    return "\n".join(f"{name}: {value}" for name, value in rows)


def test_the_text_says_what_the_json_says(tmp_path: Path) -> None:
    """Every path, pack, version and variable."""
    data = run("doctor", "--format", "json", folder=tmp_path).json()
    words = run("doctor", folder=tmp_path).out
    squeezed = "".join(words.split())
    for place in data["locations"]:
        assert place["path"] in squeezed
    for pack in data["packs"]:
        assert "".join(f"{pack['title']} ({pack['id']} {pack['version']})".split()) in squeezed
    for name, version in data["versions"]["libraries"].items():
        assert f"{name}{version}" in squeezed
    for one in data["variables"]:
        assert one["name"] in words
    for one in [*data["completion"], *data["extras"]]:
        assert (one.get("shell") or one["name"]) in words


def test_what_would_fail_comes_first() -> None:
    """With what it affects, and what to do."""
    from msgspec.structs import replace

    trouble = Trouble("the disk is full", ("prepare", "trips"), "Make room.")
    found = replace(examine([]), troubles=(trouble,), well=False)
    first, second, *_ = outline(found)
    assert first == Paragraph("1 thing would fail.", "bad")
    body = ("Affects travelsec prepare and trips.", "Make room.")
    assert second == ListItem(None, "the disk is full", "bad", body)


def test_what_is_missing_is_said() -> None:
    """A place, a library, an extra, what a terminal cannot show."""
    from msgspec.structs import replace

    found = examine([])
    nowhere = tuple(replace(place, path="") for place in found.locations)
    versions = replace(found.versions, libraries={"rich": ""}, administrator=True)
    window = Window((), 80, 24, colour=False, unicode=False, questions="none")
    extras = (replace(found.extras[0], usable=False, reason="no Pango"),)
    odd = replace(
        found, locations=nowhere, versions=versions, terminal=window, extras=extras, variables=()
    )
    words = texts(list(outline(odd)))
    for line in (
        "Trips: nowhere",
        "Libraries: rich (missing)",
        "Unicode: no; what cannot be shown is written as <U+…>",
        "Extra pdf: no Pango",
    ):
        assert line in words
    assert "as the administrator" in words
