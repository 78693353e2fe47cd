"""The cache of the parsed bundled pack: the same as the files, or nothing."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pack.packs import base, parsed_bundled_pack, say_the_same, write
from travelsec.pack import cache
from travelsec.pack.check import check_packs
from travelsec.pack.folder import bundled_folder, read_files
from travelsec.pack.load import load

FILES = [("checklists/pack.yaml", b"pack: 1\n"), ("checklists/more.yaml", b"drop: []\n")]
CONDITIONS = """\
pack:
  {id: over, version: '1', title: Over, covers: More., not_covered: Little.,
   not_covered_when: {departs: {at_least: 2026-12-01}}}
questions:
  - {id: town, ask: Where?, type: text, when: {departs: 2026-12-01}}
  - {id: how, ask: How?, type: choice, choices: {train: Train, car: Car}, default: train}
  - {id: kinds, ask: Which?, type: choices, choices: {a: A, b: B}, default: [a, b]}
  - {id: through, ask: Which?, type: countries, default: [NO, Turkey]}
checklist:
  id: more
  title: More
  sections:
    - id: all
      title: All
      phase: before
      items:
        - id: one
          label: One
          do: Do one.
          level: must
          cites: [leaflet]
          # A text that looks like a date stays a text.
          when: {town: [2026-12-01, Oslo], abroad: false}
        - id: two
          label: Two
          do: Do two.
          level: should
          cites: [leaflet]
          when:
            any: [{departs: [2026-12-01, 2027-01-01]}, {not: {returns: {at_least: 2027-01-09}}}]
        - id: three
          label: Three
          do: Do three.
          level: consider
          cites: [leaflet]
          when: {all: [{count: 3}, {nights: {at_least: 2, at_most: 9}}, {devices: {at_most: 0}}]}
        - id: four
          label: Four
          do: Do four.
          level: consider
          cites: [leaflet]
          when: {departs: {at_least: 2026-12-01, at_most: 2026-12-31}, how: [train, car]}
        - id: five
          label: Five
          do: Do five.
          level: consider
          cites: [leaflet]
          when: {kinds: {other_than: a}, through: {other_than: [NO, GE]}}
"""


def test_the_cached_bundled_pack_equals_its_files() -> None:
    """Commands use the cache, so it must not differ."""
    folder = bundled_folder()
    again = cache.read_cache(parsed_bundled_pack(), read_files(folder, folder))
    assert again is not None
    assert say_the_same(again, check_packs().pack)


def test_every_kind_of_entry_and_condition_survives(tmp_path: Path) -> None:
    """Dates, texts that look like dates, numbers, yes and no, nested conditions."""
    folders = [base(tmp_path), write(tmp_path / "over", {"over": CONDITIONS})]
    pack = load(folders[1:], bundled=folders[0])
    again = cache.read_cache(cache.write_cache(pack, FILES), FILES)
    assert again is not None
    assert say_the_same(again, pack)
    assert repr(again.checklists) == repr(pack.checklists)
    assert repr(again.questions) == repr(pack.questions)


def test_the_cache_is_void_if_its_files_change(tmp_path: Path) -> None:
    """If one is edited, renamed, removed or added."""
    data = cache.write_cache(load(bundled=base(tmp_path)), FILES)
    assert cache.read_cache(data, FILES) is not None
    (name, content), other = FILES
    for files in (
        [(name, content + b" "), other],
        [("checklists/renamed.yaml", content), other],
        [other],
        [*FILES, ("checklists/new.yaml", b"")],
        [],
    ):
        assert cache.read_cache(data, files) is None


parsed = functools.cache(parsed_bundled_pack)


@given(st.data())
def test_a_damaged_cache_is_not_used(data: st.DataObject) -> None:
    """Whichever byte changes, and wherever the file is cut off."""
    sound = parsed()
    folder = bundled_folder()
    at = data.draw(st.integers(0, len(sound) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != sound[at]))
    files = read_files(folder, folder)
    assert cache.read_cache(sound, files) is not None
    assert cache.read_cache(sound[:at] + bytes([byte]) + sound[at + 1 :], files) is None
    assert cache.read_cache(sound[:at], files) is None


@pytest.mark.parametrize(
    ("now", "then"), [(b'"do":', b'"did":'), (b'"type":"EqualTo"', b'"type":"Same"')]
)
def test_the_cache_of_another_version_is_not_used(tmp_path: Path, now: bytes, then: bytes) -> None:
    """Its digest is right, but its entries have other fields, or its conditions other names."""
    _, head, body = cache.write_cache(load(bundled=base(tmp_path)), FILES).split(b"\n", 2)
    assert now in body
    older = head + b"\n" + body.replace(now, then)
    assert (
        cache.read_cache(hashlib.sha256(older).hexdigest().encode() + b"\n" + older, FILES) is None
    )
