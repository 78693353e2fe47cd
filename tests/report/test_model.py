"""The canonical form of a report, and its digest."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.report.samples import TRIP, make
from tests.report.test_json import recomputed
from travelsec.formats import REPORT_FORMATS
from travelsec.pack.model import Pack
from travelsec.report import model
from travelsec.report.model import Report


def test_the_digest_can_be_computed_from_the_printed_json(report: Report) -> None:
    """It takes only JSON and sha256; any edit changes it."""
    text = REPORT_FORMATS.find("json").render(report).decode()
    stated, found = recomputed(text)
    assert stated == found == report.digest
    stated, found = recomputed(text.replace("A. Smith", "B. Smith"))
    assert stated != found


DATA = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
)


@given(DATA)
def test_canonical_json_has_only_one_form(data: Any) -> None:
    """Sorted keys, UTF-8 and no white space, so that any program gets the same digest."""
    expected = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert model.canonical(data) == expected.encode()


def test_no_number_is_a_float(pack: Pack) -> None:
    """Different programs may write the same float differently."""

    def refuse(text: str) -> None:
        raise AssertionError(text)

    text = REPORT_FORMATS.find("json").render(make(pack, {**TRIP, "envelopes": "7"})).decode()
    assert json.loads(text, parse_float=refuse)["trip"]["facts"]["envelopes"] == 7
