"""Small packs, written into a folder of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from travelsec.derived import DERIVED
from travelsec.pack import cache, load
from travelsec.pack.check import check_packs
from travelsec.pack.folder import bundled_folder, read_files
from travelsec.pack.model import Pack
from travelsec.problems import InputError

BASE = {
    "pack": """\
pack:
  id: base
  version: "1.0"
  title: The base
  covers: Trips.
  not_covered: All else.
""",
    "questions": """\
questions:
  - id: abroad
    ask: Will you leave the country?
    type: yes-no
    required: true
  - id: devices
    ask: Which devices will you take?
    type: choices
    choices: {laptop: Laptop, phone: Phone}
  - id: country
    ask: Which country?
    type: text
    when: {abroad: true}
  - id: departs
    ask: Which day do you leave?
    type: date
  - id: returns
    ask: Which day do you come back?
    type: date
  - id: count
    ask: How many devices?
    type: number
    default: $device_kinds
  - id: manager
    ask: Who is your line manager?
    type: people
    private: true
""",
    "checklist": """\
checklist:
  id: trip
  title: The trip
  when: {abroad: true}
  sections:
    - id: packing
      title: Packing
      phase: before
      items:
        - id: clear-files
          label: Clear files
          do: Clear the files in $nights nights.
          why: Less is lost.
          level: must
          when: {devices: [laptop, phone]}
          due: 2 days before departure
          formerly: [clean-device]
          cites: [page/general/remove-files]
        - id: charger
          label: Charger
          do: Pack a charger.
          level: should
          cites: [page/general/take-charger]
    - id: on-the-way
      title: On the way
      phase: away
      items:
        - id: know-loss
          label: Know what to do
          do: I know what to do.
          level: consider
          situation: loss
          cites: [leaflet]
""",
    "situations": """\
situations:
  - id: loss
    title: Something is lost
    steps:
      - do: Call the desk.
        when: {abroad: true}
        cites: [page/general/call-desk]
    contacts: [desk]
    then: [unsure]
  - id: unsure
    title: Not sure
    steps:
      - do: Call.
        cites: [leaflet]
""",
    "contacts": """\
contacts:
  - id: desk
    name: The desk
    for: [loss]
    tel: 020 7946 0000
    cites: [page/general/call-desk]
withdrawn:
  - value: old-desk@example.org
    reason: no longer read
    cites: [leaflet]
""",
    "guidance": """\
guidance:
  - id: page
    title: A page
    publisher: The office
    ask: desk
    sections:
      - id: general
        title: General
        statements:
          - {id: remove-files, kind: duty, fingerprint: "0123456789abcdef"}
          - {id: take-charger, kind: duty, fingerprint: "123456789abcdef0"}
          - {id: call-desk, kind: contact, fingerprint: "23456789abcdef01"}
  - id: leaflet
    title: A leaflet
    publisher: The office
    expires: 2030-12-31
""",
}
"""The files of a small pack that has no fault, by name without the ending."""

FACTS_OF_BASE = ("abroad", "devices", "country", "departs", "returns", "count")
"""The facts that it asks for and that are not private."""

DERIVED_FACTS = ", ".join(
    name for name, fact in DERIVED.items() if fact.sources.keys() <= set(FACTS_OF_BASE)
)
"""The facts that follow from them, as a message lists them."""

OVER = "pack: {id: over, version: '1', title: Over, covers: More., not_covered: Little.}\n"
"""The first line of an overlay."""


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write a pack's files (names without the ending) into a new folder."""
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def base(folder: Path, file: str = "pack", old: str = "", new: str = "") -> Path:
    """Write the base pack, with one text in one of its files replaced."""
    if old:
        assert BASE[file].count(old) == 1, f"{old!r} does not stand once in {file}"
    return write(
        folder / "base", {**BASE, file: BASE[file].replace(old, new) if old else BASE[file]}
    )


def load_over(folder: Path, *overlays: str) -> Pack:
    """Load the base pack with overlays on top: one file each, below the line `OVER`.

    The id of the second overlay is `over2`, and so on.
    """
    folders = [
        write(
            folder / f"over{number}",
            {"over": OVER.replace("id: over", f"id: over{number if number > 1 else ''}") + text},
        )
        for number, text in enumerate(overlays, 1)
    ]
    bottom = folder / "base"
    return load.load(folders, bundled=bottom if bottom.is_dir() else base(folder))


def faults_of(folder: Path, *overlays: Path) -> list[str]:
    """Load a pack that has faults; return them, files named within their common folder."""
    with pytest.raises(InputError) as caught:
        load.load(overlays, bundled=folder)
    return shorten(caught.value, folder.parent)


def faults_over(folder: Path, *overlays: str) -> list[str]:
    """Return the faults of the base pack with overlays on top."""
    with pytest.raises(InputError) as caught:
        load_over(folder, *overlays)
    return shorten(caught.value, folder)


def shorten(error: InputError, folder: Path) -> list[str]:
    """Return the problems as text, files named within the folder."""
    return [str(problem).replace(f"{folder}/", "") for problem in error.problems]


def parsed_bundled_pack() -> bytes:
    """Parse the bundled pack as the build does, whatever an earlier build left behind."""
    folder = bundled_folder()
    return cache.write_cache(check_packs().pack, read_files(folder, folder))


def say_the_same(first: Pack, second: Pack) -> bool:
    """Compare packs; where they come from, too, which does not compare of itself."""
    told = [[(one.info, one.digest()) for one in pack.sources] for pack in (first, second)]
    fields = [name for name in Pack.__struct_fields__ if name != "sources"]
    return told[0] == told[1] and all(getattr(first, n) == getattr(second, n) for n in fields)
