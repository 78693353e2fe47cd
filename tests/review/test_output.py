"""Which rows a review writes, and in which order."""

from __future__ import annotations

from tests.review.reports import FULL, LABELS, output_of, put
from travelsec.pack.model import Pack
from travelsec.review.output import labels

ROWS = [put(FULL, path=path, attention=place) for path, place in (("a", 2), ("b", 0), ("c", 1))]


def paths(rows: object) -> list[str]:
    assert isinstance(rows, list)
    return [row.path for row in rows]


def test_the_worst_come_first(pack: Pack) -> None:
    assert paths(output_of(pack, ROWS).worst()) == ["b", "c", "a"]
    assert paths(output_of(pack, ROWS).worst(2)) == ["b", "c"]
    assert paths(output_of(pack, ROWS, limit=1).worst(2)) == ["b"]


def test_a_stream_keeps_the_order_of_the_files_unless_there_is_a_limit(pack: Pack) -> None:
    assert paths(output_of(pack, ROWS).stream()) == ["a", "b", "c"]
    assert paths(output_of(pack, ROWS, limit=2).stream()) == ["b", "c"]


def test_each_item_has_its_label(pack: Pack) -> None:
    assert labels(pack).keys() > {"overseas.letter", "overseas.passwords"}
    assert labels(pack).keys().isdisjoint(LABELS)
