"""What reports with the same packs have in common is worked out once."""

from __future__ import annotations

from pathlib import Path

from tests.report import samples
from travelsec.report.build import build
from travelsec.report.model import PackRef
from travelsec.report.shared_parts import SharedParts


def test_reports_name_the_packs_with_their_digests(tmp_path: Path) -> None:
    """Whether they share what they have in common or not."""
    pack = samples.read_pack(tmp_path)
    parts = SharedParts(pack)
    facts = samples.facts(pack, samples.TRIP)
    built = build(facts, {}, how={}, created=samples.CREATED, shared=parts)
    alone = build(facts, {}, how={}, created=samples.CREATED)
    assert built == alone
    infos = [(source.info, source.digest()) for source in pack.sources]
    assert built.packs == tuple(PackRef(info.id, info.version, digest) for info, digest in infos)
