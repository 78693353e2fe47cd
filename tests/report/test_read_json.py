"""An item that was met before is remembered, and nothing that is read differs for it."""

from __future__ import annotations

import json
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report import samples
from tests.review.reports import put
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report import json as as_json
from travelsec.report import read_json
from travelsec.report.model import Link, Report, canonical_content
from travelsec.report.read import parse_report

NOTHING = {"status": "unanswered", "how": None, "due": None, "deadline": None}
LONG = "x" * read_json.MAX_ITEM_BYTES


def assert_read_as_by_msgspec(raw: bytes) -> None:
    """Make sure that these bytes are read as msgspec reads a report, or refused."""
    try:
        meant = msgspec.json.decode(raw, type=Report)
    except msgspec.DecodeError:
        # Not always while they are read: of a part that stands twice, only the last is looked at.
        with pytest.raises(UserError):
            parse_report(raw)
        return
    read = read_json.decode(raw)
    assert read.report == meant
    assert read.plain == tuple(
        put(item, **dict.fromkeys(("reason", "note", "ask"), ""), **NOTHING) for item in meant.items
    )
    assert read.days == tuple((item.due, item.deadline, item.ask) for item in meant.items)
    assert read.canonical == canonical_content(meant)
    assert read.shortest == len(msgspec.json.format(raw, indent=-1))


@given(
    st.lists(st.tuples(st.integers(0, 6), st.text(max_size=30)), max_size=20),
    st.sampled_from([None, 1, 2, 4]),
)
def test_it_reads_what_msgspec_reads(
    pack: Pack, changes: list[tuple[int, str]], indent: int | None
) -> None:
    """Whatever the texts of the items are, and however the JSON is laid out."""
    content = json.loads(as_json.render(samples.make(pack)))
    for number, text in changes:
        item = content["items"][number % len(content["items"])]
        item[("label", "do", "why", "reason", "note", "section", "id")[number]] = text
    raw = json.dumps(content, indent=indent).encode()
    assert_read_as_by_msgspec(raw)


@given(st.data())
def test_bytes_that_were_moved_are_read_as_msgspec_reads_them(
    pack: Pack, data: st.DataObject
) -> None:
    """Lists of items may stand twice, elsewhere, or in one another: no part passes for a whole."""
    raw = as_json.render(samples.make(pack))
    ends = [0, len(raw)]
    for part in (b"{", b"}", b"]", b'"items"', b'"readiness"', b'"facts"', b",\n"):
        ends += [place.start() for place in re.finditer(re.escape(part), raw)]
    place = st.sampled_from(sorted(set(ends)))
    for _ in range(data.draw(st.integers(1, 3))):
        start, end = sorted((data.draw(place), data.draw(place)))
        to = data.draw(place)
        raw = raw[:to] + raw[start:end] + raw[to:]
    assert_read_as_by_msgspec(raw)


def test_items_that_stand_elsewhere_are_not_its_items(report: Report) -> None:
    """In a fact of that name, laid out as the items are, with nothing where they belong."""
    raw = as_json.render(report)
    start = raw.index(b'\n  "items": [')
    end = raw.index(b'\n  "readiness"')
    items, rest = raw[start:end], raw[:start] + b'\n  "items": [],' + raw[end:]
    moved = rest.replace(b'"facts": {', b'"facts": {' + items)
    with pytest.raises(msgspec.ValidationError, match=r"facts"):
        read_json.decode(moved)


@pytest.mark.parametrize("part", ["tool", "packs", "titles", "on_call", "warnings", "links"])
@pytest.mark.parametrize("first", [b"[1]", b'{"1": 1}', b"[]", b"{}", b"null"])
def test_a_part_that_stands_twice_is_refused(report: Report, part: str, first: bytes) -> None:
    """Be it right or wrong where it stands first, which no program may take for the report's."""
    raw = as_json.render(put(report, links=(Link("A page", "https://example.org", ""),)))
    twice = raw.replace(b"{\n", b'{\n  "%b": %b,\n' % (part.encode(), first), 1)
    assert_read_as_by_msgspec(twice)
    with pytest.raises(UserError, match=f"{part}: "):
        parse_report(twice)


def test_a_fault_is_at_the_place_of_its_item(report: Report) -> None:
    """Also where the same item was right, or wrong, somewhere else before."""
    right, wrong = report.items[0], put(report.items[0], id="no-full-id")
    for items, places in (((right, wrong), [1]), ((wrong, right), [0]), ((wrong, wrong), [0, 1])):
        read = read_json.decode(as_json.render(put(report, items=items)))
        assert [one.partition(".")[0] for one in read.faults] == [f"items[{n}]" for n in places]


def test_only_short_items_are_remembered(report: Report) -> None:
    """And no more than a certain number: a stranger's texts must not fill the memory."""
    item = report.items[0]
    known = read_json.decode(as_json.render(put(report, items=(item, put(item, do=LONG))))).report
    again = read_json.decode(as_json.render(put(report, items=(item, put(item, do=LONG))))).report
    assert again.items[0] is known.items[0]
    assert again.items[1] is not known.items[1]
    assert again == known
    many = (put(item, note=f"Note {number}") for number in range(read_json.MAX_CACHED_ITEMS))
    read_json.decode(as_json.render(put(report, items=(*many,))))
    assert read_json.decode(as_json.render(put(report, items=(item,)))).report.items[0] is not item


def test_only_short_parts_around_the_items_are_remembered(report: Report) -> None:
    """And of each kind no more than a certain number."""

    def titles(title: str) -> dict[str, str]:
        given = dict.fromkeys(("travel", "office", "home"), title)
        return read_json.decode(as_json.render(put(report, titles=given))).report.titles

    known, long = titles("Travel"), "x" * (read_json.MAX_PART_BYTES // 2)
    assert titles("Travel") is known
    assert titles(long)["home"] == long
    assert titles(long) is not titles(long)
    for number in range(read_json.MAX_CACHED_PARTS):
        titles(f"Travel {number}")
    assert titles("Travel") is not known


def test_equal_items_become_the_one_that_is_expected(pack: Pack) -> None:
    """Whatever their statuses and days are; what differs otherwise stays another."""
    report = samples.make(pack)
    other = put(report.items[0], why="For another reason.")
    raw = as_json.render(put(report, items=(*report.items, other)))
    known = read_json.decode(raw).plain[:-1]
    read_json.expect(known)
    for layout in (raw.replace(b'"note": ""', b'"note": "Now."'), json.dumps(json.loads(raw))):
        again = read_json.decode(layout if isinstance(layout, bytes) else layout.encode()).plain
        assert all(one is same for one, same in zip(again, known, strict=False))
        assert again[-1] not in known
