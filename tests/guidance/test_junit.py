"""The coverage of guidance pages as JUnit XML."""

from __future__ import annotations

from tests.junit import outcomes, read
from travelsec.guidance.citations import Citation
from travelsec.guidance.coverage import Covered, Duty
from travelsec.guidance.junit import coverage
from travelsec.pack.model import Guidance


def test_each_duty_is_a_case() -> None:
    """One that only a contact cites fails: a contact does not carry it out."""
    duties = (
        Duty("page/carry/bag", (Citation("item", "overseas.bag", "Lock it"),), is_carried=True),
        Duty("page/carry/wave", (Citation("contact", "desk", "Desk"),), is_carried=False),
        Duty("page/carry/other", (), is_carried=False),
    )
    suites = read(coverage([Covered("page", "Page", duties), Covered("empty", "Empty", ())], []))
    assert list(suites) == ["page", "empty"]
    carried, wave, _ = suites["page"]
    assert dict(outcomes(suites["page"])) == {
        "carry/bag": "passed",
        "carry/wave": "failure not-carried",
        "carry/other": "failure not-carried",
    }
    assert carried.system_out == "item overseas.bag"
    assert wave.result[0].text == "contact desk"


def test_a_page_that_is_cited_as_a_whole_is_skipped() -> None:
    """None of its duties are known, so none can fail."""
    whole = Guidance("page", "A page", "Us", "https://example.org")
    assert dict(outcomes(read(coverage([], [whole]))["page"])) == {
        "A page": "skipped cited-as-a-whole"
    }
