"""The typed content of packs."""

from __future__ import annotations

import datetime
from pathlib import Path

from tests.pack.packs import OVER, base, load_over, write
from travelsec.pack import load


def test_a_pack_without_faults_loads(tmp_path: Path) -> None:
    """Texts are read as their fields' types, and what is left out has its default."""
    pack = load_over(tmp_path)
    assert pack.questions["abroad"].required is True
    assert pack.questions["country"].required is False
    assert pack.guidance["leaflet"].expires == datetime.date(2030, 12, 31)
    assert [item.phase for item in pack.checklists[0].sections[0].items] == ["before", "before"]
    assert pack.contacts["desk"].topics == ("loss",)


def test_a_pack_says_what_is_not_covered_in_place_of_those_below(tmp_path: Path) -> None:
    """Else every report would go on saying that nothing covers what this pack covers."""
    bottom = base(tmp_path)
    folder = write(
        tmp_path / "over", {"over": OVER.replace("}", ", not_covered_instead_of: [base]}")}
    )
    assert load.load(bundled=bottom).not_covered == ("All else.",)
    assert load.load([folder], bundled=bottom).not_covered == ("Little.",)
