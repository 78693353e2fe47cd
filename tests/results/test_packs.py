"""The packs that come with travelsec, for people."""

from __future__ import annotations

import pytest

from travelsec.document import Pairs
from travelsec.results.packs import SCHEMA, ShippedPack, ShippedPacks, blocks


@pytest.mark.parametrize(
    ("optional", "set_by", "said"),
    [(False, "", "always"), (True, "", "no"), (True, "HERE", "yes, by HERE")],
)
def test_it_is_said_what_puts_a_pack_in_force(optional: bool, set_by: str, said: str) -> None:
    """The bundled pack needs nothing."""
    pack = ShippedPack("a", "1", "A", "All.", optional, not optional or bool(set_by), set_by)
    (pairs,) = (one for one in blocks(ShippedPacks(SCHEMA, (pack,))) if isinstance(one, Pairs))
    assert ("In force", said) in pairs.rows
