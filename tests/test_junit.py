"""Results as JUnit XML, read back by another library."""

from __future__ import annotations

from hypothesis import example, given

from tests.hostile import ATTACKS, texts
from tests.junit import outcomes, read
from travelsec.junit import Case, Suite, render_suites
from travelsec.safe_text import line


def test_each_case_has_its_outcome() -> None:
    """What was found is in the failure, or beside a case that passed."""
    cases = [
        Case("a", details=("well", "done"), file="in/a.yaml"),
        Case("b", "failure", "bad", "It is bad.", ("one", "two"), "in/b.yaml", 7),
        Case("c", "error", "unread", "No."),
        Case("d", "skipped", "over", "Past."),
    ]
    suites = read(render_suites("travelsec test", [Suite("first", cases), Suite("second", [])]))
    assert list(suites) == ["first", "second"]
    passed, failed, *_ = suites["first"]
    assert dict(outcomes(suites["first"])) == {
        "a": "passed",
        "b": "failure bad",
        "c": "error unread",
        "d": "skipped over",
    }
    assert passed.system_out == "well\ndone"
    (failure,) = failed.result
    assert (failure.message, failure.text) == ("It is bad.", "one\ntwo")
    assert (failed.classname, failed._elem.get("file"), failed._elem.get("line")) == (
        "first",
        "in/b.yaml",
        "7",
    )


@example("]]>")
@example("\ufffe\uffff\ufdd0\U0001ffff")
@example("".join(ATTACKS))
@given(texts())
def test_a_hostile_text_is_only_a_text(text: str) -> None:
    """Wherever it stands, also one that XML does not allow."""
    shown = line(text)
    case = Case(text, "failure", "bad", text, (text, text), text)
    suites = read(render_suites("travelsec test", [Suite(text, [case])]))
    ((name, (found,)),) = suites.items()
    (failure,) = found.result
    assert (name, found.name, found.classname) == (shown, shown, shown)
    assert (failure.message, failure.text or "") == (shown, f"{shown}\n{shown}")
