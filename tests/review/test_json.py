"""A review as one JSON document."""

from __future__ import annotations

import json as json_reader

from tests.review.reports import DAY, FULL, put
from travelsec.review import json
from travelsec.review.priority import Totals


def test_a_document_has_the_day_the_totals_and_all_rows() -> None:
    totals = Totals(2, not_ready=1, left_out=4)
    rows = [FULL, put(FULL, path="in/s.json")]
    data = json_reader.loads(json.results_json(DAY, totals, rows, ["Visas."]))
    assert (data["schema"], data["as_of"]) == ("travelsec.review/1", "2026-11-24")
    assert data["not_covered"] == ["Visas."]
    assert (data["totals"]["not_ready"], data["totals"]["left_out"]) == (1, 4)
    assert [row["path"] for row in data["reports"]] == ["in/r.json", "in/s.json"]
    assert data["reports"][0]["decision"]["new_musts"] == ["a.c"]


def test_the_name_of_a_file_that_is_no_text_is_shown_with_question_marks() -> None:
    rows = [put(FULL, path="in/a\udcff.json")]
    data = json_reader.loads(json.results_json(DAY, Totals(1), rows, []))
    assert data["reports"][0]["path"] == "in/a?.json"
